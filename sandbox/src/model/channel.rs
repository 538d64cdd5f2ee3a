//! Channels, categories and threads.

use jiff::Timestamp;

use super::ThreadState;
use crate::{Permissions, Snowflake};

/// The kinds of channel that the sandbox knows, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChannelKind {
    /// A text channel of a guild.
    Text = 0,
    /// A conversation with one person.
    Dm = 1,
    /// A voice channel of a guild.
    Voice = 2,
    /// A category, which holds channels.
    Category = 4,
    /// A thread that whoever sees its channel may join.
    PublicThread = 11,
    /// A thread for those added to it.
    PrivateThread = 12,
}

impl ChannelKind {
    /// Discord's number of it.
    #[must_use]
    pub const fn number(self) -> u64 {
        self as u64
    }

    /// The kind with this number, of those that `POST /guilds/{guild_id}/channels` can make here.
    #[must_use]
    pub const fn creatable(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::Text),
            2 => Some(Self::Voice),
            4 => Some(Self::Category),
            _ => None,
        }
    }

    /// Whether it is a thread.
    #[must_use]
    pub const fn is_thread(self) -> bool {
        matches!(self, Self::PublicThread | Self::PrivateThread)
    }
}

/// Whom an overwrite is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverwriteKind {
    /// A role; @everyone is the role with the guild's id.
    Role = 0,
    /// A member.
    Member = 1,
}

/// What a role or a member may and may not do in one channel, whatever their roles say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// The role's or the member's id.
    pub id: Snowflake,
    /// Which of the two.
    pub kind: OverwriteKind,
    /// What is allowed here.
    pub allow: Permissions,
    /// What is denied here.
    pub deny: Permissions,
}

/// A channel, category, thread or conversation.
#[derive(Clone, Debug)]
pub struct ChannelState {
    /// Its id.
    pub id: Snowflake,
    /// Its guild; none for a conversation.
    pub guild: Option<Snowflake>,
    /// What it is.
    pub kind: ChannelKind,
    /// Its name, as Discord made it of what was asked for.
    pub name: String,
    /// Its category, or for a thread its channel.
    pub parent: Option<Snowflake>,
    /// Where it stands among its kind.
    pub position: u64,
    /// Its overwrites, in the order they were set.
    pub overwrites: Vec<Overwrite>,
    /// A text channel's topic.
    pub topic: Option<String>,
    /// Whether it is for adults.
    pub nsfw: bool,
    /// A voice channel's bits a second.
    pub bitrate: u64,
    /// A voice channel's places; 0 for no limit.
    pub user_limit: u64,
    /// Seconds between two messages of one member.
    pub rate_limit_per_user: u64,
    /// The latest message, deleted or not.
    pub last_message: Option<Snowflake>,
    /// When a message was last pinned in it.
    pub last_pin: Option<Timestamp>,
    /// What only threads have.
    pub thread: Option<ThreadState>,
    /// The person of a conversation with the bot.
    pub recipient: Option<Snowflake>,
    /// When its name or topic was changed over REST lately.
    pub(crate) renames: Vec<crate::limits::Stamp>,
}

impl ChannelState {
    /// A channel with nothing set.
    pub(crate) fn new(id: Snowflake, guild: Option<Snowflake>, kind: ChannelKind, name: &str) -> Self {
        Self {
            id,
            guild,
            kind,
            name: name.to_owned(),
            parent: None,
            position: 0,
            overwrites: Vec::new(),
            topic: None,
            nsfw: false,
            bitrate: 64_000,
            user_limit: 0,
            rate_limit_per_user: 0,
            last_message: None,
            last_pin: None,
            thread: None,
            recipient: None,
            renames: Vec::new(),
        }
    }

    /// The overwrite for this role or member, if there is one.
    #[must_use]
    pub fn overwrite(&self, id: Snowflake) -> Option<&Overwrite> {
        self.overwrites.iter().find(|overwrite| overwrite.id == id)
    }
}
