//! The fields of our forms: the ids that a form is read by, and what people call them.

use crate::domain::{notice::Notice, refusal::Field};

/// Who may join race voice: one of [`ACCESS_OPEN`], [`ACCESS_PARTICIPANTS`] and [`ACCESS_TEAM`].
pub const ACCESS: &str = "access";
/// Everybody who sees it may join race voice.
pub const ACCESS_OPEN: &str = "open";
/// Drivers and organisers may join race voice.
pub const ACCESS_PARTICIPANTS: &str = "participants";
/// The people of the team, or of the teams.
pub const ACCESS_TEAM: &str = "team";
/// Where the board of coming events stands: a channel.
pub const ANNOUNCEMENT_CHANNEL: &str = "announcement_channel";
/// How many kilobits a second teams' voice rooms are made with.
pub const BITRATE: &str = "bitrate";
/// How many of a crew have to be able to drive in every hour.
pub const AWAKE: &str = "awake";
/// Whether events get their channels by themselves: a checkbox.
pub const AUTO_CREATE: &str = "auto_create";
/// Where a series' events get their channels: a category.
pub const CATEGORY: &str = "category";
/// The car that a team drives.
pub const CAR: &str = "car";
/// A class's cars, one a line.
pub const CARS: &str = "cars";
/// How long before the start people are asked to check in, in minutes.
pub const CHECK_IN: &str = "check_in";
/// An event's classes.
pub const CLASSES: &str = "classes";
/// Which Discord roles stand for roles in the club: roles.
pub const CLUB_ROLES: &str = "club_roles";
/// How many crews a class may have.
pub const CREW_LIMIT: &str = "crew_limit";
/// The most drivers of a crew.
pub const CREW_MAX: &str = "crew_max";
/// The fewest drivers of a crew.
pub const CREW_MIN: &str = "crew_min";
/// The dates on which an event comes again, one a line.
pub const DATES: &str = "dates";
/// How long before the start sign-ups close.
pub const CUTOFF: &str = "cutoff";
/// A description.
pub const DESCRIPTION: &str = "description";
/// Every how many weeks an event comes again.
pub const EVERY: &str = "every";
/// A grace in hours.
pub const GRACE: &str = "grace";
/// What teams get besides: any of [`EXTRA_ROLES`], [`EXTRA_THREADS_EARLY`], [`EXTRA_PRACTICE_AT_FINALIZE`], [`EXTRA_RACE_ROOMS`] and
/// [`EXTRA_INVITATIONS`].
pub const EXTRAS: &str = "extras";
/// People are asked before they are put into a team.
pub const EXTRA_INVITATIONS: &str = "invitations";
/// Practice rooms stand from when teams are settled.
pub const EXTRA_PRACTICE_AT_FINALIZE: &str = "practice_at_finalize";
/// Each team has a race voice room of its own.
pub const EXTRA_RACE_ROOMS: &str = "race_rooms";
/// Each team has a role.
pub const EXTRA_ROLES: &str = "roles";
/// Each team has its thread as soon as somebody is in it.
pub const EXTRA_THREADS_EARLY: &str = "threads_early";
/// How long before the start race voice opens, in hours.
pub const LEAD: &str = "lead";
/// A race's length.
pub const LENGTH: &str = "length";
/// How many may be in altogether.
pub const LIMIT: &str = "limit";
/// How many the race needs.
pub const MINIMUM: &str = "minimum";
/// How many places a class has.
pub const PLACES: &str = "places";
/// What people need, in words.
pub const REQUIREMENTS: &str = "requirements";
/// Roles of which one is needed: roles.
pub const ROLES: &str = "roles";
/// The role that every member is given: a role.
pub const MEMBER_ROLE: &str = "member_role";
/// A name.
pub const NAME: &str = "name";
/// Whether events stand among Discord's own, too: a checkbox.
pub const NATIVE_EVENTS: &str = "native_events";
/// Whether members are synced every night: a checkbox.
pub const NIGHTLY_SYNC: &str = "nightly_sync";
/// What is added to a sign-up.
pub const NOTE: &str = "note";
/// The number on a car.
pub const NUMBER: &str = "number";
/// Where it is told that somebody moved up from the waiting list.
pub const NOTIFY_PROMOTIONS: &str = "promotions";
/// Where it is told that an event is over.
pub const NOTIFY_PUT_AWAY: &str = "put_away";
/// Where it is told that race voice opened.
pub const NOTIFY_RACE_VOICE: &str = "race_voice";
/// Where people are reminded.
pub const NOTIFY_REMINDERS: &str = "reminders";
/// When people are reminded.
pub const OFFSETS: &str = "offsets";
/// Whether old reminders are deleted: a checkbox.
pub const CLEAN_REMINDERS: &str = "clean_reminders";
/// How often events' channels are told how the sheet stands: hours, or off.
pub const UPDATE_HOURS: &str = "update_hours";
/// Where questions are posted: a channel.
pub const ORGANISER_CHANNEL: &str = "organiser_channel";
/// Who is an organiser: a role.
pub const ORGANISER_ROLE: &str = "organiser_role";
/// How channels are named.
pub const PATTERN: &str = "pattern";
/// Which practice rooms there are: one of [`PRACTICE_BOTH`], [`PRACTICE_EVENT`], [`PRACTICE_OFF`] and [`PRACTICE_TEAM`].
pub const PRACTICE: &str = "practice";
/// One for everybody, and one for each team.
pub const PRACTICE_BOTH: &str = "both";
/// One for everybody.
pub const PRACTICE_EVENT: &str = "event";
/// None.
pub const PRACTICE_OFF: &str = "off";
/// One for each team.
pub const PRACTICE_TEAM: &str = "team";
/// What becomes of a finished event's channel: one of [`PUT_AWAY_ARCHIVE`] and [`PUT_AWAY_DELETE`].
pub const PUT_AWAY: &str = "put_away";
/// It is archived.
pub const PUT_AWAY_ARCHIVE: &str = "archive";
/// It is deleted.
pub const PUT_AWAY_DELETE: &str = "delete";
/// Whether events have race voice: a checkbox.
pub const RACE_VOICE: &str = "race_voice";
/// An iRating.
pub const RATING: &str = "irating";
/// A reason.
pub const REASON: &str = "reason";
/// When people are reminded.
pub const REMINDERS: &str = "reminders";
/// Whether the template of that name is replaced: a checkbox.
pub const REPLACE: &str = "replace";
/// What roles are called in the club, a line each.
pub const ROLE_NAMES: &str = "role_names";
/// A series' rules.
pub const RULES: &str = "rules";
/// A start.
pub const START: &str = "start";
/// Until when an event comes again.
pub const UNTIL: &str = "until";
/// How many people fit into a team's voice room.
pub const USER_LIMIT: &str = "user_limit";
/// A zone.
pub const ZONE: &str = "zone";

