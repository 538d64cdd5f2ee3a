use twilight_model::id::Id;

use super::stage::{manager, on_stage, person, refusal, spa};
use crate::{
    domain::{event::EventState, id::OwnerId, refusal::Refusal, signup::Wish},
    service::{event::Signups, settings::SettingsChange},
    store::{
        audit, events,
        testing::{guild, noon},
    },
};

#[tokio::test]
async fn an_event_is_created_with_its_place() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (series, _) = stage.series(&manager(1), "Winter Cup").await.unwrap();
        assert_eq!(stage.serve(1).await, [OwnerId::of_series(series.id)]);
        stage.rings();
        let mut new = spa("GT3 x 20\nGT4");
        new.series = Some(series.id);
        let (facts, _) = stage.create(&manager(1), new).await.unwrap();
        assert_eq!(facts.event.channel_name.as_str(), "winter-cup-spa-24-hours-2026-12-08");
        assert!(facts.event.channels_wanted);
        assert_eq!(facts.event.classes.len(), 2);
        assert_eq!(facts.series.as_ref(), Some(&series));
        assert_eq!(
            events::by_id(&stage.store, club.id, facts.event.id).await.unwrap(),
            Some(facts.event.clone())
        );
        assert!(stage.rang(1));
        assert_eq!(stage.serve(1).await, [OwnerId::of_series(series.id), OwnerId::of_event(facts.event.id)]);
        let (alone, _) = stage.create(&manager(1), spa("")).await.unwrap();
        assert_eq!(stage.serve(1).await, [OwnerId::of_guild(guild(1)), OwnerId::of_event(alone.event.id)]);
        let entry = audit::of_club(&stage.store, club.id, 1).await.unwrap().remove(0);
        assert_eq!((entry.action.as_str(), entry.subject_kind.as_str()), ("event.create", "event"));
        assert_eq!(entry.before, None);
    })
    .await;
}

#[tokio::test]
async fn channel_names_stay_apart_while_their_events_stand() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let manager = manager(1);
        let (a, b, c) = tokio::join!(
            stage.create(&manager, spa("")),
            stage.create(&manager, spa("")),
            stage.create(&manager, spa("")),
        );
        let mut names: Vec<String> =
            [a, b, c].map(|created| created.unwrap().0.event.channel_name.to_string()).into();
        names.sort_unstable();
        let name = "spa-24-hours-2026-12-08";
        assert_eq!(names, [name.to_owned(), format!("{name}-2"), format!("{name}-3")]);
    })
    .await;
}

#[tokio::test]
async fn a_repeated_form_gets_the_first_answer_and_makes_nothing() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (_, first) = stage.create_under("m:1", spa("")).await.unwrap();
        assert_eq!(stage.service.answered("m:1").await.unwrap(), Some(first.clone()));
        stage.rings();
        let (_, again) = stage.create_under("m:1", spa("")).await.unwrap();
        assert_eq!(again, first);
        assert_eq!(stage.rings(), []);
        assert_eq!(events::live(&stage.store, club.id, noon(0)).await.unwrap().len(), 1);
        let (a, b) = tokio::join!(stage.create_under("m:2", spa("")), stage.create_under("m:2", spa("")));
        assert_eq!(a.unwrap().1, b.unwrap().1, "one answer for both");
        assert_eq!(events::live(&stage.store, club.id, noon(0)).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn sign_ups_close_and_open_until_the_start() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        let (closed, _) = stage.signups(&manager(1), id, Signups::Close).await.unwrap();
        assert_eq!((closed.event.state.clone(), closed.event.revision), (EventState::Closed, 2));
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
        let (same, _) = stage.signups(&manager(1), id, Signups::Close).await.unwrap();
        assert_eq!(same.event, closed.event, "closed already");
        assert_eq!(stage.serve(1).await, []);
        let (open, _) = stage.signups(&manager(1), id, Signups::Open).await.unwrap();
        assert_eq!(open.event.state, EventState::Open);
        stage.at(facts.event.start);
        let started = refusal(stage.signups(&manager(1), id, Signups::Close).await);
        assert_eq!(started, Refusal::EventStarted(facts.event.name));
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_event_stays_as_it_is() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        let (cancelled, _) = stage.cancel(&manager(1), id).await.unwrap();
        assert_eq!(cancelled.event.state, EventState::Cancelled { at: noon(0), reason: "Snow.".into() });
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
        let name = cancelled.event.name;
        let refused = [
            refusal(stage.cancel(&manager(1), id).await),
            refusal(stage.signups(&manager(1), id, Signups::Open).await),
            refusal(stage.channel(&manager(1), id).await),
        ];
        assert!(
            refused.iter().all(|refusal| *refusal == Refusal::EventCancelled(name.clone())),
            "{refused:?}"
        );
        let (over, _) = stage.create(&manager(1), spa("")).await.unwrap();
        stage.at(over.event.end());
        let late = refusal(stage.cancel(&manager(1), over.event.id).await);
        assert_eq!(late, Refusal::EventOver(over.event.name));
    })
    .await;
}

