use std::collections::BTreeSet;

use futures::future::join_all;
use jiff::Timestamp;

use super::stage::{Stage, edit_of, manager, on_stage, refusal, spa};
use crate::{
    domain::{
        event::Event,
        id::ClubId,
        recurrence::{RepeatError, Times, Until, Weeks},
        refusal::{Fault, Field, Problem, Refusal},
    },
    service::{event::NewEvent, recurrence::Repeat, series::edit::SeriesChange},
    store::{
        audit, events,
        testing::{execute, noon},
    },
};

const HOUR: i64 = 3_600_000;
const WEEK: i64 = 7 * 24 * HOUR;
/// When [`spa`] starts.
const START: i64 = 72 * HOUR;

fn weekly(times: u16) -> Repeat {
    Repeat::Weekly(Weeks::MIN, Until::Times(Times::try_from(times).unwrap()))
}

async fn starts(stage: &Stage, club: ClubId) -> Vec<Timestamp> {
    let events = events::live(&stage.store, club, noon(-100 * WEEK)).await.unwrap();
    events.iter().map(|event| event.start).collect()
}

async fn make(stage: &Stage) -> usize {
    stage.service.make_occurrences(20, "sweep").await.unwrap()
}

#[tokio::test]
async fn three_events_stand_ahead_until_the_rule_ends() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3 x 20")).await.unwrap();
        let (repeating, _) = stage.repeat(&manager(1), facts.event.id, weekly(5)).await.unwrap();
        let made: Vec<Timestamp> = repeating.made.iter().map(|event| event.start).collect();
        assert_eq!(made, [1, 2, 3].map(|week| noon(START + week * WEEK)));
        let like = |event: &Event| (event.name.clone(), event.length, event.classes[0].capacity);
        assert!(repeating.made.iter().all(|event| like(event) == like(&facts.event)));
        assert_eq!(make(&stage).await, 0, "none is due");
        stage.at(noon(START + WEEK));
        assert_eq!((make(&stage).await, make(&stage).await), (1, 0));
        stage.at(noon(START + 4 * WEEK));
        assert_eq!((make(&stage).await, make(&stage).await), (1, 0), "the last");
        stage.at(noon(START + 99 * WEEK));
        assert_eq!(make(&stage).await, 0);
        let all: Vec<Timestamp> = (0..=5).map(|week| noon(START + week * WEEK)).collect();
        assert_eq!(starts(&stage, club.id).await, all);
        let entries = audit::of_club(&stage.store, club.id, 99).await.unwrap();
        assert_eq!(entries.iter().filter(|entry| entry.action == "event.create").count(), 6);
        assert_eq!(entries.iter().filter(|entry| entry.action == "recurrence.start").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_makes_them_each_is_made_once() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        for _ in 0..3 {
            let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
            stage.repeat(&manager(1), facts.event.id, weekly(10)).await.unwrap();
        }
        stage.at(noon(START + 2 * WEEK));
        let made: usize = join_all((0..6).map(|_| make(&stage))).await.into_iter().sum();
        assert_eq!(made, 3 * 2);
        let names: Vec<String> = events::live(&stage.store, club.id, noon(-WEEK))
            .await
            .unwrap()
            .into_iter()
            .map(|event| event.channel_name.to_string())
            .collect();
        assert_eq!(names.len(), 3 * (1 + 5));
        assert_eq!(
            names.iter().collect::<BTreeSet<_>>().len(),
            names.len(),
            "three of a name and a day: {names:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn one_occurrence_is_edited_moved_or_cancelled_alone() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3 x 20")).await.unwrap();
        let (repeating, _) = stage.repeat(&manager(1), facts.event.id, weekly(4)).await.unwrap();
        let [one, two, _] = repeating.made.try_into().unwrap();
        let of_one = stage.service.event(&manager(1), one.id).await.unwrap().facts;
        let mut edit = edit_of(&of_one, "GT4 x 5");
        edit.start = Some(noon(START + WEEK + HOUR));
        stage.edit(&manager(1), (one.id, one.revision), edit).await.unwrap();
        stage.cancel(&manager(1), two.id).await.unwrap();
        let edit = edit_of(&facts, "GT3 x 99");
        stage.edit(&manager(1), (facts.event.id, facts.event.revision), edit).await.unwrap();
        stage.at(noon(START + WEEK));
        assert_eq!(make(&stage).await, 1);
        let last = events::live(&stage.store, club.id, noon(0)).await.unwrap().pop().unwrap();
        assert_eq!(last.start, noon(START + 4 * WEEK));
        assert_eq!(last.classes[0].capacity, one.classes[0].capacity, "as the rule was made");
    })
    .await;
}

