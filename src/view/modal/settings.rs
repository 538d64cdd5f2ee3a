//! The forms of `/club settings`, one for each group.

use twilight_model::{
    channel::message::Component,
    id::{Id, marker::InteractionMarker},
};

use super::{
    Draft, Modal,
    parts::{Input, checkbox, choice, choices, field as labelled, role, roles, text_channel},
};
use crate::{
    domain::{
        club::Club,
        notice::{Notice, Where},
        refusal::Field,
        role_map,
        settings::{
            Bitrate, CheckIn, ClubSettings, Grace, Lead, MAX_ROLE_RULES, Practice, PutAway, RaceRooms,
            RaceVoice, TeamSettings, Updates, UserLimit, VoiceAccess,
        },
    },
    view::{
        custom_id::{Form, SettingsGroup},
        field::{self, label},
        settings::{about, title},
    },
};

/// The most characters of what roles are called in the club.
const MAX_ROLE_LINES: u16 = 3_000;

/// The form of a group, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, group: SettingsGroup, filled: &Draft) -> Modal {
    let fields = match group {
        SettingsGroup::Channels => channels(filled),
        SettingsGroup::General => general(filled),
        SettingsGroup::Notifications => notifications(filled),
        SettingsGroup::People => people(filled),
        SettingsGroup::RaceVoice => race_voice(filled),
        SettingsGroup::Reminders => reminders(filled),
        SettingsGroup::Teams => teams(filled),
    };
    Modal::new(Form::ClubSettings(group).opened_by(opened), title(group), fields)
}

/// What stands in a group's form at first: what the club chose.
#[must_use]
pub fn filled(club: &Club, group: SettingsGroup) -> Draft {
    let settings = &club.settings;
    let draft = Draft::default();
    match group {
        SettingsGroup::Channels => draft
            .with_check(field::AUTO_CREATE, settings.auto_create_channels)
            .with_text(field::PATTERN, settings.channel_naming_pattern.to_string())
            .with_text(field::PUT_AWAY, put_away(settings.put_away))
            .with_text(field::GRACE, settings.grace.as_hours().to_string())
            .with_check(field::NATIVE_EVENTS, settings.native_events),
        SettingsGroup::General => draft
            .with_text(field::NAME, club.name.as_str())
            .with_text(field::ZONE, club.zone.name())
            .with(field::ORGANISER_ROLE, settings.organiser_role.map(|role| role.to_string()))
            .with(field::ORGANISER_CHANNEL, settings.organiser_channel.map(|channel| channel.to_string()))
            .with(
                field::ANNOUNCEMENT_CHANNEL,
                settings.announcement_channel.map(|channel| channel.to_string()),
            ),
        SettingsGroup::Notifications => Notice::ALL.into_iter().fold(draft, |draft, notice| {
            draft.with_text(field::notice(notice), settings.notification_preferences.of(notice).word())
        }),
        SettingsGroup::People => draft
            .with(field::MEMBER_ROLE, settings.member_role.map(|role| role.to_string()))
            .with_check(field::NIGHTLY_SYNC, settings.nightly_sync)
            .with(field::CLUB_ROLES, settings.role_map.iter().map(|rule| rule.discord.to_string()))
            .with_text(field::ROLE_NAMES, role_map::lines(&settings.role_map)),
        SettingsGroup::RaceVoice => draft
            .with_check(field::RACE_VOICE, settings.race_voice != RaceVoice::Off)
            .with_text(field::LEAD, lead(settings.race_voice).as_hours().to_string())
            .with_text(field::ACCESS, access(settings.race_voice_access))
            .with_text(field::CHECK_IN, check_in(settings).to_string()),
        SettingsGroup::Reminders => draft
            .with_text(field::OFFSETS, settings.reminders.to_string())
            .with_check(field::CLEAN_REMINDERS, settings.clean_reminders)
            .with_text(field::UPDATE_HOURS, update_hours(settings.updates)),
        SettingsGroup::Teams => draft
            .with_text(field::ACCESS, access(settings.teams.access))
            .with_text(field::PRACTICE, practice(settings.teams.practice))
            .with(field::EXTRAS, extras(&settings.teams).map(ToOwned::to_owned))
            .with_text(field::USER_LIMIT, settings.teams.user_limit.as_people().to_string())
            .with(field::BITRATE, settings.teams.bitrate.map(|bitrate| bitrate.as_kbit().to_string())),
    }
}

