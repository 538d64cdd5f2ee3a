//! Bad input: refused with a sentence that helps, with nothing changed by half and nothing to type twice.

use insta::assert_snapshot;
use serde_json::json;

use super::stage::{ADMIN, DRIVER, Stage, command, press_of};

/// Sends the form of `/event create` with one field changed, and returns the sentence.
async fn refused(stage: &Stage, field: &str, typed: &str) -> String {
    let form = stage.send(ADMIN, command("event create", json!([]))).await;
    let good = [("name", "Spa"), ("start", "2026-12-05 14:00"), ("length", "24h"), ("classes", "GT3 x 20")];
    let fields: Vec<(&str, &str)> =
        good.into_iter().filter(|(name, _)| *name != field).chain([(field, typed)]).collect();
    let reply = stage.submit(ADMIN, &form, &fields).await;
    let again = stage.press(ADMIN, &reply, "Edit again").await;
    let is_kept = again.to_string().contains(&json!(typed).to_string());
    let is_cut = typed.chars().count() >= 100;
    assert!(is_kept || is_cut || typed.is_empty(), "what was typed stands there again: {again}");
    sentence(&reply)
}

fn sentence(reply: &serde_json::Value) -> String {
    reply["data"]["components"][0]["content"].as_str().unwrap().to_owned()
}

async fn nothing_was_created(stage: &Stage) {
    let list = stage.send(ADMIN, command("event list", json!([]))).await;
    assert!(list.to_string().contains("No event is coming"), "{list}");
}

