use twilight_model::id::Id;

use super::stage::{CHANNEL, Stage, manager, on_stage, refusal, spa};
use crate::{
    domain::{
        blueprint::Blueprint,
        club::Series,
        id::OwnerId,
        refusal::{Fault, Field, Problem, Refusal},
        series_defaults::SeriesDefaults,
    },
    service::{event::NewEvent, find::SeriesKey, series::edit::SeriesChange},
    store::{
        audit,
        testing::{guild, noon},
    },
};

const HOUR: i64 = 3_600_000;

fn home(name: &str, category: Option<u64>) -> SeriesChange {
    SeriesChange::Home { adopted_category: category.map(Id::new), name: name.parse().unwrap() }
}

fn in_series(series: &Series) -> NewEvent {
    NewEvent { series: Some(series.id), ..spa("GT3 x 20") }
}

async fn cup(stage: &Stage, name: &str) -> Series {
    let (series, _) = stage.series(&manager(1), name).await.unwrap();
    stage.serve(1).await;
    series
}

#[tokio::test]
async fn a_series_takes_another_name_and_category_and_its_events_follow() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (winter, _) = (cup(&stage, "Winter Cup").await, cup(&stage, "Summer Cup").await);
        let (facts, _) = stage.create(&manager(1), in_series(&winter)).await.unwrap();
        stage.serve(1).await;
        let (changed, _) =
            stage.change_series(&manager(1), winter.id, home("Ice Cup", Some(61))).await.unwrap();
        assert_eq!(changed.series.name.as_str(), "Ice Cup");
        assert_eq!(changed.series.adopted_category, Some(Id::new(61)));
        assert_eq!(changed.coming, std::slice::from_ref(&facts.event));
        let due = stage.serve(1).await;
        assert_eq!(due, [OwnerId::of_series(winter.id), OwnerId::of_event(facts.event.id)]);
        let entries = audit::of_club(&stage.store, club.id, 99).await.unwrap();
        let entry = entries.into_iter().find(|entry| entry.action == "series.edit").unwrap();
        let name = |json: Option<serde_json::Value>| json.unwrap()["name"].clone();
        assert_eq!((name(entry.before), name(entry.after)), ("Winter Cup".into(), "Ice Cup".into()));
        let same = stage.change_series(&manager(1), winter.id, home("Ice Cup", Some(61))).await.unwrap();
        assert_eq!(same.0.series, changed.series);
        assert_eq!(stage.serve(1).await, [], "nothing changed");
    })
    .await;
}

#[tokio::test]
async fn names_and_categories_of_others_are_refused() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (winter, summer) = (cup(&stage, "Winter Cup").await, cup(&stage, "Summer Cup").await);
        stage.change_series(&manager(1), summer.id, home("Summer Cup", Some(61))).await.unwrap();
        let (facts, _) = stage.create(&manager(1), in_series(&winter)).await.unwrap();
        stage.stand(facts.event.id).await;
        let name = refusal(stage.change_series(&manager(1), winter.id, home("summer CUP", None)).await);
        assert_eq!(name, Refusal::SeriesNameTaken("summer CUP".parse().unwrap()));
        let taken = Refusal::Form(vec![Fault { field: Field::Category, problem: Problem::CategoryTaken }]);
        for category in [61, CHANNEL] {
            let change = home("Winter Cup", Some(category));
            assert_eq!(refusal(stage.change_series(&manager(1), winter.id, change).await), taken);
        }
    })
    .await;
}

#[tokio::test]
async fn defaults_name_the_channels_of_new_events() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let winter = cup(&stage, "Winter Cup").await;
        let defaults = SeriesDefaults {
            blueprint: Blueprint { track: "Monza".parse().ok(), ..Blueprint::default() },
            pattern: "{date} {event}".parse().ok(),
            reminders: "24h".parse().ok(),
        };
        let change = SeriesChange::Defaults(defaults.clone());
        let (changed, _) = stage.change_series(&manager(1), winter.id, change).await.unwrap();
        assert_eq!(changed.series.defaults, defaults);
        let (club, series) =
            stage.service.open_series(&manager(1), SeriesKey::Name("winter cup")).await.unwrap();
        assert_eq!((club.guild, &series), (guild(1), &changed.series));
        let (facts, _) = stage.create(&manager(1), in_series(&winter)).await.unwrap();
        assert_eq!(facts.event.channel_name.as_str(), "2026-12-08-spa-24-hours");
        let (alone, _) = stage.create(&manager(1), spa("")).await.unwrap();
        assert_eq!(alone.event.channel_name.as_str(), "spa-24-hours-2026-12-08");
    })
    .await;
}