fn channels(filled: &Draft) -> Vec<Component> {
    let options = [
        (field::PUT_AWAY_ARCHIVE, "Archive it", "Moved to an archive category and closed for writing"),
        (field::PUT_AWAY_DELETE, "Delete it", "Gone for good, with everything written in it"),
    ];
    vec![
        labelled(
            "Make channels automatically",
            "Otherwise an organiser presses Create channel.",
            checkbox(field::AUTO_CREATE, filled),
        ),
        labelled(
            label(Field::Pattern),
            "From {series}, {event}, {track}, {date}, {weekday}, {day}, {month} and {time}; for new events.",
            Input::line(field::PATTERN).filled(filled),
        ),
        labelled("A finished event's channel", "", choice(field::PUT_AWAY, &options, filled)),
        labelled(
            label(Field::Grace),
            &format!("Hours after the end, 0 to {}.", Grace::MAX_HOURS),
            Input { max: 5, ..Input::line(field::GRACE) }.filled(filled),
        ),
        labelled(
            "Discord events",
            "Each event stands among the server's own events, too. Discord tells who is interested.",
            checkbox(field::NATIVE_EVENTS, filled),
        ),
    ]
}

fn general(filled: &Draft) -> Vec<Component> {
    vec![
        labelled(label(Field::Name), "", Input::line(field::NAME).filled(filled)),
        labelled(
            label(Field::Zone),
            "Where your people type times: a name such as Europe/Berlin.",
            Input::line(field::ZONE).filled(filled),
        ),
        labelled(
            label(Field::OrganiserRole),
            "Who has it can do what organisers can. Manage Server always can.",
            role(field::ORGANISER_ROLE, filled),
        ),
        labelled(
            label(Field::OrganiserChannel),
            "Questions for the organisers go there. Without it they wait in /club panel.",
            text_channel(field::ORGANISER_CHANNEL, filled),
        ),
        labelled(
            label(Field::AnnouncementChannel),
            "A board of the coming events stands there and keeps itself up to date.",
            text_channel(field::ANNOUNCEMENT_CHANNEL, filled),
        ),
    ]
}

fn notifications(filled: &Draft) -> Vec<Component> {
    let options = [
        (Where::Event.word(), "In the event's channel", ""),
        (Where::Announcement.word(), "In the announcement channel", "Where there is none, in the event's"),
        (Where::Off.word(), "Nowhere", ""),
    ];
    let one = |notice| labelled(about(notice), "", choice(field::notice(notice), &options, filled));
    Notice::ALL.map(one).into()
}

fn reminders(filled: &Draft) -> Vec<Component> {
    vec![
        labelled(
            label(Field::Offsets),
            "Up to five times, such as 24h, 1h; or off. Only those who come or are tentative are mentioned.",
            Input { required: false, ..Input::line(field::OFFSETS) }.filled(filled),
        ),
        labelled(
            "Delete old reminders",
            "Once a newer one is sent, or the race has started.",
            checkbox(field::CLEAN_REMINDERS, filled),
        ),
        labelled(
            label(Field::UpdateHours),
            "One message in the event's channel tells how the sheet stands. 6 to 168 hours, or off.",
            Input { max: 5, required: false, ..Input::line(field::UPDATE_HOURS) }.filled(filled),
        ),
    ]
}

fn people(filled: &Draft) -> Vec<Component> {
    vec![
        labelled(
            label(Field::MemberRole),
            "A sync gives it to everybody here. It has to stand below the bot's own role.",
            role(field::MEMBER_ROLE, filled),
        ),
        labelled(
            "Sync every night",
            "At 4 in the morning, in the club's zone. Whoever is in doubt waits for you.",
            checkbox(field::NIGHTLY_SYNC, filled),
        ),
        labelled(
            label(Field::ClubRoles),
            "Whoever has one of these has the same role in the club after the next sync.",
            roles(field::CLUB_ROLES, MAX_ROLE_RULES, filled),
        ),
        labelled(
            label(Field::RoleNames),
            "One a line, such as: Stewards = Race control. The others keep their names.",
            Input::lines(field::ROLE_NAMES, MAX_ROLE_LINES).filled(filled),
        ),
    ]
}

fn race_voice(filled: &Draft) -> Vec<Component> {
    let options = [
        (
            field::ACCESS_PARTICIPANTS,
            "Drivers and organisers",
            "Who has a place or the organiser role; others see it",
        ),
        (field::ACCESS_TEAM, "Teams and organisers", "Who is in a settled team or has the organiser role"),
        (field::ACCESS_OPEN, "Everybody who sees it", "As its category has it"),
    ];
    vec![
        labelled(
            "Open a voice channel for each race",
            "It goes once the race is put away.",
            checkbox(field::RACE_VOICE, filled),
        ),
        labelled(
            label(Field::Lead),
            &format!("Hours before the start, 1 to {}.", Lead::MAX_HOURS),
            Input { max: 5, ..Input::line(field::LEAD) }.filled(filled),
        ),
        labelled("Who may join", "", choice(field::ACCESS, &options, filled)),
        labelled(
            label(Field::CheckIn),
            &format!(
                "Who has a place is asked in the event's channel: {} to {} minutes, 0 for never.",
                CheckIn::MIN_MINUTES,
                CheckIn::MAX_MINUTES
            ),
            Input { max: 8, ..Input::line(field::CHECK_IN) }.filled(filled),
        ),
    ]
}

