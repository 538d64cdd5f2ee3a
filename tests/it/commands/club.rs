//! `/ping`, `/info`, `/help`, `/club` and `/series`.

use insta::assert_snapshot;
use serde_json::json;

use super::stage::{ADMIN, DRIVER, STEWARD, Stage, command, text};

#[tokio::test]
async fn before_there_is_a_club() {
    let stage = Stage::empty().await;
    stage.send(DRIVER, command("info", json!([]))).await;
    stage.send(DRIVER, command("event list", json!([]))).await;
    stage.send(ADMIN, command("event create", json!([]))).await;
    stage.suggest(ADMIN, "event create", "series", "").await;
    let form = stage.send(ADMIN, command("club setup", json!([]))).await;
    stage
        .submit(
            ADMIN,
            &form,
            &[("name", "Night Owls"), ("zone", "europe/berlin"), ("organiser_channel", "61")],
        )
        .await;
    stage.send(ADMIN, command("club setup", json!([]))).await;
    assert_snapshot!(stage.story(), @r#"
    > Dee /info
    (to them alone)
    # Simlane 0.1.0
    Runs a racing club's events on Discord. <https://simlane.example>
    This server has no club yet. Somebody with Manage Server creates it with `/club setup`.
    ⚠️ **Permissions:** Manage Channels, View Audit Log and Manage Roles missing here. Give them to the bot's role under Server Settings → Roles.
    **Next:** `/help` shows what you can do here.

    > Dee /event list
    (to them alone)
    This server has no club yet. Somebody with Manage Server creates it with `/club setup`.

    > Ana /event create
    (to them alone)
    This server has no club yet. Somebody with Manage Server creates it with `/club setup`.

    > Ana /event create series:
    (suggestions)


    > Ana /club setup
    (a form)
    Set up your club
    Name: ""
    Time zone: ""
    Organiser channel: <None>

    > Ana sends “Set up your club” with name: Night Owls, zone: europe/berlin, organiser_channel: 61
    (to them alone)
    ✅ **Night Owls** is set up. Times are typed in Europe/Berlin. Questions for organisers go to <#61>.

    **Next:** `/event create` makes your first event.

    Shall people without Manage Server organise too? Choose their role with `/club settings`, and admit it to `/club` and `/series` under Server Settings → Integrations.

    > Ana /club setup
    (to them alone)
    # Settings of Night Owls
    ────
    ### General
    **Name:** Night Owls
    **Zone:** Europe/Berlin
    **Organisers:** only Manage Server
    **Questions go to:** <#61> [Edit]
    ────
    ### Channels
    **Made:** automatically
    **Named:** {series} {event} {date}
    **Put away:** archived, 24 hours after the end [Edit]
    ────
    ### Race voice
    **Opens:** 24 hours before the start
    **Who may join:** drivers and organisers [Edit]
    ────
    ### Notifications
    **On:** places from the waiting list, race voice open and event over [Edit]
    "#);
}

#[tokio::test]
async fn the_app_tells_about_itself() {
    let stage = Stage::with_club().await;
    stage.story();
    let ping = stage.send(DRIVER, command("ping", json!([]))).await;
    assert!(ping.to_string().contains("Alive"), "{ping}");
    stage.story();
    stage.send(DRIVER, command("info", json!([]))).await;
    let help = stage.send(DRIVER, command("help", json!([]))).await;
    stage.press(DRIVER, &help, "About this app").await;
    stage.send(STEWARD, command("help", text("topic", "club"))).await;
    stage.suggest(STEWARD, "help", "topic", "ser").await;
    stage.send(ADMIN, command("help", text("topic", "Club"))).await;
    assert_snapshot!(stage.story(), @"
    > Dee /info
    (to them alone)
    # Simlane 0.1.0
    Runs a racing club's events on Discord. <https://simlane.example>
    **Club:** Night Owls
    **Times are typed in:** Europe/Berlin
    ⚠️ **Permissions:** Manage Channels, View Audit Log and Manage Roles missing here. Give them to the bot's role under Server Settings → Roles.
    **Next:** `/help` shows what you can do here.

    > Dee /help
    (to them alone)
    # Events
    What you can do here.
    - `/event list`: Lists the coming events, the next one first.
    - `/event show`: Shows an event to you alone: who drives, and the buttons to sign up.
    <Choose a topic>
      [x] Events
      [ ] Series
      [ ] About this app

    > Dee presses About this app
    (instead)
    # About this app
    What you can do here.
    - `/help`: Shows what you can do here.
    - `/info`: Shows your club, where to read more, and what the bot may do here.
    - `/ping`: Shows that the app is alive, and how fast its database and queue are.
    <Choose a topic>
      [ ] Events
      [ ] Series
      [x] About this app

    > Sam /help topic: club
    (to them alone)
    # Club
    What you can do here as an organiser.
    - `/club settings`: Shows and changes the club's settings: name, zone, channels, voice, messages.
    - `/club panel`: Shows open questions, what fails on Discord, and how much room is left.
    <Choose a topic>
      [ ] Events
      [ ] Series
      [x] Club
      [ ] About this app

    > Sam /help topic: ser
    (suggestions)
    Series

    > Ana /help topic: Club
    (to them alone)
    # Club
    What you can do here with Manage Server.
    - `/club setup`: Creates this server's club; also how to admit your organisers.
    - `/club settings`: Shows and changes the club's settings: name, zone, channels, voice, messages.
    - `/club panel`: Shows open questions, what fails on Discord, and how much room is left.
    <Choose a topic>
      [ ] Events
      [ ] Series
      [x] Club
      [ ] About this app
    ");
}

#[tokio::test]
async fn every_group_of_settings_opens_and_saves() {
    let stage = Stage::with_club().await;
    stage.story();
    stage.send(STEWARD, command("club settings", json!([]))).await;
    let cases: [(&str, &[(&str, &str)]); 4] = [
        ("general", &[("name", "Day Owls"), ("organiser_channel", "61")]),
        (
            "channels",
            &[
                ("auto_create", "false"),
                ("pattern", "{date} {event}"),
                ("put_away", "delete"),
                ("grace", "48 h"),
            ],
        ),
        ("voice", &[("race_voice", "true"), ("lead", "12"), ("access", "open")]),
        ("notify", &[("notifications", "promotions")]),
    ];
    for (group, fields) in cases {
        let what = super::stage::What::raw_press(&format!("1:settings:{group}"), &[]);
        let form = stage.send(STEWARD, what).await;
        stage.submit(STEWARD, &form, fields).await;
    }
    stage.send(ADMIN, command("club settings", json!([]))).await;
    assert_snapshot!(stage.story(), @r#"
    > Sam /club settings
    (to them alone)
    # Settings of Night Owls
    ────
    ### General
    **Name:** Night Owls
    **Zone:** Europe/Berlin
    **Organisers:** <@&90>
    **Questions go to:** only `/club panel` [Edit]
    ────
    ### Channels
    **Made:** automatically
    **Named:** {series} {event} {date}
    **Put away:** archived, 24 hours after the end [Edit]
    ────
    ### Race voice
    **Opens:** 24 hours before the start
    **Who may join:** drivers and organisers [Edit]
    ────
    ### Notifications
    **On:** places from the waiting list, race voice open and event over [Edit]

    > Sam presses 1:settings:general
    (a form)
    General
    Name: "Night Owls"
    Time zone: "Europe/Berlin"
    Organiser role: <None>
    Organiser channel: <None>

    > Sam sends “General” with name: Day Owls, organiser_channel: 61
    (to them alone)
    ✅ **General saved.** Channels and cards follow within a moment.
    **Name:** Day Owls
    **Zone:** Europe/Berlin
    **Organisers:** <@&90>
    **Questions go to:** <#61>

    > Sam presses 1:settings:channels
    (a form)
    Channels
    Make channels automatically: [x]
    Channel names: "{series} {event} {date}"
    A finished event's channel: <>
      [x] Archive it (Moved to an archive category and closed for writing)
      [ ] Delete it (Gone for good, with everything written in it)
    Put away after (hours): "24"

    > Sam sends “Channels” with auto_create: false, pattern: {date} {event}, put_away: delete, grace: 48 h
    (to them alone)
    ✅ **Channels saved.** Channels and cards follow within a moment.
    **Made:** when an organiser asks
    **Named:** {date} {event}
    **Put away:** deleted, 48 hours after the end

    > Sam presses 1:settings:voice
    (a form)
    Race voice
    Open a voice channel for each race: [x]
    Opens before the start (hours): "24"
    Who may join: <>
      [x] Drivers and organisers (Others see it and can't join)
      [ ] Everybody who sees it (As its category has it)

    > Sam sends “Race voice” with race_voice: true, lead: 12, access: open
    (to them alone)
    ✅ **Race voice saved.** Channels and cards follow within a moment.
    **Opens:** 12 hours before the start
    **Who may join:** everybody who sees it

    > Sam presses 1:settings:notify
    (a form)
    Notifications
    Messages in an event's channel: <>
      [x] A place for somebody on the waiting list
      [x] Race voice is open
      [x] The race is over

    > Sam sends “Notifications” with notifications: promotions
    (to them alone)
    ✅ **Notifications saved.** Channels and cards follow within a moment.
    **On:** places from the waiting list

    > Ana /club settings
    (to them alone)
    # Settings of Day Owls
    ────
    ### General
    **Name:** Day Owls
    **Zone:** Europe/Berlin
    **Organisers:** <@&90>
    **Questions go to:** <#61> [Edit]
    ────
    ### Channels
    **Made:** when an organiser asks
    **Named:** {date} {event}
    **Put away:** deleted, 48 hours after the end [Edit]
    ────
    ### Race voice
    **Opens:** 12 hours before the start
    **Who may join:** everybody who sees it [Edit]
    ────
    ### Notifications
    **On:** places from the waiting list [Edit]
    "#);
}

#[tokio::test]
async fn the_panel_shows_what_waits() {
    let stage = Stage::with_club().await;
    stage.story();
    let panel = stage.send(STEWARD, command("club panel", json!([]))).await;
    stage.press(STEWARD, &panel, "Refresh").await;
    assert_snapshot!(stage.story(), @"
    > Sam /club panel
    (to them alone)
    # Night Owls
    ✅ **All is well.** Nothing waits for you.
    ────
    **Room:** not counted yet
    [Refresh]

    > Sam presses Refresh
    (instead)
    # Night Owls
    ✅ **All is well.** Nothing waits for you.
    ────
    **Room:** not counted yet
    [Refresh]
    ");
}

#[tokio::test]
async fn series_are_created_listed_and_suggested() {
    let stage = Stage::with_club().await;
    stage.story();
    stage.send(DRIVER, command("series list", json!([]))).await;
    let form = stage.send(STEWARD, command("series create", json!([]))).await;
    stage.submit(STEWARD, &form, &[("name", "Winter Cup")]).await;
    let category = json!([{ "name": "category", "type": 7, "value": "62" }]);
    stage.send(STEWARD, command("series create", category)).await;
    let form = stage.send(STEWARD, command("series create", json!([]))).await;
    let refused = stage.submit(STEWARD, &form, &[("name", "winter CUP")]).await;
    let again = stage.press(STEWARD, &refused, "Edit again").await;
    stage.submit(STEWARD, &again, &[("name", "Summer Cup")]).await;
    stage.suggest(STEWARD, "event create", "series", "wint").await;
    let form = stage.send(STEWARD, command("event create", text("series", "winter cup"))).await;
    stage
        .submit(STEWARD, &form, &[("name", "Daytona"), ("start", "2026-12-05 14:00"), ("length", "2h40")])
        .await;
    stage.send(STEWARD, command("event create", text("series", "Spring Cup"))).await;
    stage.send(DRIVER, command("series list", json!([]))).await;
    assert_snapshot!(stage.story(), @r#"
    > Dee /series list
    (to them alone)
    The club has no series yet. Organisers create one with `/series create`.

    > Sam /series create
    (a form)
    Create a series
    Name: ""

    > Sam sends “Create a series” with name: Winter Cup
    (to them alone)
    ✅ The series **Winter Cup** is created. Its category appears with its first event.

    **Next:** `/event create` with this series.

    > Sam /series create category: 62
    (to them alone)
    That isn't a category of this server. Choose a category, or leave it out to get a new one.

    > Sam /series create
    (a form)
    Create a series
    Name: ""

    > Sam sends “Create a series” with name: winter CUP
    (to them alone)
    The club already has a series called **winter CUP**. Choose another name.
    [Edit again]

    > Sam presses Edit again
    (a form)
    Create a series
    Name: "winter CUP"

    > Sam sends “Create a series” with name: Summer Cup
    (to them alone)
    ✅ The series **Summer Cup** is created. Its category appears with its first event.

    **Next:** `/event create` with this series.

    > Sam /event create series: wint
    (suggestions)
    Winter Cup

    > Sam /event create series: winter cup
    (a form)
    Create an event
    Name: ""
    Start: ""
    Length: ""
    Classes: ""
    Description: ""

    > Sam sends “Create an event” with name: Daytona, start: 2026-12-05 14:00, length: 2h40
    (to them alone)
    ✅ **Daytona** is created.
    **Start:** <t:1796475600:F> (<t:1796475600:R>)
    **Length:** 2 h 40, until <t:1796485200:F>
    **Classes:** one, no limit
    Its channel is `#winter-cup-daytona-2026-12-05` under the series Winter Cup. **Next:** share it; people sign up on its card.
    [Manage]

    > Sam /event create series: Spring Cup
    (to them alone)
    The club has no such series. Choose one of those offered as you type; `/series list` shows them all.

    > Dee /series list
    (to them alone)
    # Series
    - **Summer Cup**: no event coming
    - **Winter Cup**: 1 event coming, next <t:1796475600:R>
    "#);
}

#[tokio::test]
async fn lists_turn_their_pages() {
    let stage = Stage::with_club().await;
    for number in 1..=8 {
        stage.clock.advance(std::time::Duration::from_secs(1));
        stage.create_event(&format!("Round {number}"), "").await;
    }
    stage.story();
    let first = stage.send(DRIVER, command("event list", json!([]))).await;
    let second = stage.press(DRIVER, &first, "More (1 of 2)").await;
    stage.press(DRIVER, &second, "Back").await;
    stage.press(DRIVER, &second, "Show").await;
    assert_snapshot!(stage.story(), @"
    > Dee /event list
    (to them alone)
    # Coming events
    **Round 1**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 2**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 3**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 4**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 5**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 6**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    (Back) [More (1 of 2)]

    > Dee presses More (1 of 2)
    (instead)
    # Coming events
    **Round 7**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 8**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    [Back] (More (2 of 2))

    > Dee presses Back
    (instead)
    # Coming events
    **Round 1**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 2**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 3**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 4**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 5**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    **Round 6**
    <t:1796475600:F> (<t:1796475600:R>)
    0 coming [Show]
    (Back) [More (1 of 2)]

    > Dee presses Show
    (to them alone)
    │ # Round 7
    │ **Start:** <t:1796475600:F> (<t:1796475600:R>)
    │ **Length:** 24 h, until <t:1796562000:F>
    │ ────
    │ **0** coming · no limit
    │ ────
    │ 🟢 **Sign-ups are open** until the start.
    │ [Sign up] [Tentative] [Withdraw] [Manage]
    ");
}
