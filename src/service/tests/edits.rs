use super::stage::{edit_of, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        id::{ClassId, OwnerId},
        refusal::{Fault, Field, Problem, Refusal},
        signup::{SignupState, Wish},
    },
    store::testing::noon,
};

const HOUR: i64 = 3_600_000;

#[tokio::test]
async fn an_edit_keeps_people_and_refuses_what_others_changed() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3 x 1\nGT4 x 5")).await.unwrap();
        let (id, revision) = (facts.event.id, facts.event.revision);
        let gt3 = facts.event.classes[0].id;
        for number in [2, 3] {
            stage.press(&person(number, 1), id, Wish::sign_up(Some(gt3))).await.unwrap();
        }
        stage.serve(1).await;
        let mut edit = edit_of(&facts, "LMP2\ngt3 x 2");
        edit.name = "Spa".parse().unwrap();
        edit.start = Some(noon(96 * HOUR));
        let (edited, _) = stage.edit(&manager(1), (id, revision), edit.clone()).await.unwrap();
        assert_eq!(edited.event.classes[1].id, gt3, "the same class in another case");
        assert_eq!(edited.event.classes[0].id, facts.event.classes[1].id, "the only one with another name");
        assert_eq!(edited.event.channel_name.as_str(), "spa-2026-12-09");
        let states: Vec<_> = edited.sheet.lines().iter().map(|line| line.state).collect();
        assert_eq!(states, [SignupState::In, SignupState::In], "there is room for both now");
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
        let stale = refusal(stage.edit(&manager(1), (id, revision), edit).await);
        assert_eq!(stale, Refusal::ChangedMeanwhile);
    })
    .await;
}

#[tokio::test]
async fn a_class_with_people_stays() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3\nGT4")).await.unwrap();
        let of = (facts.event.id, facts.event.revision);
        let gt4 = facts.event.classes[1].clone();
        stage.press(&person(2, 1), of.0, Wish::sign_up(Some(gt4.id))).await.unwrap();
        let lost = refusal(stage.edit(&manager(1), of, edit_of(&facts, "GT3")).await);
        let problem = Problem::ClassInUse { class: gt4.name.clone(), people: 1 };
        assert_eq!(lost, Refusal::Form(vec![Fault { field: Field::Classes, problem }]));
        stage.press(&person(2, 1), of.0, Wish::Withdraw { sure: true }).await.unwrap();
        let (edited, _) = stage.edit(&manager(1), of, edit_of(&facts, "GT3")).await.unwrap();
        assert_eq!(edited.event.classes.len(), 1);
        let unknown = stage.press(&person(3, 1), of.0, Wish::sign_up(Some(gt4.id))).await;
        assert_eq!(refusal(unknown), Refusal::UnknownClass);
    })
    .await;
}

#[tokio::test]
async fn who_chose_no_class_holds_none() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3\nGT4\nLMP2")).await.unwrap();
        let id = facts.event.id;
        let lmp2 = facts.event.classes[2].id;
        stage.press(&person(2, 1), id, Wish::Tentative).await.unwrap();
        stage.press(&person(3, 1), id, Wish::sign_up(Some(lmp2))).await.unwrap();
        stage.press(&person(3, 1), id, Wish::Withdraw { sure: true }).await.unwrap();
        let edit = edit_of(&facts, "GT4");
        let (edited, _) = stage.edit(&manager(1), (id, facts.event.revision), edit).await.unwrap();
        let classes: Vec<_> = edited.sheet.lines().iter().map(|line| line.class).collect();
        assert_eq!(classes, [None, None]);
        let (back, _) = stage.press(&person(3, 1), id, Wish::Withdraw { sure: true }).await.unwrap();
        let line = back.facts.sheet.of(back.user).unwrap();
        assert_eq!(line.state, SignupState::Withdrawn, "they had been signed up");
    })
    .await;
}

#[tokio::test]
async fn the_only_class_can_be_named_and_shrunk_without_losing_anybody() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let id = facts.event.id;
        for number in 2..5 {
            stage.press(&person(number, 1), id, Wish::sign_up(None)).await.unwrap();
        }
        let edit = edit_of(&facts, "GT3 x 2");
        let (edited, _) = stage.edit(&manager(1), (id, facts.event.revision), edit).await.unwrap();
        assert_eq!(edited.event.classes[0].id, facts.event.classes[0].id);
        let all_in = |class: ClassId| edited.sheet.in_state(class, SignupState::In).count();
        assert_eq!(all_in(facts.event.classes[0].id), 3, "nobody is displaced");
        let (next, _) = stage.press(&person(9, 1), id, Wish::sign_up(None)).await.unwrap();
        assert_eq!(next.facts.sheet.of(next.user).unwrap().state, SignupState::Waiting);
    })
    .await;
}

