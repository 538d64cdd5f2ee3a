//! The panel of a club's settings: each group with its values and a button that opens its form.

#[cfg(test)]
mod tests;

use twilight_model::channel::message::component::{Button, ButtonStyle, SelectMenuOption};

use super::{
    custom_id::{CalendarOf, Press, SettingsGroup},
    field,
    markup::{self, channel, count, hours, name, typed},
    message::{Body, button, option, row, section, select, separator, text},
};
use crate::domain::{
    channel_name::{NameParts, channel_name},
    club::{Club, Series},
    event::Event,
    locale::Locale,
    name::{EventName, SeriesName, TrackName},
    notice::{Notice, Where},
    settings::{
        ClubSettings, Practice, PutAway, RaceRooms, RaceVoice, TeamSettings, Toggle, Updates, VoiceAccess,
    },
};

/// The most characters of a naming pattern in the panel.
const MAX_PATTERN: usize = 200;
/// How many roles are named in the panel.
const MAX_ROLES: usize = 8;

/// What the panel shows.
#[derive(Clone, Copy, Debug)]
pub struct SettingsFacts<'f> {
    /// The club.
    pub club: &'f Club,
    /// Its next event, if one is coming, with its series.
    pub next: Option<&'f (Event, Option<Series>)>,
}

/// The panel: what is chosen at once, and each group with its values and a button that opens its form.
#[must_use]
pub fn panel(facts: &SettingsFacts<'_>) -> Body {
    let settings = &facts.club.settings;
    let heading = format!("# Settings of {}", name(&facts.club.name));
    let mut parts = if settings.discord_integration_enabled {
        vec![section(heading, button(ButtonStyle::Secondary, "Switch off", &Press::Pause))]
    } else {
        let on = Press::Toggle { on: true, toggle: Toggle::Integration };
        let paused = "⏸️ **Off.** Nothing is changed on Discord, and everything is kept.";
        vec![section(format!("{heading}\n{paused}"), button(ButtonStyle::Success, "Switch on", &on))]
    };
    for group in SettingsGroup::ALL {
        let edit = button(ButtonStyle::Secondary, "Edit", &Press::Settings(group));
        parts.push(section(format!("### {}\n{}", title(group), values(facts, group)), edit));
    }
    parts.push(separator());
    parts.push(row(TOGGLES.map(|(toggle, label)| switch(settings, toggle, label))));
    parts.push(select(&Press::ChoosePutAway, "A finished event's channel", put_aways(settings.put_away)));
    parts.push(select(&Press::ChooseLocale, "Language of dates", languages(settings.locale)));
    let link = button(ButtonStyle::Secondary, "Calendar link", &Press::Calendar(CalendarOf::Club));
    parts.push(separator());
    parts.push(section("### Calendar\nThe club's events, for everybody's own calendar.", link));
    Body::new(parts)
}

/// The settings that are turned on and off on the panel itself, with their labels.
const TOGGLES: [(Toggle, &str); 4] = [
    (Toggle::AutoChannels, "Automatic channels"),
    (Toggle::NativeEvents, "Discord events"),
    (Toggle::CleanReminders, "Delete old reminders"),
    (Toggle::NightlySync, "Nightly sync"),
];

/// A button that says how a setting stands, and turns it the other way.
fn switch(settings: &ClubSettings, toggle: Toggle, label: &str) -> Button {
    let is_on = toggle.is_on(settings);
    let (style, state) = if is_on { (ButtonStyle::Success, "on") } else { (ButtonStyle::Secondary, "off") };
    button(style, &format!("{label}: {state}"), &Press::Toggle { on: !is_on, toggle })
}

fn put_aways(chosen: PutAway) -> Vec<SelectMenuOption> {
    let archive = option(
        "Finished channels: archive",
        field::PUT_AWAY_ARCHIVE,
        Some("Moved to an archive category and closed for writing"),
    );
    let delete = option(
        "Finished channels: delete",
        field::PUT_AWAY_DELETE,
        Some("Gone for good, with everything written in them"),
    );
    vec![
        SelectMenuOption { default: chosen == PutAway::Archive, ..archive },
        SelectMenuOption { default: chosen == PutAway::Delete, ..delete },
    ]
}

fn languages(chosen: Locale) -> Vec<SelectMenuOption> {
    let language = |locale: Locale| {
        let label = format!("Dates: {}", locale.name());
        SelectMenuOption { default: locale == chosen, ..option(&label, locale.code(), None) }
    };
    Locale::ALL.into_iter().map(language).collect()
}

