use std::collections::BTreeSet;

use serde_json::{Value, json};
use twilight_model::id::Id;

use super::stage::{Stage, manager, on_stage, person, spa};
use crate::{
    domain::{
        club::Club,
        id::UserId,
        roster::{RosterEntry, RosterLine, plan::Clash},
        signup::Wish,
    },
    service::{
        ServiceError,
        link::Proof,
        roster::{Change, Doer, Upserted},
    },
    store::{audit, members, users},
};

/// An entry, as the club's site sends it.
pub(super) fn entry(json: Value) -> RosterEntry {
    serde_json::from_value(json).unwrap()
}

fn entries(json: Value) -> Vec<RosterEntry> {
    serde_json::from_value(json).unwrap()
}

/// The entries by their places, from 1.
fn lines(entries: Vec<RosterEntry>) -> Vec<RosterLine> {
    (1..).zip(entries).map(|(line, entry)| RosterLine { entry, line }).collect()
}

async fn upsert(stage: &Stage, club: &Club, entries: Vec<RosterEntry>) -> Vec<Result<Upserted, Clash>> {
    stage.service.upsert_people(club.id, &lines(entries), Doer::Operator, "request").await.unwrap()
}

fn changes(written: &[Result<Upserted, Clash>]) -> Vec<Change> {
    written.iter().map(|one| one.as_ref().unwrap().change).collect()
}

/// The names on the club's roster.
async fn roster(stage: &Stage, club: &Club) -> BTreeSet<String> {
    let people = members::of_club(&stage.store, club.id).await.unwrap();
    let named = people.into_iter().filter(|member| member.on_roster);
    named.map(|member| member.entry.name.to_string()).collect()
}

/// Links the account of that number by its verified address.
async fn link(stage: &Stage, number: u64, email: &str) -> UserId {
    let proof = Proof { account: person(number, 1).account, email: Some(email.parse().unwrap()) };
    stage.service.link_proven(proof, "request").await.unwrap();
    users::by_account(&stage.store, Id::new(number)).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_entry_may_be_sent_again() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let sent = || {
            entries(json!([
                { "external_id": "17", "name": "Ana Pereira", "email": "ana@example.com" },
                { "external_id": "18", "name": "Bo Lind" },
            ]))
        };
        let first = upsert(&stage, &club, sent()).await;
        assert_eq!(changes(&first), [Change::New, Change::New]);
        let second = upsert(&stage, &club, sent()).await;
        assert_eq!(changes(&second), [Change::Unchanged, Change::Unchanged]);
        let renamed = entries(json!([{ "external_id": "18", "name": "Bo Lindh", "iracing_id": 7 }]));
        let third = upsert(&stage, &club, renamed).await;
        assert_eq!(changes(&third), [Change::Changed]);
        assert_eq!(third[0].as_ref().unwrap().user, second[1].as_ref().unwrap().user);
        assert_eq!(roster(&stage, &club).await.into_iter().collect::<Vec<_>>(), ["Ana Pereira", "Bo Lindh"]);
        let trail = audit::of_club(&stage.store, club.id, 10).await.unwrap();
        let upserts = trail.iter().filter(|entry| entry.action == "roster.upsert");
        assert!(upserts.clone().all(|entry| entry.by == Doer::Operator));
        assert_eq!(upserts.count(), 2, "what changed nothing leaves no trace");
    })
    .await;
}

