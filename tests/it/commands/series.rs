//! Series, templates, copies and events that come again.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::stage::{ADMIN, DRIVER, STEWARD, Stage, command, text};

async fn with_series(names: &[&str]) -> Stage {
    let stage = Stage::with_club().await;
    for name in names {
        let form = stage.send(STEWARD, command("series create", json!([]))).await;
        stage.submit(STEWARD, &form, &[("name", name)]).await;
    }
    stage
}

async fn create(stage: &Stage, options: Value, fields: &[(&str, &str)]) -> Value {
    let form = stage.send(STEWARD, command("event create", options)).await;
    stage.submit(STEWARD, &form, fields).await
}

/// The panel of the event with the name typed.
async fn panel(stage: &Stage, name: &str) -> Value {
    stage.send(STEWARD, command("event manage", text("event", name))).await
}

fn given(pairs: &[(&str, &str)]) -> Value {
    pairs.iter().map(|(name, value)| json!({ "name": name, "type": 3, "value": value })).collect()
}

#[tokio::test]
async fn a_series_is_edited_and_its_defaults_stand_in_the_form() {
    let stage = with_series(&["Winter Cup", "Summer Cup"]).await;
    stage.story();
    let panel = stage.send(STEWARD, command("series edit", text("series", "winter cup"))).await;
    let form = stage.press(STEWARD, &panel, "Defaults").await;
    let bad = [("classes", "GT3 x 0"), ("length", "24"), ("pattern", "{ev}"), ("reminders", "24h, soon")];
    let refused = stage.submit(STEWARD, &form, &bad).await;
    let form = stage.press(STEWARD, &refused, "Edit again").await;
    let good = [
        ("classes", "GT3 x 20\nGT4"),
        ("length", "2h40"),
        ("pattern", "{date} {event}"),
        ("reminders", "1h, 24h"),
        ("rules", "No contact."),
    ];
    stage.submit(STEWARD, &form, &good).await;
    let form = stage.press(STEWARD, &panel, "Edit").await;
    let taken = stage.submit(STEWARD, &form, &[("name", "SUMMER cup")]).await;
    let form = stage.press(STEWARD, &taken, "Edit again").await;
    stage.submit(STEWARD, &form, &[("name", "Ice Cup")]).await;
    create(&stage, text("series", "ice cup"), &[("name", "Daytona"), ("start", "2026-12-05 14:00")]).await;
    stage.press(DRIVER, &panel, "Edit").await;
    stage.send(DRIVER, command("series edit", text("series", "ice cup"))).await;
    stage.send(STEWARD, command("series edit", text("series", "Spring Cup"))).await;
    assert_snapshot!(stage.story(), @"");
}

#[tokio::test]
async fn a_series_is_archived_and_comes_back() {
    let stage = with_series(&["Winter Cup"]).await;
    let fields = [("name", "Daytona"), ("start", "2026-12-05 14:00"), ("length", "2h40")];
    create(&stage, text("series", "winter cup"), &fields).await;
    stage.story();
    let panel = stage.send(STEWARD, command("series edit", text("series", "winter cup"))).await;
    let ask = stage.press(STEWARD, &panel, "Archive").await;
    stage.press(STEWARD, &ask, "Archive it").await;
    stage.press(STEWARD, &ask, "Back").await;
    stage.clock.set("2026-12-10T12:00:00Z".parse().unwrap());
    let archived = stage.press(STEWARD, &ask, "Archive it").await;
    stage.suggest(STEWARD, "event create", "series", "wint").await;
    stage.suggest(STEWARD, "series edit", "series", "wint").await;
    stage.send(STEWARD, command("event create", text("series", "winter cup"))).await;
    stage.send(DRIVER, command("series list", json!([]))).await;
    stage.press(STEWARD, &archived, "Unarchive").await;
    stage.suggest(STEWARD, "event create", "series", "wint").await;
    assert_snapshot!(stage.story(), @"");
}

#[tokio::test]
async fn a_template_is_kept_used_renamed_and_deleted() {
    let stage = with_series(&["Winter Cup"]).await;
    let options = given(&[("series", "winter cup"), ("track", "Spa-Francorchamps")]);
    let fields = [
        ("name", "Spa 24 Hours"),
        ("start", "2026-12-05 14:00"),
        ("length", "24h"),
        ("classes", "GT3 x 20"),
        ("description", "Bring lights."),
    ];
    create(&stage, options, &fields).await;
    stage.story();
    let panel = panel(&stage, "spa 24 hours").await;
    let form = stage.press(STEWARD, &panel, "Save as template").await;
    stage.submit(STEWARD, &form, &[("name", "Endurance")]).await;
    let form = stage.press(STEWARD, &panel, "Save as template").await;
    let taken = stage.submit(STEWARD, &form, &[("name", "endurance")]).await;
    let form = stage.press(STEWARD, &taken, "Edit again").await;
    stage.submit(STEWARD, &form, &[("replace", "true")]).await;
    stage.suggest(STEWARD, "event create", "template", "end").await;
    create(&stage, text("template", "endurance"), &[("start", "2026-12-12 14:00")]).await;
    let list = stage.send(STEWARD, command("series list", json!([]))).await;
    let templates = stage.press(STEWARD, &list, "Templates").await;
    let template = stage.press(STEWARD, &templates, "endurance").await;
    let form = stage.press(STEWARD, &template, "Rename").await;
    stage.submit(STEWARD, &form, &[("name", "Long races")]).await;
    let ask = stage.press(STEWARD, &template, "Delete").await;
    stage.press(DRIVER, &ask, "Delete it").await;
    let deleted = stage.press(STEWARD, &ask, "Delete it").await;
    stage.press(STEWARD, &deleted, "All templates").await;
    stage.send(STEWARD, command("event create", text("template", "endurance"))).await;
    assert_snapshot!(stage.story(), @"");
}