/// Where a kind of message is sent: a word of [`Where`](crate::domain::notice::Where).
#[must_use]
pub const fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::Promotions => NOTIFY_PROMOTIONS,
        Notice::PutAway => NOTIFY_PUT_AWAY,
        Notice::RaceVoice => NOTIFY_RACE_VOICE,
        Notice::Reminders => NOTIFY_REMINDERS,
    }
}

/// What a field is called, on its form and where a fault in it is told.
#[must_use]
pub const fn label(field: Field) -> &'static str {
    match field {
        Field::AnnouncementChannel => "Announcement channel",
        Field::Bitrate => "Sound (kilobits a second)",
        Field::Awake => "Drivers awake in every hour",
        Field::CrewLimit => "Crews of a class, at most",
        Field::CrewMax => "Drivers of a crew, at most",
        Field::CrewMin => "Drivers of a crew, at least",
        Field::Rating => "iRating",
        Field::Category => "Category",
        Field::Car => "Car",
        Field::Cars => "Cars",
        Field::CheckIn => "Check-in before the start (minutes)",
        Field::Classes => "Classes",
        Field::ClubRoles => "Discord roles that count in the club",
        Field::Dates => "Or on these dates",
        Field::Description => "Description",
        Field::Every => "Every how many weeks",
        Field::Grace => "Put away after (hours)",
        Field::Lead => "Opens before the start (hours)",
        Field::Length => "Length",
        Field::MemberRole => "Member role",
        Field::Cutoff => "Sign-ups close",
        Field::Limit => "Places altogether",
        Field::Minimum => "Entries needed",
        Field::Places => "Places",
        Field::Requirements => "Requirements",
        Field::Roles => "Needed roles",
        Field::Name => "Name",
        Field::Note => "Note",
        Field::Number => "Car number",
        Field::Offsets => "Reminders before the start",
        Field::OrganiserChannel => "Organiser channel",
        Field::OrganiserRole => "Organiser role",
        Field::Pattern => "Channel names",
        Field::Reason => "Reason",
        Field::Reminders => "Reminders",
        Field::RoleNames => "Called otherwise in the club",
        Field::Rules => "Rules and notes",
        Field::Start => "Start",
        Field::Track => "Track",
        Field::Until => "Until",
        Field::UserLimit => "People in a room",
        Field::UpdateHours => "Updates (every … hours)",
        Field::Zone => "Time zone",
    }
}
