//! The audit log: who did what. See Discord Docs/Resources/Audit Log.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    Snowflake,
    model::{AuditEntry, State},
};

/// Discord's numbers of the actions that the sandbox records.
pub(crate) mod action {
    pub(crate) const CHANNEL_CREATE: u64 = 10;
    pub(crate) const CHANNEL_UPDATE: u64 = 11;
    pub(crate) const CHANNEL_DELETE: u64 = 12;
    pub(crate) const OVERWRITE_CREATE: u64 = 13;
    pub(crate) const OVERWRITE_UPDATE: u64 = 14;
    pub(crate) const OVERWRITE_DELETE: u64 = 15;
    pub(crate) const MEMBER_KICK: u64 = 20;
    pub(crate) const MEMBER_ROLE_UPDATE: u64 = 25;
    pub(crate) const BOT_ADD: u64 = 28;
    pub(crate) const ROLE_CREATE: u64 = 30;
    pub(crate) const ROLE_UPDATE: u64 = 31;
    pub(crate) const ROLE_DELETE: u64 = 32;
    pub(crate) const MESSAGE_DELETE: u64 = 72;
    pub(crate) const MESSAGE_PIN: u64 = 74;
    pub(crate) const MESSAGE_UNPIN: u64 = 75;
    pub(crate) const EVENT_CREATE: u64 = 100;
    pub(crate) const EVENT_UPDATE: u64 = 101;
    pub(crate) const EVENT_DELETE: u64 = 102;
    pub(crate) const THREAD_CREATE: u64 = 110;
    pub(crate) const THREAD_UPDATE: u64 = 111;
    pub(crate) const THREAD_DELETE: u64 = 112;
}

/// Who acts, when, and why.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) by: Snowflake,
    pub(crate) at: Timestamp,
    /// What the `X-Audit-Log-Reason` header said.
    pub(crate) reason: Option<String>,
}

impl Act {
    /// Writes what was done into a guild's log.
    pub(crate) fn record(
        &self,
        state: &mut State,
        guild: Snowflake,
        action: u64,
        target: Snowflake,
        what: What,
    ) {
        let id = state.id(self.at);
        let What { changes, options } = what;
        if let Some(guild) = state.guilds.get_mut(&guild) {
            let (user, target, reason) = (self.by, Some(target), self.reason.clone());
            guild.audit.push(AuditEntry { id, user, target, action, changes, options, reason });
        }
    }
}

/// What an entry says beyond its target.
#[derive(Clone, Debug, Default)]
pub(crate) struct What {
    pub(crate) changes: Vec<Value>,
    pub(crate) options: Value,
}

impl What {
    /// Only these changes.
    pub(crate) fn changed(changes: Vec<Value>) -> Self {
        Self { changes, options: Value::Null }
    }
}

/// One change, as an entry lists it; nothing if both are the same.
pub(crate) fn change(key: &str, old: Option<Value>, new: Option<Value>) -> Option<Value> {
    if old == new {
        return None;
    }
    let mut change = json!({ "key": key });
    if let Some(old) = old {
        change["old_value"] = old;
    }
    if let Some(new) = new {
        change["new_value"] = new;
    }
    Some(change)
}
