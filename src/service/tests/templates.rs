use super::stage::{manager, on_stage, refusal, spa};
use crate::{
    domain::{
        blueprint::Blueprint,
        refusal::{Fault, Field, Problem, Refusal},
    },
    service::{
        blueprint::Source,
        event::NewEvent,
        find::{SeriesKey, TemplateKey},
        series::edit::SeriesChange,
    },
    store::{audit, testing::noon},
};

const HOUR: i64 = 3_600_000;

fn taken(replaceable: bool) -> Refusal {
    Refusal::Form(vec![Fault { field: Field::Name, problem: Problem::TemplateTaken { replaceable } }])
}

#[tokio::test]
async fn an_event_is_kept_under_a_name_of_its_own() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let new = NewEvent { track: "Spa".parse().ok(), ..spa("GT3 x 20\nGT4") };
        let (facts, _) = stage.create(&manager(1), new).await.unwrap();
        let id = facts.event.id;
        let (kept, _) = stage.save_template(&manager(1), id, ("Endurance", false)).await.unwrap();
        assert_eq!(kept.blueprint, Blueprint::of(&facts.event));
        let again = refusal(stage.save_template(&manager(1), id, ("ENDURANCE", false)).await);
        assert_eq!(again, taken(true));
        let (replaced, _) = stage.save_template(&manager(1), id, ("ENDURANCE", true)).await.unwrap();
        assert_eq!((replaced.id, replaced.name.as_str()), (kept.id, "ENDURANCE"));
        stage.save_template(&manager(1), id, ("Sprint", true)).await.unwrap();
        assert_eq!(refusal(stage.rename_template(&manager(1), kept.id, "sprint").await), taken(false));
        let (renamed, _) = stage.rename_template(&manager(1), kept.id, "Long").await.unwrap();
        assert_eq!(stage.service.templates(&manager(1)).await.unwrap().len(), 2);
        let found = stage.service.search_templates(&manager(1), "LO", 9).await.unwrap();
        assert_eq!(found, std::slice::from_ref(&renamed));
        stage.delete_template(&manager(1), kept.id).await.unwrap();
        assert_eq!(stage.service.templates(&manager(1)).await.unwrap().len(), 1);
        let entries = audit::of_club(&stage.store, club.id, 99).await.unwrap();
        let done = |action: &str| entries.iter().filter(|entry| entry.action == action).count();
        let words = ["create", "delete", "rename", "replace"];
        assert_eq!(words.map(|word| done(&format!("template.{word}"))), [2, 1, 1, 1]);
    })
    .await;
}

#[tokio::test]
async fn an_event_is_made_from_a_template_or_another_event() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let new = NewEvent { track: "Spa".parse().ok(), ..spa("GT3 x 20") };
        let (facts, _) = stage.create(&manager(1), new).await.unwrap();
        let (kept, _) = stage.save_template(&manager(1), facts.event.id, ("Endurance", false)).await.unwrap();
        let (from_event, from_template) = (Source::Event(facts.event.id), Source::Template(kept.id));
        for source in [from_event, from_template] {
            let (made, _) = stage.create_from(&manager(1), source, spa("GT3 x 20")).await.unwrap();
            assert_eq!(made.event.track, facts.event.track, "what no form asks for");
            assert_ne!(made.event.channel_name, facts.event.channel_name, "same name, same day");
            let elsewhere = NewEvent { track: "Monza".parse().ok(), ..spa("") };
            let (made, _) = stage.create_from(&manager(1), source, elsewhere).await.unwrap();
            assert_eq!(made.event.track, "Monza".parse().ok());
        }
        stage.delete_template(&manager(1), kept.id).await.unwrap();
        let gone = refusal(stage.create_from(&manager(1), from_template, spa("")).await);
        assert_eq!(gone, Refusal::UnknownTemplate);
    })
    .await;
}

#[tokio::test]
async fn a_template_opens_in_its_series_or_another_unless_that_is_archived() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (winter, _) = stage.series(&manager(1), "Winter Cup").await.unwrap();
        let (summer, _) = stage.series(&manager(1), "Summer Cup").await.unwrap();
        let new = NewEvent { series: Some(winter.id), ..spa("") };
        let (facts, _) = stage.create(&manager(1), new).await.unwrap();
        let (kept, _) = stage.save_template(&manager(1), facts.event.id, ("Sprint", false)).await.unwrap();
        let key = TemplateKey::Id(kept.id);
        let open = async |series| stage.service.open_template(&manager(1), key, series).await;
        assert_eq!(open(None).await.unwrap().2, Some(winter.clone()));
        assert_eq!(open(Some(SeriesKey::Id(summer.id))).await.unwrap().2, Some(summer));
        stage.at(noon(200 * HOUR));
        stage.change_series(&manager(1), winter.id, SeriesChange::Archive).await.unwrap();
        assert_eq!(open(None).await.unwrap().2, None);
        let archived = Refusal::SeriesArchived(winter.name.clone());
        assert_eq!(refusal(open(Some(SeriesKey::Id(winter.id))).await), archived);
        assert_eq!(refusal(open(Some(SeriesKey::Name("Spring"))).await), Refusal::UnknownSeries);
        let view = stage.service.template(&manager(1), kept.id).await.unwrap();
        assert!(view.series.is_some_and(|series| series.archived_at.is_some()));
    })
    .await;
}
