//! What programs ask for: a club's people, and its conflicts.

use serde_json::{Value, json};
use twilight_model::id::Id;
use uuid::Uuid;

use super::{
    people::user,
    stage::{Stage, on_stage, person, refusal},
};
use crate::{
    domain::{
        id::{ClubId, ConflictId, UserId},
        matching::{Alike, Evidence, Likeness, NameKind},
        member::LinkedBy,
        refusal::Refusal,
        roster::preview::Counts,
        sync::Candidate,
    },
    service::{
        conflict::Decision,
        inbox::{ConflictState, ListedConflict},
        people::{Brought, Listing},
        roster::{Change, Doer},
    },
    store::{audit, conflicts, match_answers, testing::commit, users},
};

/// A program with a token of a club's.
pub(super) const TOKEN: Doer = Doer::Token(Uuid::from_u128(77));
const OPEN: &[ConflictState] = &[ConflictState::Open];
const SETTLED: &[ConflictState] = &[ConflictState::Answered, ConflictState::Moot];

impl Stage {
    async fn bring(&self, club: ClubId, entries: Value) -> Brought {
        let entries = entries.as_array().unwrap().clone();
        self.service.bring_people(club, entries, TOKEN, "request").await.unwrap()
    }

    /// What programs did in a club, by name.
    pub(super) async fn deeds(&self, club: ClubId) -> Vec<String> {
        let trail = audit::of_club(&self.store, club, 20).await.unwrap();
        let theirs = trail.into_iter().filter(|entry| entry.by == TOKEN);
        let mut deeds: Vec<String> = theirs.map(|entry| entry.action).collect();
        deeds.sort();
        deeds
    }

    /// Asks whether an account is one of these people.
    async fn doubt(&self, club: ClubId, number: u64, people: &[UserId]) -> ConflictId {
        let best = Alike { likeness: Likeness::Same, member: NameKind::Nickname, user: NameKind::Name };
        let candidate = |user: &UserId| Candidate { evidence: Evidence { also: None, best }, user: *user };
        let candidates: Vec<Candidate> = people.iter().map(candidate).collect();
        let (account, fresh, now) =
            (person(number, 1).account, Uuid::from_u64_pair(6, number), self.clock.now());
        commit(&self.store, async |tx| {
            users::of_account(tx, &account, UserId::new(Uuid::from_u64_pair(7, number)), now).await.unwrap();
            conflicts::put(tx, club, (account.id, &candidates), fresh, now).await.unwrap();
        })
        .await;
        ConflictId::new(fresh)
    }

    async fn inbox(&self, club: ClubId, states: &[ConflictState]) -> Vec<ListedConflict> {
        self.service.conflicts(club, states, None, 50).await.unwrap()
    }
}

#[tokio::test]
async fn people_are_listed_page_by_page() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await.id, stage.club(2).await.id);
        for number in 1..=5 {
            stage.enter(one, number, &[("external_id", &number.to_string())]).await;
        }
        stage.enter(two, 6, &[("external_id", "1")]).await;
        stage.guess(8, user(2), LinkedBy::Sync).await;
        stage.guess(7, user(2), LinkedBy::Code).await;
        let (mut after, mut pages) = (None, Vec::new());
        loop {
            let page = stage.service.people(one, &Listing::default(), after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.member.user);
            pages.push(page.iter().map(|one| one.member.user).collect::<Vec<_>>());
        }
        assert_eq!(pages, [vec![user(1), user(2)], vec![user(3), user(4)], vec![user(5)]]);
        let only = Listing { external_id: Some("2".parse().unwrap()), ..Listing::default() };
        let two = &stage.service.people(one, &only, None, 9).await.unwrap()[0];
        let accounts: Vec<_> =
            two.accounts.iter().map(|one| (one.account.id.get(), one.link.unwrap().by)).collect();
        assert_eq!(accounts, [(7, LinkedBy::Code), (8, LinkedBy::Sync)]);
        let listed =
            async |listing: Listing| stage.service.people(one, &listing, None, 9).await.unwrap().len();
        assert_eq!(listed(Listing { has_left: Some(true), ..Listing::default() }).await, 0);
        assert_eq!(listed(Listing { has_left: Some(false), ..Listing::default() }).await, 5);
        assert_eq!(listed(Listing { on_roster: Some(false), ..Listing::default() }).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_list_is_taken_as_far_as_it_can_be() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        stage.link(7, Some("ana@example.com")).await;
        let list = json!([
            { "external_id": "1", "name": "Ana", "email": "ana@example.com" },
            { "external_id": "2", "name": "Bo", "timezone": "Mars/Base" },
            { "external_id": "1", "name": "Ana again" },
            { "external_id": "3", "name": "Cy" },
            "Dee",
        ]);
        let brought = stage.bring(club, list.clone()).await;
        assert_eq!(brought.counts, Counts { new: 1, reconnected: 1, ..Counts::default() });
        let ids: Vec<_> =
            brought.outcomes.iter().map(|one| one.external_id.as_ref().map(|id| id.as_str())).collect();
        assert_eq!(ids, [Some("1"), Some("2"), Some("1"), Some("3"), None]);
        let taken = brought.outcomes[0].result.as_ref().unwrap();
        assert_eq!((taken.change, taken.user), (Change::Reconnected, stage.who(7).await));
        let why = |at: usize| brought.outcomes[at].result.as_ref().unwrap_err()[0].why.clone();
        assert_eq!([why(2), why(4)], ["same as in entry 0", "not an object"]);
        assert!(brought.outcomes[1].result.is_err() && brought.outcomes[3].result.is_ok());
        let again = stage.bring(club, list).await;
        assert_eq!(again.counts, Counts { unchanged: 2, ..Counts::default() });
        assert_eq!(stage.bring(club, json!([])).await, Brought::default());
        assert_eq!(stage.deeds(club).await, ["member.link", "roster.upsert"]);
    })
    .await;
}