#[tokio::test]
async fn a_rule_is_stopped_from_any_of_its_events() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let id = facts.event.id;
        assert_eq!(refusal(stage.stop_repeating(&manager(1), id).await), Refusal::NotRepeating);
        let (repeating, _) = stage.repeat(&manager(1), id, weekly(10)).await.unwrap();
        let again = Refusal::RepeatsAlready(facts.event.name.clone());
        for event in [id, repeating.made[1].id] {
            assert_eq!(refusal(stage.repeat(&manager(1), event, weekly(2)).await), again);
            let view = stage.service.event(&manager(1), event).await.unwrap();
            assert_eq!(view.repeats.as_ref(), Some(&repeating.recurrence));
        }
        stage.stop_repeating(&manager(1), repeating.made[1].id).await.unwrap();
        stage.at(noon(START + WEEK));
        assert_eq!(make(&stage).await, 0);
        assert_eq!(starts(&stage, club.id).await.len(), 4, "what was made stays");
        let next = repeating.made[2].id;
        let (anew, _) = stage.repeat(&manager(1), next, weekly(1)).await.unwrap();
        assert_eq!(anew.made.len(), 1, "and repeats anew");
    })
    .await;
}

#[tokio::test]
async fn what_never_comes_again_is_refused() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let until = Until::Date("2026-12-10".parse().unwrap());
        let never =
            refusal(stage.repeat(&manager(1), facts.event.id, Repeat::Weekly(Weeks::MIN, until)).await);
        let problem = Problem::Repeat(RepeatError::Never);
        assert_eq!(never, Refusal::Form(vec![Fault { field: Field::Until, problem }]));
        stage.cancel(&manager(1), facts.event.id).await.unwrap();
        let cancelled = refusal(stage.repeat(&manager(1), facts.event.id, weekly(2)).await);
        assert_eq!(cancelled, Refusal::EventCancelled(facts.event.name));
    })
    .await;
}

#[tokio::test]
async fn what_comes_after_the_time_for_which_events_are_planned_is_made_all_the_same() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let start = noon(103 * WEEK);
        let (facts, _) = stage.create(&manager(1), NewEvent { start, ..spa("") }).await.unwrap();
        let every = Weeks::try_from(12).unwrap();
        let repeat = Repeat::Weekly(every, Until::Times(Times::try_from(4).unwrap()));
        let (repeating, _) = stage.repeat(&manager(1), facts.event.id, repeat).await.unwrap();
        let made: Vec<Timestamp> = repeating.made.iter().map(|event| event.start).collect();
        // From spring to autumn clocks show the same an hour earlier.
        let expected = [(12, 0), (24, HOUR), (36, HOUR)];
        assert_eq!(made, expected.map(|(weeks, earlier)| noon((103 + weeks) * WEEK - earlier)));
    })
    .await;
}

#[tokio::test]
async fn dates_are_made_as_typed() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let dates: Vec<Timestamp> = [1, 5, 9, 13].map(|week| noon(START + week * WEEK + HOUR)).to_vec();
        stage.repeat(&manager(1), facts.event.id, Repeat::Dates(dates.clone())).await.unwrap();
        assert_eq!(starts(&stage, club.id).await[1..], dates[..3]);
        stage.at(dates[0]);
        assert_eq!(make(&stage).await, 1);
        assert_eq!(starts(&stage, club.id).await[1..], dates);
    })
    .await;
}

#[tokio::test]
async fn an_archived_series_repeats_nothing() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (series, _) = stage.series(&manager(1), "Winter Cup").await.unwrap();
        let new = NewEvent { series: Some(series.id), ..spa("") };
        let (facts, _) = stage.create(&manager(1), new).await.unwrap();
        let (repeating, _) = stage.repeat(&manager(1), facts.event.id, weekly(10)).await.unwrap();
        assert!(repeating.made.iter().all(|event| event.series == Some(series.id)));
        for event in &repeating.made {
            stage.move_event(&manager(1), event.id, None).await.unwrap();
        }
        stage.move_event(&manager(1), facts.event.id, None).await.unwrap();
        stage.change_series(&manager(1), series.id, SeriesChange::Archive).await.unwrap();
        stage.at(noon(START + WEEK));
        assert_eq!(make(&stage).await, 0);
        let entries = audit::of_club(&stage.store, club.id, 99).await.unwrap();
        assert!(entries.iter().any(|entry| entry.action == "recurrence.stop"));
    })
    .await;
}

#[tokio::test]
async fn a_club_without_a_server_waits() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        stage.repeat(&manager(1), facts.event.id, weekly(10)).await.unwrap();
        execute(&stage.store, "UPDATE guilds SET club_id = NULL").await;
        stage.at(noon(START + WEEK));
        assert_eq!(make(&stage).await, 0);
        let bind = match stage.store.kind() {
            crate::store::Kind::Postgres => format!("UPDATE guilds SET club_id = '{}'", club.id),
            crate::store::Kind::Sqlite => {
                format!("UPDATE guilds SET club_id = x'{}'", club.id.to_string().replace('-', ""))
            }
        };
        execute(&stage.store, &bind).await;
        assert_eq!(make(&stage).await, 0, "it is looked at once a day");
        stage.at(noon(START + WEEK + 24 * HOUR));
        assert_eq!(make(&stage).await, 1);
    })
    .await;
}
