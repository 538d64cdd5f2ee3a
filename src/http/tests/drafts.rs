//! Nobody types twice: a form that was refused or broke comes back filled in.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use twilight_model::id::Id;
use uuid::Uuid;

use super::stage::{Stage, assert_ephemeral, by_admin, press, submit};
use crate::{
    domain::id::DraftId,
    view::custom_id::{Form, Press},
};

fn setup(name: &str) -> Value {
    by_admin(submit(1, &Form::ClubSetup.opened_by(Id::new(900)).to_string(), name))
}

/// The custom id behind **Edit again**, wherever it stands.
fn edit_again(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(edit_again),
        Value::Object(fields) if fields.get("label") == Some(&json!("Edit again")) => {
            fields["custom_id"].as_str().map(str::to_owned)
        }
        Value::Object(fields) => fields.values().find_map(edit_again),
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_form_opens_again_filled_in() {
    let stage = Stage::new();
    for name in ["", "panic"] {
        let refused = stage.deliver(&setup(name)).await;
        assert_ephemeral(&refused);
        let again = edit_again(&refused).unwrap();
        let form = stage.deliver(&by_admin(press(2, &again))).await;
        let opened = Form::ClubSetup.opened_by(Id::new(2)).to_string();
        assert_eq!((&form["type"], &form["data"]["custom_id"]), (&json!(9), &json!(opened)));
        assert_eq!(form["data"]["components"][0]["component"]["value"].as_str().unwrap_or_default(), name);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_other_input_cannot_mend_keeps_nothing() {
    let stage = Stage::new();
    assert_eq!(edit_again(&stage.deliver(&setup("settled")).await), None);
    assert!(stage.desk().drafts.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_draft_is_its_keepers_own_and_who_may_send_its_form_is_asked_again() {
    let stage = Stage::new();
    let again = edit_again(&stage.deliver(&setup("")).await).unwrap();
    let mut other = by_admin(press(2, &again));
    other["member"]["user"]["id"] = json!("71");
    assert_ephemeral(&stage.deliver(&other).await);
    let form = stage.deliver(&press(3, &again)).await;
    let id = form["data"]["custom_id"].as_str().unwrap();
    assert_ephemeral(&stage.deliver(&submit(5, id, "Night Owls")).await);
    assert_eq!(stage.desk().runs.load(Ordering::SeqCst), 1, "only the form that was refused");
    let gone = Press::EditAgain(DraftId::new(Uuid::from_u128(77))).to_string();
    assert_ephemeral(&stage.deliver(&by_admin(press(4, &gone))).await);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_shown_even_when_no_draft_can_be_kept() {
    let stage = Stage::new();
    stage.desk().away.store(true, Ordering::SeqCst);
    let reply = stage.deliver(&setup("")).await;
    assert_ephemeral(&reply);
    assert_eq!(edit_again(&reply), None);
}
