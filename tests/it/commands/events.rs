//! An event, from its form to its end.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::stage::{ADMIN, DRIVER, STEWARD, Stage, command, submission, text};

#[tokio::test]
async fn an_event_is_created_managed_and_cancelled() {
    let stage = Stage::with_club().await;
    stage.story();
    let form = stage.send(STEWARD, command("event create", text("track", "Spa-Francorchamps"))).await;
    let fields = [
        ("name", "Spa 24 Hours"),
        ("start", "5 Dec 14:00"),
        ("length", "24h"),
        ("classes", "GT3 x 20\nGT4"),
        ("description", "Bring lights."),
    ];
    stage.submit(STEWARD, &form, &fields).await;
    let panel = stage.send(STEWARD, command("event manage", json!([]))).await;
    let closed = stage.press(STEWARD, &panel, "Close sign-ups").await;
    stage.press(STEWARD, &closed, "Open sign-ups").await;
    let edit = stage.press(STEWARD, &panel, "Edit").await;
    stage.submit(STEWARD, &edit, &[("start", "5 Dec 15:00"), ("classes", "GT3 x 25\nGT4 x 10")]).await;
    let cancel = stage.press(STEWARD, &panel, "Cancel event").await;
    stage.submit(STEWARD, &cancel, &[("reason", "The **track** is flooded @everyone")]).await;
    stage.send(DRIVER, command("event show", json!([]))).await;
    stage.press(STEWARD, &panel, "Close sign-ups").await;
    stage.press(STEWARD, &panel, "Cancel event").await;
    assert_snapshot!(stage.story(), @r#"
    > Sam /event create track: Spa-Francorchamps
    (a form)
    Create an event
    Name: ""
    Start: ""
    Length: ""
    Classes: ""
    Description: ""

    > Sam sends “Create an event” with name: Spa 24 Hours, start: 5 Dec 14:00, length: 24h, classes: GT3 x 20 / GT4, description: Bring lights.
    (to them alone)
    ✅ **Spa 24 Hours** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** GT3 (20 places), GT4 (no limit)
    Its channel is `#spa-24-hours-2026-12-05` under Events. **Next:** share it; people sign up on its card.
    [Manage]

    > Sam /event manage
    (to them alone)
    # Manage Spa 24 Hours
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

    > Sam presses Close sign-ups
    (instead)
    # Manage Spa 24 Hours
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Sign-ups:** closed
    **People:** 0 in, 0 waiting, 0 tentative, 0 absent, 0 withdrawn
    **Channel:** being made
    ────
    [Edit] [Terms] [Classes and cars] [Open sign-ups]
    [People] [Who never answered] [Without availability] [Remind now]
    [Duplicate] [Save as template] [Repeat] [Move to series]
    [Sheet as CSV] [For calendars] (Create channel) [Cancel event]
    [Keep]

    > Sam presses Open sign-ups
    (instead)
    # Manage Spa 24 Hours
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

    > Sam presses Edit
    (a form)
    Edit the event
    Name: "Spa 24 Hours"
    Start: "2026-12-05 14:00"
    Length: "24 h"
    Classes: "GT3 x 20
    GT4"
    Description: "Bring lights."

    > Sam sends “Edit the event” with start: 5 Dec 15:00, classes: GT3 x 25 / GT4 x 10
    (to them alone)
    ✅ **Spa 24 Hours** is changed.
    **Start:** <t:1796479200:F> (<t:1796479200:R>)
    **Length:** 24 h, until <t:1796565600:F>
    **Classes:** GT3 (25 places), GT4 (10 places)
    Its channel is `#spa-24-hours-2026-12-05` under Events. Its card follows within a moment.
    [Manage]

    > Sam presses Cancel event
    (a form)
    Cancel the event
    **Spa 24 Hours** is cancelled for good: this can't be undone. Nobody has signed up yet. Its race voice channel goes, and its channel is archived 24 hours later.
    Reason: ""

    > Sam sends “Cancel the event” with reason: The **track** is flooded @everyone
    (to them alone)
    **Spa 24 Hours** is cancelled. Those who signed up are told. The channel is archived <t:1794394800:R>.

    > Dee /event show
    (to them alone)
    No event is coming. Organisers create one with `/event create`.

    > Sam presses Close sign-ups
    (to them alone)
    **Spa 24 Hours** is cancelled, so nothing changed. `/event list` shows what is coming.

    > Sam presses Cancel event
    (to them alone)
    **Spa 24 Hours** is cancelled, so nothing changed. `/event list` shows what is coming.
    "#);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_gets_the_first_answer() {
    let stage = Stage::with_club().await;
    let form = stage.send(ADMIN, command("event create", json!([]))).await;
    let fields = [("name", "Spa 24 Hours"), ("start", "2026-12-05 14:00"), ("length", "24h")];
    let first = stage.submit(ADMIN, &form, &fields).await;
    let second =
        stage.submit(ADMIN, &form, &[("name", "Other"), ("start", "6 Dec 14:00"), ("length", "1h")]).await;
    assert_eq!(first, second);
    let list = stage.send(ADMIN, command("event list", json!([]))).await;
    assert_eq!(list.to_string().matches("1:show:").count(), 1, "{list}");
}

#[tokio::test]
async fn the_same_press_delivered_twice_counts_once() {
    let (stage, card) = Stage::with_event("GT3 x 1").await;
    let press = stage.interaction(DRIVER, &super::stage::press_of(&card, "Sign up"));
    let first = stage.deliver(&press).await;
    assert_eq!(first, stage.deliver(&press).await);
}

#[tokio::test]
async fn an_edit_of_what_somebody_else_edited_is_refused_and_can_be_done_again() {
    let (stage, _) = Stage::with_event("20").await;
    let panel = stage.send(ADMIN, command("event manage", json!([]))).await;
    let (mine, theirs) =
        (stage.press(ADMIN, &panel, "Edit").await, stage.press(STEWARD, &panel, "Edit").await);
    stage.submit(STEWARD, &theirs, &[("name", "Spa 12 Hours"), ("length", "12h")]).await;
    stage.story();
    let refused = stage.submit(ADMIN, &mine, &[("description", "Bring lights.")]).await;
    let again = stage.press(ADMIN, &refused, "Edit again").await;
    stage.submit(ADMIN, &again, &[]).await;
    assert_snapshot!(stage.story(), @r#"
    > Ana sends “Edit the event” with description: Bring lights.
    (to them alone)
    Somebody else changed this while your form was open, so nothing was saved. See how it stands now in `/event manage`; what you send with **Edit again** takes its place.
    [Edit again]

    > Ana presses Edit again
    (a form)
    Edit the event
    Name: "Spa 24 Hours"
    Start: "2026-12-05 14:00"
    Length: "24 h"
    Classes: "20"
    Description: "Bring lights."

    > Ana sends “Edit the event” as it is
    (to them alone)
    ✅ **Spa 24 Hours** is changed.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** one, 20 places
    Its channel is `#spa-24-hours-2026-12-05` under Events. Its card follows within a moment.
    [Manage]
    "#);
}

#[tokio::test]
async fn sign_ups_do_not_stand_in_the_way_of_an_edit() {
    let (stage, card) = Stage::with_event("20").await;
    let panel = stage.send(ADMIN, command("event manage", json!([]))).await;
    let edit = stage.press(ADMIN, &panel, "Edit").await;
    stage.press_card(DRIVER, &card, "Sign up").await;
    let done = stage.submit(ADMIN, &edit, &[("name", "Spa")]).await;
    assert!(done.to_string().contains("is changed"), "{done}");
}

#[tokio::test]
async fn without_automatic_channels_an_organiser_asks_for_one() {
    let stage = Stage::with_club().await;
    let form = stage.send(ADMIN, super::stage::What::raw_press("1:settings:channels", &[])).await;
    stage.submit(ADMIN, &form, &[("auto_create", "false")]).await;
    stage.story();
    let created = stage.create_event("Spa 24 Hours", "").await;
    stage.send(DRIVER, command("event show", json!([]))).await;
    let copy = stage.send(STEWARD, command("event show", json!([]))).await;
    stage.press(STEWARD, &copy, "Create channel").await;
    stage.press(STEWARD, &created, "Create channel").await;
    assert_snapshot!(stage.story(), @r#"
    > Ana /event create
    (a form)
    Create an event
    Name: ""
    Start: ""
    Length: ""
    Classes: ""
    Description: ""

    > Ana sends “Create an event” with name: Spa 24 Hours, start: 2026-12-05 14:00, length: 24h, classes:
    (to them alone)
    ✅ **Spa 24 Hours** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** one, no limit
    It has no channel; **Create channel** makes one.
    [Create channel] [Manage]

    > Dee /event show
    (to them alone)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **0** coming · no limit
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Sam /event show
    (to them alone)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **0** coming · no limit
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]
    │ [Create channel]

    > Sam presses Create channel
    (to them alone)
    ✅ Its channel is `#spa-24-hours-2026-12-05` under Events. It appears within a moment.

    > Sam presses Create channel
    (to them alone)
    ✅ Its channel is `#spa-24-hours-2026-12-05` under Events. It appears within a moment.
    "#);
}

#[tokio::test]
async fn a_running_race_keeps_its_start() {
    let (stage, _) = Stage::with_event("20").await;
    stage.clock.set("2026-12-05T14:00:00Z".parse().unwrap());
    stage.story();
    let panel = stage.send(ADMIN, command("event manage", json!([]))).await;
    let edit = stage.press(ADMIN, &panel, "Edit").await;
    stage.submit(ADMIN, &edit, &[("name", "Spa 25 Hours"), ("length", "25h")]).await;
    let edit: Value = stage.press(ADMIN, &panel, "Edit").await;
    let what = submission(&edit, &[("start", "6 Dec 14:00")]);
    stage.send(ADMIN, what).await;
    assert_snapshot!(stage.story(), @r#"
    > Ana /event manage
    (to them alone)
    # Manage Spa 24 Hours
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **The race is on.**
    **People:** 0 in, 0 waiting, 0 tentative, 0 absent, 0 withdrawn
    **Channel:** being made
    ────
    [Edit] [Terms] [Classes and cars] (Close sign-ups)
    [People] [Who never answered] [Without availability] [Remind now]
    [Duplicate] [Save as template] [Repeat] [Move to series]
    [Sheet as CSV] [For calendars] (Create channel) [Cancel event]
    [Attendance] [Keep]

    > Ana presses Edit
    (a form)
    Edit the event
    Name: "Spa 24 Hours"
    Start: "2026-12-05 14:00"
    Length: "24 h"
    Classes: "20"
    Description: ""

    > Ana sends “Edit the event” with name: Spa 25 Hours, length: 25h
    (to them alone)
    ✅ **Spa 25 Hours** is changed.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 25 h, until <t:1796565600:F>
    **Classes:** one, 20 places
    Its channel is `#spa-25-hours-2026-12-05` under Events. Its card follows within a moment.
    [Manage]

    > Ana presses Edit
    (a form)
    Edit the event
    Name: "Spa 25 Hours"
    Start: "2026-12-05 14:00"
    Length: "25 h"
    Classes: "20"
    Description: ""

    > Ana sends “Edit the event” with start: 6 Dec 14:00
    (to them alone)
    Nothing was saved yet. **Start:** The race started <t:1796475600:F>; its start can't be moved any more.
    [Edit again]
    "#);
}
