//! Presses on an event's card.

use insta::assert_snapshot;
use serde_json::json;

use super::stage::{ADMIN, DRIVER, Person, STEWARD, Stage, command};

#[tokio::test]
async fn one_class_fills_and_empties() {
    let (stage, card) = Stage::with_event("1").await;
    stage.story();
    stage.press_card(DRIVER, &card, "Sign up").await;
    stage.press_card(STEWARD, &card, "Sign up").await;
    stage.press_card(STEWARD, &card, "Sign up").await;
    stage.press_card(DRIVER, &card, "Withdraw").await;
    stage.press_card(DRIVER, &card, "Tentative").await;
    stage.press_card(ADMIN, &card, "Withdraw").await;
    assert_snapshot!(stage.story(), @"
    > Dee presses Sign up
    (instead)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **1 of 1** · full
    │ ✅ **In**: <@72>
    │ ────
    │ 🟢 **Sign-ups are open** until the start. A full class puts you on its waiting list.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Sam presses Sign up
    (instead)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **1 of 1** · full
    │ ✅ **In**: <@72>
    │ ⏳ **Waiting list** (1): 1. <@71>
    │ ────
    │ 🟢 **Sign-ups are open** until the start. A full class puts you on its waiting list.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Sam presses Sign up
    (to them alone)
    Nothing changed. ⏳ You're number 1 on the waiting list for **Spa 24 Hours**. You move up by yourself.
    [Availability] [Drive with…] [Add a note]

    > Dee presses Withdraw
    (instead)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **1 of 1** · full
    │ ✅ **In**: <@71>
    │ ────
    │ 🟢 **Sign-ups are open** until the start. A full class puts you on its waiting list.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Dee presses Tentative
    (instead)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **1 of 1** · full
    │ ✅ **In**: <@71>
    │ ❔ **Tentative** (1): <@72>
    │ ────
    │ 🟢 **Sign-ups are open** until the start. A full class puts you on its waiting list.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Ana presses Withdraw
    (instead)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **1 of 1** · full
    │ ✅ **In**: <@71>
    │ ❔ **Tentative** (1): <@72>
    │ 🚫 **Absent:** 1
    │ ────
    │ 🟢 **Sign-ups are open** until the start. A full class puts you on its waiting list.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]
    ");
}

