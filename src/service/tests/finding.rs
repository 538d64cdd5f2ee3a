use twilight_model::id::Id;

use super::stage::{CHANNEL, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{refusal::Refusal, signup::Wish},
    service::find::Resolved,
    store::testing::noon,
};

#[tokio::test]
async fn the_event_that_is_meant_is_found() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let member = person(2, 1);
        assert_eq!(refusal(stage.service.resolve_event(&member, None).await), Refusal::NoEvents);
        let (first, _) = stage.create(&manager(1), spa("")).await.unwrap();
        stage.press(&member, first.event.id, Wish::Tentative).await.unwrap();
        let only = stage.service.resolve_event(&member, None).await.unwrap();
        let Resolved::One(only) = only else { panic!("one event is coming: {only:?}") };
        assert_eq!((only.facts.event.id, only.facts.sheet.lines().len()), (first.event.id, 1));
        assert_eq!(only.channel, None);
        let mut new = spa("");
        new.start = noon(48 * 3_600_000);
        let (second, _) = stage.create(&manager(1), new).await.unwrap();
        let Resolved::Several(_, events) = stage.service.resolve_event(&member, None).await.unwrap() else {
            panic!("two events are coming")
        };
        let ids: Vec<_> = events.iter().map(|event| event.id).collect();
        assert_eq!(ids, [second.event.id, first.event.id], "the next one first");
        stage.stand(first.event.id).await;
        let mut there = member.clone();
        there.channel = Some(Id::new(CHANNEL));
        let Resolved::One(here) = stage.service.resolve_event(&there, None).await.unwrap() else {
            panic!("an event's own channel means that event")
        };
        assert_eq!((here.facts.event.id, here.channel), (first.event.id, Some(Id::new(CHANNEL))));
        let named = stage.service.resolve_event(&there, Some(second.event.id)).await.unwrap();
        assert!(matches!(named, Resolved::One(named) if named.facts.event.id == second.event.id));
    })
    .await;
}

#[tokio::test]
async fn coming_events_are_turned_over_page_by_page() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let empty = stage.service.coming_events(&manager(1), 7, 2).await.unwrap();
        assert_eq!((empty.number, empty.pages, empty.events.len()), (0, 1, 0));
        for hour in [72, 24, 48] {
            let mut new = spa("");
            new.start = noon(hour * 3_600_000);
            stage.create(&manager(1), new).await.unwrap();
        }
        let first = stage.service.coming_events(&manager(1), 0, 2).await.unwrap();
        let starts: Vec<_> = first.events.iter().map(|view| view.facts.event.start).collect();
        assert_eq!(starts, [noon(24 * 3_600_000), noon(48 * 3_600_000)]);
        let beyond = stage.service.coming_events(&manager(1), 9, 2).await.unwrap();
        assert_eq!((beyond.number, beyond.pages, beyond.events.len()), (1, 2, 1));
        let (_, found) = stage.service.search_events(&manager(1), "spa", 2).await.unwrap().unwrap();
        assert_eq!(found.len(), 2);
    })
    .await;
}
