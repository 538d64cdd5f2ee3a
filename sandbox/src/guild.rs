//! A guild in a test's hands.

use crate::{
    Channel, Discord, Permissions, Snowflake,
    model::{AuditEntry, ChannelState, GuildState, Message, RoleState, State, User},
};

/// A guild: makes members, roles and channels, and shows what has become of it.
#[derive(Clone, Debug)]
pub struct Guild {
    pub(crate) discord: Discord,
    pub(crate) id: Snowflake,
}

/// A role of a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
}

/// All of a guild at one moment.
#[derive(Clone, Debug)]
pub struct GuildSnapshot {
    /// The guild, its members and roles.
    pub guild: GuildState,
    /// The users it has members of, and authors of messages.
    pub users: Vec<User>,
    /// Its channels as they are shown: each category before its channels, threads after their channel.
    pub channels: Vec<ChannelState>,
    /// The messages in them, ephemeral ones too, oldest first.
    pub messages: Vec<Message>,
}
