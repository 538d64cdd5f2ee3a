//! What organisers decide about an event's channel, and who was there.

use super::stage::{edit_of, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        event::Fate,
        id::OwnerId,
        refusal::Refusal,
        signup::{AttendanceCount, Wish},
    },
    service::fate::FateChange,
    store::{audit, events, testing::noon},
};

const HOUR: i64 = 3_600_000;

#[tokio::test]
async fn a_channel_is_kept_let_go_and_put_away() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let event = stage.create(&manager(1), spa("")).await.unwrap().0.event;
        let id = event.id;
        let decide = async |change| stage.decide_fate(&manager(1), id, change).await;
        assert_eq!(
            refusal(stage.decide_fate(&person(5, 1), id, FateChange::Keep).await),
            Refusal::NotOrganiser
        );
        assert_eq!(refusal(decide(FateChange::PutAway).await), Refusal::NotOver(event.name.clone()));
        stage.serve(1).await;

        let kept = decide(FateChange::Keep).await.unwrap().0.event;
        assert_eq!((kept.fate, kept.put_away_at(&club.settings)), (Fate::Kept, None));
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
        decide(FateChange::Keep).await.unwrap();
        assert_eq!(stage.serve(1).await, [], "it was kept already");
        let log = audit::of_club(&stage.store, club.id, 1).await.unwrap().remove(0);
        assert_eq!(log.action, "event.keep");
        assert_eq!(
            (&log.before.unwrap()["fate"], &log.after.unwrap()["fate"]),
            (&"grace".into(), &"kept".into())
        );

        stage.at(noon((72 + 24 + 48) * HOUR));
        let since = noon((72 + 24 + 47) * HOUR);
        let live = events::live(&stage.store, club.id, since).await.unwrap();
        assert_eq!(live.iter().map(|event| event.id).collect::<Vec<_>>(), [id], "long after its end");
        assert!(!events::channel_names_taken(&stage.store, club.id, since).await.unwrap().is_empty());
        let away = decide(FateChange::PutAway).await.unwrap().0.event;
        assert_eq!(away.put_away_at(&club.settings), Some(noon((72 + 24 + 48) * HOUR)));
        for change in [FateChange::Keep, FateChange::LetGo, FateChange::PutAway] {
            assert_eq!(refusal(decide(change).await), Refusal::PutAway(event.name.clone()));
        }
        let asked = stage.service.ask_put_away(&manager(1), id).await;
        assert_eq!(refusal(asked), Refusal::PutAway(event.name));
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_place_checks_in_and_for_another_start_anew() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("1")).await.unwrap();
        let event = facts.event.clone();
        for number in [2, 3] {
            stage.press(&person(number, 1), event.id, Wish::sign_up(None)).await.unwrap();
        }
        let opens = noon(71 * HOUR + HOUR / 2);
        let ahead = Refusal::CheckInAhead { at: opens, event: event.name.clone() };
        assert_eq!(refusal(stage.check_in(&person(2, 1), event.id).await), ahead);
        stage.at(opens);
        stage.serve(1).await;
        assert!(stage.check_in(&person(2, 1), event.id).await.unwrap().0.anew);
        assert!(!stage.check_in(&person(2, 1), event.id).await.unwrap().0.anew);
        assert_eq!(stage.serve(1).await, [], "no message shows it");
        let waits = refusal(stage.check_in(&person(3, 1), event.id).await);
        assert_eq!(waits, Refusal::NoPlaceToCheckIn(event.name.clone()));

        let mut edit = edit_of(&facts, "1");
        edit.start = Some(noon(96 * HOUR));
        let (edited, _) = stage.edit(&manager(1), (event.id, event.revision), edit).await.unwrap();
        assert!(edited.sheet.lines().iter().all(|line| line.checked_in_at.is_none()));
        let ahead = Refusal::CheckInAhead { at: noon(95 * HOUR + HOUR / 2), event: event.name };
        assert_eq!(refusal(stage.check_in(&person(2, 1), edited.event.id).await), ahead);
    })
    .await;
}

#[tokio::test]
async fn organisers_note_who_took_part() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let event = stage.create(&manager(1), spa("")).await.unwrap().0.event;
        let mut people = Vec::new();
        for number in [2, 3, 4] {
            people.push(stage.press(&person(number, 1), event.id, Wish::sign_up(None)).await.unwrap().0.user);
        }
        let early = stage.service.open_attendance(&manager(1), event.id).await;
        assert_eq!(refusal(early), Refusal::NotStarted(event.name.clone()));
        stage.at(event.start);
        stage.check_in(&person(2, 1), event.id).await.unwrap();
        let others = stage.service.open_attendance(&person(2, 1), event.id).await;
        assert_eq!(refusal(others), Refusal::NotOrganiser);
        assert_eq!(refusal(stage.no_shows(&person(2, 1), event.id, &people).await), Refusal::NotOrganiser);

        let opened = stage.service.open_attendance(&manager(1), event.id).await.unwrap();
        let count = AttendanceCount { attended: 1, checked_in: 1, no_shows: 0, unknown: 2 };
        assert_eq!(opened.facts.sheet.attendance(), count);
        assert_eq!(opened.names.len(), 3);
        let (noted, _) = stage.no_shows(&manager(1), event.id, &people[1..2]).await.unwrap();
        assert_eq!(noted.facts.sheet.attendance().no_shows, 1);
        let (rest, _) = stage.rest_attended(&manager(1), event.id).await.unwrap();
        let count = AttendanceCount { attended: 2, checked_in: 1, no_shows: 1, unknown: 0 };
        assert_eq!(rest.facts.sheet.attendance(), count);
        let before = audit::of_club(&stage.store, club.id, 9).await.unwrap();
        assert_eq!(before[0].action, "event.attendance");
        assert_eq!(before[0].after.as_ref().unwrap()["no_shows"], serde_json::json!([people[1]]));
        stage.rest_attended(&manager(1), event.id).await.unwrap();
        assert_eq!(
            audit::of_club(&stage.store, club.id, 9).await.unwrap().len(),
            before.len(),
            "nothing changed"
        );
        let again = stage.service.open_attendance(&manager(1), event.id).await.unwrap();
        assert_eq!(again.facts.sheet.attendance(), count);
    })
    .await;
}
