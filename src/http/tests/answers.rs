//! What each kind of interaction gets, in time and late.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use twilight_model::id::Id;
use uuid::Uuid;

use super::stage::{
    Stage, assert_ephemeral, by_admin, command, completion, in_private, interaction, press, text,
};
use crate::{
    domain::id::EventId,
    interaction::desk::Delivery,
    view::{
        custom_id::{Form, Press},
        message::{Audience, Body},
    },
};

fn event() -> EventId {
    EventId::new(Uuid::from_u128(9))
}

fn options(name: &str, kind: u8, value: Value) -> Value {
    json!([{ "name": name, "type": kind, "value": value }])
}

#[tokio::test(start_paused = true)]
async fn a_command_is_answered_and_logged() {
    let stage = Stage::new();
    let pong = stage.deliver(&command("ping", json!([]))).await;
    assert_ephemeral(&pong);
    assert_eq!(text(&pong), "pong");
    assert_eq!(
        stage.deliver(&command("event list", json!([]))).await,
        json!({ "type": 4, "data": Body::plain("events").json(Audience::Public) })
    );
    assert_eq!(stage.log().await, [("ping".to_owned(), "answered"), ("event list".to_owned(), "answered")]);
    assert_eq!(stage.late().await, []);
    let log = stage.desk().log.lock().unwrap();
    assert_eq!((log[0].guild, log[0].user), (Some(Id::new(50)), Id::new(70)));
}

#[tokio::test(start_paused = true)]
async fn a_panic_and_an_error_show_a_reference_and_nothing_else() {
    let stage = Stage::new();
    for (path, outcome) in [("fail panic", "panicked"), ("fail error", "failed"), ("fail misfit", "failed")] {
        let reply = stage.deliver(&command(path, json!([]))).await;
        assert_ephemeral(&reply);
        let reference = |word: &str| {
            word.len() == 8 && word.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        };
        assert!(text(&reply).split(|c: char| !c.is_ascii_alphanumeric()).any(reference), "{}", text(&reply));
        assert!(!reply.to_string().contains("broke") && !reply.to_string().contains("disk"), "{reply}");
        assert_eq!(stage.log().await.pop(), Some((path.to_owned(), outcome)));
    }
    assert_ephemeral(&stage.deliver(&command("fail refuse", json!([]))).await);
    assert_eq!(stage.log().await.pop(), Some(("fail refuse".to_owned(), "refused")));
}

#[tokio::test(start_paused = true)]
async fn what_nobody_knows_is_refused_politely() {
    let stage = Stage::new();
    let unknown = [
        command("lap", json!([])),
        command("event", json!([])),
        command("event erase", json!([])),
        command("ping now", json!([])),
        press(1, "2:signup:x"),
        press(2, "not ours"),
        press(3, &Press::Panel.to_string()),
        super::stage::submit(4, "0:setup", ""),
        super::stage::submit(5, &Form::EventCancel(event()).opened_by(Id::new(9)).to_string(), ""),
        interaction(6, 6, json!({})),
        interaction(7, 99, json!(null)),
        interaction(8, 2, json!({ "name": 7 })),
        json!({ "type": 2 }),
        json!({ "type": "2" }),
        json!({}),
        json!([]),
    ];
    for interaction in unknown {
        assert_ephemeral(&stage.deliver(&interaction).await);
    }
    let broken_completion = stage.deliver(&json!({ "type": 4 })).await;
    assert_eq!(broken_completion, json!({ "type": 8, "data": { "choices": [] } }));
}

#[tokio::test(start_paused = true)]
async fn the_audience_is_checked_before_the_handler_runs() {
    let stage = Stage::new();
    let create = command("event create", options("series", 3, json!("GT Cup")));
    assert_eq!(stage.deliver(&create).await["type"], 4);
    let form = stage.deliver(&by_admin(create.clone())).await;
    assert_eq!(form["type"], 9);
    assert!(form.to_string().contains("GT Cup"), "{form}");
    stage.desk().organisers.store(true, Ordering::SeqCst);
    assert_eq!(stage.deliver(&create).await["type"], 9);
    stage.desk().away.store(true, Ordering::SeqCst);
    assert_eq!(stage.deliver(&create).await["type"], 4, "who can't be told is refused");
    assert_ephemeral(&stage.deliver(&command("admin", json!([]))).await);
    assert_eq!(text(&stage.deliver(&by_admin(command("admin", json!([])))).await), "pong");
    assert_eq!(text(&stage.deliver(&in_private(command("ping", json!([])))).await), "pong");
    assert_ne!(text(&stage.deliver(&in_private(command("event list", json!([])))).await), "events");
}