#[tokio::test]
async fn times() {
    let stage = Stage::with_club().await;
    let mut sentences = Vec::new();
    for typed in [
        "2026-02-30 14:00",
        "2026-11-09 14:00",
        "2027-03-28 02:30",
        "2027-10-31 02:30",
        "5/12 14:00",
        "5 Dec",
        "soon",
        "2030-01-01 12:00",
        "",
    ] {
        sentences.push(format!("{typed}: {}", refused(&stage, "start", typed).await));
    }
    nothing_was_created(&stage).await;
    assert_snapshot!(sentences.join("\n"), @"
    2026-02-30 14:00: Nothing was saved yet. **Start:** There is no 30 Feb 2026: it has 28 days at most.
    2026-11-09 14:00: Nothing was saved yet. **Start:** I read <t:1794229200:F>, which is past. Type a time ahead.
    2027-03-28 02:30: Nothing was saved yet. **Start:** The clocks go forward past 02:30 on 28 Mar 2027, so there is no such time. For <t:1806193800:F> type `2027-03-28 01:30`, for <t:1806197400:F> type `2027-03-28 03:30`.
    2027-10-31 02:30: Nothing was saved yet. **Start:** The clocks go back, so 02:30 on 31 Oct 2027 comes twice. For <t:1824942600:F> type `2027-10-31 02:30 +02:00`, for <t:1824946200:F> type `2027-10-31 02:30 +01:00`.
    5/12 14:00: Nothing was saved yet. **Start:** “5/12” could be two dates. Type the month as a word: `5 Dec` or `12 May`.
    5 Dec: Nothing was saved yet. **Start:** The time of day is missing. Type both, such as `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    soon: Nothing was saved yet. **Start:** I can't read “soon”. Type something like `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    2030-01-01 12:00: Nothing was saved yet. **Start:** I read <t:1893495600:F>, which is more than 2 years ahead. Type a time before that.
    : Nothing was saved yet. **Start:** Type when the race starts, such as `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    ");
}

#[tokio::test]
async fn lengths_and_classes() {
    let stage = Stage::with_club().await;
    let mut sentences = Vec::new();
    for typed in ["", "24", "0h", "1m", "900h", "long"] {
        sentences.push(format!("{typed}: {}", refused(&stage, "length", typed).await));
    }
    for typed in ["GT3 x 0", "GT3 x 10000", "GT3 x 20\ngt3 x 5", "GT3 x", "0", "20\n30"] {
        let sentence = refused(&stage, "classes", typed).await;
        sentences.push(format!("{}: {sentence}", typed.replace('\n', " / ")));
    }
    nothing_was_created(&stage).await;
    assert_snapshot!(sentences.join("\n"), @"
    : Nothing was saved yet. **Length:** Type how long the race is, such as `24h`, `2h40` or `2:40`.
    24: Nothing was saved yet. **Length:** Is “24” hours or minutes? Type `24h` or `24m`.
    0h: Nothing was saved yet. **Length:** A race lasts from 10 min to 168 h. This is shorter.
    1m: Nothing was saved yet. **Length:** A race lasts from 10 min to 168 h. This is shorter.
    900h: Nothing was saved yet. **Length:** A race lasts from 10 min to 168 h. This is longer.
    long: Nothing was saved yet. **Length:** I can't read “long”. Type something like `24h`, `2h40` or `2:40`.
    GT3 x 0: Nothing was saved yet. **Classes:** Line 1 (“GT3 x 0”): a class has 1 to 500 places.
    GT3 x 10000: Nothing was saved yet. **Classes:** Line 1 (“GT3 x 10000”): a class has 1 to 500 places.
    GT3 x 20 / gt3 x 5: Nothing was saved yet. **Classes:** Line 2 (“gt3 x 5”) has the name of line 1. Change or remove one.
    GT3 x: Nothing was saved yet. **Classes:** Line 1 (“GT3 x”): type the number of places after the x, as in `GT3 x 20`.
    0: Nothing was saved yet. **Classes:** Line 1 (“0”): a class has 1 to 500 places.
    20 / 30: Nothing was saved yet. **Classes:** Line 1 (“20”): give the class a name, as in `GT3 x 20`. Line 2 (“30”): give the class a name, as in `GT3 x 20`.
    ");
}

#[tokio::test]
async fn names() {
    let stage = Stage::with_club().await;
    let (emoji, invisible) = ("🏎".repeat(100), "\u{200b}\u{200b}");
    let mut sentences = Vec::new();
    for typed in ["   ", invisible, emoji.as_str()] {
        sentences.push(refused(&stage, "name", typed).await);
    }
    nothing_was_created(&stage).await;
    assert_snapshot!(sentences.join("\n"), @"
    Nothing was saved yet. **Name:** It's empty. Type something.
    Nothing was saved yet. **Name:** Nothing of it can be seen. Type letters, digits or emoji.
    Nothing was saved yet. **Name:** It's 200 characters long, 80 at most. Most emoji count as two or more.
    ");
}

#[tokio::test]
async fn several_faults_are_told_at_once() {
    let stage = Stage::with_club().await;
    let form = stage.send(ADMIN, command("event create", json!([]))).await;
    stage.story();
    let fields = [("name", ""), ("start", "yesterday"), ("length", "x"), ("classes", "GT3 x 0")];
    stage.submit(ADMIN, &form, &fields).await;
    assert_snapshot!(stage.story(), @"
    > Ana sends “Create an event” with name: , start: yesterday, length: x, classes: GT3 x 0
    (to them alone)
    Nothing was saved yet:
    - **Name:** It's empty. Type something.
    - **Start:** I can't read “yesterday”. Type something like `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    - **Length:** I can't read “x”. Type something like `24h`, `2h40` or `2:40`.
    - **Classes:** Line 1 (“GT3 x 0”): a class has 1 to 500 places.
    [Edit again]
    ");
}

#[tokio::test]
async fn markdown_mentions_and_directions_are_only_text() {
    let stage = Stage::with_club().await;
    stage.story();
    let reply = stage.create_event("@everyone **Spa** <@1> https://a.example", "سباق x 3\n<#5> x 2").await;
    assert_eq!(reply["data"]["allowed_mentions"], json!({ "parse": [], "users": [] }));
    let card = stage.send(ADMIN, command("event show", json!([]))).await;
    assert_eq!(card["data"]["allowed_mentions"], json!({ "parse": [], "users": [] }));
    assert_snapshot!(stage.story(), @r#"
    > Ana /event create
    (a form)
    Create an event
    Name: ""
    Start: ""
    Length: ""
    Classes: ""
    Description: ""

    > Ana sends “Create an event” with name: @everyone **Spa** <@1> https://a.example, start: 2026-12-05 14:00, length: 24h, classes: سباق x 3 / <#5> x 2
    (to them alone)
    ✅ **@·everyone \*\*Spa\*\* \<@·1> <https://a.example>** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** ⟨سباق⟩ (3 places), \<#5> (2 places)
    Its channel is `#everyone-spa-1-https-a-example-2026-12-05` under Events. **Next:** share it; people sign up on its card.
    [Manage]

    > Ana /event show
    (to them alone)
    │ # @·everyone \*\*Spa\*\* \<@·1> <https://a.example>
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ ### ⟨سباق⟩
    │ **0 of 3** · 3 places left
    │ ### \<#5>
    │ **0 of 2** · 2 places left
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Availability] [Manage]
    "#);
}

#[tokio::test]
async fn zones_are_refused_with_near_ones() {
    let stage = Stage::empty().await;
    let mut sentences = Vec::new();
    for typed in ["Berlin", "CET", "Europe/Berln", "Mars", ""] {
        let form = stage.send(ADMIN, command("club setup", json!([]))).await;
        let reply = stage.submit(ADMIN, &form, &[("name", "Night Owls"), ("zone", typed)]).await;
        let again = stage.press(ADMIN, &reply, "Edit again").await;
        assert!(again.to_string().contains("Night Owls"), "{again}");
        sentences.push(format!("{typed}: {}", sentence(&reply)));
    }
    let info = stage.send(ADMIN, command("info", json!([]))).await;
    assert!(info.to_string().contains("no club yet"), "{info}");
    assert_snapshot!(sentences.join("\n"), @"
    Berlin: Nothing was saved yet. **Time zone:** I don't know the time zone “Berlin”. Did you mean `Europe/Berlin`?
    CET: Nothing was saved yet. **Time zone:** I don't know the time zone “CET”. Did you mean `Europe/Berlin`, `Europe/Paris`, `Europe/Madrid`, `Europe/Rome` or `Europe/Amsterdam`?
    Europe/Berln: Nothing was saved yet. **Time zone:** I don't know the time zone “Europe/Berln”. Did you mean `Europe/Berlin`, `Europe/Dublin`, `Europe/Belgrade`, `Europe/Brussels` or `Europe/Belfast`?
    Mars: Nothing was saved yet. **Time zone:** I don't know the time zone “Mars”. Did you mean `Pacific/Marquesas`, `Africa/Maseru`, `America/Indiana/Marengo`, `America/Marigot` or `America/Manaus`?
    : Nothing was saved yet. **Time zone:** It's empty. Type a region and its city, such as `Europe/Berlin`.
    ");
}

#[tokio::test]
async fn patterns_and_numbers_of_settings() {
    let stage = Stage::with_club().await;
    let mut sentences = Vec::new();
    for (field, typed) in [
        ("pattern", ""),
        ("pattern", "races"),
        ("pattern", "{club} {date}"),
        ("pattern", "{date"),
        ("grace", "-1"),
        ("grace", "337"),
        ("grace", "a day"),
    ] {
        let form = stage.send(ADMIN, super::stage::What::raw_press("1:settings:channels", &[])).await;
        let reply = stage.submit(ADMIN, &form, &[(field, typed), ("put_away", "delete")]).await;
        sentences.push(format!("{typed}: {}", sentence(&reply)));
    }
    let form = stage.send(ADMIN, super::stage::What::raw_press("1:settings:voice", &[])).await;
    sentences.push(format!("0: {}", sentence(&stage.submit(ADMIN, &form, &[("lead", "0")]).await)));
    let settings = stage.send(ADMIN, command("club settings", json!([]))).await;
    assert!(settings.to_string().contains("archived, 24 hours after the end"), "{settings}");
    assert_snapshot!(sentences.join("\n"), @"
    : Nothing was saved yet. **Channel names:** It's empty. Type a pattern such as `{series} {event} {date}`.
    races: Nothing was saved yet. **Channel names:** Every channel would have the same name. Use at least one of `{date}`, `{day}`, `{event}`, `{month}`, `{series}`, `{time}`, `{track}` and `{weekday}`.
    {club} {date}: Nothing was saved yet. **Channel names:** “{club}” isn't known. Use `{date}`, `{day}`, `{event}`, `{month}`, `{series}`, `{time}`, `{track}` and `{weekday}`.
    {date: Nothing was saved yet. **Channel names:** A brace lacks its other half at “{date”.
    -1: Nothing was saved yet. **Put away after (hours):** Type a whole number from 0 to 336.
    337: Nothing was saved yet. **Put away after (hours):** Type a whole number from 0 to 336.
    a day: Nothing was saved yet. **Put away after (hours):** Type a whole number from 0 to 336.
    0: Nothing was saved yet. **Opens before the start (hours):** Type a whole number from 1 to 168.
    ");
}

#[tokio::test]
async fn a_name_that_leaves_nothing_for_a_channel_gets_one_by_its_date() {
    let stage = Stage::with_club().await;
    let form = stage.send(ADMIN, super::stage::What::raw_press("1:settings:channels", &[])).await;
    stage.submit(ADMIN, &form, &[("pattern", "{event}")]).await;
    for expected in ["#event-2026-12-05`", "#event-2026-12-05-2`"] {
        let reply = stage.create_event("!!!", "").await;
        assert!(reply.to_string().contains(expected), "{reply}");
    }
}

#[tokio::test]
async fn whoever_has_left_is_told_so_and_changes_nothing() {
    let (stage, card) = Stage::with_event("GT3 x 2").await;
    let mut press = stage.interaction(DRIVER, &press_of(&card, "Sign up"));
    let member = press.as_object_mut().unwrap().remove("member").unwrap();
    press["user"] = member["user"].clone();
    let reply = stage.deliver(&press).await;
    assert!(reply.to_string().contains("You aren't a member of this server any more"), "{reply}");
    let card = stage.press_card(DRIVER, &card, "Withdraw").await;
    assert!(!card.to_string().contains("1 of 2"), "{card}");
}
