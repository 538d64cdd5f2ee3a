//! An interaction as Discord sends it. See Discord Docs/Interactions/Receiving and Responding, Interaction Object.

use serde_json::{Value, json};

use super::session::{Kind, Origin};
use crate::{
    Permissions, Snowflake,
    model::{ChannelKind, ChannelState, GuildState, State},
    permissions::{in_channel, in_guild},
};

/// What the application may upload in an answer, in bytes.
const ATTACHMENT_SIZE_LIMIT: u64 = 10 * 1024 * 1024;

/// The application, and what was chosen for this interaction.
pub(super) struct Head {
    pub(super) application: Snowflake,
    pub(super) bot: Snowflake,
    pub(super) id: Snowflake,
    pub(super) token: String,
    pub(super) kind: Kind,
}

/// The whole body of an interaction.
pub(super) fn envelope(state: &State, head: &Head, origin: &Origin, data: &Value) -> Value {
    let mut body = json!({
        "id": head.id, "application_id": head.application, "type": head.kind as u64, "token": head.token, "version": 1,
        "data": data, "entitlements": [], "entitlement_sku_ids": [], "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
        "channel_id": origin.channel, "context": if origin.guild.is_some() { 0 } else { 1 },
        "authorizing_integration_owners": owners(origin),
    });
    body["locale"] = json!(state.users.get(&origin.user).map(|user| user.locale.as_str()));
    if let Some(channel) = state.channels.get(&origin.channel) {
        body["channel"] = partial_channel(state, channel, in_channel(state, channel, origin.user));
        body["app_permissions"] = json!(in_channel(state, channel, head.bot).bits().to_string());
    }
    match origin.guild.and_then(|id| state.guilds.get(&id)) {
        Some(guild) => {
            body["guild_id"] = json!(guild.id);
            body["guild_locale"] = json!(guild.locale);
            body["guild"] = json!({ "id": guild.id, "locale": guild.locale, "features": [] });
            body["member"] = invoker(state, guild, origin);
        }
        None => body["user"] = user(state, origin.user),
    }
    if let Some(message) = origin.message.and_then(|id| state.messages.get(&id)) {
        body["message"] = message.json(state, head.bot);
    }
    body
}

/// For whom the application was installed: the guild, or nobody in a conversation with the bot.
pub(super) fn owners(origin: &Origin) -> Value {
    json!({ "0": origin.guild.map_or_else(|| "0".to_owned(), |guild| guild.to_string()) })
}

/// A user, as anybody sees it.
pub(super) fn user(state: &State, id: Snowflake) -> Value {
    state.users.get(&id).map(|user| user.json()).unwrap_or_default()
}

/// Whoever did it. Someone who left meanwhile is still the member they were when they clicked.
fn invoker(state: &State, guild: &GuildState, origin: &Origin) -> Value {
    let channel = state.channels.get(&origin.channel);
    let here = channel.map_or(Permissions::NONE, |channel| in_channel(state, channel, origin.user));
    let mut member = member(guild, origin.user, here);
    member["user"] = user(state, origin.user);
    member["deaf"] = json!(false);
    member["mute"] = json!(false);
    member
}

/// A partial member, as `resolved` has it: without the user.
pub(super) fn member(guild: &GuildState, id: Snowflake, permissions: Permissions) -> Value {
    let known = guild.members.get(&id);
    let joined_at = known.map_or_else(|| guild.id.timestamp(), |member| member.joined_at);
    json!({
        "avatar": null, "banner": null, "collectibles": null, "communication_disabled_until": null,
        "display_name_styles": null, "flags": 0, "joined_at": crate::model::instant(joined_at),
        "nick": known.and_then(|member| member.nick.as_deref()),
        "pending": known.is_some_and(|member| member.pending),
        "permissions": permissions.bits().to_string(), "premium_since": null,
        "roles": known.map(|member| member.roles.as_slice()).unwrap_or_default(), "unusual_dm_activity_until": null,
    })
}

/// A member of whom only the guild matters.
pub(super) fn member_anywhere(guild: &GuildState, id: Snowflake) -> Value {
    member(guild, id, in_guild(guild, id))
}

/// A channel without what only its managers see.
pub(super) fn partial_channel(state: &State, channel: &ChannelState, permissions: Permissions) -> Value {
    let mut partial = channel.json(state);
    if let Value::Object(fields) = &mut partial {
        fields.remove("permission_overwrites");
    }
    if channel.kind != ChannelKind::Dm {
        partial["permissions"] = json!(permissions.bits().to_string());
    }
    if channel.kind == ChannelKind::Text {
        partial["icon_emoji"] = Value::Null;
        partial["theme_color"] = Value::Null;
    }
    partial
}
