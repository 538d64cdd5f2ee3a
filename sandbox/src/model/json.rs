//! State as Discord's JSON.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{AuditEntry, ChannelKind, ChannelState, GuildState, Member, Overwrite, RoleState, State, User};
use crate::Snowflake;

/// Members of a thread up to which they are counted.
const COUNTED: usize = 50;

/// An instant as Discord writes it, to the microsecond and with an offset.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

impl User {
    /// The user as anybody sees it.
    pub(crate) fn json(&self) -> Value {
        let mut user = json!({
            "id": self.id, "username": self.username, "avatar": null, "discriminator": "0", "public_flags": 0,
            "flags": 0, "banner": null, "accent_color": null, "global_name": self.global_name,
            "avatar_decoration_data": null, "collectibles": null, "primary_guild": null, "clan": null,
        });
        if self.bot {
            user["bot"] = json!(true);
            user["discriminator"] = json!("4815");
        }
        user
    }
}

impl Overwrite {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id, "type": self.kind as u64,
            "allow": self.allow.bits().to_string(), "deny": self.deny.bits().to_string(),
        })
    }
}

impl RoleState {
    pub(crate) fn json(&self) -> Value {
        let colours =
            json!({ "primary_color": self.colour, "secondary_color": null, "tertiary_color": null });
        let mut role = json!({
            "id": self.id, "name": self.name, "description": null, "permissions": self.permissions.bits().to_string(),
            "position": self.position, "color": self.colour, "colors": colours, "hoist": self.hoist,
            "managed": self.managed_by.is_some(), "mentionable": self.mentionable, "icon": null,
            "unicode_emoji": null, "flags": 0,
        });
        if let Some(bot) = self.managed_by {
            role["tags"] = json!({ "bot_id": bot });
        }
        role
    }
}

impl Member {
    /// The member with its user.
    pub(crate) fn json(&self, user: &User) -> Value {
        json!({
            "avatar": null, "banner": null, "communication_disabled_until": null, "flags": 0,
            "joined_at": instant(self.joined_at), "nick": self.nick, "pending": self.pending, "premium_since": null,
            "roles": self.roles, "user": user.json(), "mute": false, "deaf": false,
        })
    }
}

impl AuditEntry {
    pub(crate) fn json(&self) -> Value {
        let mut entry = json!({
            "id": self.id, "user_id": self.user, "target_id": self.target, "action_type": self.action,
        });
        if !self.changes.is_empty() {
            entry["changes"] = json!(self.changes);
        }
        if !self.options.is_null() {
            entry["options"] = self.options.clone();
        }
        if let Some(reason) = &self.reason {
            entry["reason"] = json!(reason);
        }
        entry
    }
}

impl ChannelState {
    /// The channel as REST answers it.
    pub(crate) fn json(&self, state: &State) -> Value {
        match self.kind {
            ChannelKind::Dm => self.conversation_json(state),
            _ if self.kind.is_thread() => self.thread_json(state),
            _ => self.guild_channel_json(),
        }
    }

    fn guild_channel_json(&self) -> Value {
        let overwrites: Vec<_> = self.overwrites.iter().map(Overwrite::json).collect();
        let mut channel = json!({
            "id": self.id, "type": self.kind.number(), "flags": 0, "guild_id": self.guild, "name": self.name,
            "parent_id": self.parent, "position": self.position, "permission_overwrites": overwrites,
        });
        if self.kind != ChannelKind::Category {
            channel["last_message_id"] = json!(self.last_message);
            channel["last_pin_timestamp"] = json!(self.last_pin.map(instant));
            channel["rate_limit_per_user"] = json!(self.rate_limit_per_user);
            channel["nsfw"] = json!(self.nsfw);
        }
        match self.kind {
            ChannelKind::Text => channel["topic"] = json!(self.topic),
            ChannelKind::Voice => {
                channel["bitrate"] = json!(self.bitrate);
                channel["user_limit"] = json!(self.user_limit);
                channel["rtc_region"] = Value::Null;
            }
            _ => {}
        }
        channel
    }

    fn thread_json(&self, state: &State) -> Value {
        let messages = state.messages_of(self.id).count();
        let mut channel = json!({
            "id": self.id, "type": self.kind.number(), "flags": 0, "guild_id": self.guild, "name": self.name,
            "parent_id": self.parent, "last_message_id": self.last_message,
            "rate_limit_per_user": self.rate_limit_per_user, "message_count": messages,
            "last_pin_timestamp": self.last_pin.map(instant),
        });
        if let Some(thread) = &self.thread {
            channel["owner_id"] = json!(thread.owner);
            channel["member_count"] = json!(thread.members.len().min(COUNTED));
            channel["total_message_sent"] = json!(thread.sent);
            channel["thread_metadata"] = json!({
                "archived": thread.archived, "archive_timestamp": instant(thread.archived_at),
                "auto_archive_duration": thread.auto_archive_minutes, "locked": thread.locked,
                "create_timestamp": instant(self.id.timestamp()),
            });
            if self.kind == ChannelKind::PrivateThread {
                channel["thread_metadata"]["invitable"] = json!(thread.invitable);
            }
        }
        channel
    }

    /// Somebody in this thread, as Discord lists them.
    pub(crate) fn member_json(&self, user: Snowflake) -> Option<Value> {
        let joined = self.thread.as_ref()?.members.get(&user)?;
        let joined = instant(*joined);
        Some(json!({ "id": self.id, "user_id": user, "join_timestamp": joined, "flags": 1 }))
    }

    fn conversation_json(&self, state: &State) -> Value {
        let recipients: Vec<_> =
            self.recipient.and_then(|id| state.users.get(&id)).into_iter().map(User::json).collect();
        json!({
            "id": self.id, "type": self.kind.number(), "flags": 0, "last_message_id": self.last_message,
            "recipients": recipients,
        })
    }
}

impl GuildState {
    /// The guild as `GET /guilds/{guild_id}` answers it.
    pub(crate) fn json(&self) -> Value {
        let roles: Vec<_> = self.roles.values().map(RoleState::json).collect();
        json!({
            "id": self.id, "name": self.name, "icon": null, "description": null, "home_header": null, "splash": null,
            "discovery_splash": null, "features": [], "banner": null, "owner_id": self.owner, "application_id": null,
            "region": "deprecated", "afk_channel_id": null, "afk_timeout": 300, "system_channel_id": null,
            "system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": null, "verification_level": 1,
            "roles": roles, "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 2,
            "max_presences": null, "max_members": 25_000_000, "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25, "vanity_url_code": null, "premium_tier": 0, "premium_subscription_count": 0,
            "preferred_locale": self.locale, "rules_channel_id": null, "safety_alerts_channel_id": null,
            "public_updates_channel_id": null, "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
            "emojis": [], "stickers": [], "incidents_data": null,
        })
    }
}
