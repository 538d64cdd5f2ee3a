//! The panel of a club's settings: each group with its values and a button that opens its form.

use twilight_model::channel::message::component::ButtonStyle;

use super::{
    custom_id::{CalendarOf, Press, SettingsGroup},
    markup::{self, channel, hours, name, sentence, typed},
    message::{Body, button, section, separator, text},
};
use crate::domain::{
    club::Club,
    settings::{Notifications, PutAway, RaceVoice, VoiceAccess},
};

/// The most characters of a naming pattern in the panel.
const MAX_PATTERN: usize = 200;
/// How many roles are named in the panel.
const MAX_ROLES: usize = 8;

/// The panel.
#[must_use]
pub fn panel(club: &Club) -> Body {
    let mut parts = vec![text(format!("# Settings of {}", name(&club.name)))];
    if !club.settings.discord_integration_enabled {
        parts.push(text(
            "⏸️ **Paused.** Nothing is changed on Discord until the club is switched on again on its site.",
        ));
    }
    for group in SettingsGroup::ALL {
        let edit = button(ButtonStyle::Secondary, "Edit", &Press::Settings(group));
        parts.push(separator());
        parts.push(section(format!("### {}\n{}", title(group), values(club, group)), edit));
    }
    let link = button(ButtonStyle::Secondary, "Calendar link", &Press::Calendar(CalendarOf::Club));
    parts.push(separator());
    parts.push(section("### Calendar\nThe club's events, for everybody's own calendar.", link));
    Body::new(parts)
}

/// What a group is called.
#[must_use]
pub const fn title(group: SettingsGroup) -> &'static str {
    match group {
        SettingsGroup::Channels => "Channels",
        SettingsGroup::General => "General",
        SettingsGroup::Notifications => "Notifications",
        SettingsGroup::People => "People",
        SettingsGroup::RaceVoice => "Race voice",
    }
}

/// A group's values, a line each.
pub(super) fn values(club: &Club, group: SettingsGroup) -> String {
    match group {
        SettingsGroup::Channels => channels(club),
        SettingsGroup::General => general(club),
        SettingsGroup::Notifications => notifications(club.settings.notification_preferences),
        SettingsGroup::People => people(club),
        SettingsGroup::RaceVoice => race_voice(club),
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

fn channels(club: &Club) -> String {
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
    format!(
        "**Made:** {made}\n**Named:** {pattern}\n**Put away:** {put_away}, {grace}\n**Discord events:** {native}"
    )
}

fn race_voice(club: &Club) -> String {
    let who = match club.settings.race_voice_access {
        VoiceAccess::Open => "everybody who sees it",
        VoiceAccess::Participants => "drivers and organisers",
    };
    match club.settings.race_voice {
        RaceVoice::Ahead(lead) => {
            format!("**Opens:** {} before the start\n**Who may join:** {who}", hours(lead.as_hours()))
        }
        RaceVoice::Off => "Off".to_owned(),
    }
}

fn notifications(on: Notifications) -> String {
    let named = [
        (on.promotions, "places from the waiting list"),
        (on.race_voice, "race voice open"),
        (on.put_away, "event over"),
    ];
    let on: Vec<String> = named.into_iter().filter(|(on, _)| *on).map(|(_, what)| what.to_owned()).collect();
    if on.is_empty() { "Off".to_owned() } else { format!("**On:** {}", sentence(&on, "and")) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;
    use twilight_model::id::Id;

    use super::*;
    use crate::{
        domain::settings::{Grace, RoleRule},
        view::testing::{check, club, render},
    };

    fn rule(role: u64) -> RoleRule {
        let club = format!("Role *{role}*").parse().unwrap();
        RoleRule { club, discord: Id::new(role), discord_name: None }
    }

    fn shown(club: &Club) -> String {
        let body = panel(club);
        check(&body);
        render(body.components())
    }

    #[test]
    fn the_defaults() {
        assert_snapshot!(shown(&club()), @"
        # Settings of Night Owls
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
        **Put away:** archived, 24 hours after the end
        **Discord events:** on [Edit]
        ────
        ### Race voice
        **Opens:** 24 hours before the start
        **Who may join:** drivers and organisers [Edit]
        ────
        ### Notifications
        **On:** places from the waiting list, race voice open and event over [Edit]
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
        settings.notification_preferences =
            Notifications { promotions: false, put_away: false, race_voice: false };
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
        ⏸️ **Paused.** Nothing is changed on Discord until the club is switched on again on its site.
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
        **Put away:** deleted, right after the end
        **Discord events:** on [Edit]
        ────
        ### Race voice
        Off [Edit]
        ────
        ### Notifications
        Off [Edit]
        ────
        ### Calendar
        The club's events, for everybody's own calendar. [Calendar link]
        ");
    }
}