/// Asks whether the club's integration with Discord is to be switched off.
#[must_use]
pub fn ask_pause(club: &Club) -> Body {
    let off = Press::Toggle { on: false, toggle: Toggle::Integration };
    Body::new(vec![
        text(format!(
            "# Switch Discord off for {}?\nChannels, cards and messages stay as they are, and nothing is changed, said, reminded or \
             synced until it is switched on again. All data stays: events, sign-ups and settings can still be changed here and on the \
             club's site, and Discord catches up afterwards.",
            name(&club.name),
        )),
        row([
            button(ButtonStyle::Danger, "Switch off", &off),
            button(ButtonStyle::Secondary, "Back", &Press::SettingsPanel),
        ]),
    ])
}

/// What a group is called.
#[must_use]
pub const fn title(group: SettingsGroup) -> &'static str {
    match group {
        SettingsGroup::Channels => "Channels",
        SettingsGroup::General => "General",
        SettingsGroup::Notifications => "Notifications",
        SettingsGroup::People => "People",
        SettingsGroup::RaceVoice => "Race voice and check-in",
        SettingsGroup::Reminders => "Reminders",
        SettingsGroup::Teams => "Teams",
    }
}

/// A group's values, a line each.
pub(super) fn values(facts: &SettingsFacts<'_>, group: SettingsGroup) -> String {
    let club = facts.club;
    match group {
        SettingsGroup::Channels => channels(facts),
        SettingsGroup::General => general(club),
        SettingsGroup::Notifications => notifications(&club.settings),
        SettingsGroup::People => people(club),
        SettingsGroup::RaceVoice => race_voice(club),
        SettingsGroup::Reminders => reminders(&club.settings),
        SettingsGroup::Teams => teams(&club.settings.teams),
    }
}

fn general(club: &Club) -> String {
    let role = club.settings.organiser_role.map_or_else(|| "only Manage Server".to_owned(), markup::role);
    let posts = club.settings.organiser_channel.map_or_else(|| "only `/club panel`".to_owned(), channel);
    let board = club.settings.announcement_channel.map_or_else(|| "none".to_owned(), channel);
    format!(
        "**Name:** {}\n**Zone:** {}\n**Organisers:** {role}\n**Questions go to:** {posts}\n**Board of coming events:** {board}",
        name(&club.name),
        club.zone,
    )
}

fn people(club: &Club) -> String {
    let settings = &club.settings;
    let given = settings.member_role.map_or_else(|| "none is given".to_owned(), markup::role);
    let nightly = if settings.nightly_sync { "at 4 in the morning" } else { "off" };
    let rules = &settings.role_map;
    let named = rules.iter().take(MAX_ROLES);
    let mut roles: Vec<String> =
        named.map(|rule| format!("{} is {}", markup::role(rule.discord), name(&rule.club))).collect();
    roles.extend(
        rules.len().checked_sub(MAX_ROLES).filter(|more| *more > 0).map(|more| format!("{more} more")),
    );
    let roles = if roles.is_empty() { "none".to_owned() } else { roles.join(", ") };
    format!("**Member role:** {given}\n**Nightly sync:** {nightly}\n**Roles in the club:** {roles}")
}

fn channels(facts: &SettingsFacts<'_>) -> String {
    let club = facts.club;
    let made = if club.settings.auto_create_channels { "automatically" } else { "when an organiser asks" };
    let put_away = match club.settings.put_away {
        PutAway::Archive => "archived",
        PutAway::Delete => "deleted",
    };
    let grace = match club.settings.grace.as_hours() {
        0 => "right after the end".to_owned(),
        grace => format!("{} after the end", hours(grace)),
    };
    let pattern = typed(&club.settings.channel_naming_pattern.to_string(), MAX_PATTERN);
    let native = if club.settings.native_events { "on" } else { "off" };
    let preview = preview(facts).map(|preview| format!("\n{preview}")).unwrap_or_default();
    format!(
        "**Made:** {made}\n**Named:** {pattern}{preview}\n**Put away:** {put_away}, {grace}\n**Discord events:** {native}"
    )
}

fn race_voice(club: &Club) -> String {
    let who = match club.settings.race_voice_access {
        VoiceAccess::Open => "everybody who sees it",
        VoiceAccess::Participants => "drivers and organisers",
        VoiceAccess::Team => "teams and organisers",
    };
    let voice = match club.settings.race_voice {
        RaceVoice::Ahead(lead) => {
            format!("**Opens:** {} before the start\n**Who may join:** {who}", hours(lead.as_hours()))
        }
        RaceVoice::Off => "**Race voice:** off".to_owned(),
    };
    let check_in = club.settings.check_in.map_or_else(
        || "off".to_owned(),
        |check_in| format!("{} before the start", count(check_in.as_minutes().into(), "minute", "minutes")),
    );
    format!("{voice}\n**Check-in:** {check_in}")
}

