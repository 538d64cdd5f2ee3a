//! Who may do what, whatever Discord's menus hid.

use serde_json::{Value, json};

use super::stage::{ADMIN, DRIVER, Person, STEWARD, Stage, What, command};

fn is_refused(callback: &Value) -> bool {
    let text = callback.to_string();
    text.contains("Only the club's organisers") || text.contains("needs the Manage Server permission")
}

#[tokio::test]
async fn commands_are_for_their_audience() {
    let (stage, _) = Stage::with_event("20").await;
    let cases = [
        ("ping", [true; 3]),
        ("info", [true; 3]),
        ("help", [true; 3]),
        ("event list", [true; 3]),
        ("event show", [true; 3]),
        ("series list", [true; 3]),
        ("event create", [false, true, true]),
        ("event manage", [false, true, true]),
        ("series create", [false, true, true]),
        ("club settings", [false, true, true]),
        ("club panel", [false, true, true]),
        ("club setup", [false, false, true]),
    ];
    for (path, may) in cases {
        for (who, may) in [DRIVER, STEWARD, ADMIN].into_iter().zip(may) {
            let reply = stage.send(who, command(path, json!([]))).await;
            assert_eq!(!is_refused(&reply), may, "/{path} by {}: {reply}", who.name);
        }
    }
}

#[tokio::test]
async fn organisers_buttons_and_forms_are_refused_to_members() {
    let (stage, _) = Stage::with_event("20").await;
    let panel = stage.send(ADMIN, command("event manage", json!([]))).await;
    for button in ["Edit", "Close sign-ups", "Cancel event"] {
        assert!(is_refused(&stage.press(DRIVER, &panel, button).await), "{button}");
    }
    for button in ["1:settings:general", "1:panel", "1:retry:AAAAAAAAAAAAAAAAAAAAAA"] {
        assert!(is_refused(&stage.send(DRIVER, What::raw_press(button, &[])).await), "{button}");
    }
    let former = Person { role: None, ..STEWARD };
    for button in ["Edit", "Cancel event"] {
        let form = stage.press(STEWARD, &panel, button).await;
        assert!(is_refused(&stage.submit(former, &form, &[("name", "Mine")]).await), "{button}");
    }
    let list = stage.send(DRIVER, command("event list", json!([]))).await;
    assert!(list.to_string().contains("Spa 24 Hours") && !list.to_string().contains("Cancelled"), "{list}");
}
