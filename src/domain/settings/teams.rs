//! What a club's teams get on Discord.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::VoiceAccess;

/// As many roles as a server has before teams do without: Discord's 250, less some for people to make.
pub const MOST_ROLES: usize = 230;

/// What a club's teams get on Discord, and when.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TeamSettings {
    /// Who may join a team’s thread and its practice room.
    pub access: VoiceAccess,
    /// How many bits a second voice rooms are made with; null leaves that to Discord.
    pub bitrate: Option<Bitrate>,
    /// Whether whoever an organiser or captain puts into a team is asked first.
    pub invitations: bool,
    /// Which practice rooms there are.
    pub practice: Practice,
    /// Whether practice rooms stand from when teams are settled; otherwise they open by `/voice open`, for a while.
    pub practice_at_finalize: bool,
    /// Whether the event has one race voice room, or each settled team its own.
    pub race_rooms: RaceRooms,
    /// Whether each settled team has a role.
    pub roles: bool,
    /// Whether a team has its thread as soon as somebody is in it; otherwise once it is settled.
    pub threads_early: bool,
    /// How many people fit into a voice room; 0 for any number.
    pub user_limit: UserLimit,
}

impl Default for TeamSettings {
    fn default() -> Self {
        Self {
            access: VoiceAccess::Open,
            bitrate: None,
            invitations: false,
            practice: Practice::Team,
            practice_at_finalize: true,
            race_rooms: RaceRooms::Event,
            roles: true,
            threads_early: false,
            user_limit: UserLimit::default(),
        }
    }
}

/// Which practice rooms an event has.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Practice {
    /// One for everybody, and one for each settled team.
    Both,
    /// One for everybody.
    Event,
    /// None.
    Off,
    /// One for each settled team.
    Team,
}

impl Practice {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Team, Self::Event, Self::Both, Self::Off];

    /// Whether everybody has one together.
    #[must_use]
    pub const fn of_event(self) -> bool {
        matches!(self, Self::Both | Self::Event)
    }

    /// Whether each settled team has one.
    #[must_use]
    pub const fn of_teams(self) -> bool {
        matches!(self, Self::Both | Self::Team)
    }
}

/// Whose race voice rooms are.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RaceRooms {
    /// The event has one.
    Event,
    /// Each settled team has one; an event without any has one for all.
    Team,
}

/// Thousands of bits a second, 8 to 96: what every server allows. See Discord Docs/Channel.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(value_type = u16, minimum = 8, maximum = 96)]
#[serde(try_from = "u16", into = "u16")]
pub struct Bitrate(u16);

impl Bitrate {
    /// The least.
    pub const MIN: u16 = 8;
    /// The most.
    pub const MAX: u16 = 96;

    /// So many thousands of bits a second; `None` out of bounds.
    #[must_use]
    pub const fn kbit(kbit: u16) -> Option<Self> {
        if kbit >= Self::MIN && kbit <= Self::MAX { Some(Self(kbit)) } else { None }
    }

    /// In thousands of bits a second.
    #[must_use]
    pub const fn as_kbit(self) -> u16 {
        self.0
    }

    /// In bits a second.
    #[must_use]
    pub const fn as_bits(self) -> u32 {
        self.0 as u32 * 1_000
    }
}

impl TryFrom<u16> for Bitrate {
    type Error = String;

    fn try_from(kbit: u16) -> Result<Self, String> {
        Self::kbit(kbit).ok_or_else(|| format!("Send a whole number from {} to {}.", Self::MIN, Self::MAX))
    }
}

impl From<Bitrate> for u16 {
    fn from(bitrate: Bitrate) -> Self {
        bitrate.0
    }
}

/// How many people fit into a voice room, 0 to 99; 0 is any number. See Discord Docs/Channel.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[schema(value_type = u16, minimum = 0, maximum = 99)]
#[serde(try_from = "u16", into = "u16")]
pub struct UserLimit(u16);

impl UserLimit {
    /// The most.
    pub const MAX: u16 = 99;

    /// So many people; `None` out of bounds.
    #[must_use]
    pub const fn people(people: u16) -> Option<Self> {
        if people <= Self::MAX { Some(Self(people)) } else { None }
    }

    /// In people.
    #[must_use]
    pub const fn as_people(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for UserLimit {
    type Error = String;

    fn try_from(people: u16) -> Result<Self, String> {
        Self::people(people).ok_or_else(|| format!("Send a whole number from 0 to {}.", Self::MAX))
    }
}

impl From<UserLimit> for u16 {
    fn from(limit: UserLimit) -> Self {
        limit.0
    }
}