#[tokio::test]
async fn a_channel_is_asked_for_once() {
    on_stage(|stage| async move {
        let mut club = stage.club(1).await;
        club.settings.auto_create_channels = false;
        let tx = stage.store.begin().await.unwrap();
        crate::store::clubs::save(&tx, &club, noon(0)).await.unwrap();
        tx.commit().await.unwrap();
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        assert!(!facts.event.channels_wanted);
        stage.serve(1).await;
        let (wanted, _) = stage.channel(&manager(1), facts.event.id).await.unwrap();
        assert!(wanted.event.channels_wanted);
        let due = stage.serve(1).await;
        assert_eq!(due, [OwnerId::of_guild(guild(1)), OwnerId::of_event(facts.event.id)]);
    })
    .await;
}

#[tokio::test]
async fn series_have_names_of_their_own() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (series, _) = stage.series(&manager(1), "Winter Cup").await.unwrap();
        let taken = refusal(stage.series(&manager(1), "WINTER cup").await);
        assert_eq!(taken, Refusal::SeriesNameTaken("WINTER cup".parse().unwrap()));
        let mut new = spa("");
        new.series = Some(series.id);
        let (facts, _) = stage.create(&manager(1), new).await.unwrap();
        let listed = stage.service.list_series(&manager(1)).await.unwrap();
        assert_eq!((listed.len(), listed[0].coming, listed[0].next), (1, 1, Some(facts.event.start)));
        assert_eq!(stage.service.search_series(&manager(1), "cup", 25).await.unwrap(), [series]);
    })
    .await;
}

#[tokio::test]
async fn a_club_with_a_board_has_it_looked_at_when_an_event_changes_and_not_when_people_sign_up() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let change = SettingsChange::General {
            announcement_channel: Some(Id::new(5)),
            name: club.name,
            organiser_channel: None,
            organiser_role: None,
            zone: club.zone,
        };
        stage.settings(&manager(1), change).await.unwrap();
        stage.serve(1).await;
        let (series, _) = stage.series(&manager(1), "Winter Cup").await.unwrap();
        stage.serve(1).await;
        let mut new = spa("");
        new.series = Some(series.id);
        let (facts, _) = stage.create(&manager(1), new).await.unwrap();
        let (board, event) = (OwnerId::of_guild(guild(1)), OwnerId::of_event(facts.event.id));
        assert_eq!(
            stage.serve(1).await,
            [OwnerId::of_series(series.id), event, board],
            "the board comes last"
        );
        stage.signups(&manager(1), facts.event.id, Signups::Close).await.unwrap();
        assert_eq!(stage.serve(1).await, [event, board]);
        stage.signups(&manager(1), facts.event.id, Signups::Open).await.unwrap();
        stage.serve(1).await;
        stage.press(&person(2, 1), facts.event.id, Wish::sign_up(None)).await.unwrap();
        assert!(!stage.serve(1).await.contains(&board));
        stage.cancel(&manager(1), facts.event.id).await.unwrap();
        assert_eq!(stage.serve(1).await, [event, board]);
    })
    .await;
}
