//! Who may do what: the matrix.

use twilight_model::id::Id;
use uuid::Uuid;

use super::stage::{ORGANISERS, edit_of, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        id::{OwnerId, QuestionId, SeriesId, TemplateId},
        panel::Answer,
        refusal::Refusal,
        settings::Notifications,
        signup::Wish,
    },
    service::{
        blueprint::Source, event::Signups, recurrence::Repeat, series::edit::SeriesChange,
        settings::SettingsChange,
    },
    store::{audit, testing::guild},
};

#[tokio::test]
async fn only_organisers_change_a_club() {
    on_stage(|stage| async move {
        let club = stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let (id, revision) = (facts.event.id, facts.event.revision);
        stage.serve(1).await;
        stage.rings();
        let count = async || audit::of_club(&stage.store, club.id, 99).await.unwrap().len();
        let before = count().await;
        let member = person(2, 1);
        let (series, template) = (SeriesId::new(Uuid::nil()), TemplateId::new(Uuid::nil()));
        let question = QuestionId::new(Uuid::nil());
        let notifications = SettingsChange::Notifications(Notifications::default());
        let owner = OwnerId::of_event(id);
        let refused = [
            refusal(stage.settings(&member, notifications).await),
            refusal(stage.series(&member, "Winter Cup").await),
            refusal(stage.create(&member, spa("")).await),
            refusal(stage.edit(&member, (id, revision), edit_of(&facts, "")).await),
            refusal(stage.cancel(&member, id).await),
            refusal(stage.signups(&member, id, Signups::Close).await),
            refusal(stage.channel(&member, id).await),
            refusal(stage.answer(&member, question, Answer::Retry).await),
            refusal(stage.retry(&member, owner).await),
            refusal(stage.service.panel(&member).await),
            refusal(stage.change_series(&member, series, SeriesChange::Archive).await),
            refusal(stage.service.series_facts(&member, series).await),
            refusal(stage.move_event(&member, id, None).await),
            refusal(stage.save_template(&member, id, ("Spa", false)).await),
            refusal(stage.rename_template(&member, template, "Spa").await),
            refusal(stage.delete_template(&member, template).await),
            refusal(stage.service.templates(&member).await),
            refusal(stage.service.template(&member, template).await),
            refusal(stage.create_from(&member, Source::Event(id), spa("")).await),
            refusal(stage.repeat(&member, id, Repeat::Dates(vec![facts.event.start])).await),
            refusal(stage.stop_repeating(&member, id).await),
        ];
        assert!(refused.iter().all(|refusal| *refusal == Refusal::NotOrganiser), "{refused:?}");
        assert_eq!(count().await, before, "nothing was changed");
        assert_eq!(stage.rings(), []);
        assert_eq!(stage.serve(1).await, []);
        assert!(!stage.service.is_organiser(&member).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_organiser_role_organises() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let mut organiser = person(2, 1);
        organiser.roles = vec![Id::new(5), Id::new(ORGANISERS)];
        assert!(stage.service.is_organiser(&organiser).await.unwrap());
        let (facts, _) = stage.create(&organiser, spa("")).await.unwrap();
        stage.series(&organiser, "Winter Cup").await.unwrap();
        stage.signups(&organiser, facts.event.id, Signups::Close).await.unwrap();
        stage.retry(&organiser, OwnerId::of_event(facts.event.id)).await.unwrap();
        stage.service.panel(&organiser).await.unwrap();
        assert_eq!(refusal(stage.set_up(&organiser).await), Refusal::NeedsManageServer);
    })
    .await;
}

#[tokio::test]
async fn what_is_another_clubs_is_unknown() {
    on_stage(|stage| async move {
        stage.club(1).await;
        stage.club(2).await;
        let (facts, _) = stage.create(&manager(2), spa("")).await.unwrap();
        let (series, _) = stage.series(&manager(2), "Winter Cup").await.unwrap();
        let (id, of) = (facts.event.id, (facts.event.id, facts.event.revision));
        let ours = manager(1);
        let mut new = spa("");
        new.series = Some(series.id);
        assert_eq!(refusal(stage.create(&ours, new).await), Refusal::UnknownSeries);
        let (template, _) = stage.save_template(&manager(2), id, ("Sprint", false)).await.unwrap();
        let unknown = [
            refusal(stage.rename_template(&ours, template.id, "Ours").await),
            refusal(stage.delete_template(&ours, template.id).await),
            refusal(stage.service.template(&ours, template.id).await),
            refusal(stage.create_from(&ours, Source::Template(template.id), spa("")).await),
        ];
        assert!(unknown.iter().all(|refusal| *refusal == Refusal::UnknownTemplate), "{unknown:?}");
        let change = stage.change_series(&ours, series.id, SeriesChange::Archive).await;
        assert_eq!(refusal(change), Refusal::UnknownSeries);
        assert_eq!(refusal(stage.service.series(&ours, series.id).await), Refusal::UnknownSeries);
        let refused = [
            refusal(stage.edit(&ours, of, edit_of(&facts, "")).await),
            refusal(stage.cancel(&ours, id).await),
            refusal(stage.signups(&ours, id, Signups::Close).await),
            refusal(stage.channel(&ours, id).await),
            refusal(stage.press(&ours, id, Wish::Tentative).await),
            refusal(stage.move_event(&ours, id, None).await),
            refusal(stage.save_template(&ours, id, ("Spa", false)).await),
            refusal(stage.create_from(&ours, Source::Event(id), spa("")).await),
            refusal(stage.repeat(&ours, id, Repeat::Dates(vec![facts.event.start])).await),
            refusal(stage.stop_repeating(&ours, id).await),
            refusal(stage.service.event(&ours, id).await),
            refusal(stage.service.resolve_event(&ours, Some(id)).await),
        ];
        assert!(refused.iter().all(|refusal| *refusal == Refusal::UnknownEvent), "{refused:?}");
        assert_eq!(refusal(stage.retry(&ours, OwnerId::of_event(id)).await), Refusal::Settled);
        assert_eq!(stage.service.event(&manager(2), id).await.unwrap().facts.event, facts.event);
    })
    .await;
}

#[tokio::test]
async fn a_guild_without_a_club_is_told_so() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let stranger = manager(3);
        let refused = [
            refusal(stage.create(&stranger, spa("")).await),
            refusal(stage.press(&stranger, facts.event.id, Wish::Tentative).await),
            refusal(stage.service.panel(&stranger).await),
            refusal(stage.service.list_series(&stranger).await),
            refusal(stage.service.coming_events(&stranger, 0, 6).await),
            refusal(stage.retry(&stranger, OwnerId::of_guild(guild(1))).await),
        ];
        assert!(refused.iter().all(|refusal| *refusal == Refusal::NoClub), "{refused:?}");
        assert!(stage.service.search_events(&stranger, "", 25).await.unwrap().is_none());
        assert!(stage.service.search_series(&stranger, "", 25).await.unwrap().is_empty());
        assert!(stage.service.is_organiser(&stranger).await.unwrap(), "Manage Server is enough");
    })
    .await;
}