#[tokio::test]
async fn a_template_of_an_archived_series_makes_an_event_that_stands_alone() {
    let stage = with_series(&["Winter Cup", "Summer Cup"]).await;
    let fields = [("name", "Daytona"), ("start", "2026-11-12 14:00"), ("length", "2h40")];
    create(&stage, text("series", "winter cup"), &fields).await;
    let shown = panel(&stage, "daytona").await;
    let form = stage.press(STEWARD, &shown, "Save as template").await;
    stage.submit(STEWARD, &form, &[("name", "Sprint")]).await;
    stage.clock.set("2026-11-20T12:00:00Z".parse().unwrap());
    let series = stage.send(STEWARD, command("series edit", text("series", "winter cup"))).await;
    let ask = stage.press(STEWARD, &series, "Archive").await;
    stage.press(STEWARD, &ask, "Archive it").await;
    stage.story();
    create(&stage, text("template", "sprint"), &[("start", "2026-12-05 14:00")]).await;
    let elsewhere = given(&[("template", "sprint"), ("series", "summer cup")]);
    create(&stage, elsewhere, &[("start", "2026-12-05 14:00")]).await;
    let long = given(&[("template", "sprint"), ("series", "summer cup"), ("track", &"x".repeat(31))]);
    stage.send(STEWARD, command("event create", long)).await;
    let archived = given(&[("template", "sprint"), ("series", "winter cup")]);
    stage.send(STEWARD, command("event create", archived)).await;
    assert_snapshot!(stage.story(), @"");
}

#[tokio::test]
async fn copies_of_one_name_and_day_have_channels_of_their_own() {
    let (stage, _) = Stage::with_event("GT3 x 20").await;
    stage.story();
    let shown = panel(&stage, "spa 24 hours").await;
    let form = stage.press(STEWARD, &shown, "Duplicate").await;
    stage.submit(STEWARD, &form, &[]).await;
    let form = stage.press(STEWARD, &shown, "Duplicate").await;
    stage.submit(STEWARD, &form, &[("start", "2026-12-05 14:00")]).await;
    let form = stage.press(STEWARD, &shown, "Duplicate").await;
    let bad = stage.submit(STEWARD, &form, &[("start", "2026-11-01 14:00")]).await;
    let form = stage.press(STEWARD, &bad, "Edit again").await;
    stage.submit(STEWARD, &form, &[("start", "2026-12-05 14:00")]).await;
    assert_snapshot!(stage.story(), @"");
}

#[tokio::test]
async fn an_event_repeats_until_it_is_stopped() {
    let (stage, _) = Stage::with_event("GT3 x 20").await;
    stage.story();
    let shown = panel(&stage, "spa 24 hours").await;
    let form = stage.press(STEWARD, &shown, "Repeat").await;
    stage.submit(STEWARD, &form, &[("every", "2"), ("until", "10")]).await;
    let shown = panel(&stage, "spa 24 hours").await;
    let stopped = stage.press(STEWARD, &shown, "Stop repeating").await;
    stage.press(STEWARD, &shown, "Stop repeating").await;
    stage.press(STEWARD, &stopped, "Repeat").await;
    stage.send(DRIVER, command("event list", json!([]))).await;
    assert_snapshot!(stage.story(), @"");
}

#[tokio::test]
async fn every_bad_line_of_a_rule_is_named() {
    let (stage, _) = Stage::with_event("").await;
    let shown = panel(&stage, "spa 24 hours").await;
    stage.story();
    for fields in [
        [("every", ""), ("until", ""), ("dates", "")],
        [("every", "0"), ("until", "soon"), ("dates", "")],
        [("every", "1"), ("until", ""), ("dates", "2026-12-12 20:00")],
        [("every", "1"), ("until", "2026-12-06"), ("dates", "")],
        [
            ("every", ""),
            ("until", ""),
            (
                "dates",
                "2026-12-12 20:00\n2026-12-05 14:00\n12 Dec 20:00\n2027-03-28 02:30\n2020-01-01 20:00\nx",
            ),
        ],
    ] {
        let form = stage.press(STEWARD, &shown, "Repeat").await;
        stage.submit(STEWARD, &form, &fields).await;
    }
    let story = stage.story();
    let sentences: Vec<&str> = story.lines().filter(|line| line.contains("**")).collect();
    assert_snapshot!(sentences.join("\n"), @"");
    let list = stage.send(ADMIN, command("event list", json!([]))).await;
    assert_eq!(list.to_string().matches("Show").count(), 1, "nothing was made");
}

#[tokio::test]
async fn an_event_moves_to_one_of_many_series() {
    let names: Vec<String> = (1..=26).map(|number| format!("Cup {number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let stage = with_series(&names).await;
    stage.create_event("Daytona", "").await;
    stage.story();
    let shown = panel(&stage, "daytona").await;
    let first = stage.press(STEWARD, &shown, "Move to series").await;
    let second = stage.press(STEWARD, &first, "More (1 of 2)").await;
    let moved = stage.press(STEWARD, &second, "Cup 26").await;
    stage.press(STEWARD, &moved, "Manage").await;
    let again = stage.press(STEWARD, &shown, "Move to series").await;
    stage.press(DRIVER, &again, "No series").await;
    stage.press(STEWARD, &again, "No series").await;
    let story = stage.story();
    let kept: Vec<&str> = story.lines().filter(|line| !line.trim().starts_with("[ ] Cup")).collect();
    assert_snapshot!(kept.join("\n"), @"");
}