#[tokio::test]
async fn a_race_that_is_on_keeps_its_start() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let of = (facts.event.id, facts.event.revision);
        stage.at(noon(73 * HOUR));
        let mut edit = edit_of(&facts, "");
        edit.start = Some(noon(80 * HOUR));
        let problem = Problem::StartedAlready(facts.event.start);
        let refused = refusal(stage.edit(&manager(1), of, edit.clone()).await);
        assert_eq!(refused, Refusal::Form(vec![Fault { field: Field::Start, problem }]));
        edit.start = Some(facts.event.start);
        edit.description = "Drivers' briefing at eight.".parse().unwrap();
        let (edited, _) = stage.edit(&manager(1), of, edit).await.unwrap();
        assert_eq!(edited.event.description.as_str(), "Drivers' briefing at eight.");
    })
    .await;
}

#[tokio::test]
async fn a_class_that_is_renamed_keeps_its_people() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3\nGT4")).await.unwrap();
        let of = (facts.event.id, facts.event.revision);
        let gt4 = facts.event.classes[1].id;
        stage.press(&person(2, 1), of.0, Wish::sign_up(Some(gt4))).await.unwrap();
        let (edited, _) = stage.edit(&manager(1), of, edit_of(&facts, "GT3\nGT4 Cup x 20")).await.unwrap();
        assert_eq!(edited.sheet.lines()[0].class, Some(edited.event.classes[1].id));
        let two =
            refusal(stage.edit(&manager(1), (of.0, edited.event.revision), edit_of(&facts, "A\nB")).await);
        assert!(matches!(two, Refusal::Form(_)), "which is which can't be told: {two:?}");
    })
    .await;
}

#[tokio::test]
async fn a_running_race_can_be_shortened_but_not_into_the_past() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let of = (facts.event.id, facts.event.revision);
        stage.at(facts.event.start + jiff::SignedDuration::from_hours(2));
        let lasting = |length: &str| {
            let mut edit = edit_of(&facts, "");
            edit.length = crate::domain::duration::RaceLength::parse(length).unwrap();
            edit
        };
        let refused = refusal(stage.edit(&manager(1), of, lasting("2h")).await);
        let problem = Problem::OverAlready(facts.event.start);
        assert_eq!(refused, Refusal::Form(vec![Fault { field: Field::Length, problem }]));
        stage.edit(&manager(1), of, lasting("3h")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_channel_keeps_its_name_unless_what_it_says_changes() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let of = (facts.event.id, facts.event.revision);
        let mut other = club;
        other.settings.channel_naming_pattern = "{date} {event}".parse().unwrap();
        crate::store::testing::commit(&stage.store, async |tx| {
            crate::store::clubs::save(tx, &other, noon(0)).await.unwrap();
        })
        .await;
        let mut edit = edit_of(&facts, "20");
        let (edited, _) = stage.edit(&manager(1), of, edit.clone()).await.unwrap();
        assert_eq!(edited.event.channel_name, facts.event.channel_name);
        edit.name = "Le Mans".parse().unwrap();
        let (edited, _) = stage.edit(&manager(1), (of.0, edited.event.revision), edit).await.unwrap();
        assert!(edited.event.channel_name.as_str().ends_with("-le-mans"), "{:?}", edited.event.channel_name);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_was_opened_in_another_zone_is_refused() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let of = (facts.event.id, facts.event.revision);
        let change = crate::service::settings::SettingsChange::General {
            announcement_channel: None,
            name: club.name,
            organiser_channel: None,
            organiser_role: None,
            zone: crate::domain::zone::Zone::parse("Asia/Tokyo").unwrap(),
        };
        stage.settings(&manager(1), change).await.unwrap();
        let refused = refusal(stage.edit(&manager(1), of, edit_of(&facts, "20")).await);
        assert_eq!(refused, Refusal::ChangedMeanwhile);
        stage.edit(&manager(1), (of.0, of.1 + 1), edit_of(&facts, "20")).await.unwrap();
    })
    .await;
}
