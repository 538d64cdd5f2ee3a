//! The panel of a club's settings: each group with its values and a button that opens its form.

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
    settings::{ClubSettings, PutAway, RaceVoice, Toggle, Updates, VoiceAccess},
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
        parts.push(separator());
        parts.push(section(format!("### {}\n{}", title(group), values(facts, group)), edit));
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;
    use twilight_model::id::Id;

    use super::*;
    use crate::{
        domain::settings::{Grace, Notifications, RoleRule},
        view::testing::{check, club, event, render, series},
    };

    fn rule(role: u64) -> RoleRule {
        let club = format!("Role *{role}*").parse().unwrap();
        RoleRule { club, discord: Id::new(role), discord_name: None }
    }

    fn shown(club: &Club) -> String {
        let body = panel(&SettingsFacts { club, next: None });
        check(&body);
        render(body.components())
    }

    #[test]
    fn the_defaults() {
        assert_snapshot!(shown(&club()), @"
        # Settings of Night Owls [Switch off]
        ────
        ### General
        **Name:** Night Owls
        **Zone:** Europe/Berlin
        **Organisers:** only Manage Server
        **Questions go to:** only `/club panel`
        **Board of coming events:** none [Edit]
        ────
        ### People
        **Member role:** none is given
        **Nightly sync:** off
        **Roles in the club:** none [Edit]
        ────
        ### Channels
        **Made:** automatically
        **Named:** {series} {event} {date}
        **Such as:** #winter-cup-spa-6-hours-2026-12-05
        **Put away:** archived, 24 hours after the end
        **Discord events:** on [Edit]
        ────
        ### Race voice and check-in
        **Opens:** 24 hours before the start
        **Who may join:** drivers and organisers
        **Check-in:** 30 minutes before the start [Edit]
        ────
        ### Reminders
        **Sent:** 24h, 1h before the start
        **Old ones:** deleted
        **Updates of the sign-ups:** every 24 hours [Edit]
        ────
        ### Notifications
        **Reminders:** the event's channel
        **Places from the waiting list:** the event's channel
        **Race voice open:** the event's channel
        **Event over:** the event's channel [Edit]
        [Automatic channels: on] [Discord events: on] [Delete old reminders: on] [Nightly sync: off]
        <A finished event's channel>
        • Finished channels: archive (Moved to an archive category and closed for writing)
        ◦ Finished channels: delete (Gone for good, with everything written in them)
        <Language of dates>
        • Dates: English
        ◦ Dates: Čeština
        ◦ Dates: Dansk
        ◦ Dates: Deutsch
        ◦ Dates: Español
        ◦ Dates: Français
        ◦ Dates: Italiano
        ◦ Dates: Magyar
        ◦ Dates: Nederlands
        ◦ Dates: Norsk
        ◦ Dates: Polski
        ◦ Dates: Português
        ◦ Dates: Suomi
        ◦ Dates: Svenska
        ◦ Dates: Türkçe
        ◦ Dates: 日本語
        ────
        ### Calendar
        The club's events, for everybody's own calendar. [Calendar link]
        ");
    }

    #[test]
    fn everything_otherwise() {
        let mut club = club();
        let settings = &mut club.settings;
        settings.auto_create_channels = false;
        settings.discord_integration_enabled = false;
        settings.grace = Grace::hours(0).unwrap();
        let place = |at: usize| [Where::Announcement, Where::Off][at % 2];
        settings.notification_preferences = (0..)
            .zip(Notice::ALL)
            .fold(Notifications::default(), |all, (at, notice)| all.with(notice, place(at)));
        settings.clean_reminders = false;
        settings.locale = Locale::De;
        settings.reminders = "off".parse().unwrap();
        settings.updates = Updates::Off;
        settings.organiser_channel = Some(Id::new(5));
        settings.organiser_role = Some(Id::new(6));
        settings.member_role = Some(Id::new(7));
        settings.nightly_sync = true;
        settings.put_away = PutAway::Delete;
        settings.role_map = (10..20).map(rule).collect();
        settings.race_voice = RaceVoice::Off;
        settings.race_voice_access = VoiceAccess::Open;
        assert_snapshot!(shown(&club), @r"
        # Settings of Night Owls
        ⏸️ **Off.** Nothing is changed on Discord, and everything is kept. [Switch on]
        ────
        ### General
        **Name:** Night Owls
        **Zone:** Europe/Berlin
        **Organisers:** <@&6>
        **Questions go to:** <#5>
        **Board of coming events:** none [Edit]
        ────
        ### People
        **Member role:** <@&7>
        **Nightly sync:** at 4 in the morning
        **Roles in the club:** <@&10> is Role \*10\*, <@&11> is Role \*11\*, <@&12> is Role \*12\*, <@&13> is Role \*13\*, <@&14> is Role \*14\*, <@&15> is Role \*15\*, <@&16> is Role \*16\*, <@&17> is Role \*17\*, 2 more [Edit]
        ────
        ### Channels
        **Made:** when an organiser asks
        **Named:** {series} {event} {date}
        **Such as:** #winter-cup-spa-6-hours-2026-12-05
        **Put away:** deleted, right after the end
        **Discord events:** on [Edit]
        ────
        ### Race voice and check-in
        **Race voice:** off
        **Check-in:** 30 minutes before the start [Edit]
        ────
        ### Reminders
        **Sent:** off
        **Old ones:** kept
        **Updates of the sign-ups:** off [Edit]
        ────
        ### Notifications
        **Reminders:** the event's channel, as there is no announcement channel
        **Places from the waiting list:** off
        **Race voice open:** the event's channel, as there is no announcement channel
        **Event over:** off [Edit]
        [Automatic channels: off] [Discord events: on] [Delete old reminders: off] [Nightly sync: on]
        <A finished event's channel>
        ◦ Finished channels: archive (Moved to an archive category and closed for writing)
        • Finished channels: delete (Gone for good, with everything written in them)
        <Language of dates>
        ◦ Dates: English
        ◦ Dates: Čeština
        ◦ Dates: Dansk
        • Dates: Deutsch
        ◦ Dates: Español
        ◦ Dates: Français
        ◦ Dates: Italiano
        ◦ Dates: Magyar
        ◦ Dates: Nederlands
        ◦ Dates: Norsk
        ◦ Dates: Polski
        ◦ Dates: Português
        ◦ Dates: Suomi
        ◦ Dates: Svenska
        ◦ Dates: Türkçe
        ◦ Dates: 日本語
        ────
        ### Calendar
        The club's events, for everybody's own calendar. [Calendar link]
        ");
    }

    #[test]
    fn channel_names_are_shown_as_they_would_be() {
        let mut club = club();
        club.settings.channel_naming_pattern = "{weekday} {day} {month} {event} {time}".parse().unwrap();
        club.settings.locale = Locale::Fr;
        let next = (event("GT3"), Some(series()));
        let of = |next| {
            let text = values(&SettingsFacts { club: &club, next }, SettingsGroup::Channels);
            text.lines().find(|line| line.starts_with("**Such as")).unwrap().to_owned()
        };
        assert_snapshot!(format!("{}\n{}", of(None), of(Some(&next))), @"
        **Such as:** #sam-5-déc-spa-6-hours-1400
        **Such as:** #sam-5-déc-spa-24-hours-1400 for your next event
        ");
    }

    #[test]
    fn switching_off_is_asked_about() {
        let body = ask_pause(&club());
        check(&body);
        assert_snapshot!(render(body.components()), @"
        # Switch Discord off for Night Owls?
        Channels, cards and messages stay as they are, and nothing is changed, said, reminded or synced until it is switched on again. All data stays: events, sign-ups and settings can still be changed here and on the club's site, and Discord catches up afterwards.
        [Switch off!] [Back]
        ");
    }
}
