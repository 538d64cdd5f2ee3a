#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use twilight_model::id::Id;

use super::{event_cancel::About, event_create::Place, *};
use crate::{
    domain::{
        blueprint::Blueprint,
        class_list::Classes,
        duration::RaceLength,
        local_time,
        name::TrackName,
        series_defaults::SeriesDefaults,
        settings::{ClubSettings, RaceVoice},
    },
    view::{
        custom_id::SettingsGroup,
        field,
        testing::{before, check_modal, classes_of, club, event, key, render, series},
    },
};

fn shown(modal: &Modal) -> String {
    check_modal(modal);
    format!("{}\n{}", modal.title, render(modal.fields()))
}

#[test]
fn the_club_is_set_up() {
    let modal = club_setup::modal(Id::new(7), &club_setup::filled(Some("Night Owls")));
    assert_snapshot!(shown(&modal), @"
    Set up your club
    Name (What the club is called.)
      name: Night Owls
    Time zone (Where your people type times: a name such as Europe/Berlin.)
      zone: …
    Organiser channel (Questions for the organisers go there. Without it they wait in /club panel.)
      <None>
    ");
    check_modal(&club_setup::modal(Id::new(7), &club_setup::filled(None)));
}

#[test]
fn a_series_is_created() {
    let modal = series_create::modal(Id::new(7), Some(Id::new(5)), &Draft::default());
    assert_snapshot!(shown(&modal), @"
    Create a series
    Name (Its events get their channels in the category that you chose.)
      name: …
    ");
    check_modal(&series_create::modal(Id::new(7), None, &Draft::default()));
}

#[test]
fn an_event_is_created() {
    let place = Place { series: Some(key(2)), template: None, track: TrackName::parse("Spa").ok() };
    let modal = event_create::modal(Id::new(7), place, &club().zone, &Draft::default());
    assert_snapshot!(shown(&modal), @"
    Create an event
    Name
      name: …
    Start (In Europe/Berlin, e.g. 2026-12-05 14:00 or Sat 14:00.)
      start: …
    Length (Such as 24h, 2h40 or 2:40.)
      length: …
    Classes (One a line, with its places: GT3 x 20. Left empty: one class without a limit.)
      classes: …
    Description
      description: …
    ");
}

#[test]
fn an_event_is_edited_as_it_stands() {
    let event = event("GTP x 20\nPorsche 911 x any\nGT3");
    let filled = event_edit::filled(&event, &club().zone);
    let modal = event_edit::modal(Id::new(7), (event.id, event.revision), &club().zone, &filled);
    assert_snapshot!(shown(&modal), @"
    Edit the event
    Name
      name: Spa 24 Hours
    Start (In Europe/Berlin, e.g. 2026-12-05 14:00 or Sat 14:00.)
      start: 2026-12-05 14:00
    Length (Such as 24h, 2h40 or 2:40.)
      length: 24 h
    Classes (One a line, with its places: GT3 x 20. Left empty: one class without a limit.)
      classes: GTP x 20
      Porsche 911 x any
      GT3
    Description
      description: …
    ");
    let start = local_time::parse(filled.text(field::START), &club().zone, before());
    assert_eq!(start.unwrap(), event.start);
    assert_eq!(RaceLength::parse(filled.text(field::LENGTH)), Ok(event.length));
    assert_eq!(classes_of(filled.text(field::CLASSES)), event.classes);
}

#[test]
fn every_kind_of_class_reads_back() {
    for typed in ["", "20", "GT3", "GT3 x 20", "Porsche 911 x any", "x x any", "A\nB x 2"] {
        let mut event = event("1");
        event.classes = classes_of(typed);
        let filled = event_edit::filled(&event, &club().zone);
        assert_eq!(Classes::parse(filled.text(field::CLASSES)), Classes::parse(typed), "{typed}");
    }
}

#[test]
fn cancelling_says_what_happens() {
    let mut event = event("20");
    let settings = ClubSettings::default();
    let about = About { event: &event, people: 2, settings: &settings };
    let modal = event_cancel::modal(Id::new(7), &about, &Draft::default());
    assert_snapshot!(shown(&modal), @"
    Cancel the event
    **Spa 24 Hours** is cancelled for good: this can't be undone. 2 people are told in its channel. Its race voice channel goes, and its channel is archived 24 hours later.
    Reason (Shown on the card. It may stay empty.)
      reason: …
    ");
    event.channels_wanted = false;
    let about = About { event: &event, people: 0, settings: &settings };
    let modal = event_cancel::modal(Id::new(7), &about, &Draft::default());
    assert!(shown(&modal).contains("It has no channel, so nobody is told."));
}

#[test]
fn settings_are_filled_in_as_they_stand() {
    let mut club = club();
    club.settings.organiser_role = Some(Id::new(6));
    club.settings.organiser_channel = Some(Id::new(5));
    club.settings.race_voice = RaceVoice::Off;
    let modals = SettingsGroup::ALL.map(|group| {
        let filled = settings::filled(&club, group);
        shown(&settings::modal(Id::new(7), group, &filled))
    });
    assert_snapshot!(modals.join("\n\n"), @"
    General
    Name
      name: Night Owls
    Time zone (Where your people type times: a name such as Europe/Berlin.)
      zone: Europe/Berlin
    Organiser role (Who has it can do what organisers can. Manage Server always can.)
      <None> = [Role(Id<RoleMarker>(6))]
    Organiser channel (Questions for the organisers go there. Without it they wait in /club panel.)
      <None> = [Channel(Id<ChannelMarker>(5))]
    Announcement channel (A board of the coming events stands there and keeps itself up to date.)
      <None>

    People
    Member role (A sync gives it to everybody here. It has to stand below the bot's own role.)
      <None>
    Sync every night (At 4 in the morning, in the club's zone. Whoever is in doubt waits for you.)
      [ ] nightly_sync
    Discord roles that count in the club (Whoever has one of these has the same role in the club after the next sync.)
      <None>
    Called otherwise in the club (One a line, such as: Stewards = Race control. The others keep their names.)
      role_names: …

    Channels
    Make channels automatically (Otherwise an organiser presses Create channel.)
      [x] auto_create
    Channel names (From {series}, {event}, {track}, {date}, {weekday}, {day}, {month} and {time}; for new events.)
      pattern: {series} {event} {date}
    A finished event's channel
      <put_away>
      • Archive it (Moved to an archive category and closed for writing)
      ◦ Delete it (Gone for good, with everything written in it)
    Put away after (hours) (Hours after the end, 0 to 336.)
      grace: 24
    Discord events (Each event stands among the server's own events, too. Discord tells who is interested.)
      [x] native_events

    Race voice and check-in
    Open a voice channel for each race (It goes once the race is put away.)
      [ ] race_voice
    Opens before the start (hours) (Hours before the start, 1 to 168.)
      lead: 24
    Who may join
      <access>
      • Drivers and organisers (Who has a place or the organiser role; others see it)
      ◦ Teams and organisers (Who is in a settled team or has the organiser role)
      ◦ Everybody who sees it (As its category has it)
    Check-in before the start (minutes) (Who has a place is asked in the event's channel: 5 to 1440 minutes, 0 for never.)
      check_in: 30

    Teams
    Who may join (A team's thread and its practice room.)
      <access>
      ◦ Drivers and organisers (Who has a place or the organiser role; others see it)
      ◦ The team and organisers (Threads are private)
      • Everybody (Whoever sees the event's channel)
    Practice rooms
      <practice>
      • One for each team
      ◦ One for the event
      ◦ One for the event, and one for each team
      ◦ None
    What else (Untick what your teams don't need.)
      <None of these>
      • A role for each team (Its people have it as long as they are in the team)
      ◦ Threads early (As soon as somebody is in the team, not once it is settled)
      • Practice rooms from when teams are settled (Otherwise they open by /voice open, for a while)
      ◦ A race room for each team (Otherwise the event has one for all)
      ◦ Ask people first (Before an organiser or captain puts them into a team)
    People in a room (In a voice room of a team's: up to 99, 0 for any number.)
      user_limit: 0
    Sound (kilobits a second) (8 to 96; empty leaves it to Discord.)
      bitrate: …

    Reminders
    Reminders before the start (Up to five times, such as 24h, 1h; or off. Only those who come or are tentative are mentioned.)
      offsets: 24h, 1h
    Delete old reminders (Once a newer one is sent, or the race has started.)
      [x] clean_reminders
    Updates (every … hours) (One message in the event's channel tells how the sheet stands. 6 to 168 hours, or off.)
      update_hours: 24

    Notifications
    Reminders
      <reminders>
      • In the event's channel
      ◦ In the announcement channel (Where there is none, in the event's)
      ◦ Nowhere
    Places from the waiting list
      <promotions>
      • In the event's channel
      ◦ In the announcement channel (Where there is none, in the event's)
      ◦ Nowhere
    Race voice open
      <race_voice>
      • In the event's channel
      ◦ In the announcement channel (Where there is none, in the event's)
      ◦ Nowhere
    Event over
      <put_away>
      • In the event's channel
      ◦ In the announcement channel (Where there is none, in the event's)
      ◦ Nowhere
    ");
}

#[test]
fn a_series_is_edited() {
    let mut series = series();
    series.adopted_category = Some(Id::new(9));
    series.defaults = SeriesDefaults {
        blueprint: Blueprint::of(&event("GT3 x 20\nGT4")),
        pattern: "{event} {date}".parse().ok(),
        reminders: "24h, 1h".parse().ok(),
    };
    let edit = series_edit::modal(Id::new(7), series.id, &series_edit::filled(&series));
    let filled = series_edit::defaults_filled(&series);
    let defaults = series_edit::defaults_modal(Id::new(7), series.id, &filled);
    check_modal(&series_edit::defaults_modal(Id::new(7), series.id, &Draft::default()));
    assert_snapshot!(format!("{}\n\n{}", shown(&edit), shown(&defaults)), @"
    Edit the series
    Name
      name: Winter Cup
    Category (One of yours to use instead. Channels move there; a category left behind stays as it is.)
      <One of its own> = [Channel(Id<ChannelMarker>(9))]

    Defaults of the series
    Classes (One a line, with its places: GT3 x 20. It stands in the form of a new event.)
      classes: GT3 x 20
      GT4
    Length (Such as 24h, 2h40 or 2:40.)
      length: 24 h
    Channel names (From {series}, {event}, {track}, {date} and {time}. Left empty: as the club's.)
      pattern: {event} {date}
    Reminders (Before the start, such as 24h, 1h; 5 at most. Left empty: as the club's.)
      reminders: 24h, 1h
    Rules and notes (The description of each new event.)
      rules: …
    ");
}

#[test]
fn an_event_becomes_a_template_a_copy_and_more_of_itself() {
    let (event, zone) = (event("GT3 x 20"), club().zone);
    let name = Draft::default().with_text(field::NAME, event.name.as_str());
    let place = Place { series: Some(key(2)), template: Some(key(9)), track: None };
    let modals = [
        template::save(Id::new(7), event.id, &name),
        template::rename(Id::new(7), key(9), &name),
        event_create::modal(Id::new(7), place, &zone, &event_create::filled(&Blueprint::of(&event), None)),
        event_duplicate::modal(
            Id::new(7),
            event.id,
            &zone,
            &event_duplicate::filled(&event, &zone, before()),
        ),
        event_repeat::modal(Id::new(7), event.id, &zone, &event_repeat::filled()),
    ];
    let modals: Vec<String> = modals.iter().map(shown).collect();
    assert_snapshot!(modals.join("\n\n"), @"
    Save as template
    Name
      name: Spa 24 Hours
    Replace it (If the club has a template of that name, it becomes like this event.)
      [ ] replace

    Rename the template
    Name
      name: Spa 24 Hours

    Create an event
    Name
      name: …
    Start (In Europe/Berlin, e.g. 2026-12-05 14:00 or Sat 14:00.)
      start: …
    Length (Such as 24h, 2h40 or 2:40.)
      length: 24 h
    Classes (One a line, with its places: GT3 x 20. Left empty: one class without a limit.)
      classes: GT3 x 20
    Description
      description: …

    Duplicate the event
    Name
      name: Spa 24 Hours
    Start (In Europe/Berlin, e.g. 2026-12-05 14:00 or Sat 14:00.)
      start: 2026-12-12 14:00
    Length (Such as 24h, 2h40 or 2:40.)
      length: 24 h
    Classes (One a line, with its places: GT3 x 20. Left empty: one class without a limit.)
      classes: GT3 x 20
    Description
      description: …

    Repeat the event
    Every how many weeks (1 to 12, on the same day and at the same time in Europe/Berlin.)
      every: 1
    Until (How many more times, or the last day, such as 2027-06-30. 52 times at most.)
      until: …
    Or on these dates (One a line, in Europe/Berlin, instead of weeks: 2026-12-05 20:00.)
      dates: …
    ");
}

#[test]
fn a_form_opens_again_as_it_was_typed() {
    let typed = Draft::default()
        .with_text(field::NAME, "x".repeat(300))
        .with_text(field::START, "yesterday")
        .with_check(field::AUTO_CREATE, true)
        .with_text(field::NOTIFY_REMINDERS, "off")
        .with_text(field::ORGANISER_ROLE, "no id");
    for group in SettingsGroup::ALL {
        check_modal(&settings::modal(Id::new(7), group, &typed));
    }
    let again = event_create::modal(Id::new(7), Place::default(), &club().zone, &typed);
    assert!(shown(&again).contains("start: yesterday"));
    let json = settings::modal(Id::new(7), SettingsGroup::Notifications, &typed).json();
    let options = &json["components"][0]["component"]["options"];
    assert_eq!(options[2]["default"], true);
    assert_eq!(options[0]["default"], false);
}
