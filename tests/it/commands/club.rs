//! `/ping`, `/info`, `/help` and `/club`.

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

    Shall people without Manage Server organise too? Choose their role with `/club settings`. For the role to see `/club` and `/series`, admit it to both under Server Settings → Integrations.

    > Ana /club setup
    (to them alone)
    # Settings of Night Owls [Switch off]
    ### General
    **Name:** Night Owls
    **Zone:** Europe/Berlin
    **Organisers:** only Manage Server
    **Questions go to:** <#61>
    **Board of coming events:** none [Edit]
    ### People
    **Member role:** none is given
    **Nightly sync:** off
    **Roles in the club:** none [Edit]
    ### Channels
    **Made:** automatically
    **Named:** {series} {event} {date}
    **Such as:** #winter-cup-spa-6-hours-2026-12-05
    **Put away:** archived, 24 hours after the end
    **Discord events:** on [Edit]
    ### Race voice and check-in
    **Opens:** 24 hours before the start
    **Who may join:** drivers and organisers
    **Check-in:** 30 minutes before the start [Edit]
    ### Teams
    **Who may join:** everybody who sees the event's channel
    **Threads:** as soon as a team is settled
    **Roles:** one for each team
    **Practice rooms:** one for each team, from when teams are settled
    **Race rooms:** one for the event
    **In a room:** any number of people
    **People come into a team:** at once [Edit]
    ### Reminders
    **Sent:** 24h, 1h before the start
    **Old ones:** deleted
    **Updates of the sign-ups:** every 24 hours [Edit]
    ### Notifications
    **Reminders:** the event's channel
    **Places from the waiting list:** the event's channel
    **Race voice open:** the event's channel
    **Event over:** the event's channel [Edit]
    ────
    [Automatic channels: on] [Discord events: on] [Delete old reminders: on] [Nightly sync: off]
    <A finished event's channel>
      [x] Finished channels: archive (Moved to an archive category and closed for writing)
      [ ] Finished channels: delete (Gone for good, with everything written in them)
    <Language of dates>
      [x] Dates: English
      [ ] Dates: Čeština
      [ ] Dates: Dansk
      [ ] Dates: Deutsch
      [ ] Dates: Español
      [ ] Dates: Français
      [ ] Dates: Italiano
      [ ] Dates: Magyar
      [ ] Dates: Nederlands
      [ ] Dates: Norsk
      [ ] Dates: Polski
      [ ] Dates: Português
      [ ] Dates: Suomi
      [ ] Dates: Svenska
      [ ] Dates: Türkçe
      [ ] Dates: 日本語
    ────
    ### Calendar
    The club's events, for everybody's own calendar. [Calendar link]
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
      [ ] Teams
      [ ] You
      [ ] About this app
      [ ] Club

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
      [ ] Teams
      [ ] You
      [x] About this app
      [ ] Club

    > Sam /help topic: club
    (to them alone)
    # Club
    What you can do here as an organiser.
    - `/club settings`: Shows and changes the club's settings: name, zone, channels, voice, messages.
    - `/club import`: Takes the club's roster from a spreadsheet. Shows what would change first.
    - `/club sync`: Finds out who of the server is who of the club: shows first, asks when unsure.
    - `/club conflicts`: Asks you about accounts that may be one of several people, one at a time.
    - `/club members`: Lists who is of the club and how each was matched; also as a spreadsheet.
    - `/club panel`: Shows open questions, what fails on Discord, and how much room is left.
    - `/club health`: Checks permissions, role order, intent, room and queue, each with its fix.
    - `Apps → Racing profile`: Right-click or hold a member: shows what the club knows about them.
    <Choose a topic>
      [ ] Events
      [ ] Series
      [ ] Teams
      [x] Club
      [ ] You
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
    - `/club import`: Takes the club's roster from a spreadsheet. Shows what would change first.
    - `/club sync`: Finds out who of the server is who of the club: shows first, asks when unsure.
    - `/club conflicts`: Asks you about accounts that may be one of several people, one at a time.
    - `/club members`: Lists who is of the club and how each was matched; also as a spreadsheet.
    - `/club panel`: Shows open questions, what fails on Discord, and how much room is left.
    - `/club health`: Checks permissions, role order, intent, room and queue, each with its fix.
    - `Apps → Racing profile`: Right-click or hold a member: shows what the club knows about them.
    <Choose a topic>
      [ ] Events
      [ ] Series
      [ ] Teams
      [x] Club
      [ ] You
      [ ] About this app
    ");
}

