//! What is read from Discord, cut down to what we use, so that nothing else in an answer can make it unreadable.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use twilight_model::{
    channel::{
        ChannelType,
        permission_overwrite::{PermissionOverwrite, PermissionOverwriteType},
    },
    guild::Permissions,
    id::{
        Id,
        marker::{
            ApplicationMarker, AuditLogEntryMarker, ChannelMarker, GenericMarker, GuildMarker, MessageMarker,
            RoleMarker, ScheduledEventMarker, UserMarker,
        },
    },
};

use crate::domain::{
    health::ServerRole,
    overwrite::{Overwrite, OverwriteTarget},
    snowflake,
};

/// The bot's own account.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct BotUser {
    /// Its id, which for newer apps equals the application's.
    pub id: Id<UserMarker>,
    /// Its name.
    pub username: String,
}

/// The application that a token belongs to.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Application {
    /// Its id.
    pub id: Id<ApplicationMarker>,
    /// Where its authorize page may send people back to, where Discord tells.
    pub redirect_uris: Option<Vec<String>>,
    /// What its interactions are signed with: an Ed25519 public key in hexadecimal.
    pub verify_key: String,
    /// What it was granted in the developer portal.
    #[serde(default)]
    pub flags: u64,
    /// Where Discord sends interactions.
    pub interactions_endpoint_url: Option<String>,
    /// Whether Discord sends webhook events; `None` where it doesn't say.
    pub event_webhooks_status: Option<u8>,
}

impl Application {
    /// The Server Members Intent, as Discord reviewed it and as any small application may turn it on. See Discord
    /// Docs/Application, Application Flags.
    const MEMBERS_INTENT: u64 = 1 << 14 | 1 << 15;
    /// Webhook events are on. See Discord Docs/Application, Application Event Webhook Status.
    const EVENTS_ON: u8 = 2;

    /// Whether it may list the members of its guilds.
    #[must_use]
    pub const fn may_list_members(&self) -> bool {
        self.flags & Self::MEMBERS_INTENT != 0
    }

    /// Whether Discord tells it where it is added and removed; `None` where Discord doesn't say.
    #[must_use]
    pub fn hears_events(&self) -> Option<bool> {
        self.event_webhooks_status.map(|status| status == Self::EVENTS_ON)
    }
}

/// A guild.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Guild {
    /// Its id, also that of its `@everyone` role.
    pub id: Id<GuildMarker>,
    /// Its name.
    pub name: String,
    /// Who owns it and may do everything.
    pub owner_id: Id<UserMarker>,
}

/// A channel, category or thread.
///
/// See [Discord Docs/Channel Object](https://docs.discord.com/developers/resources/channel#channel-object).
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Channel {
    /// Its id.
    pub id: Id<ChannelMarker>,
    /// The guild it belongs to.
    pub guild_id: Option<Id<GuildMarker>>,
    /// What kind it is.
    #[serde(rename = "type")]
    pub kind: ChannelType,
    /// Its name as Discord normalised it.
    pub name: Option<String>,
    /// What it is about.
    pub topic: Option<String>,
    /// The category it stands in; for a thread, the channel.
    #[serde(rename = "parent_id")]
    pub parent: Option<Id<ChannelMarker>>,
    /// Its permission list, entries of unknown kinds left out.
    #[serde(default, deserialize_with = "overwrites", rename = "permission_overwrites")]
    pub overwrites: Vec<Overwrite>,
    /// Voice: how many may connect, 0 for no limit.
    pub user_limit: Option<u16>,
    /// Voice: bits per second.
    pub bitrate: Option<u32>,
    /// Thread: who started it.
    #[serde(rename = "owner_id")]
    pub owner: Option<Id<UserMarker>>,
    /// Thread: its state.
    #[serde(rename = "thread_metadata")]
    pub thread: Option<ThreadState>,
}

/// Whether a thread can be written to.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
pub struct ThreadState {
    /// Put away: edits and additions are refused until it is un-archived.
    pub archived: bool,
    /// Only those who manage threads can un-archive it.
    #[serde(default)]
    pub locked: bool,
}

/// A role.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Role {
    /// Its id.
    pub id: Id<RoleMarker>,
    /// Its name.
    pub name: String,
    /// What its holders may do.
    pub permissions: Permissions,
    /// Its place in the order; a bot grants only roles below its own highest.
    pub position: i64,
    /// Whether it belongs to an app or a subscription and cannot be given by hand.
    pub managed: bool,
}

impl From<Role> for ServerRole {
    fn from(role: Role) -> Self {
        let Role { id, managed, name, permissions, position } = role;
        Self { id, managed, name, permissions, position }
    }
}

