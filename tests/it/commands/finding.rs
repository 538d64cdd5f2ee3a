//! Which event is meant.

use insta::assert_snapshot;
use serde_json::json;

use super::stage::{DRIVER, STEWARD, Stage, command, text};

#[tokio::test]
async fn which_event_is_meant() {
    let stage = Stage::with_club().await;
    stage.story();
    stage.send(DRIVER, command("event show", json!([]))).await;
    stage.create_event("Spa 24 Hours", "").await;
    stage.story();
    stage.send(DRIVER, command("event show", json!([]))).await;
    stage.create_event("Daytona", "").await;
    stage.story();
    let select = stage.send(DRIVER, command("event show", json!([]))).await;
    stage.press(DRIVER, &select, "Daytona").await;
    let select = stage.send(STEWARD, command("event manage", json!([]))).await;
    stage.press(STEWARD, &select, "Daytona").await;
    stage.press(DRIVER, &select, "Daytona").await;
    stage.send(DRIVER, command("event show", text("event", "daytona"))).await;
    stage.send(DRIVER, command("event show", text("event", "Monza"))).await;
    let suggested = stage.suggest(DRIVER, "event show", "event", "spa").await;
    let id = suggested["data"]["choices"][0]["value"].as_str().unwrap();
    assert_eq!(id.len(), 22);
    let shown = stage.send(DRIVER, command("event show", text("event", id))).await;
    assert!(shown.to_string().contains("Spa 24 Hours"));
    assert_snapshot!(stage.story().replace(id, "(its id)"), @"
    > Dee /event show
    (to them alone)
    Which event do you mean?
    <Choose an event>
      [ ] Daytona (2026-12-05 14:00 (Europe/Berlin))
      [ ] Spa 24 Hours (2026-12-05 14:00 (Europe/Berlin))

    > Dee presses Daytona
    (instead)
    │ # Daytona
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **0** coming · no limit
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Sam /event manage
    (to them alone)
    Which event do you mean?
    <Choose an event>
      [ ] Daytona (2026-12-05 14:00 (Europe/Berlin))
      [ ] Spa 24 Hours (2026-12-05 14:00 (Europe/Berlin))

    > Sam presses Daytona
    (instead)
    # Manage Daytona
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Sign-ups:** open until the start
    **People:** 0 in, 0 waiting, 0 tentative, 0 absent, 0 withdrawn
    **Channel:** being made
    ────
    [Edit] [Terms] [Classes and cars] [Close sign-ups]
    [People] [Who never answered] [Without availability] [Remind now]
    [Duplicate] [Save as template] [Repeat] [Move to series]
    [Sheet as CSV] [For calendars] (Create channel) [Cancel event]
    [Keep]

    > Dee presses Daytona
    (to them alone)
    Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them.

    > Dee /event show event: daytona
    (to them alone)
    │ # Daytona
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **0** coming · no limit
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Dee /event show event: Monza
    (to them alone)
    The club has no such event. Choose one of those offered as you type; `/event list` shows what is coming.

    > Dee /event show event: spa
    (suggestions)
    Spa 24 Hours · 2026-12-05 14:00

    > Dee /event show event: (its id)
    (to them alone)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **0** coming · no limit
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]
    ");
}

#[tokio::test]
async fn one_of_many_events_is_found_on_its_page() {
    let stage = Stage::with_club().await;
    for number in 1..=26 {
        stage.create_event(&format!("Race {number:02}"), "").await;
    }
    let first = stage.send(DRIVER, command("event show", json!([]))).await;
    let second = stage.press(DRIVER, &first, "More (1 of 2)").await;
    let back = stage.press(DRIVER, &second, "Back").await;
    let on = |page: &serde_json::Value| page.to_string().matches("\"label\":\"Race").count();
    assert_eq!((on(&first), on(&second), on(&back)), (25, 1, 25));
    let last = (1..=26).map(|number| format!("Race {number:02}"));
    let last = last.into_iter().find(|name| second.to_string().contains(name.as_str())).unwrap();
    let shown = stage.press(DRIVER, &second, &last).await;
    assert!(shown.to_string().contains(&format!("# {last}")), "{shown}");
}