#[tokio::test]
async fn with_several_classes_people_choose_and_can_change() {
    let (stage, card) = Stage::with_event("GT3 x 20\nGT4 x 1").await;
    stage.story();
    let choice = stage.press_card(DRIVER, &card, "Sign up").await;
    stage.press(DRIVER, &choice, "GT4").await;
    let choice = stage.press_card(DRIVER, &card, "Sign up").await;
    stage.press(DRIVER, &choice, "GT4").await;
    stage.press(DRIVER, &choice, "GT3").await;
    stage.press(STEWARD, &choice, "GT4").await;
    assert_snapshot!(stage.story(), @"
    > Dee presses Sign up
    (to them alone)
    Which class of **Spa 24 Hours** do you want to drive?
    <Choose a class>
      [ ] GT3 (20 places left)
      [ ] GT4 (1 place left)

    > Dee presses GT4
    (instead)
    ✅ <@72>, you're in for **Spa 24 Hours** in GT4.
    [I'll be late] [Availability] [Drive with…] [Add a note]
    <Choose another class>
      [ ] GT3 (20 places left)
      [ ] GT4 (Full: you would be number 1 on the waiting list)

    > Dee presses Sign up
    (to them alone)
    Nothing changed. ✅ <@72>, you're in for **Spa 24 Hours** in GT4.
    [I'll be late] [Availability] [Drive with…] [Add a note]
    <Choose another class>
      [ ] GT3 (20 places left)
      [ ] GT4 (Full: you would be number 1 on the waiting list)

    > Dee presses GT4
    (instead)
    Nothing changed. ✅ <@72>, you're in for **Spa 24 Hours** in GT4.
    [I'll be late] [Availability] [Drive with…] [Add a note]
    <Choose another class>
      [ ] GT3 (20 places left)
      [ ] GT4 (Full: you would be number 1 on the waiting list)

    > Dee presses GT3
    (instead)
    ✅ <@72>, you're in for **Spa 24 Hours** in GT3.
    [I'll be late] [Availability] [Drive with…] [Add a note]
    <Choose another class>
      [ ] GT3 (19 places left)
      [ ] GT4 (1 place left)

    > Sam presses GT4
    (instead)
    ✅ <@71>, you're in for **Spa 24 Hours** in GT4.
    [I'll be late] [Availability] [Drive with…] [Add a note]
    <Choose another class>
      [ ] GT3 (19 places left)
      [ ] GT4 (Full: you would be number 1 on the waiting list)
    ");
}

#[tokio::test]
async fn the_copy_of_a_card_follows_its_own_presses() {
    let (stage, _) = Stage::with_event("2").await;
    stage.story();
    let copy = stage.send(DRIVER, command("event show", json!([]))).await;
    stage.press(DRIVER, &copy, "Sign up").await;
    stage.press(DRIVER, &copy, "Manage").await;
    stage.press(STEWARD, &copy, "Manage").await;
    assert_snapshot!(stage.story(), @"
    > Dee /event show
    (to them alone)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **0 of 2** · 2 places left
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Dee presses Sign up
    (instead)
    │ # Spa 24 Hours
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **1 of 2** · 1 place left
    │ ✅ **In**: <@72>
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]

    > Dee presses Manage
    (to them alone)
    Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them.

    > Sam presses Manage
    (to them alone)
    # Manage Spa 24 Hours
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Sign-ups:** open until the start
    **People:** 1 in, 0 waiting, 0 tentative, 0 absent, 0 withdrawn
    **Availability:** 0 of 1 answered
    **Channel:** being made
    ────
    [Edit] [Terms] [Classes and cars] [Close sign-ups]
    [People] [Who never answered] [Without availability] [Remind now]
    [Duplicate] [Save as template] [Repeat] [Move to series]
    [Sheet as CSV] [For calendars] (Create channel) [Cancel event]
    [Keep]
    ");
}

#[tokio::test]
async fn a_card_that_is_out_of_date_says_why_nothing_happens() {
    let (stage, card) = Stage::with_event("2").await;
    let panel = stage.send(ADMIN, command("event manage", json!([]))).await;
    stage.story();
    stage.press(ADMIN, &panel, "Close sign-ups").await;
    stage.story();
    stage.press_card(DRIVER, &card, "Sign up").await;
    stage.press(ADMIN, &panel, "Cancel event").await;
    let cancel = stage.press(ADMIN, &panel, "Cancel event").await;
    stage.submit(ADMIN, &cancel, &[]).await;
    stage.story();
    for button in ["Sign up", "Tentative", "Withdraw", "Manage"] {
        stage.press_card(DRIVER, &card, button).await;
    }
    stage.submit(ADMIN, &cancel, &[]).await;
    stage.press(ADMIN, &panel, "Edit").await;
    assert_snapshot!(stage.story(), @"
    > Dee presses Sign up
    (to them alone)
    **Spa 24 Hours** is cancelled, so nothing changed. `/event list` shows what is coming.

    > Dee presses Tentative
    (to them alone)
    **Spa 24 Hours** is cancelled, so nothing changed. `/event list` shows what is coming.

    > Dee presses Withdraw
    (to them alone)
    **Spa 24 Hours** is cancelled, so nothing changed. `/event list` shows what is coming.

    > Dee presses Manage
    (to them alone)
    Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them.

    > Ana sends “Cancel the event” as it is
    (to them alone)
    **Spa 24 Hours** is cancelled. Those who signed up are told. The channel is archived <t:1794394800:R>.

    > Ana presses Edit
    (to them alone)
    **Spa 24 Hours** is cancelled, so nothing changed. `/event list` shows what is coming.
    ");
}

#[tokio::test]
async fn after_the_start_only_withdrawing_is_left() {
    let (stage, card) = Stage::with_event("2").await;
    stage.press_card(DRIVER, &card, "Sign up").await;
    stage.clock.set("2026-12-05T14:00:00Z".parse().unwrap());
    stage.story();
    stage.press_card(STEWARD, &card, "Sign up").await;
    stage.press_card(DRIVER, &card, "Withdraw").await;
    stage.clock.set("2026-12-07T14:00:00Z".parse().unwrap());
    stage.press_card(DRIVER, &card, "Withdraw").await;
    assert_snapshot!(stage.story(), @"
    > Sam presses Sign up
    (to them alone)
    **Spa 24 Hours** has started, so nobody can sign up any more. You can still withdraw.

    > Dee presses Withdraw
    (to them alone)
    **Spa 24 Hours** starts <t:1796475600:R>. If you withdraw now, your place goes to the next on the waiting list, and your team may miss you. To keep it, dismiss this message.
    [Withdraw all the same]

    > Dee presses Withdraw
    (to them alone)
    **Spa 24 Hours** is over, so nothing changed. `/event list` shows what is coming.
    ");
}

#[tokio::test]
async fn identifiers_of_another_club_or_version_are_refused() {
    let (stage, card) = Stage::with_event("2").await;
    let stranger = Person { guild: 51, ..ADMIN };
    let form = stage.send(stranger, command("club setup", json!([]))).await;
    stage.submit(stranger, &form, &[("name", "Others"), ("zone", "UTC")]).await;
    stage.story();
    for button in ["Sign up", "Withdraw", "Manage"] {
        stage.press(stranger, &card, button).await;
    }
    for old in ["0:signup:AAAAAAAAAAAAAAAAAAAAAA", "1:signup:nonsense", "signup"] {
        stage.send(DRIVER, super::stage::What::raw_press(old, &[])).await;
    }
    assert_snapshot!(stage.story(), @"
    > Ana presses Sign up
    (to them alone)
    The club has no such event. Choose one of those offered as you type; `/event list` shows what is coming.

    > Ana presses Withdraw
    (to them alone)
    The club has no such event. Choose one of those offered as you type; `/event list` shows what is coming.

    > Ana presses Manage
    (to them alone)
    The club has no such event. Choose one of those offered as you type; `/event list` shows what is coming.

    > Dee presses 0:signup:AAAAAAAAAAAAAAAAAAAAAA
    (to them alone)
    This button or form is from an older version. Run the command again, or press the button on a fresh card from `/event show`.

    > Dee presses 1:signup:nonsense
    (to them alone)
    This button or form is from an older version. Run the command again, or press the button on a fresh card from `/event show`.

    > Dee presses signup
    (to them alone)
    This button or form is from an older version. Run the command again, or press the button on a fresh card from `/event show`.
    ");
}