#[tokio::test]
async fn a_program_gives_codes_to_its_clubs_people_only() {
    on_stage(|stage| async move {
        let (one, two) = (stage.club(1).await.id, stage.club(2).await.id);
        stage.enter(two, 1, &[]).await;
        let made = stage.service.make_code(one, user(1), TOKEN).await;
        assert_eq!(refusal(made), Refusal::UnknownPerson);
        stage.service.make_code(two, user(1), TOKEN).await.unwrap();
        assert_eq!(
            (stage.deeds(one).await, stage.deeds(two).await),
            (vec![], vec!["member.code".to_owned()])
        );
    })
    .await;
}

#[tokio::test]
async fn a_conflict_is_decided_once() {
    on_stage(|stage| async move {
        let (club, other) = (stage.club(1).await.id, stage.club(2).await.id);
        let (ana, bo, cy) = (
            stage.enter(club, 1, &[]).await,
            stage.enter(club, 2, &[]).await,
            stage.enter(club, 3, &[]).await,
        );
        let id = stage.doubt(club, 7, &[ana, bo]).await;
        let shown = &stage.inbox(club, OPEN).await[0];
        assert_eq!((shown.account.username.as_str(), shown.candidates.len()), ("driver7", 2));
        assert_eq!(shown.candidates[0].1.to_string(), "nickname is the roster name");
        let decide = |club, decision| stage.service.decide_for(club, id, decision, TOKEN, "request");
        assert_eq!(refusal(decide(other, Decision::NoneOfThese).await), Refusal::UnknownConflict);
        assert_eq!(refusal(decide(club, Decision::Same(cy)).await), Refusal::NotACandidate);
        assert_eq!(refusal(decide(club, Decision::Same(user(99))).await), Refusal::NotACandidate);
        let decided = decide(club, Decision::Same(bo)).await.unwrap();
        assert_eq!((decided.state, decided.person), (ConflictState::Answered, Some(bo)));
        assert_eq!(stage.who(7).await, bo);
        assert_eq!(stage.identity(7).await.link.unwrap().by, LinkedBy::Conflict);
        assert_eq!(refusal(decide(club, Decision::NoneOfThese).await), Refusal::Settled);
        assert_eq!((stage.inbox(club, OPEN).await.len(), stage.inbox(club, SETTLED).await.len()), (0, 1));
        assert_eq!(stage.inbox(other, SETTLED).await, []);
        assert_eq!(stage.deeds(club).await, ["member.decide"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_twice_and_whoever_was_offered_may_be_somebody_else_by_now() {
    on_stage(|stage| async move {
        let club = stage.club(1).await.id;
        let (ana, bo) = (stage.enter(club, 1, &[]).await, stage.enter(club, 2, &[]).await);
        let none = stage.doubt(club, 7, &[ana, bo]).await;
        let decided =
            stage.service.decide_for(club, none, Decision::NoneOfThese, TOKEN, "request").await.unwrap();
        assert_eq!(decided.person, None);
        let answers = match_answers::of_club(&stage.store, club).await.unwrap();
        assert_eq!(answers.different, [(Id::new(7), ana), (Id::new(7), bo)].into());
        let id = stage.doubt(club, 8, &[ana, bo]).await;
        let dee = stage.enter(club, 4, &[]).await;
        let mut work = stage.service.begin().await.unwrap();
        stage.service.merge(&mut work, ana, dee).await.unwrap();
        stage.service.commit(work, "request").await.unwrap();
        let shown = &stage.inbox(club, OPEN).await[0];
        assert_eq!(shown.candidates.iter().map(|(member, _)| member.user).collect::<Vec<_>>(), [dee, bo]);
        stage.service.decide_for(club, id, Decision::Same(dee), TOKEN, "request").await.unwrap();
        assert_eq!(stage.who(8).await, dee);
    })
    .await;
}
