//! What a club chose.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, RoleMarker},
};
use utoipa::ToSchema;

use super::{channel_name::NamePattern, name::RoleName};

/// A club's settings for Discord, by the names of its API where it has them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClubSettings {
    /// Where the board of coming events stands.
    pub announcement_channel: Option<Id<ChannelMarker>>,
    /// Whether an event gets its channel without anybody asking.
    pub auto_create_channels: bool,
    /// How an event's channel is named.
    pub channel_naming_pattern: NamePattern,
    /// Whether the service acts on Discord for this club at all.
    pub discord_integration_enabled: bool,
    /// How long after its end an event is put away.
    pub grace: Grace,
    /// The role that a sync gives to every member.
    pub member_role: Option<Id<RoleMarker>>,
    /// Whether events stand among Discord's own scheduled events, too.
    pub native_events: bool,
    /// Whether members are synced every night.
    pub nightly_sync: bool,
    /// Which messages are sent.
    pub notification_preferences: Notifications,
    /// Where questions and findings are posted.
    pub organiser_channel: Option<Id<ChannelMarker>>,
    /// The role whose holders are organisers.
    pub organiser_role: Option<Id<RoleMarker>>,
    /// What becomes of a finished event's channel.
    pub put_away: PutAway,
    /// How long before the start the race voice channel opens.
    pub race_voice: RaceVoice,
    /// Who may join the race voice channel.
    pub race_voice_access: VoiceAccess,
    /// Which Discord roles stand for which roles in the club, at most [`MAX_ROLE_RULES`], each Discord role once.
    pub role_map: Vec<RoleRule>,
}

/// The most Discord roles that stand for roles in a club.
pub const MAX_ROLE_RULES: usize = 20;

/// A Discord role that stands for a role in the club.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct RoleRule {
    /// The Discord role.
    pub discord: Id<RoleMarker>,
    /// What its holders are in the club.
    pub club: RoleName,
    /// What the Discord role was called when it was chosen, where that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discord_name: Option<String>,
}

impl Default for ClubSettings {
    fn default() -> Self {
        Self {
            announcement_channel: None,
            auto_create_channels: true,
            channel_naming_pattern: NamePattern::default(),
            discord_integration_enabled: true,
            grace: Grace::default(),
            member_role: None,
            native_events: true,
            nightly_sync: false,
            notification_preferences: Notifications::default(),
            organiser_channel: None,
            organiser_role: None,
            put_away: PutAway::Archive,
            race_voice: RaceVoice::Ahead(Lead::default()),
            race_voice_access: VoiceAccess::Participants,
            role_map: Vec::new(),
        }
    }
}

/// Whole hours between an event's end and its being put away, 0 to 336.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Grace(u16);

impl Grace {
    /// The longest grace, in hours.
    pub const MAX_HOURS: u16 = 336;

    /// A grace of `hours`; `None` above [`Grace::MAX_HOURS`].
    #[must_use]
    pub const fn hours(hours: u16) -> Option<Self> {
        if hours <= Self::MAX_HOURS { Some(Self(hours)) } else { None }
    }

    /// The grace after a cancellation, at least an hour: those who signed up have to read of it.
    #[must_use]
    pub const fn after_cancellation(self) -> Self {
        if self.0 == 0 { Self(1) } else { self }
    }

    /// In hours.
    #[must_use]
    pub const fn as_hours(self) -> u16 {
        self.0
    }

    /// As a span of time.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 3600)
    }
}

impl Default for Grace {
    fn default() -> Self {
        Self(24)
    }
}

/// Whole hours before the start, 1 to 168.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Lead(u16);

impl Lead {
    /// The longest lead, in hours.
    pub const MAX_HOURS: u16 = 168;

    /// A lead of `hours`; `None` for 0 and above [`Lead::MAX_HOURS`].
    #[must_use]
    pub const fn hours(hours: u16) -> Option<Self> {
        if hours >= 1 && hours <= Self::MAX_HOURS { Some(Self(hours)) } else { None }
    }

    /// In hours.
    #[must_use]
    pub const fn as_hours(self) -> u16 {
        self.0
    }

    /// As a span of time.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 3600)
    }
}

impl Default for Lead {
    fn default() -> Self {
        Self(24)
    }
}

/// Whether and when an event's race voice channel opens.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RaceVoice {
    /// That long before the start.
    Ahead(Lead),
    /// Never.
    Off,
}

/// Who may join the race voice channel.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceAccess {
    /// Everybody whom its category admits.
    Open,
    /// The signed-up drivers and the organiser role; others see it and can't join.
    Participants,
}

/// What becomes of a finished event's channel.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PutAway {
    /// Moved to an archive category, readable by those who could read it, closed for writing.
    Archive,
    /// Deleted with everything in it.
    Delete,
}

/// Which messages the service sends by itself. Everything is on unless a club turns it off.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Notifications {
    /// Someone moved up from the waiting list.
    pub promotions: bool,
    /// An event ended and will be put away.
    pub put_away: bool,
    /// The race voice channel opened.
    pub race_voice: bool,
}

impl Default for Notifications {
    fn default() -> Self {
        Self { promotions: true, put_away: true, race_voice: true }
    }
}