fn teams(teams: &TeamSettings) -> String {
    let who = match teams.access {
        VoiceAccess::Open => "everybody who sees the event's channel",
        VoiceAccess::Participants => "drivers and organisers",
        VoiceAccess::Team => "the team and organisers; threads are private",
    };
    let threads = if teams.threads_early { "somebody is in the team" } else { "a team is settled" };
    let roles = if teams.roles { "one for each team" } else { "none" };
    let rooms = match teams.race_rooms {
        RaceRooms::Event => "one for the event",
        RaceRooms::Team => "one for each team",
    };
    let asked = if teams.invitations { "when they accept" } else { "at once" };
    format!(
        "**Who may join:** {who}\n**Threads:** as soon as {threads}\n**Roles:** {roles}\n**Practice rooms:** {}\n**Race rooms:** \
         {rooms}\n**In a room:** {}\n**People come into a team:** {asked}",
        practice(teams),
        room(teams),
    )
}

fn practice(teams: &TeamSettings) -> String {
    let which = match teams.practice {
        Practice::Both => "one for the event and one for each team",
        Practice::Event => "one for the event",
        Practice::Off => return "none".to_owned(),
        Practice::Team => "one for each team",
    };
    let from = if teams.practice_at_finalize { "from when teams are settled" } else { "by `/voice open`" };
    format!("{which}, {from}")
}

/// How many people fit into a team's voice room, and how it sounds.
fn room(teams: &TeamSettings) -> String {
    let people = match teams.user_limit.as_people() {
        0 => "any number of people".to_owned(),
        people => count(people.into(), "person", "people"),
    };
    match teams.bitrate {
        Some(bitrate) => format!("{people}, {} kbit/s", bitrate.as_kbit()),
        None => people,
    }
}

/// The name that the next event's channel would get, or that of an example.
fn preview(facts: &SettingsFacts<'_>) -> Option<String> {
    let (pattern, locale) = (&facts.club.settings.channel_naming_pattern, facts.club.settings.locale);
    if let Some((event, series)) = facts.next {
        let parts = NameParts {
            event: &event.name,
            series: series.as_ref().map(|series| &series.name),
            start: event.start.to_zoned(facts.club.zone.time_zone().clone()).datetime(),
            track: event.track.as_ref(),
        };
        let example = channel_name(pattern, &parts, locale);
        return Some(format!("**Such as:** #{} for your next event", typed(example.as_str(), MAX_PATTERN)));
    }
    let (event, series, track) =
        (EventName::parse("Spa 6 Hours"), SeriesName::parse("Winter Cup"), TrackName::parse("Spa"));
    let (event, series, track) = (event.ok()?, series.ok()?, track.ok()?);
    let start = jiff::civil::date(2026, 12, 5).at(14, 0, 0, 0);
    let parts = NameParts { event: &event, series: Some(&series), start, track: Some(&track) };
    let example = channel_name(pattern, &parts, locale);
    Some(format!("**Such as:** #{}", typed(example.as_str(), MAX_PATTERN)))
}

fn reminders(settings: &ClubSettings) -> String {
    let before = if settings.reminders.is_empty() {
        "off".to_owned()
    } else {
        format!("{} before the start", settings.reminders)
    };
    let old = if settings.clean_reminders { "deleted" } else { "kept" };
    let updates = match settings.updates {
        Updates::Every(period) => format!("every {}", hours(period.as_hours())),
        Updates::Off => "off".to_owned(),
    };
    format!("**Sent:** {before}\n**Old ones:** {old}\n**Updates of the sign-ups:** {updates}")
}

/// What a kind of message is about.
#[must_use]
pub const fn about(notice: Notice) -> &'static str {
    match notice {
        Notice::Promotions => "Places from the waiting list",
        Notice::PutAway => "Event over",
        Notice::RaceVoice => "Race voice open",
        Notice::Reminders => "Reminders",
    }
}

fn notifications(settings: &ClubSettings) -> String {
    let line = |notice: Notice| {
        let place = match settings.notification_preferences.of(notice) {
            Where::Announcement => match settings.announcement_channel {
                Some(announcements) => channel(announcements),
                None => "the event's channel, as there is no announcement channel".to_owned(),
            },
            Where::Event => "the event's channel".to_owned(),
            Where::Off => "off".to_owned(),
        };
        format!("**{}:** {place}", about(notice))
    };
    Notice::ALL.map(line).join("\n")
}
