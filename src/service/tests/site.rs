//! What a club's site does to its events and their sheets.

use twilight_model::id::Id;

use super::{
    programs::TOKEN,
    stage::{Stage, manager, on_stage, person, spa},
};
use crate::{
    domain::{
        blueprint::Blueprint,
        class_list::Capacity,
        event::EventState,
        id::{ClubId, EventId, OwnerId, UserId},
        name::Description,
        patch::Patch,
        refusal::Refusal,
        signup::{SignupState, Standing, Wish},
    },
    service::{
        ServiceError,
        edit::{ClassChange, EventChange, EventDraft},
        event::Signups,
        series::NewSeries,
        site::{
            events::SiteEvent,
            series::SiteSeriesChange,
            signups::{Ordered, SignupOrder},
        },
    },
    store::{audit, events, signups, testing::guild},
};

fn race(external_id: &str) -> EventDraft {
    let mut draft = EventDraft::like(&Blueprint::default(), spa("GT3 x 1\nGT4"));
    draft.rest.external_id = Patch::Set(external_id.parse().ok());
    draft
}

impl Stage {
    async fn put_event(&self, club: ClubId, draft: EventDraft) -> Result<(SiteEvent, bool), ServiceError> {
        self.service.put_event(club, draft, TOKEN, "request").await
    }

    async fn change_event(
        &self,
        club: ClubId,
        event: EventId,
        change: EventChange,
    ) -> Result<SiteEvent, Refusal> {
        refused(self.service.change_site_event(club, (event, None), change, TOKEN, "request").await)
    }

    async fn order(
        &self,
        club: ClubId,
        (event, user): (EventId, UserId),
        standing: Standing,
    ) -> Result<SignupState, Refusal> {
        let order = SignupOrder { car: None, class: None, note: Patch::Keep, standing };
        match refused(self.service.order_signup(club, (event, user), order, TOKEN, "request").await)? {
            Ordered::Done(signup) => Ok(signup.written.line.state),
            other => panic!("{other:?}"),
        }
    }
}

fn refused<T>(result: Result<T, ServiceError>) -> Result<T, Refusal> {
    result.map_err(|error| match error {
        ServiceError::Refused(refusal) => refusal,
        other => panic!("{other}"),
    })
}

