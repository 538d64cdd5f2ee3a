use std::time::Duration;

use serde_json::json;
use twilight_model::{guild::Permissions, id::Id};
use uuid::Uuid;

use super::stage::{Stage, manager, on_stage, refusal, spa};
use crate::{
    domain::{
        id::{EventId, OwnerId, QuestionId},
        owner::Rank,
        panel::{Answer, Failure, Resource, Subject, Topic},
        permission::NEEDED,
        refusal::Refusal,
    },
    service::guild::Sighting,
    store::{
        audit, bindings,
        fault::Fault,
        guilds, owners, questions,
        testing::{fenced, guild, lease, noon},
    },
};

fn forbidden() -> Fault {
    Fault { class: Failure::Forbidden, message: "Missing Permissions".into() }
}

/// An event whose channel is parked, and the question about it.
async fn parked(stage: &Stage) -> (EventId, QuestionId) {
    stage.club(1).await;
    let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
    let id = facts.event.id;
    let owner = OwnerId::of_event(id);
    let due = owners::due_of_guild(&stage.store, guild(1), noon(0)).await.unwrap();
    stage.serve(1).await;
    stage.stand(id).await;
    let channel = bindings::by_slot(&stage.store, owner, bindings::CHANNEL).await.unwrap().unwrap();
    let question = questions::NewQuestion {
        id: QuestionId::new(Uuid::from_u64_pair(5, 1)),
        owner,
        slot: bindings::CHANNEL.into(),
        topic: Topic::Forbidden { resource: Resource::Channel },
    };
    let held = lease(&stage.store, 1).await;
    fenced(&stage.store, &held, async |tx| {
        let fault = forbidden();
        bindings::retry(tx, (channel.id, channel.tries + 1), noon(3_600_000), &fault, noon(0)).await.unwrap();
        assert!(questions::ask(tx, question.clone(), noon(0)).await.unwrap());
        let of_event = due.iter().find(|due| due.owner.id() == owner).unwrap();
        owners::retry(tx, of_event, owners::Wait::until(noon(3_600_000)), &fault, noon(0)).await.unwrap();
    })
    .await;
    stage.store.release_lease(&held).await.unwrap();
    stage.rings();
    (id, question.id)
}

/// Whether the channel's step waits after its failure.
async fn channel_waits(stage: &Stage, event: EventId) -> bool {
    let owner = OwnerId::of_event(event);
    bindings::by_slot(&stage.store, owner, bindings::CHANNEL).await.unwrap().unwrap().not_before.is_some()
}

#[tokio::test]
async fn the_panel_shows_what_waits_and_takes_an_answer_once() {
    on_stage(|stage| async move {
        let (event, question) = parked(&stage).await;
        let shown = stage.service.panel(&manager(1)).await.unwrap();
        let about = Subject::Event("Spa 24 Hours".parse().unwrap());
        assert_eq!((shown.questions.len(), &shown.questions[0].about), (1, &about));
        assert_eq!((shown.failing.len(), &shown.failing[0].subject), (1, &about));
        assert_eq!(shown.failing[0].failure, Failure::Forbidden);
        let misfit = refusal(stage.answer(&manager(1), question, Answer::Keep).await);
        assert_eq!(misfit, Refusal::Settled);
        let (answered, _) = stage.answer(&manager(1), question, Answer::Retry).await.unwrap();
        assert_eq!(answered.question, shown.questions[0]);
        assert!(stage.rang(1));
        assert!(!channel_waits(&stage, event).await);
        let due = owners::due_of_guild(&stage.store, guild(1), noon(0)).await.unwrap();
        assert_eq!((due.len(), due[0].rank), (1, Rank::People));
        let again = refusal(stage.answer(&manager(1), question, Answer::Retry).await);
        assert_eq!(again, Refusal::Settled);
        assert_eq!(stage.service.panel(&manager(1)).await.unwrap().questions, []);
        let club = stage.service.club_of(&manager(1)).await.unwrap();
        let entry = audit::of_club(&stage.store, club.id, 1).await.unwrap().remove(0);
        assert_eq!(
            (entry.action.as_str(), entry.after.unwrap()["answer"].clone()),
            ("question.answer", json!("retry"))
        );
    })
    .await;
}

#[tokio::test]
async fn an_owner_is_tried_again_when_somebody_asks() {
    on_stage(|stage| async move {
        let (event, _) = parked(&stage).await;
        assert_eq!(stage.serve(1).await, []);
        stage.retry(&manager(1), OwnerId::of_event(event)).await.unwrap();
        assert!(stage.rang(1));
        assert!(!channel_waits(&stage, event).await);
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(event)]);
        let unknown = OwnerId::new(Uuid::nil());
        assert_eq!(refusal(stage.retry(&manager(1), unknown).await), Refusal::Settled);
    })
    .await;
}

#[tokio::test]
async fn permissions_that_come_back_clear_what_is_parked() {
    on_stage(|stage| async move {
        let (event, _) = parked(&stage).await;
        let may =
            |permissions: Permissions| Sighting { permissions: Some(permissions), ..Sighting::default() };
        let see = async |sighting| stage.service.see_guild(guild(1), sighting, "request").await.unwrap();
        see(Sighting::default()).await;
        see(may(NEEDED - Permissions::CONNECT)).await;
        assert_eq!(stage.rings(), [], "something is missing");
        see(may(NEEDED)).await;
        assert!(stage.rang(1));
        assert!(!channel_waits(&stage, event).await);
        for permissions in [Permissions::empty(), NEEDED, Permissions::empty(), NEEDED] {
            see(may(permissions)).await;
        }
        assert_eq!(stage.rings(), [], "another channel's permissions are no news for ten minutes");
        stage.clock.advance(Duration::from_secs(600));
        see(may(NEEDED)).await;
        assert!(stage.rang(1));
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(event)]);
        see(may(Permissions::empty())).await;
        let seen = guilds::by_id(&stage.store, guild(1)).await.unwrap().unwrap();
        assert_eq!(seen.permissions, Permissions::empty());
        see(Sighting { name: Some("Night Owls".into()), ..Sighting::default() }).await;
        stage.service.see_guild(guild(77), Sighting::default(), "request").await.unwrap();
        assert!(guilds::by_id(&stage.store, Id::new(77)).await.unwrap().is_some());
    })
    .await;
}