/// A scheduled event.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct ScheduledEvent {
    /// Its id.
    pub id: Id<ScheduledEventMarker>,
    /// Who made it, where Discord still tells.
    #[serde(rename = "creator_id")]
    pub creator: Option<Id<UserMarker>>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// When it starts.
    #[serde(rename = "scheduled_start_time")]
    pub starts: Option<Timestamp>,
    /// How far it has come.
    status: u8,
}

impl ScheduledEvent {
    /// Completed, and cancelled. See Discord Docs/Guild Scheduled Event, Event Status.
    const FINISHED: [u8; 2] = [3, 4];

    /// Whether it is ahead or on, and counts towards the guild's limit.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        !Self::FINISHED.contains(&self.status)
    }
}

/// A person in a guild.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(from = "WireMember")]
pub struct Member {
    /// The person.
    pub user: Id<UserMarker>,
    /// Whether it is a bot.
    pub bot: bool,
    /// The name that they show everywhere.
    pub global_name: Option<String>,
    /// The name they chose in this guild.
    pub nick: Option<String>,
    /// The roles they hold, without `@everyone`.
    pub roles: Vec<Id<RoleMarker>>,
    /// Whether they haven't accepted the guild's rules yet.
    pub pending: bool,
    /// Until when they are or were timed out.
    pub timed_out_until: Option<Timestamp>,
    /// Their username; empty where Discord left it out.
    pub username: String,
}

/// An entry of a guild's audit log.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct AuditEntry {
    /// Its id.
    pub id: Id<AuditLogEntryMarker>,
    /// What was changed: for a channel's entry, the channel.
    #[serde(rename = "target_id")]
    pub target: Option<Id<GenericMarker>>,
    /// The reason given with the call.
    pub reason: Option<String>,
    /// Who did it.
    #[serde(rename = "user_id")]
    pub user: Option<Id<UserMarker>>,
}

impl AuditEntry {
    /// When it was written.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        snowflake::created_at(self.id)
    }
}

/// A message in a channel.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(from = "WireMessage")]
pub struct Message {
    /// Its id.
    pub id: Id<MessageMarker>,
    /// Who wrote it.
    pub author: Id<UserMarker>,
    /// The nonce it was sent with, where Discord still tells.
    pub nonce: Option<String>,
    /// Its text; empty for Components V2.
    pub content: String,
    /// Its components as JSON, `[]` when it has none.
    pub components: Value,
}

impl Message {
    /// When it was sent.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        snowflake::created_at(self.id)
    }
}

#[derive(Deserialize)]
struct WireUser {
    id: Id<UserMarker>,
    #[serde(default)]
    bot: bool,
    global_name: Option<String>,
    #[serde(default)]
    username: String,
}

#[derive(Deserialize)]
struct WireMember {
    user: WireUser,
    nick: Option<String>,
    #[serde(default)]
    pending: bool,
    roles: Vec<Id<RoleMarker>>,
    #[serde(rename = "communication_disabled_until")]
    timed_out_until: Option<Timestamp>,
}

impl From<WireMember> for Member {
    fn from(wire: WireMember) -> Self {
        let WireMember { nick, pending, roles, timed_out_until, user } = wire;
        let WireUser { bot, global_name, id, username } = user;
        Self { bot, global_name, nick, pending, roles, timed_out_until, user: id, username }
    }
}

#[derive(Deserialize)]
struct WireMessage {
    id: Id<MessageMarker>,
    author: WireUser,
    #[serde(default)]
    nonce: Value,
    #[serde(default)]
    content: String,
    #[serde(default)]
    components: Value,
}

impl From<WireMessage> for Message {
    fn from(wire: WireMessage) -> Self {
        let nonce = match wire.nonce {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let components = if wire.components.is_null() { Value::Array(Vec::new()) } else { wire.components };
        Self { id: wire.id, author: wire.author.id, nonce, content: wire.content, components }
    }
}

fn overwrites<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Overwrite>, D::Error> {
    let wire = Option::<Vec<PermissionOverwrite>>::deserialize(deserializer)?.unwrap_or_default();
    let known = wire.into_iter().filter_map(|entry| {
        let target = match entry.kind {
            PermissionOverwriteType::Role => OverwriteTarget::Role(entry.id.cast()),
            PermissionOverwriteType::Member => OverwriteTarget::Member(entry.id.cast()),
            _ => return None,
        };
        Some(Overwrite { target, allow: entry.allow, deny: entry.deny })
    });
    Ok(known.collect())
}
