//! Why something is not done. A refusal is not a bug: it is shown to the person, in the words of `view::refusal`.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{RoleMarker, UserMarker},
};

use super::{
    car_list::BadCar,
    channel_name::PatternError,
    class_list::BadLine,
    duration::LengthError,
    local_time::TimeError,
    name::{ClassName, EventName, NameError, PersonName, SeriesName, TeamName},
    recurrence::RepeatError,
    reminder::OffsetError,
    role_map::BadRoleLine,
    team::BadNumber,
    zone::UnknownZone,
};

/// A reason to change nothing, with all that a helpful sentence needs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// The category holds another series' events already.
    CategoryTaken,
    /// Nobody can check in yet.
    CheckInAhead {
        /// From then on they can.
        at: Timestamp,
        /// To what.
        event: EventName,
    },
    /// Too many wrong link codes; the next may be typed then.
    CodesLocked(Timestamp),
    /// Discord didn't tell what the bot may do in a channel.
    ChannelsUnread,
    /// The form's draft has expired or was never theirs.
    DraftGone,
    /// The event has been cancelled.
    EventCancelled(EventName),
    /// The event is over.
    EventOver(EventName),
    /// The race has started.
    EventStarted(EventName),
    /// Another event of the club has that external identifier.
    ExternalIdTaken(EventName),
    /// The form has faults, one for each field at most.
    Form(Vec<Fault>),
    /// The roster was imported or cancelled already, or waited too long.
    ImportGone,
    /// Who was picked is a bot.
    IsBot,
    /// The account is that person of the club's roster already, and can't be another one of it.
    LinkedElsewhere(PersonName),
    /// The guild has no club yet.
    NoClub,
    /// The event has no channel.
    NoChannel(EventName),
    /// No event is coming.
    NoEvents,
    /// The event concerns nobody who wants to be reminded.
    NobodyToRemind(EventName),
    /// They have no place in the event.
    NoPlace(EventName),
    /// They have no place in the event, so that they can't check in to it.
    NoPlaceToCheckIn(EventName),
    /// The race hasn't started yet.
    NotStarted(EventName),
    /// The event isn't over yet.
    NotOver(EventName),
    /// The event's channel is put away already.
    PutAway(EventName),
    /// The person isn't among those whom the conflict offers.
    NotACandidate,
    /// What was typed can't be a link code.
    NotACode,
    /// No sync of the last day can be taken back.
    NothingToUndo,
    /// The club isn't on Discord.
    NotOnDiscord,
    /// Used in direct messages, where only a server makes sense.
    NotInServer,
    /// The account isn't linked to anybody.
    NotLinked,
    /// They aren't signed up for the event.
    NotSignedUp(EventName),
    /// The person isn't a member of the server any more.
    NotMember,
    /// Only the club's organisers may do this.
    NotOrganiser,
    /// No place is offered to them, or not any more.
    OfferOver(EventName),
    /// The club's integration with Discord is off.
    Paused,
    /// The button or form is from an older version, or not one of ours.
    Outdated,
    /// Sign-ups closed a while before the start.
    PastCutoff {
        /// When.
        at: Timestamp,
        /// Of what.
        event: EventName,
    },
    /// An event's people were reminded a moment ago.
    RemindedLately {
        /// When.
        at: Timestamp,
        /// Of what.
        event: EventName,
    },
    /// One of these roles is needed.
    RoleNeeded {
        /// For this class; `None` for the event.
        class: Option<ClassName>,
        /// The roles.
        roles: Vec<Id<RoleMarker>>,
    },
    /// Nothing repeats the event, or not any more.
    NotRepeating,
    /// The event repeats already.
    RepeatsAlready(EventName),
    /// The series is archived: nothing new comes into it.
    SeriesArchived(SeriesName),
    /// Events of the series aren't put away yet: the next of them, with when that is, and how many more there are.
    SeriesInUse {
        /// How many more.
        more: usize,
        /// The next of them, with when each is put away; `None` for one that is kept.
        next: Vec<(EventName, Option<Timestamp>)>,
    },
    /// Another series of the club has that name.
    SeriesNameTaken(SeriesName),
    /// Sign-ups are closed.
    SignupsClosed(EventName),
    /// The thing asked about has been answered or settled meanwhile.
    Settled,
    /// About a practice room.
    Room(RoomRefusal),
    /// It concerns a team.
    Team(TeamRefusal),
    /// The club has as many templates as it may have.
    TemplatesFull,
    /// What a sync showed was applied, dropped, or is too old.
    SyncOver,
    /// Another sync of the club runs, since then.
    SyncRunning(Timestamp),
    /// The race has started, so that nobody needs to be reminded of it.
    TooLateToRemind(EventName),
    /// The car isn't one of the class's any more.
    UnknownCar,
    /// The class isn't one of the event's any more.
    UnknownClass,
    /// A command that this version doesn't have.
    UnknownCommand,
    /// No event of this club.
    UnknownEvent,
    /// No conflict of this club.
    UnknownConflict,
    /// Discord didn't tell what was asked.
    Unread,
    /// Nobody of this club.
    UnknownPerson,
    /// No series of this club.
    UnknownSeries,
    /// No template of this club.
    UnknownTemplate,
    /// No token of this club, or a revoked one.
    UnknownToken,
    /// No sync of this club.
    UnknownSync,
    /// Needs Manage Server.
    NeedsManageServer,
    /// What was picked isn't a category of this server.
    NotACategory,
    /// No such zone.
    UnknownZone(UnknownZone),
    /// The link code is unknown, used or too old.
    WrongCode,
    /// Someone else changed the same thing since the form was opened.
    ChangedMeanwhile,
}