#[tokio::test]
async fn a_series_is_archived_once_its_events_are_put_away() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let winter = cup(&stage, "Winter Cup").await;
        let mut last = None;
        for _ in 0..4 {
            last = Some(stage.create(&manager(1), in_series(&winter)).await.unwrap().0.event);
        }
        let (event, archive) = (last.unwrap(), || SeriesChange::Archive);
        let in_use = refusal(stage.change_series(&manager(1), winter.id, archive()).await);
        let at = noon((72 + 24 + 24) * HOUR);
        let next = vec![(event.name.clone(), Some(at)); 3];
        assert_eq!(in_use, Refusal::SeriesInUse { more: 1, next });
        stage.at(noon((72 + 24 + 23) * HOUR));
        assert!(
            stage.change_series(&manager(1), winter.id, archive()).await.is_err(),
            "their channels stand"
        );
        stage.at(at);
        let (archived, _) = stage.change_series(&manager(1), winter.id, archive()).await.unwrap();
        assert_eq!(archived.series.archived_at, Some(at));
        assert_eq!(stage.service.search_series(&manager(1), "", 9).await.unwrap(), []);
        assert_eq!(stage.service.search_all_series(&manager(1), "", 9).await.unwrap().len(), 1);
        let name = winter.name.clone();
        let late = NewEvent { start: noon(200 * HOUR), ..in_series(&winter) };
        let refused = [
            refusal(stage.create(&manager(1), late.clone()).await),
            refusal(stage.service.open_series(&manager(1), SeriesKey::Id(winter.id)).await),
        ];
        assert_eq!(refused, [Refusal::SeriesArchived(name.clone()), Refusal::SeriesArchived(name)]);
        stage.change_series(&manager(1), winter.id, SeriesChange::Unarchive).await.unwrap();
        stage.create(&manager(1), late).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_event_moves_with_its_channels() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (winter, summer) = (cup(&stage, "Winter Cup").await, cup(&stage, "Summer Cup").await);
        let (first, _) = stage.create(&manager(1), in_series(&winter)).await.unwrap();
        let (second, _) = stage.create(&manager(1), in_series(&winter)).await.unwrap();
        stage.serve(1).await;
        let id = second.event.id;
        let (moved, _) = stage.move_event(&manager(1), id, Some(summer.id)).await.unwrap();
        assert_eq!(second.event.channel_name.as_str(), "winter-cup-spa-24-hours-2026-12-08-2");
        assert_eq!(moved.event.channel_name.as_str(), "summer-cup-spa-24-hours-2026-12-08");
        assert_eq!(moved.series.as_ref(), Some(&summer));
        let mut due = stage.serve(1).await;
        let mut wanted = [winter.id, summer.id].map(OwnerId::of_series).to_vec();
        wanted.push(OwnerId::of_event(id));
        due.sort();
        wanted.sort();
        assert_eq!(due, wanted);
        let (same, _) = stage.move_event(&manager(1), id, Some(summer.id)).await.unwrap();
        assert_eq!(same.event, moved.event);
        assert_eq!(stage.serve(1).await, []);
        let (out, _) = stage.move_event(&manager(1), id, None).await.unwrap();
        assert_eq!((out.series, out.event.channel_name.as_str()), (None, "spa-24-hours-2026-12-08"));
        stage.cancel(&manager(1), first.event.id).await.unwrap();
        let refused = refusal(stage.move_event(&manager(1), first.event.id, None).await);
        assert_eq!(refused, Refusal::EventCancelled(first.event.name));
    })
    .await;
}

#[tokio::test]
async fn a_name_that_is_not_from_the_pattern_stays() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (winter, summer) = (cup(&stage, "Winter Cup").await, cup(&stage, "Summer Cup").await);
        let (facts, _) = stage.create(&manager(1), in_series(&winter)).await.unwrap();
        let pattern = SeriesDefaults { pattern: "{event}".parse().ok(), ..SeriesDefaults::default() };
        stage.change_series(&manager(1), winter.id, SeriesChange::Defaults(pattern)).await.unwrap();
        let (moved, _) = stage.move_event(&manager(1), facts.event.id, Some(summer.id)).await.unwrap();
        assert_eq!(moved.event.channel_name, facts.event.channel_name);
    })
    .await;
}