fn teams(filled: &Draft) -> Vec<Component> {
    vec![
        labelled(
            "Who may join",
            "A team's thread and its practice room.",
            choice(field::ACCESS, &JOINERS, filled),
        ),
        labelled("Practice rooms", "", choice(field::PRACTICE, &PRACTICES, filled)),
        labelled("What else", "Untick what your teams don't need.", choices(field::EXTRAS, &EXTRAS, filled)),
        labelled(
            label(Field::UserLimit),
            &format!("In a voice room of a team's: up to {}, 0 for any number.", UserLimit::MAX),
            Input { max: 5, ..Input::line(field::USER_LIMIT) }.filled(filled),
        ),
        labelled(
            label(Field::Bitrate),
            &format!("{} to {}; empty leaves it to Discord.", Bitrate::MIN, Bitrate::MAX),
            Input { max: 8, required: false, ..Input::line(field::BITRATE) }.filled(filled),
        ),
    ]
}

/// Who may join what is a team's.
const JOINERS: [(&str, &str, &str); 3] = [
    (
        field::ACCESS_PARTICIPANTS,
        "Drivers and organisers",
        "Who has a place or the organiser role; others see it",
    ),
    (field::ACCESS_TEAM, "The team and organisers", "Threads are private"),
    (field::ACCESS_OPEN, "Everybody", "Whoever sees the event's channel"),
];

/// Which practice rooms there are.
const PRACTICES: [(&str, &str, &str); 4] = [
    (field::PRACTICE_TEAM, "One for each team", ""),
    (field::PRACTICE_EVENT, "One for the event", ""),
    (field::PRACTICE_BOTH, "One for the event, and one for each team", ""),
    (field::PRACTICE_OFF, "None", ""),
];

/// What teams get besides.
const EXTRAS: [(&str, &str, &str); 5] = [
    (field::EXTRA_ROLES, "A role for each team", "Its people have it as long as they are in the team"),
    (
        field::EXTRA_THREADS_EARLY,
        "Threads early",
        "As soon as somebody is in the team, not once it is settled",
    ),
    (
        field::EXTRA_PRACTICE_AT_FINALIZE,
        "Practice rooms from when teams are settled",
        "Otherwise they open by /voice open, for a while",
    ),
    (field::EXTRA_RACE_ROOMS, "A race room for each team", "Otherwise the event has one for all"),
    (field::EXTRA_INVITATIONS, "Ask people first", "Before an organiser or captain puts them into a team"),
];

/// The words of what teams get besides.
fn extras(teams: &TeamSettings) -> impl Iterator<Item = &'static str> {
    let chosen = [
        (field::EXTRA_ROLES, teams.roles),
        (field::EXTRA_THREADS_EARLY, teams.threads_early),
        (field::EXTRA_PRACTICE_AT_FINALIZE, teams.practice_at_finalize),
        (field::EXTRA_RACE_ROOMS, teams.race_rooms == RaceRooms::Team),
        (field::EXTRA_INVITATIONS, teams.invitations),
    ];
    chosen.into_iter().filter_map(|(word, is_chosen)| is_chosen.then_some(word))
}

const fn practice(practice: Practice) -> &'static str {
    match practice {
        Practice::Both => field::PRACTICE_BOTH,
        Practice::Event => field::PRACTICE_EVENT,
        Practice::Off => field::PRACTICE_OFF,
        Practice::Team => field::PRACTICE_TEAM,
    }
}

fn update_hours(updates: Updates) -> String {
    match updates {
        Updates::Every(period) => period.as_hours().to_string(),
        Updates::Off => "off".to_owned(),
    }
}

const fn put_away(put_away: PutAway) -> &'static str {
    match put_away {
        PutAway::Archive => field::PUT_AWAY_ARCHIVE,
        PutAway::Delete => field::PUT_AWAY_DELETE,
    }
}

const fn access(access: VoiceAccess) -> &'static str {
    match access {
        VoiceAccess::Open => field::ACCESS_OPEN,
        VoiceAccess::Participants => field::ACCESS_PARTICIPANTS,
        VoiceAccess::Team => field::ACCESS_TEAM,
    }
}

/// The minutes that stand in the form: 0 for no check-in.
fn check_in(settings: &ClubSettings) -> u16 {
    settings.check_in.map_or(0, CheckIn::as_minutes)
}

/// The lead that stands in the form; the default where race voice is off, so that switching it on takes one tick.
fn lead(race_voice: RaceVoice) -> Lead {
    match race_voice {
        RaceVoice::Ahead(lead) => lead,
        RaceVoice::Off => Lead::default(),
    }
}