/// A reason to leave an event's teams as they are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TeamRefusal {
    /// Only organisers can bring in somebody who has no place, or is in another team.
    CaptainMayNot,
    /// What the crews of a proposal were built from has changed.
    CrewsChanged {
        /// Those who gave their place up, changed class, left, or are in another team by now.
        people: Vec<Id<UserMarker>>,
        /// The teams that were disbanded.
        teams: Vec<TeamName>,
    },
    /// The team has as many people as it may have.
    Full(TeamName),
    /// They are in a team already.
    InTeam(TeamName),
    /// Another team of the event has that name.
    NameTaken(TeamName),
    /// No crews are proposed to them any more.
    NoProposal,
    /// Nobody is in a crew of the proposal who isn't in a team already.
    NobodyProposed,
    /// They weren't asked to join the team, or aren't any more.
    NotAsked(TeamName),
    /// They lead the team neither as its captain nor as an organiser.
    NotCaptain(TeamName),
    /// They aren't in the team.
    NotInIt(TeamName),
    /// The team's class has no place for them.
    NoPlace(TeamName),
    /// Only whoever is in the team can do this.
    OnlyMates(TeamName),
    /// The proposal was changed since the message was drawn.
    ProposalMoved,
    /// The event has as many teams as it may have.
    TooMany(EventName),
    /// No team of this club.
    Unknown,
}

/// Why a practice room stays as it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RoomRefusal {
    /// They have no place in the event.
    NoPlace(EventName),
    /// They named no team and are in none.
    NoTeam,
    /// The team isn't settled yet.
    NotSettled(TeamName),
    /// They aren't in the team.
    NotYours(TeamName),
    /// The club has no such rooms.
    Off,
}

impl From<RoomRefusal> for Refusal {
    fn from(refusal: RoomRefusal) -> Self {
        Self::Room(refusal)
    }
}

impl From<TeamRefusal> for Refusal {
    fn from(refusal: TeamRefusal) -> Self {
        Self::Team(refusal)
    }
}

/// A fault in one field of a form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}

