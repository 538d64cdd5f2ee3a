//! Routes about guilds.

use serde_json::{Value, json};

use super::{Answer, ApiError, Request, access};
use crate::{
    Discord, Permissions,
    audit::Act,
    model::{AuditEntry, ChannelState, State, User},
    permissions,
};

/// `GET /guilds/{guild_id}`
pub(super) fn get(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    let mut body = guild.json();
    if request.query("with_counts") == Some("true") {
        body["approximate_member_count"] = json!(guild.members.len());
        body["approximate_presence_count"] = json!(guild.members.len());
    }
    Ok(Answer::ok(body))
}

/// `GET /guilds/{guild_id}/channels`: no threads, and nothing that the bot doesn't see. A category is seen with any of its
/// channels. See Discord Docs/Topics/Permissions, Channel Visibility.
pub(super) fn channels(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?.id;
    let all = state.channels_of(guild);
    let seen = |channel: &ChannelState| {
        permissions::in_channel(state, channel, discord.bot()).contains(Permissions::VIEW_CHANNEL)
    };
    let listed =
        all.iter().filter(|c| seen(c) || all.iter().any(|child| child.parent == Some(c.id) && seen(child)));
    Ok(Answer::ok(listed.map(|channel| channel.json(state)).collect()))
}

/// `GET /guilds/{guild_id}/audit-logs`: newest first, but oldest first with `after`.
pub(super) fn audit_log(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    if !permissions::in_guild(guild, discord.bot()).contains(Permissions::VIEW_AUDIT_LOG) {
        return Err(ApiError::missing_permissions());
    }
    let (user, target) = (request.query_id("user_id")?, request.query_id("target_id")?);
    let (before, after) = (request.query_id("before")?, request.query_id("after")?);
    let action = request.query_number("action_type", 0, 255)?;
    let limit = request.query_number("limit", 1, 100)?.unwrap_or(50);
    let chosen = |entry: &&AuditEntry| {
        user.is_none_or(|id| entry.user == id)
            && target.is_none_or(|id| entry.target == Some(id))
            && action.is_none_or(|action| entry.action == action)
            && before.is_none_or(|id| entry.id < id)
            && after.is_none_or(|id| entry.id > id)
    };
    let found = guild.audit.iter().filter(chosen);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let found: Vec<_> =
        if after.is_some() { found.take(limit).collect() } else { found.rev().take(limit).collect() };
    Ok(Answer::ok(log_json(state, &found)))
}

fn log_json(state: &State, entries: &[&AuditEntry]) -> Value {
    let mut people: Vec<_> = entries.iter().map(|entry| entry.user).collect();
    people.sort_unstable();
    people.dedup();
    let users: Vec<_> = people.iter().filter_map(|id| state.users.get(id)).map(User::json).collect();
    let entries: Vec<_> = entries.iter().map(|entry| entry.json()).collect();
    json!({
        "audit_log_entries": entries, "users": users, "integrations": [], "webhooks": [], "guild_scheduled_events": [],
        "threads": [], "application_commands": [], "auto_moderation_rules": [],
    })
}

/// `POST /guilds/{guild_id}/channels`
pub(super) fn create_channel(
    discord: &Discord,
    state: &mut State,
    request: &Request,
) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?.id;
    let held = access::in_guild(discord, state, guild);
    if !held.contains(Permissions::MANAGE_CHANNELS) {
        return Err(ApiError::missing_permissions());
    }
    let form = crate::limits::ChannelForm::read(&request.form()?, None)?;
    if state.channels_of(guild).len() >= 500 {
        return Err(ApiError::new(400, 30013, "Maximum number of guild channels reached (500)"));
    }
    super::parents::check(discord, state, guild, form.kind, form.parent.flatten())?;
    super::overwrites::may_set_all(
        discord,
        state,
        guild,
        form.overwrites.as_deref().unwrap_or_default(),
        None,
    )?;
    let act: Act = access::act(discord, request);
    let id = crate::acts::create_channel(state, &act, guild, form);
    let made: &ChannelState = state.channels.get(&id).ok_or_else(ApiError::unknown_channel)?;
    Ok(Answer::created(made.json(state)))
}
