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
    assert_snapshot!(stage.story(), @r#"
    > Sam /series edit series: winter cup
    (to them alone)
    # Series Winter Cup
    **Category:** its own
    **New events, unless typed otherwise:**
    - **Channel names:** as the club's settings say
    - **Reminders:** as the club's settings say
    **Coming:** nothing. `/event create` with this series makes an event.
    [Edit] [Defaults] [Archive]

    > Sam presses Defaults
    (a form)
    Defaults of the series
    Classes: ""
    Length: ""
    Channel names: ""
    Reminders: ""
    Rules and notes: ""

    > Sam sends “Defaults of the series” with classes: GT3 x 0, length: 24, pattern: {ev}, reminders: 24h, soon
    (to them alone)
    Nothing was saved yet:
    - **Classes:** Line 1 (“GT3 x 0”): a class has 1 to 500 places.
    - **Length:** Is “24” hours or minutes? Type `24h` or `24m`.
    - **Channel names:** “{ev}” isn't known. Use `{date}`, `{day}`, `{event}`, `{month}`, `{series}`, `{time}`, `{track}` and `{weekday}`.
    - **Reminders:** I can't read “soon”. Type times with their units and commas between them, such as `24h, 1h`; or off.
    [Edit again]

    > Sam presses Edit again
    (a form)
    Defaults of the series
    Classes: "GT3 x 0"
    Length: "24"
    Channel names: "{ev}"
    Reminders: "24h, soon"
    Rules and notes: ""

    > Sam sends “Defaults of the series” with classes: GT3 x 20 / GT4, length: 2h40, pattern: {date} {event}, reminders: 1h, 24h, rules: No contact.
    (to them alone)
    ✅ **Saved.** That stands in the form of the next event; events that exist stay as they are.
    # Series Winter Cup
    **Category:** its own
    **New events, unless typed otherwise:**
    - **Classes:** GT3 x 20, GT4
    - **Length:** 2 h 40
    - **Channel names:** `{date} {event}`
    - **Reminders:** 24h, 1h before the start
    - **Rules and notes:** No contact.
    **Coming:** nothing. `/event create` with this series makes an event.
    [Edit] [Defaults] [Archive]

    > Sam presses Edit
    (a form)
    Edit the series
    Name: "Winter Cup"
    Category: <One of its own>

    > Sam sends “Edit the series” with name: SUMMER cup
    (to them alone)
    The club already has a series called **SUMMER cup**. Choose another name.
    [Edit again]

    > Sam presses Edit again
    (a form)
    Edit the series
    Name: "SUMMER cup"
    Category: <One of its own>

    > Sam sends “Edit the series” with name: Ice Cup
    (to them alone)
    ✅ **Saved.** Channels and cards follow within a moment; the names of channels that exist stay.
    # Series Ice Cup
    **Category:** its own
    **New events, unless typed otherwise:**
    - **Classes:** GT3 x 20, GT4
    - **Length:** 2 h 40
    - **Channel names:** `{date} {event}`
    - **Reminders:** 24h, 1h before the start
    - **Rules and notes:** No contact.
    **Coming:** nothing. `/event create` with this series makes an event.
    [Edit] [Defaults] [Archive]

    > Sam /event create series: ice cup
    (a form)
    Create an event
    Name: ""
    Start: ""
    Length: "2 h 40"
    Classes: "GT3 x 20
    GT4"
    Description: "No contact."

    > Sam sends “Create an event” with name: Daytona, start: 2026-12-05 14:00
    (to them alone)
    ✅ **Daytona** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 2 h 40, until <t:1796485200:F>
    **Classes:** GT3 (20 places), GT4 (no limit)
    Its channel is `#2026-12-05-daytona` under the series Ice Cup. **Next:** share it; people sign up on its card.
    [Manage]

    > Dee presses Edit
    (to them alone)
    Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them.

    > Dee /series edit series: ice cup
    (to them alone)
    Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them.

    > Sam /series edit series: Spring Cup
    (to them alone)
    The club has no such series. Choose one of those offered as you type; `/series list` shows what there is.
    "#);
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
    assert_snapshot!(stage.story(), @"
    > Sam /series edit series: winter cup
    (to them alone)
    # Series Winter Cup
    **Category:** its own
    **New events, unless typed otherwise:**
    - **Channel names:** as the club's settings say
    - **Reminders:** as the club's settings say
    **Coming:** 1 event
    - Daytona · <t:1796475600:F>
    [Edit] [Defaults] [Archive]

    > Sam presses Archive
    (instead)
    Archive the series **Winter Cup**? Nothing new comes into it, and what repeats in it stops. Its category goes once nothing stands in it. **Unarchive** brings it back.
    [Archive it] [Back]

    > Sam presses Archive it
    (to them alone)
    The series can be archived once its events are put away: **Daytona** (<t:1796571600:R>). Cancel them, move them to another series, or wait.

    > Sam presses Back
    (instead)
    # Series Winter Cup
    **Category:** its own
    **New events, unless typed otherwise:**
    - **Channel names:** as the club's settings say
    - **Reminders:** as the club's settings say
    **Coming:** 1 event
    - Daytona · <t:1796475600:F>
    [Edit] [Defaults] [Archive]

    > Sam presses Archive it
    (instead)
    # Series Winter Cup
    🗄️ **Archived** <t:1796904000:R>. Nothing new comes into it.
    **Category:** its own
    **New events, unless typed otherwise:**
    - **Channel names:** as the club's settings say
    - **Reminders:** as the club's settings say
    **Coming:** nothing. `/event create` with this series makes an event.
    (Edit) (Defaults) [Unarchive]

    > Sam /event create series: wint
    (suggestions)

    > Sam /series edit series: wint
    (suggestions)
    Winter Cup · archived

    > Sam /event create series: winter cup
    (to them alone)
    The series **Winter Cup** is archived, so nothing new comes into it. Choose another; `/series edit` brings it back.

    > Dee /series list
    (to them alone)
    # Series
    - **Winter Cup**: 🗄️ archived

    > Sam presses Unarchive
    (instead)
    # Series Winter Cup
    **Category:** its own
    **New events, unless typed otherwise:**
    - **Channel names:** as the club's settings say
    - **Reminders:** as the club's settings say
    **Coming:** nothing. `/event create` with this series makes an event.
    [Edit] [Defaults] [Archive]

    > Sam /event create series: wint
    (suggestions)
    Winter Cup
    ");
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
    assert_snapshot!(stage.story(), @r#"
    > Sam /event manage event: spa 24 hours
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

    > Sam presses Save as template
    (a form)
    Save as template
    Name: "Spa 24 Hours"
    Replace it: [ ]

    > Sam sends “Save as template” with name: Endurance
    (to them alone)
    ✅ The template **Endurance** is saved. `/event create` with it makes an event like this one.
    [All templates]

    > Sam presses Save as template
    (a form)
    Save as template
    Name: "Spa 24 Hours"
    Replace it: [ ]

    > Sam sends “Save as template” with name: endurance
    (to them alone)
    Nothing was saved yet. **Name:** The club has a template of that name. Tick **Replace it**, or choose another name.
    [Edit again]

    > Sam presses Edit again
    (a form)
    Save as template
    Name: "endurance"
    Replace it: [ ]

    > Sam sends “Save as template” with replace: true
    (to them alone)
    ✅ The template **endurance** is saved. `/event create` with it makes an event like this one.
    [All templates]

    > Sam /event create template: end
    (suggestions)
    endurance

    > Sam /event create template: endurance
    (a form)
    Create an event
    Name: "endurance"
    Start: ""
    Length: "24 h"
    Classes: "GT3 x 20"
    Description: "Bring lights."

    > Sam sends “Create an event” with start: 2026-12-12 14:00
    (to them alone)
    ✅ **endurance** is created.
    **Start:** <t:1797080400:F> (<t:1797080400:R>)
    **Length:** 24 h, until <t:1797166800:F>
    **Classes:** GT3 (20 places)
    Its channel is `#winter-cup-endurance-2026-12-12` under the series Winter Cup. **Next:** share it; people sign up on its card.
    [Manage]

    > Sam /series list
    (to them alone)
    # Series
    - **Winter Cup**: 2 events coming, next <t:1796475600:R>
    [Templates]

    > Sam presses Templates
    (instead)
    # Templates
    The club has 1 template. `/event create` takes one; choose it here to rename or delete it.
    <Choose a template>
      [ ] endurance

    > Sam presses endurance
    (instead)
    # Template endurance
    - **Series:** Winter Cup
    - **Classes:** GT3 x 20
    - **Length:** 24 h
    - **Track:** Spa-Francorchamps
    - **Description:** Bring lights.
    [Rename] [Delete] [All templates]

    > Sam presses Rename
    (a form)
    Rename the template
    Name: "endurance"

    > Sam sends “Rename the template” with name: Long races
    (to them alone)
    ✅ The template is called **Long races** now.
    [All templates]

    > Sam presses Delete
    (instead)
    Delete the template **Long races**? Events made from it stay. It can't be brought back.
    [Delete it] [All templates]

    > Dee presses Delete it
    (to them alone)
    Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them.

    > Sam presses Delete it
    (instead)
    ✅ The template **Long races** is deleted.
    [All templates]

    > Sam presses All templates
    (instead)
    The club has no templates yet. **Save as template** on an event's panel (`/event manage`) makes one.

    > Sam /event create template: endurance
    (to them alone)
    The club has no such template. Choose one of those offered as you type; **Save as template** on an event's panel makes one.
    "#);
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
    assert_snapshot!(stage.story(), @r#"
    > Sam /event create template: sprint
    (a form)
    Create an event
    Name: "Sprint"
    Start: ""
    Length: "2 h 40"
    Classes: ""
    Description: ""

    > Sam sends “Create an event” with start: 2026-12-05 14:00
    (to them alone)
    ✅ **Sprint** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 2 h 40, until <t:1796485200:F>
    **Classes:** one, no limit
    Its channel is `#sprint-2026-12-05` under Events. The series **Winter Cup** is archived, so the event stands alone; **Manage** moves it to another.
    [Manage]

    > Sam /event create template: sprint series: summer cup
    (a form)
    Create an event
    Name: "Sprint"
    Start: ""
    Length: "2 h 40"
    Classes: ""
    Description: ""

    > Sam sends “Create an event” with start: 2026-12-05 14:00
    (to them alone)
    ✅ **Sprint** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 2 h 40, until <t:1796485200:F>
    **Classes:** one, no limit
    Its channel is `#summer-cup-sprint-2026-12-05` under the series Summer Cup. **Next:** share it; people sign up on its card.
    [Manage]

    > Sam /event create template: sprint series: summer cup track: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    (to them alone)
    Nothing was saved yet. **Track:** It's 31 characters long, 30 at most. Most emoji count as two or more.

    > Sam /event create template: sprint series: winter cup
    (to them alone)
    The series **Winter Cup** is archived, so nothing new comes into it. Choose another; `/series edit` brings it back.
    "#);
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
    assert_snapshot!(stage.story(), @r#"
    > Sam /event manage event: spa 24 hours
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

    > Sam presses Duplicate
    (a form)
    Duplicate the event
    Name: "Spa 24 Hours"
    Start: "2026-12-12 14:00"
    Length: "24 h"
    Classes: "GT3 x 20"
    Description: ""

    > Sam sends “Duplicate the event” as it is
    (to them alone)
    ✅ **Spa 24 Hours** is created.
    **Start:** <t:1797080400:F> (<t:1797080400:R>)
    **Length:** 24 h, until <t:1797166800:F>
    **Classes:** GT3 (20 places)
    Its channel is `#spa-24-hours-2026-12-12` under Events. **Next:** share it; people sign up on its card.
    [Manage]

    > Sam presses Duplicate
    (a form)
    Duplicate the event
    Name: "Spa 24 Hours"
    Start: "2026-12-12 14:00"
    Length: "24 h"
    Classes: "GT3 x 20"
    Description: ""

    > Sam sends “Duplicate the event” with start: 2026-12-05 14:00
    (to them alone)
    ✅ **Spa 24 Hours** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** GT3 (20 places)
    Its channel is `#spa-24-hours-2026-12-05-2` under Events. **Next:** share it; people sign up on its card.
    [Manage]

    > Sam presses Duplicate
    (a form)
    Duplicate the event
    Name: "Spa 24 Hours"
    Start: "2026-12-12 14:00"
    Length: "24 h"
    Classes: "GT3 x 20"
    Description: ""

    > Sam sends “Duplicate the event” with start: 2026-11-01 14:00
    (to them alone)
    Nothing was saved yet. **Start:** I read <t:1793538000:F>, which is past. Type a time ahead.
    [Edit again]

    > Sam presses Edit again
    (a form)
    Duplicate the event
    Name: "Spa 24 Hours"
    Start: "2026-11-01 14:00"
    Length: "24 h"
    Classes: "GT3 x 20"
    Description: ""

    > Sam sends “Duplicate the event” with start: 2026-12-05 14:00
    (to them alone)
    ✅ **Spa 24 Hours** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Classes:** GT3 (20 places)
    Its channel is `#spa-24-hours-2026-12-05-3` under Events. **Next:** share it; people sign up on its card.
    [Manage]
    "#);
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
    assert_snapshot!(stage.story(), @r#"
    > Sam /event manage event: spa 24 hours
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

    > Sam presses Repeat
    (a form)
    Repeat the event
    Every how many weeks: "1"
    Until: ""
    Or on these dates: ""

    > Sam sends “Repeat the event” with every: 2, until: 10
    (to them alone)
    🔁 **Spa 24 Hours** repeats every 2 weeks, 10 more times.
    - <t:1797685200:F>
    - <t:1798894800:F>
    - <t:1800104400:F>
    Each of these is an event of its own: edit, move or cancel it alone. The next 3 are always made; a later one follows when one has started. To change how it repeats, stop it and repeat it again.
    [Manage] [Stop repeating]

    > Sam /event manage event: spa 24 hours
    (to them alone)
    # Manage Spa 24 Hours
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 24 h, until <t:1796562000:F>
    **Sign-ups:** open until the start
    **People:** 0 in, 0 waiting, 0 tentative, 0 absent, 0 withdrawn
    **Channel:** being made
    **Repeats:** every 2 weeks, 10 more times, next 3 made
    ────
    [Edit] [Terms] [Classes and cars] [Close sign-ups]
    [People] [Who never answered] [Without availability] [Remind now]
    [Duplicate] [Save as template] [Stop repeating] [Move to series]
    [Sheet as CSV] [For calendars] (Create channel) [Cancel event]
    [Keep]

    > Sam presses Stop repeating
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

    > Sam presses Stop repeating
    (to them alone)
    Nothing repeats that event, or not any more. Its panel shows how it stands.

    > Sam presses Repeat
    (a form)
    Repeat the event
    Every how many weeks: "1"
    Until: ""
    Or on these dates: ""

    > Dee /event list
    (to them alone)
    # Coming events
    **Spa 24 Hours**
    <t:1796475600:F> (<t:1796475600:R>)
    0 of 20 places taken [Show]
    **Spa 24 Hours**
    <t:1797685200:F> (<t:1797685200:R>)
    0 of 20 places taken [Show]
    **Spa 24 Hours**
    <t:1798894800:F> (<t:1798894800:R>)
    0 of 20 places taken [Show]
    **Spa 24 Hours**
    <t:1800104400:F> (<t:1800104400:R>)
    0 of 20 places taken [Show]
    "#);
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
    assert_snapshot!(sentences.join("\n"), @r"
    Nothing was saved yet. **Every how many weeks:** Nothing says when it comes again. Type a number of weeks, or the dates.
    - **Every how many weeks:** I can't read “0”. Type a whole number of weeks from 1 to 12.
    - **Until:** I can't read “soon”. Type how many more times, 1 to 52, or the last day, such as `2027-06-30`.
    Nothing was saved yet. **Or on these dates:** Weeks and dates are both filled in. Leave one of them empty.
    Nothing was saved yet. **Until:** That is over before the event comes again. Type a later day, or fewer weeks.
    Nothing was saved yet. **Or on these dates:** Line 2 (“2026-12-05 14\:00”) is the event itself. Take it out. Line 3 (“12 Dec 20\:00”) is the time of line 1. Take one out. Line 4 (“2027-03-28 02\:30”): The clocks go forward past 02:30 on 28 Mar 2027, so there is no such time. For <t:1806193800:F> type `2027-03-28 01:30`, for <t:1806197400:F> type `2027-03-28 03:30`. Line 5 (“2020-01-01 20\:00”): I read <t:1577905200:F>, which is past. Type a time ahead. Line 6 (“x”): I can't read “x”. Type something like `2026-12-05 14:00`, `5 Dec 14:00` or `Sat 14:00`.
    ");
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
    assert_snapshot!(kept.join("\n"), @"
    > Sam /event manage event: daytona
    (to them alone)
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

    > Sam presses Move to series
    (instead)
    Move **Daytona** to which series? It is in no series. Its channels and people go along.
    <Choose a series>
    (Back) [More (1 of 2)]
    [Manage]

    > Sam presses More (1 of 2)
    (instead)
    Move **Daytona** to which series? It is in no series. Its channels and people go along.
    <Choose a series>
    [Back] (More (2 of 2))
    [Manage]

    > Sam presses Cup 26
    (instead)
    ✅ **Daytona** is in the series **Cup 26** now. Its channels follow within a moment.
    [Manage]

    > Sam presses Manage
    (to them alone)
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

    > Sam presses Move to series
    (instead)
    Move **Daytona** to which series? It is in **Cup 26** now. Its channels and people go along.
    <Choose a series>
      [ ] No series
    (Back) [More (1 of 2)]
    [Manage]

    > Dee presses No series
    (to them alone)
    Only the club's organisers can do this: those with Manage Server or the organiser role. Ask one of them.

    > Sam presses No series
    (instead)
    ✅ **Daytona** is in no series now. Its channels follow within a moment.
    [Manage]
    ");
}

#[tokio::test]
async fn what_is_no_category_is_refused() {
    let stage = with_series(&["Winter Cup"]).await;
    let panel = stage.send(STEWARD, command("series edit", text("series", "winter cup"))).await;
    let form = stage.press(STEWARD, &panel, "Edit").await;
    stage.story();
    // A text channel, and one that Discord doesn't tell anything about.
    for channel in ["61", "62"] {
        stage.submit(STEWARD, &form, &[("category", channel)]).await;
    }
    let story = stage.story();
    assert_eq!(story.matches("That isn't a category of this server.").count(), 2, "{story}");
}
