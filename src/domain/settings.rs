//! What a club chose.

mod span;
mod teams;

use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, RoleMarker},
};
use utoipa::ToSchema;

pub use self::{
    span::{CheckIn, Grace, Lead, Period},
    teams::{Bitrate, MOST_ROLES, Practice, RaceRooms, TeamSettings, UserLimit},
};
pub use super::notice::Notifications;
use super::{
    channel_name::NamePattern,
    locale::Locale,
    name::{ClubName, RoleName},
    refusal::Field,
    reminder::Offsets,
    zone::Zone,
};

/// A club's settings for Discord, by the names of its API where it has them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClubSettings {
    /// Where the board of coming events stands.
    pub announcement_channel: Option<Id<ChannelMarker>>,
    /// Whether an event gets its channel without anybody asking.
    pub auto_create_channels: bool,
    /// How an event's channel is named.
    pub channel_naming_pattern: NamePattern,
    /// Whether reminders are deleted once a newer one is sent, or the event has started.
    pub clean_reminders: bool,
    /// How long before the start people are asked to check in, if they are.
    pub check_in: Option<CheckIn>,
    /// Whether the service acts on Discord for this club at all.
    pub discord_integration_enabled: bool,
    /// How long after its end an event is put away.
    pub grace: Grace,
    /// The language of weekdays and months where Discord can't write them itself.
    pub locale: Locale,
    /// The role that a sync gives to every member.
    pub member_role: Option<Id<RoleMarker>>,
    /// Whether events stand among Discord's own scheduled events, too.
    pub native_events: bool,
    /// Whether members are synced every night.
    pub nightly_sync: bool,
    /// Where each kind of message is sent.
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
    /// How long before the start people are reminded.
    pub reminders: Offsets,
    /// Which Discord roles stand for which roles in the club, at most [`MAX_ROLE_RULES`], each Discord role once.
    pub role_map: Vec<RoleRule>,
    /// What its teams get.
    pub teams: TeamSettings,
    /// How often events' channels are told how the sheet stands.
    pub updates: Updates,
}

/// A setting that is on or off.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Toggle {
    /// [`ClubSettings::auto_create_channels`].
    AutoChannels,
    /// [`ClubSettings::clean_reminders`].
    CleanReminders,
    /// [`ClubSettings::discord_integration_enabled`].
    Integration,
    /// [`ClubSettings::native_events`].
    NativeEvents,
    /// [`ClubSettings::nightly_sync`].
    NightlySync,
}

impl Toggle {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::AutoChannels, Self::NativeEvents, Self::CleanReminders, Self::NightlySync, Self::Integration];

    /// Whether it is on.
    #[must_use]
    pub const fn is_on(self, settings: &ClubSettings) -> bool {
        match self {
            Self::AutoChannels => settings.auto_create_channels,
            Self::CleanReminders => settings.clean_reminders,
            Self::Integration => settings.discord_integration_enabled,
            Self::NativeEvents => settings.native_events,
            Self::NightlySync => settings.nightly_sync,
        }
    }

    /// Turns it on or off.
    pub const fn turn(self, settings: &mut ClubSettings, on: bool) {
        match self {
            Self::AutoChannels => settings.auto_create_channels = on,
            Self::CleanReminders => settings.clean_reminders = on,
            Self::Integration => settings.discord_integration_enabled = on,
            Self::NativeEvents => settings.native_events = on,
            Self::NightlySync => settings.nightly_sync = on,
        }
    }
}

/// What an organiser chooses of a club as a whole.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct GeneralChoice {
    /// Where the board of coming events stands.
    pub announcement_channel: Option<Id<ChannelMarker>>,
    /// The club's name.
    pub name: ClubName,
    /// Where questions and findings are posted.
    pub organiser_channel: Option<Id<ChannelMarker>>,
    /// The role whose holders are organisers.
    pub organiser_role: Option<Id<RoleMarker>>,
    /// The zone in which its people type times.
    pub zone: Zone,
}

impl GeneralChoice {
    /// The channels in it that weren't chosen before, with their fields.
    #[must_use]
    pub fn new_channels(&self, before: &ClubSettings) -> Vec<(Field, Id<ChannelMarker>)> {
        let chosen = [
            (Field::OrganiserChannel, self.organiser_channel, before.organiser_channel),
            (Field::AnnouncementChannel, self.announcement_channel, before.announcement_channel),
        ];
        let is_new = |(field, now, before): (Field, Option<Id<ChannelMarker>>, Option<_>)| {
            now.filter(|_| now != before).map(|channel| (field, channel))
        };
        chosen.into_iter().filter_map(is_new).collect()
    }
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
            clean_reminders: true,
            check_in: Some(CheckIn::default()),
            discord_integration_enabled: true,
            grace: Grace::default(),
            locale: Locale::default(),
            member_role: None,
            native_events: true,
            nightly_sync: false,
            notification_preferences: Notifications::default(),
            organiser_channel: None,
            organiser_role: None,
            put_away: PutAway::Archive,
            race_voice: RaceVoice::Ahead(Lead::default()),
            race_voice_access: VoiceAccess::Participants,
            reminders: Offsets::default(),
            role_map: Vec::new(),
            teams: TeamSettings::default(),
            updates: Updates::default(),
        }
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

/// Who may join a voice channel, or a team's thread.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceAccess {
    /// Everybody whom its category admits.
    Open,
    /// Whoever has a place, and the organiser role; others see a voice channel and can't join it.
    Participants,
    /// The people of the team, and the organiser role; of a channel for the whole event, those of its settled teams. A thread is private.
    Team,
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

/// How often the message in an event's channel that tells how its sheet stands is brought up to date.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Updates {
    /// That often, counted back from the start.
    Every(Period),
    /// There is no such message.
    Off,
}

impl Default for Updates {
    fn default() -> Self {
        Self::Every(Period::default())
    }
}
