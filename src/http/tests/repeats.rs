//! A state change that is asked for again gets its first answer again.

use std::sync::atomic::Ordering;

use serde_json::json;
use twilight_model::id::Id;
use uuid::Uuid;

use super::stage::{Stage, by_admin, press, submit, text};
use crate::{
    domain::id::EventId,
    view::custom_id::{Form, Press},
};

fn sign_up(id: u64) -> serde_json::Value {
    press(id, &Press::SignUp(EventId::new(Uuid::from_u128(9))).to_string())
}

fn setup(id: u64, opened: u64, name: &str) -> serde_json::Value {
    by_admin(submit(id, &Form::ClubSetup.opened_by(Id::new(opened)).to_string(), name))
}

#[tokio::test(start_paused = true)]
async fn a_press_delivered_twice_changes_once() {
    let stage = Stage::new();
    let body = sign_up(1).to_string();
    let first = stage.post("/interactions", body.as_bytes()).await;
    let again = stage.post("/interactions", body.as_bytes()).await;
    assert_eq!(first, again, "byte for byte");
    assert_eq!(stage.desk().runs.load(Ordering::SeqCst), 1);
    assert_ne!(stage.deliver(&sign_up(2)).await, stage.deliver(&sign_up(1)).await);
    assert_eq!(stage.desk().runs.load(Ordering::SeqCst), 2);
    let outcomes: Vec<_> = stage.log().await.into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(outcomes, ["answered", "repeated", "answered", "repeated"]);
}

#[tokio::test(start_paused = true)]
async fn two_deliveries_at_once_change_once() {
    let stage = Stage::new();
    let press = sign_up(1);
    let (one, two) = tokio::join!(stage.deliver(&press), stage.deliver(&press));
    assert_eq!(one, two);
    assert_eq!(stage.desk().runs.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_form_submitted_twice_changes_once() {
    let stage = Stage::new();
    let first = stage.deliver(&setup(1, 900, "Simlane")).await;
    assert_eq!(text(&first), "Simlane");
    assert_eq!(stage.deliver(&setup(2, 900, "Simlane again")).await, first);
    assert_eq!(stage.desk().runs.load(Ordering::SeqCst), 1);
    assert_eq!(text(&stage.deliver(&setup(3, 901, "Another")).await), "Another");
}

#[tokio::test(start_paused = true)]
async fn nothing_changes_while_earlier_answers_cannot_be_read() {
    let stage = Stage::new();
    stage.desk().away.store(true, Ordering::SeqCst);
    assert_eq!(stage.deliver(&sign_up(1)).await["type"], json!(4));
    assert_eq!(stage.desk().runs.load(Ordering::SeqCst), 0);
}
