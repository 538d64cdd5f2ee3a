#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use insta::assert_snapshot;
use twilight_model::id::Id;

use super::*;
use crate::{
    domain::settings::{Bitrate, Grace, Notifications, RoleRule, UserLimit},
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
    ### General
    **Name:** Night Owls
    **Zone:** Europe/Berlin
    **Organisers:** only Manage Server
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
    settings.teams = TeamSettings {
        access: VoiceAccess::Team,
        bitrate: Bitrate::kbit(96),
        invitations: true,
        practice: Practice::Both,
        practice_at_finalize: false,
        race_rooms: RaceRooms::Team,
        roles: false,
        threads_early: true,
        user_limit: UserLimit::people(6).unwrap(),
    };
    assert_snapshot!(shown(&club), @r"
    # Settings of Night Owls
    ⏸️ **Off.** Nothing is changed on Discord, and everything is kept. [Switch on]
    ### General
    **Name:** Night Owls
    **Zone:** Europe/Berlin
    **Organisers:** <@&6>
    **Questions go to:** <#5>
    **Board of coming events:** none [Edit]
    ### People
    **Member role:** <@&7>
    **Nightly sync:** at 4 in the morning
    **Roles in the club:** <@&10> is Role \*10\*, <@&11> is Role \*11\*, <@&12> is Role \*12\*, <@&13> is Role \*13\*, <@&14> is Role \*14\*, <@&15> is Role \*15\*, <@&16> is Role \*16\*, <@&17> is Role \*17\*, 2 more [Edit]
    ### Channels
    **Made:** when an organiser asks
    **Named:** {series} {event} {date}
    **Such as:** #winter-cup-spa-6-hours-2026-12-05
    **Put away:** deleted, right after the end
    **Discord events:** on [Edit]
    ### Race voice and check-in
    **Race voice:** off
    **Check-in:** 30 minutes before the start [Edit]
    ### Teams
    **Who may join:** the team and organisers; threads are private
    **Threads:** as soon as somebody is in the team
    **Roles:** none
    **Practice rooms:** one for the event and one for each team, by `/voice open`
    **Race rooms:** one for each team
    **In a room:** 6 people, 96 kbit/s
    **People come into a team:** when they accept [Edit]
    ### Reminders
    **Sent:** off
    **Old ones:** kept
    **Updates of the sign-ups:** off [Edit]
    ### Notifications
    **Reminders:** the event's channel, as there is no announcement channel
    **Places from the waiting list:** off
    **Race voice open:** the event's channel, as there is no announcement channel
    **Event over:** off [Edit]
    ────
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