#[tokio::test]
async fn an_event_of_the_sites_is_made_once_and_asked_for_on_discord() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        stage.serve(1).await;
        stage.rings();
        let (made, is_new) = stage.put_event(club.id, race("1")).await.unwrap();
        assert!(is_new && stage.rang(1));
        assert_eq!(stage.serve(1).await, [OwnerId::of_guild(guild(1)), OwnerId::of_event(made.event.id)]);
        assert_eq!(made.event.created_by, None);
        let stored = events::by_id(&stage.store, club.id, made.event.id).await.unwrap();
        assert_eq!(stored, Some(made.event.clone()));
        stage.rings();
        let (again, is_new) = stage.put_event(club.id, race("1")).await.unwrap();
        assert_eq!((again.event, is_new), (made.event, false));
        assert!(!stage.rang(1), "nothing has changed");
        let trail = audit::of_club(&stage.store, club.id, 20).await.unwrap();
        let theirs: Vec<_> =
            trail.iter().filter(|entry| entry.by == TOKEN).map(|entry| &*entry.action).collect();
        assert_eq!(theirs, ["event.create"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_site_changes_holds_to_the_rules_of_discord() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let event = stage.put_event(club.id, race("1")).await.unwrap().0.event;
        let sign_up = Wish::sign_up(Some(event.classes[0].id));
        stage.press(&person(2, 1), event.id, sign_up.clone()).await.unwrap();
        stage.press(&person(3, 1), event.id, sign_up).await.unwrap();
        let gone = EventChange {
            classes: Some(vec![ClassChange { name: "GTP".parse().ok(), ..ClassChange::default() }]),
            ..EventChange::default()
        };
        assert!(matches!(stage.change_event(club.id, event.id, gone).await, Err(Refusal::Form(_))));
        let room = |class: &crate::domain::event::Class, places| ClassChange {
            capacity: Capacity::new(places).ok(),
            id: Some(class.id),
            name: class.name.clone(),
            ..ClassChange::default()
        };
        let wider = EventChange {
            classes: Some(vec![room(&event.classes[0], 2), room(&event.classes[1], 1)]),
            ..EventChange::default()
        };
        stage.change_event(club.id, event.id, wider).await.unwrap();
        let sheet = signups::sheet(&stage.store, event.id).await.unwrap();
        assert_eq!(sheet.count(SignupState::In), 2, "whoever waited moves up");
        stage.at(event.start);
        let moved = EventChange { start: Some(event.end()), ..EventChange::default() };
        assert!(matches!(stage.change_event(club.id, event.id, moved).await, Err(Refusal::Form(_))));
        let closed = EventChange { signups: Some(Signups::Close), ..EventChange::default() };
        let started = Refusal::EventStarted(event.name.clone());
        assert_eq!(stage.change_event(club.id, event.id, closed.clone()).await.unwrap_err(), started);
        stage.at(event.end());
        let over = Refusal::EventOver(event.name.clone());
        assert_eq!(stage.change_event(club.id, event.id, closed).await.unwrap_err(), over);
        let same = EventChange { name: Some(event.name.clone()), ..EventChange::default() };
        stage.change_event(club.id, event.id, same).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_site_signs_people_up_on_the_organisers_behalf() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let event = stage.create(&manager(1), spa("1")).await.unwrap().0.event;
        let pressed = stage.press(&person(2, 1), event.id, Wish::Tentative).await.unwrap().0;
        let other = stage.press(&person(3, 1), event.id, Wish::Tentative).await.unwrap().0;
        stage.signups(&manager(1), event.id, Signups::Close).await.unwrap();
        stage.stand(event.id).await;
        stage.serve(1).await;
        stage.rings();
        let ordered = stage.order(club.id, (event.id, pressed.user), Standing::Late).await;
        assert_eq!(ordered, Ok(SignupState::Late));
        assert_ne!(stage.rings(), [], "the card is drawn once it is quiet");
        let full = stage.order(club.id, (event.id, other.user), Standing::In).await;
        assert_eq!(full, Ok(SignupState::Waiting));
        let trail = audit::of_club(&stage.store, club.id, 20).await.unwrap();
        let theirs = trail.iter().filter(|entry| (&*entry.action, entry.by) == ("signup.put", TOKEN));
        let mut changes: Vec<_> = theirs
            .map(|entry| (&entry.before.as_ref().unwrap()["state"], &entry.after.as_ref().unwrap()["state"]))
            .map(|(before, after)| format!("{before} to {after}"))
            .collect();
        changes.sort_unstable();
        assert_eq!(changes, [r#""tentative" to "late""#, r#""tentative" to "waiting""#]);
        stage.rings();
        stage.order(club.id, (event.id, other.user), Standing::In).await.unwrap();
        assert_eq!(stage.rings(), [], "nothing has changed");
        let nobody = UserId::new(uuid::Uuid::from_u128(5));
        let unknown = stage.order(club.id, (event.id, nobody), Standing::In).await;
        assert_eq!(unknown, Err(Refusal::UnknownPerson));
        let line = signups::sheet(&stage.store, event.id).await.unwrap();
        assert_eq!(line.of(pressed.user).unwrap().discord, Id::new(2));
    })
    .await;
}

#[tokio::test]
async fn a_site_cancels_once_and_archives_what_is_empty() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let cup = NewSeries { adopted_category: None, name: "Cup".parse().unwrap() };
        let series = stage.service.make_site_series(club.id, cup.name, TOKEN, "request").await.unwrap();
        let mut draft = race("1");
        draft.rest.series = Patch::Set(Some(series.id));
        let event = stage.put_event(club.id, draft).await.unwrap().0.event;
        let archive = || SiteSeriesChange { archived: Some(true), name: None };
        let archived = async || {
            refused(stage.service.change_site_series(club.id, series.id, archive(), TOKEN, "request").await)
        };
        assert!(matches!(archived().await, Err(Refusal::SeriesInUse { more: 0, .. })));
        let reason = |text: &str| Description::parse(text).unwrap();
        for text in ["No servers", "Other"] {
            let cancelled = stage
                .service
                .cancel_site_event(club.id, (event.id, None), reason(text), TOKEN, "request")
                .await;
            let EventState::Cancelled { reason, .. } = cancelled.unwrap().event.state else { panic!() };
            assert_eq!(reason, "No servers");
        }
        stage.at(event.end() + club.settings.grace.duration());
        assert!(archived().await.unwrap().archived_at.is_some());
        let mut late = race("2");
        late.rest.series = Patch::Set(Some(series.id));
        late.start = stage.clock.now() + jiff::SignedDuration::from_hours(48);
        let refused = refused(stage.put_event(club.id, late).await);
        assert_eq!(refused.unwrap_err(), Refusal::SeriesArchived(series.name));
    })
    .await;
}
