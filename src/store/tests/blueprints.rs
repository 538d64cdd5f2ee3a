use twilight_model::id::Id;
use uuid::Uuid;

use crate::{
    domain::{
        blueprint::Blueprint,
        club::Club,
        id::{RecurrenceId, SeriesId, TemplateId},
        recurrence::{Recurrence, Rule},
        template::Template,
    },
    store::{
        openings::{self, SeriesKey, TemplateKey},
        recurrences, series, templates,
        testing::{an_event, club, commit, event, guild, noon, on_both},
    },
};

fn template(club: &Club, number: u64, name: &str) -> Template {
    Template {
        blueprint: Blueprint::of(&an_event(club, 1, 5)),
        club: club.id,
        id: TemplateId::new(Uuid::from_u64_pair(20, number)),
        name: name.parse().unwrap(),
        series: None,
    }
}

fn recurrence(club: &Club) -> Recurrence {
    let event = an_event(club, 1, 5);
    Recurrence {
        blueprint: Blueprint::of(&event),
        club: club.id,
        created_at: noon(0),
        created_by: Id::new(u64::MAX),
        id: RecurrenceId::new(Uuid::from_u64_pair(21, 1)),
        length: event.length,
        made: 0,
        name: event.name,
        rule: Rule::Dates(vec![noon(48 * 3_600_000)]),
        series: None,
        stopped_at: None,
    }
}

#[tokio::test]
async fn a_template_reads_back_and_has_a_name_of_its_own() {
    on_both(|store| async move {
        let (one, other) = (club(&store, 1).await, club(&store, 2).await);
        let first = template(&one, 1, "Sprint");
        let create = async |template: &Template| {
            commit(&store, async |tx| templates::create(tx, template, noon(0)).await.unwrap()).await
        };
        assert!(create(&first).await);
        assert!(!create(&template(&one, 2, "SPRINT")).await, "whatever its case");
        assert!(create(&template(&other, 3, "Sprint")).await, "in another club");
        assert!(create(&template(&one, 4, "Endurance")).await);
        assert_eq!(templates::by_id(&store, one.id, first.id).await.unwrap().as_ref(), Some(&first));
        assert_eq!(templates::by_id(&store, other.id, first.id).await.unwrap(), None);
        let found = templates::search(&store, one.id, "RINT", 9).await.unwrap();
        assert_eq!(found, std::slice::from_ref(&first));
        let renamed = Template { name: "endurance".parse().unwrap(), ..first.clone() };
        assert!(!commit(&store, async |tx| templates::save(tx, &renamed, noon(1)).await.unwrap()).await);
        commit(&store, async |tx| templates::delete(tx, other.id, first.id).await.unwrap()).await;
        assert_eq!(templates::of_club(&store, one.id).await.unwrap().len(), 2, "not theirs to delete");
    })
    .await;
}

#[tokio::test]
async fn a_form_finds_a_template_with_its_series_or_another() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let cup = |number: u64, name: &str| crate::domain::club::Series {
            adopted_category: None,
            archived_at: None,
            club: club.id,
            defaults: crate::domain::series_defaults::SeriesDefaults::default(),
            id: SeriesId::new(Uuid::from_u64_pair(6, number)),
            name: name.parse().unwrap(),
        };
        let (summer, winter) = (cup(1, "Summer"), cup(2, "Winter"));
        let sprint = Template { series: Some(summer.id), ..template(&club, 1, "Sprint") };
        commit(&store, async |tx| {
            for series in [&summer, &winter] {
                assert!(series::create(tx, series, noon(0)).await.unwrap());
            }
            assert!(templates::create(tx, &sprint, noon(0)).await.unwrap());
        })
        .await;
        let open =
            async |key, series| openings::template(&store, guild(1), key, series).await.unwrap().unwrap();
        let own = open(TemplateKey::Id(sprint.id), None).await;
        assert_eq!((own.template, own.series), (Some(sprint.clone()), Some(summer)));
        let other = open(TemplateKey::Name(" sprint "), Some(SeriesKey::Name("WINTER"))).await;
        assert_eq!((other.template, other.series), (Some(sprint), Some(winter)));
        let none = open(TemplateKey::Name("gone"), None).await;
        assert_eq!((none.club.id, none.template, none.series), (club.id, None, None));
    })
    .await;
}

#[tokio::test]
async fn a_rule_reads_back_and_makes_each_occurrence_once() {
    on_both(|store| async move {
        let club = club(&store, 1).await;
        let (from, next) = (event(&store, &club, 1, 5).await, event(&store, &club, 2, 5).await);
        let rule = recurrence(&club);
        commit(&store, async |tx| recurrences::create(tx, &rule, from.id, Some(noon(5))).await.unwrap())
            .await;
        assert_eq!(recurrences::of_event(&store, club.id, from.id).await.unwrap().as_ref(), Some(&rule));
        assert_eq!(recurrences::of_event(&store, club.id, next.id).await.unwrap(), None);
        assert_eq!(recurrences::due(&store, noon(4), 9).await.unwrap(), []);
        assert_eq!(recurrences::due(&store, noon(5), 9).await.unwrap(), [(club.id, rule.id)]);
        commit(&store, async |tx| {
            assert!(recurrences::lock_due(tx, club.id, rule.id, noon(5)).await.unwrap().is_some());
            recurrences::made(tx, rule.id, 1, next.id).await.unwrap();
            recurrences::advance(tx, rule.id, 1, None).await.unwrap();
            assert!(recurrences::lock_due(tx, club.id, rule.id, noon(5)).await.unwrap().is_none());
        })
        .await;
        let tx = store.begin().await.unwrap();
        assert!(recurrences::made(&tx, rule.id, 1, from.id).await.is_err(), "once");
        tx.rollback().await.unwrap();
        let found = recurrences::of_event(&store, club.id, next.id).await.unwrap().unwrap();
        assert_eq!(found, Recurrence { made: 1, ..rule.clone() });
        commit(&store, async |tx| recurrences::stop(tx, rule.id, noon(9)).await.unwrap()).await;
        assert_eq!(recurrences::of_event(&store, club.id, next.id).await.unwrap(), None);
    })
    .await;
}