#[tokio::test]
async fn an_entry_that_contradicts_itself_stops_no_other() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        upsert(
            &stage,
            &club,
            entries(json!([
                { "external_id": "17", "name": "Ana", "email": "ana@example.com" },
                { "external_id": "18", "name": "Bo", "email": "bo@example.com" },
            ])),
        )
        .await;
        let written = upsert(
            &stage,
            &club,
            entries(json!([
                { "external_id": "17", "name": "Ana", "email": "bo@example.com" },
                { "external_id": "19", "name": "Cy" },
                { "external_id": "19", "name": "Cy again" },
            ])),
        )
        .await;
        assert!(matches!(written[0], Err(Clash::OtherPerson { .. })));
        assert_eq!(changes(&written[1..2]), [Change::New]);
        assert_eq!(written[2], Err(Clash::SameExternalId { first: 2 }));
        assert_eq!(roster(&stage, &club).await.into_iter().collect::<Vec<_>>(), ["Ana", "Bo", "Cy"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_proved_an_address_becomes_the_entry_with_what_they_signed_up_for() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let event = facts.event.id;
        for number in [7, 8] {
            stage.press(&person(number, 1), event, Wish::sign_up(None)).await.unwrap();
        }
        let (seven, eight) =
            (link(&stage, 7, "ana@example.com").await, link(&stage, 8, "bo@example.com").await);
        upsert(&stage, &club, entries(json!([{ "external_id": "18", "name": "Bo Lind" }]))).await;
        let written = upsert(
            &stage,
            &club,
            entries(json!([
                { "name": "Ana Pereira", "email": "ana@example.com" },
                { "external_id": "18", "name": "Bo Lind", "email": "bo@example.com" },
                { "name": "Cy", "email": "cy@example.com" },
            ])),
        )
        .await;
        assert_eq!(changes(&written), [Change::Reconnected, Change::Reconnected, Change::New]);
        let users: Vec<UserId> = written.iter().map(|one| one.as_ref().unwrap().user).collect();
        assert_eq!(users[0], seven);
        assert_ne!(users[1], eight, "the roster's entry stays");
        assert_eq!(users::current(&stage.store, eight).await.unwrap(), Some(users[1]));
        let sheet = stage.service.event(&manager(1), event).await.unwrap().facts.sheet;
        assert!(users[..2].iter().all(|user| sheet.of(*user).is_some()));
        assert_eq!(sheet.lines().len(), 2);
        let again =
            upsert(&stage, &club, entries(json!([{ "name": "Ana Pereira", "email": "ana@example.com" }])))
                .await;
        assert_eq!(changes(&again), [Change::Unchanged]);
    })
    .await;
}

#[tokio::test]
async fn one_person_may_be_on_the_rosters_of_two_clubs() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await, stage.club(2).await);
        let ana = || entries(json!([{ "name": "Ana", "email": "ana@example.com" }]));
        let first = upsert(&stage, &one, ana()).await[0].clone().unwrap().user;
        let linked = link(&stage, 7, "ana@example.com").await;
        assert_eq!(linked, first);
        let second = upsert(&stage, &two, ana()).await[0].clone().unwrap();
        assert_eq!(second, Upserted { change: Change::Reconnected, user: first });
        assert_eq!(members::of_user(&stage.store, first).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_entries_at_once_make_nobody_twice() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let sent: Vec<RosterEntry> = (0..1_200)
            .map(|at| entry(json!({ "name": format!("Driver {at}"), "email": format!("d{at}@example.com") })))
            .collect();
        let calls = (0..3).map(|_| {
            let (stage, club, sent) = (stage.clone(), club.clone(), sent.clone());
            tokio::spawn(async move { changes(&upsert(&stage, &club, sent).await) })
        });
        let ended = futures::future::join_all(calls).await;
        let new = ended.iter().flat_map(|changes| changes.as_ref().unwrap());
        assert_eq!(new.filter(|change| **change == Change::New).count(), 1_200);
        assert_eq!(roster(&stage, &club).await.len(), 1_200);
    })
    .await;
}

#[tokio::test]
async fn a_club_that_is_not_there_has_no_people() {
    on_stage(|stage| async move {
        let club = crate::domain::id::ClubId::new(uuid::Uuid::from_u128(5));
        let sent = entries(json!([{ "name": "Ana" }]));
        let refused = stage.service.upsert_people(club, &lines(sent), Doer::Operator, "request").await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    })
    .await;
}