#[tokio::test(start_paused = true)]
async fn options_of_an_older_registration_are_refused() {
    let stage = Stage::new();
    for options in [json!([]), options("series", 4, json!(7))] {
        assert_ephemeral(&stage.deliver(&by_admin(command("event create", options))).await);
    }
}

#[tokio::test(start_paused = true)]
async fn slow_handlers_are_deferred_in_their_manner_and_finish_later() {
    let deferred_ephemeral = json!({ "type": 5, "data": { "flags": 64 } });
    let cases = [
        (command("event slow", json!([])), json!({ "type": 5 }), "at last", Delivery::Original),
        (command("event secret", json!([])), deferred_ephemeral, "", Delivery::Original),
        (
            press(1, &Press::Withdraw(event()).to_string()),
            json!({ "type": 6 }),
            "withdrawn",
            Delivery::Original,
        ),
        (press(1, &Press::Tentative(event()).to_string()), json!({ "type": 6 }), "", Delivery::FollowUp),
    ];
    for (interaction, deferral, content, delivery) in cases {
        let stage = Stage::new();
        let begun = tokio::time::Instant::now();
        assert_eq!(stage.deliver(&interaction).await, deferral);
        assert_eq!(begun.elapsed(), crate::interaction::dispatch::TIME_LIMIT);
        let late = stage.late().await;
        assert_eq!(late.len(), 1, "{interaction}");
        let (body, delivered) = &late[0];
        assert_eq!(*delivered, delivery);
        assert!(body["components"][0]["content"].as_str().unwrap().contains(content));
        let ephemeral = body["flags"].as_u64().unwrap() & 64 != 0;
        assert_eq!(ephemeral, delivery == Delivery::FollowUp);
    }
}

#[tokio::test(start_paused = true)]
async fn a_card_drawn_too_late_is_drawn_anew_instead_of_being_sent() {
    let stage = Stage::new();
    let close = press(1, &Press::CloseSignups(event()).to_string());
    assert_eq!(stage.deliver(&close).await, json!({ "type": 6 }));
    assert_eq!(stage.late().await, []);
    assert_eq!(*stage.desk().cards.lock().unwrap(), [event()]);

    let stage = Stage::new();
    let hung_up = tokio::time::timeout(std::time::Duration::from_secs(1), stage.deliver(&close)).await;
    assert!(hung_up.is_err());
    assert_eq!(stage.late().await, []);
    assert_eq!(*stage.desk().cards.lock().unwrap(), [event()], "nobody has seen the answer");
}

#[tokio::test(start_paused = true)]
async fn a_form_that_opens_too_late_is_never_deferred() {
    for interaction in [command("fail form", json!([])), press(1, &Press::Manage(event()).to_string())] {
        let stage = Stage::new();
        assert_ephemeral(&stage.deliver(&interaction).await);
        assert_eq!(stage.late().await, []);
        assert_eq!(stage.log().await.pop().unwrap().1, "overrun");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_handed_over_when_discord_hung_up() {
    let stage = Stage::new();
    let slow = command("event slow", json!([]));
    let hung_up = tokio::time::timeout(std::time::Duration::from_secs(1), stage.deliver(&slow)).await;
    assert!(hung_up.is_err());
    assert_eq!(stage.late().await, []);
    assert_eq!(stage.log().await, [("event slow".to_owned(), "answered")]);
}

#[tokio::test(start_paused = true)]
async fn draining_waits_for_what_runs_on() {
    let stage = Stage::new();
    stage.deliver(&command("event slow", json!([]))).await;
    assert!(stage.desk().late.lock().unwrap().is_empty());
    stage.dispatcher.drained().await;
    assert_eq!(stage.desk().late.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn completions_suggest_in_time_or_not_at_all() {
    let stage = Stage::new();
    stage.desk().organisers.store(true, Ordering::SeqCst);
    let suggested = stage.deliver(&completion("gt")).await;
    assert_eq!(suggested["type"], 8);
    let choices = suggested["data"]["choices"].as_array().unwrap();
    assert_eq!((choices.len(), &choices[1]), (25, &json!({ "name": "gt1", "value": "1" })));
    let long = stage.deliver(&completion("long")).await;
    assert_eq!(long["data"]["choices"][0]["name"].as_str().unwrap().len(), 100);
    let nothing = json!({ "type": 8, "data": { "choices": [] } });
    for typed in ["panic", "slow"] {
        assert_eq!(stage.deliver(&completion(typed)).await, nothing);
    }
    stage.desk().away.store(true, Ordering::SeqCst);
    assert_eq!(stage.deliver(&completion("gt")).await, nothing, "who can't be told gets none");
    assert_eq!(stage.log().await, [], "typing isn't logged");
}