#[tokio::test]
async fn every_group_of_settings_opens_and_saves() {
    let stage = Stage::with_club().await;
    stage.story();
    stage.send(STEWARD, command("club settings", json!([]))).await;
    let cases: [(&str, &[(&str, &str)]); 6] = [
        ("general", &[("name", "Day Owls")]),
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
        ("remind", &[("offsets", "12h, 30m"), ("clean_reminders", "false"), ("update_hours", "48 h")]),
        ("notify", &[("reminders", "announcement"), ("race_voice", "off"), ("put_away", "off")]),
        ("people", &[("nightly_sync", "true"), ("member_role", "90")]),
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
    # Settings of Night Owls [Switch off]
    ### General
    **Name:** Night Owls
    **Zone:** Europe/Berlin
    **Organisers:** <@&90>
    **Questions go to:** only `/club panel`
    **Board of coming events:** none [Edit]
    ### People
    **Member role:** none is given
    **Nightly sync:** off
    **Roles in the club:** none [Edit]
    ### Channels
    **Made:** automatically
    **Named:** {series} {event} {date}
    **Such as:** #winter-cup-spa-6-hours-2026-12-05
    **Put away:** archived, 24 hours after the end
    **Discord events:** on [Edit]
    ### Race voice and check-in
    **Opens:** 24 hours before the start
    **Who may join:** drivers and organisers
    **Check-in:** 30 minutes before the start [Edit]
    ### Teams
    **Who may join:** everybody who sees the event's channel
    **Threads:** as soon as a team is settled
    **Roles:** one for each team
    **Practice rooms:** one for each team, from when teams are settled
    **Race rooms:** one for the event
    **In a room:** any number of people
    **People come into a team:** at once [Edit]
    ### Reminders
    **Sent:** 24h, 1h before the start
    **Old ones:** deleted
    **Updates of the sign-ups:** every 24 hours [Edit]
    ### Notifications
    **Reminders:** the event's channel
    **Places from the waiting list:** the event's channel
    **Race voice open:** the event's channel
    **Event over:** the event's channel [Edit]
    ────
    [Automatic channels: on] [Discord events: on] [Delete old reminders: on] [Nightly sync: off]
    <A finished event's channel>
      [x] Finished channels: archive (Moved to an archive category and closed for writing)
      [ ] Finished channels: delete (Gone for good, with everything written in them)
    <Language of dates>
      [x] Dates: English
      [ ] Dates: Čeština
      [ ] Dates: Dansk
      [ ] Dates: Deutsch
      [ ] Dates: Español
      [ ] Dates: Français
      [ ] Dates: Italiano
      [ ] Dates: Magyar
      [ ] Dates: Nederlands
      [ ] Dates: Norsk
      [ ] Dates: Polski
      [ ] Dates: Português
      [ ] Dates: Suomi
      [ ] Dates: Svenska
      [ ] Dates: Türkçe
      [ ] Dates: 日本語
    ────
    ### Calendar
    The club's events, for everybody's own calendar. [Calendar link]

    > Sam presses 1:settings:general
    (a form)
    General
    Name: "Night Owls"
    Time zone: "Europe/Berlin"
    Organiser role: <None>
    Organiser channel: <None>
    Announcement channel: <None>

    > Sam sends “General” with name: Day Owls
    (to them alone)
    ✅ **General saved.** Channels and cards follow within a moment.
    **Name:** Day Owls
    **Zone:** Europe/Berlin
    **Organisers:** <@&90>
    **Questions go to:** only `/club panel`
    **Board of coming events:** none

    For the role to see `/club` and `/series`, admit it to both under Server Settings → Integrations.

    > Sam presses 1:settings:channels
    (a form)
    Channels
    Make channels automatically: [x]
    Channel names: "{series} {event} {date}"
    A finished event's channel: <>
      [x] Archive it (Moved to an archive category and closed for writing)
      [ ] Delete it (Gone for good, with everything written in it)
    Put away after (hours): "24"
    Discord events: [x]

    > Sam sends “Channels” with auto_create: false, pattern: {date} {event}, put_away: delete, grace: 48 h
    (to them alone)
    ✅ **Channels saved.** Channels and cards follow within a moment.
    **Made:** when an organiser asks
    **Named:** {date} {event}
    **Such as:** #2026-12-05-spa-6-hours
    **Put away:** deleted, 48 hours after the end
    **Discord events:** on

    > Sam presses 1:settings:voice
    (a form)
    Race voice and check-in
    Open a voice channel for each race: [x]
    Opens before the start (hours): "24"
    Who may join: <>
      [x] Drivers and organisers (Who has a place or the organiser role; others see it)
      [ ] Teams and organisers (Who is in a settled team or has the organiser role)
      [ ] Everybody who sees it (As its category has it)
    Check-in before the start (minutes): "30"

    > Sam sends “Race voice and check-in” with race_voice: true, lead: 12, access: open
    (to them alone)
    ✅ **Race voice and check-in saved.** Channels and cards follow within a moment.
    **Opens:** 12 hours before the start
    **Who may join:** everybody who sees it
    **Check-in:** 30 minutes before the start

    > Sam presses 1:settings:remind
    (a form)
    Reminders
    Reminders before the start: "24h, 1h"
    Delete old reminders: [x]
    Updates (every … hours): "24"

    > Sam sends “Reminders” with offsets: 12h, 30m, clean_reminders: false, update_hours: 48 h
    (to them alone)
    ✅ **Reminders saved.** Channels and cards follow within a moment.
    **Sent:** 12h, 30m before the start
    **Old ones:** kept
    **Updates of the sign-ups:** every 48 hours

    > Sam presses 1:settings:notify
    (a form)
    Notifications
    Reminders: <>
      [x] In the event's channel
      [ ] In the announcement channel (Where there is none, in the event's)
      [ ] Nowhere
    Places from the waiting list: <>
      [x] In the event's channel
      [ ] In the announcement channel (Where there is none, in the event's)
      [ ] Nowhere
    Race voice open: <>
      [x] In the event's channel
      [ ] In the announcement channel (Where there is none, in the event's)
      [ ] Nowhere
    Event over: <>
      [x] In the event's channel
      [ ] In the announcement channel (Where there is none, in the event's)
      [ ] Nowhere

    > Sam sends “Notifications” with reminders: announcement, race_voice: off, put_away: off
    (to them alone)
    ✅ **Notifications saved.** Channels and cards follow within a moment.
    **Reminders:** the event's channel, as there is no announcement channel
    **Places from the waiting list:** the event's channel
    **Race voice open:** off
    **Event over:** off

    > Sam presses 1:settings:people
    (a form)
    People
    Member role: <None>
    Sync every night: [ ]
    Discord roles that count in the club: <None>
    Called otherwise in the club: ""

    > Sam sends “People” with nightly_sync: true, member_role: 90
    (to them alone)
    ✅ **People saved.** Members follow with the next sync.
    **Member role:** <@&90>
    **Nightly sync:** at 4 in the morning
    **Roles in the club:** none

    **Next:** `/club sync` shows what that changes. `/club health` tells whether the bot can give the role.

    > Ana /club settings
    (to them alone)
    # Settings of Day Owls [Switch off]
    ### General
    **Name:** Day Owls
    **Zone:** Europe/Berlin
    **Organisers:** <@&90>
    **Questions go to:** only `/club panel`
    **Board of coming events:** none [Edit]
    ### People
    **Member role:** <@&90>
    **Nightly sync:** at 4 in the morning
    **Roles in the club:** none [Edit]
    ### Channels
    **Made:** when an organiser asks
    **Named:** {date} {event}
    **Such as:** #2026-12-05-spa-6-hours
    **Put away:** deleted, 48 hours after the end
    **Discord events:** on [Edit]
    ### Race voice and check-in
    **Opens:** 12 hours before the start
    **Who may join:** everybody who sees it
    **Check-in:** 30 minutes before the start [Edit]
    ### Teams
    **Who may join:** everybody who sees the event's channel
    **Threads:** as soon as a team is settled
    **Roles:** one for each team
    **Practice rooms:** one for each team, from when teams are settled
    **Race rooms:** one for the event
    **In a room:** any number of people
    **People come into a team:** at once [Edit]
    ### Reminders
    **Sent:** 12h, 30m before the start
    **Old ones:** kept
    **Updates of the sign-ups:** every 48 hours [Edit]
    ### Notifications
    **Reminders:** the event's channel, as there is no announcement channel
    **Places from the waiting list:** the event's channel
    **Race voice open:** off
    **Event over:** off [Edit]
    ────
    [Automatic channels: off] [Discord events: on] [Delete old reminders: off] [Nightly sync: on]
    <A finished event's channel>
      [ ] Finished channels: archive (Moved to an archive category and closed for writing)
      [x] Finished channels: delete (Gone for good, with everything written in them)
    <Language of dates>
      [x] Dates: English
      [ ] Dates: Čeština
      [ ] Dates: Dansk
      [ ] Dates: Deutsch
      [ ] Dates: Español
      [ ] Dates: Français
      [ ] Dates: Italiano
      [ ] Dates: Magyar
      [ ] Dates: Nederlands
      [ ] Dates: Norsk
      [ ] Dates: Polski
      [ ] Dates: Português
      [ ] Dates: Suomi
      [ ] Dates: Svenska
      [ ] Dates: Türkçe
      [ ] Dates: 日本語
    ────
    ### Calendar
    The club's events, for everybody's own calendar. [Calendar link]
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
    ⚠️ **Permissions:** Manage Channels, View Audit Log and Manage Roles missing here.
    ────
    **Last sync:** none yet
    **Room:** not counted yet
    [Refresh] [Check health] [Sync preview] [Fix permissions]

    > Sam presses Refresh
    (instead)
    # Night Owls
    ⚠️ **Permissions:** Manage Channels, View Audit Log and Manage Roles missing here.
    ────
    **Last sync:** none yet
    **Room:** not counted yet
    [Refresh] [Check health] [Sync preview] [Fix permissions]
    ");
}