/// The fields that people fill in.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Field {
    /// The channel that the board of coming events stands in.
    AnnouncementChannel,
    /// What teams' voice rooms are made with, in kilobits a second.
    Bitrate,
    /// A category of the server.
    Category,
    /// The car that a team drives.
    Car,
    /// A class's cars.
    Cars,
    /// How long before the start people are asked to check in, in minutes.
    CheckIn,
    /// How many of a crew have to be able to drive in every hour.
    Awake,
    /// An event's classes.
    Classes,
    /// How many crews a class may have.
    CrewLimit,
    /// The most drivers of a crew.
    CrewMax,
    /// The fewest drivers of a crew.
    CrewMin,
    /// Which Discord roles stand for roles in the club.
    ClubRoles,
    /// The dates on which an event comes again.
    Dates,
    /// How long before the start sign-ups close.
    Cutoff,
    /// A description.
    Description,
    /// Every how many weeks an event comes again.
    Every,
    /// A grace in hours.
    Grace,
    /// How long before the start race voice opens, in hours.
    Lead,
    /// A race's length.
    Length,
    /// How many may be in altogether.
    Limit,
    /// How many the race needs.
    Minimum,
    /// How many places a class has.
    Places,
    /// What people need, in words.
    Requirements,
    /// How good somebody is on iRacing.
    Rating,
    /// Roles of which one is needed.
    Roles,
    /// What is added to a sign-up.
    Note,
    /// The number on a car.
    Number,
    /// The role that every member is given.
    MemberRole,
    /// A name.
    Name,
    /// How long before the start people are reminded.
    Offsets,
    /// How often events' channels are told how the sheet stands.
    UpdateHours,
    /// The channel in which the organisers are asked.
    OrganiserChannel,
    /// The role that makes organisers.
    OrganiserRole,
    /// A channel naming pattern.
    Pattern,
    /// A reason for a cancellation.
    Reason,
    /// When people are reminded.
    Reminders,
    /// What roles are called in the club.
    RoleNames,
    /// A series' rules.
    Rules,
    /// A start.
    Start,
    /// A track.
    Track,
    /// Until when an event comes again.
    Until,
    /// How many people fit into a team's voice room.
    UserLimit,
    /// A zone.
    Zone,
}

/// What is wrong with a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Problem {
    /// A line of a class's cars.
    Car(BadCar),
    /// The number on a car.
    CarNumber(BadNumber),
    /// The category before is being made just now.
    CategoryComing,
    /// The category holds something else of the club's already.
    CategoryTaken,
    /// Lines of an event's classes.
    Classes(Vec<BadLine>),
    /// Another class of the event has the name.
    ClassNameTaken,
    /// A class without a name where there are several.
    ClassNeedsName,
    /// A cut-off that isn't one.
    Cutoff(LengthError),
    /// A class with people in it was taken off.
    ClassInUse {
        /// The class.
        class: Option<ClassName>,
        /// How many are signed up in it.
        people: usize,
    },
    /// A role that everybody has.
    EveryonesRole,
    /// In a race's length.
    Length(LengthError),
    /// A role that an integration gives, and nobody else can.
    ManagedRole,
    /// In a name or another text.
    Name(NameError),
    /// Another team of the series has the number, in another event.
    NumberReserved {
        /// Which event.
        event: EventName,
        /// Which team.
        team: TeamName,
    },
    /// Another team of the event has the number.
    NumberTaken(TeamName),
    /// Not a whole number within these bounds, and not left empty.
    NumberOrEmpty {
        /// The least that is possible.
        min: u16,
        /// The most that is possible.
        max: u16,
    },
    /// Not a whole number within these bounds, and not 0 for never.
    NumberOrNever {
        /// The least besides 0.
        min: u16,
        /// The most that is possible.
        max: u16,
    },
    /// Not a whole number within these bounds.
    Number {
        /// The least that is possible.
        min: u16,
        /// The most that is possible.
        max: u16,
    },
    /// A channel that no message can be written in.
    NotATextChannel,
    /// In when people are reminded.
    Offsets(OffsetError),
    /// The bot can't write there, and lacks these permissions, by the names of Discord's settings.
    MayNotPost(Vec<String>),
    /// The race, which started then, would be over already.
    OverAlready(Timestamp),
    /// In a naming pattern.
    Pattern(PatternError),
    /// The start would move into the past of a running event.
    StartedAlready(Timestamp),
    /// In when an event comes again.
    Repeat(RepeatError),
    /// A role that stands above the bot's own, so that it can't give it.
    RoleAbove,
    /// A line of what roles are called.
    RoleLine(BadRoleLine),
    /// Another template has the name.
    TemplateTaken {
        /// Whether the form has a box to replace it.
        replaceable: bool,
    },
    /// In a time.
    Time(TimeError),
    /// In a zone.
    Zone(UnknownZone),
}
