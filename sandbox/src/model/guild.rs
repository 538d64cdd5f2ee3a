//! Guilds, their members, roles and audit log.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::{Permissions, Snowflake};

/// A role.
#[derive(Clone, Debug)]
pub struct RoleState {
    /// Its id; @everyone has its guild's.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// What it lets its members do.
    pub permissions: Permissions,
    /// Its place in the hierarchy, @everyone being 0.
    pub position: u64,
    /// Its colour, 0xRRGGBB; 0 for none.
    pub colour: u32,
    /// Whether members of it are listed apart.
    pub hoist: bool,
    /// Whether anybody can mention it.
    pub mentionable: bool,
    /// The bot it belongs to, which is then the only one to hold it.
    pub managed_by: Option<Snowflake>,
}

impl RoleState {
    /// A role with nothing else set.
    pub(crate) fn new(id: Snowflake, name: &str, permissions: Permissions, position: u64) -> Self {
        Self {
            id,
            name: name.to_owned(),
            permissions,
            position,
            colour: 0,
            hoist: false,
            mentionable: false,
            managed_by: None,
        }
    }
}

/// A user in a guild.
#[derive(Clone, Debug)]
pub struct Member {
    /// The user.
    pub user: Snowflake,
    /// The name in this guild, if it differs.
    pub nick: Option<String>,
    /// Its roles, @everyone not among them.
    pub roles: Vec<Snowflake>,
    /// Since when.
    pub joined_at: Timestamp,
    /// Whether they haven't accepted the guild's rules yet.
    pub pending: bool,
}

/// What somebody did in a guild.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// Its id, and so its time.
    pub id: Snowflake,
    /// Who did it.
    pub user: Snowflake,
    /// To what.
    pub target: Option<Snowflake>,
    /// Discord's number of the action, such as 10 for a channel's creation.
    pub action: u64,
    /// What changed: `{key, old_value?, new_value?}`.
    pub changes: Vec<Value>,
    /// More about the action, as an object; null when there is none.
    pub options: Value,
    /// Why, as the `X-Audit-Log-Reason` header said.
    pub reason: Option<String>,
}

/// A guild, which people call a server.
#[derive(Clone, Debug)]
pub struct GuildState {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// Who owns it and may do everything.
    pub owner: Snowflake,
    /// Its language, such as `en-US`.
    pub locale: String,
    /// Its roles, @everyone among them.
    pub roles: BTreeMap<Snowflake, RoleState>,
    /// Its members, the bot among them while it is installed.
    pub members: BTreeMap<Snowflake, Member>,
    /// What was done in it, oldest first.
    pub audit: Vec<AuditEntry>,
}

impl GuildState {
    /// The role everybody has.
    #[must_use]
    pub fn everyone(&self) -> Snowflake {
        self.id
    }

    /// The role that came with this bot.
    #[must_use]
    pub fn role_of_bot(&self, bot: Snowflake) -> Option<&RoleState> {
        self.roles.values().find(|role| role.managed_by == Some(bot))
    }
}
