use jiff::SignedDuration;
use serde_json::json;
use twilight_model::id::Id;

use super::stage::{CARD, manager, on_stage, person, refusal, spa};
use crate::{
    domain::{
        id::OwnerId,
        refusal::Refusal,
        signup::{SignupState, Wish},
    },
    service::{
        Rendered, Ring, ShownCard,
        event::Signups,
        signup::{SignupOutcome, SignupResult},
    },
    store::{
        bindings,
        testing::{guild, noon},
    },
};

#[tokio::test]
async fn a_press_on_the_card_costs_no_work() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        stage.stand(id).await;
        stage.rings();
        let callback = stage.press_card(2, id, Wish::sign_up(None)).await.unwrap();
        assert_eq!(callback, json!({ "in": 1 }));
        let card = bindings::by_slot(&stage.store, OwnerId::of_event(id), bindings::CARD).await.unwrap();
        assert_eq!(card.unwrap().applied_hash.as_deref(), Some("1"), "what the answer shows");
        assert_eq!(stage.rings(), []);
        assert_eq!(stage.serve(1).await, []);
        // Another press before the first one's answer has certainly arrived.
        stage.press_card(3, id, Wish::sign_up(None)).await.unwrap();
        let settles = noon(0) + SignedDuration::from_secs(5);
        let ring = Ring::Wake { at: settles, guild: guild(1), request_id: "request".into() };
        assert_eq!(stage.rings(), [ring]);
        assert_eq!(stage.serve(1).await, [], "not yet");
        stage.at(settles);
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
    })
    .await;
}

#[tokio::test]
async fn presses_elsewhere_wake_the_card_once_it_is_quiet() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        stage.stand(id).await;
        stage.rings();
        for number in [2, 3] {
            stage.press(&person(number, 1), id, Wish::Tentative).await.unwrap();
        }
        assert_eq!(stage.serve(1).await, [], "as many may press in the same second");
        let settles = noon(0) + SignedDuration::from_secs(5);
        let ring = Ring::Wake { at: settles, guild: guild(1), request_id: "request".into() };
        assert_eq!(stage.rings(), [ring.clone(), ring]);
        stage.at(settles);
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_comes_late_lets_the_card_settle() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        stage.stand(id).await;
        let render = |_: &SignupOutcome| Rendered {
            callback: json!({}),
            card: Some(ShownCard { hash: "late".into(), message: Id::new(CARD), view_version: 1 }),
        };
        let actor = person(2, 1);
        let mut ask = stage.ask(&actor, "i:late", &render);
        ask.received_at = noon(-2_000);
        stage.service.sign_up(ask, id, Wish::Tentative).await.unwrap();
        assert_eq!(stage.serve(1).await, []);
        stage.at(noon(5_000));
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
    })
    .await;
}

#[tokio::test]
async fn whoever_moves_up_is_seen_to() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("x 1")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        stage.stand(id).await;
        stage.press_card(2, id, Wish::sign_up(None)).await.unwrap();
        stage.press_card(3, id, Wish::sign_up(None)).await.unwrap();
        stage.at(noon(60_000));
        stage.serve(1).await;
        stage.rings();
        stage.press_card(2, id, Wish::Withdraw { sure: true }).await.unwrap();
        assert!(stage.rang(1));
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
        let sheet = stage.service.event(&manager(1), id).await.unwrap().facts.sheet;
        let lucky = sheet.lines().iter().find(|line| line.discord == Id::new(3)).unwrap();
        assert_eq!((lucky.state, lucky.promoted_at), (SignupState::In, Some(noon(60_000))));
    })
    .await;
}

#[tokio::test]
async fn who_comes_may_enter_race_voice_once_it_is_open() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        stage.stand(id).await;
        stage.at(facts.event.start - SignedDuration::from_hours(24));
        stage.press_card(2, id, Wish::sign_up(None)).await.unwrap();
        assert_eq!(stage.serve(1).await, [OwnerId::of_event(id)]);
    })
    .await;
}

#[tokio::test]
async fn whoever_was_tentative_signs_up_where_they_say() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3\nGT4")).await.unwrap();
        let id = facts.event.id;
        let driver = person(2, 1);
        let class = |outcome: &SignupOutcome| outcome.facts.sheet.of(outcome.user).unwrap().class;
        let (maybe, _) = stage.press(&driver, id, Wish::Tentative).await.unwrap();
        assert_eq!(class(&maybe), None, "no class is anybody's unasked");
        let (asked, _) = stage.press(&driver, id, Wish::sign_up(None)).await.unwrap();
        assert_eq!(asked.result, SignupResult::PickClass);
        let gt4 = facts.event.classes[1].id;
        let (chosen, _) = stage.press(&driver, id, Wish::sign_up(Some(gt4))).await.unwrap();
        assert_eq!(class(&chosen), Some(gt4));
        for wish in [Wish::Tentative, Wish::Withdraw { sure: true }] {
            let (outcome, _) = stage.press(&driver, id, wish.clone()).await.unwrap();
            assert_eq!(class(&outcome), Some(gt4), "what they chose is remembered");
            let (asked, _) = stage.press(&driver, id, Wish::sign_up(None)).await.unwrap();
            assert_eq!(asked.result, SignupResult::PickClass, "but doesn't bind them: {wish:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn where_there_is_one_class_the_tentative_sign_up_at_once() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3 x 1")).await.unwrap();
        let id = facts.event.id;
        for (number, state) in [(2, SignupState::In), (3, SignupState::Waiting)] {
            stage.press(&person(number, 1), id, Wish::Tentative).await.unwrap();
            let (signed, _) = stage.press(&person(number, 1), id, Wish::sign_up(None)).await.unwrap();
            assert_eq!(signed.facts.sheet.of(signed.user).unwrap().state, state);
        }
    })
    .await;
}

#[tokio::test]
async fn what_changes_nothing_is_not_kept() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("GT3\nGT4")).await.unwrap();
        let id = facts.event.id;
        stage.serve(1).await;
        stage.rings();
        let (asked, _) = stage.press(&person(2, 1), id, Wish::sign_up(None)).await.unwrap();
        assert_eq!(asked.result, SignupResult::PickClass);
        assert_eq!(asked.facts.sheet.lines(), []);
        let gt4 = facts.event.classes[1].id;
        let (chosen, _) = stage.press(&person(2, 1), id, Wish::sign_up(Some(gt4))).await.unwrap();
        assert_eq!(chosen.result, SignupResult::Changed);
        stage.serve(1).await;
        stage.rings();
        let (same, _) = stage.press(&person(2, 1), id, Wish::sign_up(None)).await.unwrap();
        assert_eq!((same.result, same.user), (SignupResult::Unchanged, chosen.user));
        assert_eq!(stage.rings(), []);
        assert_eq!(stage.serve(1).await, []);
    })
    .await;
}

#[tokio::test]
async fn an_event_that_takes_nobody_says_why() {
    on_stage(|stage| async move {
        stage.club(1).await;
        let (facts, _) = stage.create(&manager(1), spa("")).await.unwrap();
        let (id, name) = (facts.event.id, facts.event.name.clone());
        stage.signups(&manager(1), id, Signups::Close).await.unwrap();
        let closed = refusal(stage.press(&person(2, 1), id, Wish::Tentative).await);
        assert_eq!(closed, Refusal::SignupsClosed(name.clone()));
        stage.cancel(&manager(1), id).await.unwrap();
        let cancelled = refusal(stage.press(&person(2, 1), id, Wish::Withdraw { sure: true }).await);
        assert_eq!(cancelled, Refusal::EventCancelled(name));
    })
    .await;
}
