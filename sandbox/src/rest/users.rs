//! Routes about the bot itself and its application.

use serde_json::{Value, json};

use super::{Answer, ApiError, Request};
use crate::{
    Discord,
    model::{GuildState, State, User},
    oauth,
    permissions::in_guild,
};

/// Guilds that are listed at once.
const GUILDS_MAX: u64 = 200;
/// Webhook events are off, or on. See Discord Docs/Resources/Application, Application Event Webhook Status.
const EVENTS_OFF: u8 = 1;
const EVENTS_ON: u8 = 2;

/// `GET /users/@me`: the bot, or the person whose token it is.
pub(super) fn me(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    if request.bearer().is_some() {
        return oauth::me(discord, state, request);
    }
    let bot = state.users.get(&discord.bot()).ok_or_else(ApiError::unknown_user)?;
    let mut body = bot.json();
    body["mfa_enabled"] = json!(true);
    body["locale"] = json!("en-US");
    body["verified"] = json!(true);
    body["email"] = Value::Null;
    Ok(Answer::ok(body))
}

/// `GET /users/@me/guilds`: the guilds that the bot is in, in the order of their ids.
pub(super) fn guilds(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let (before, after) = (request.query_id("before")?, request.query_id("after")?);
    let limit = request.query_number("limit", 1, GUILDS_MAX)?.unwrap_or(GUILDS_MAX);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let counted = request.query("with_counts") == Some("true");
    let mine: Vec<_> = state
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&discord.bot()))
        .filter(|guild| before.is_none_or(|id| guild.id < id) && after.is_none_or(|id| guild.id > id))
        .map(|guild| partial(discord, guild, counted))
        .collect();
    // Those before a mark are the ones next to it.
    let skipped = if before.is_some() && after.is_none() { mine.len().saturating_sub(limit) } else { 0 };
    Ok(Answer::ok(mine.into_iter().skip(skipped).take(limit).collect()))
}

fn partial(discord: &Discord, guild: &GuildState, counted: bool) -> Value {
    let mut body = json!({
        "id": guild.id, "name": guild.name, "icon": null, "banner": null, "owner": guild.owner == discord.bot(),
        "permissions": in_guild(guild, discord.bot()).bits().to_string(), "features": [],
    });
    if counted {
        body["approximate_member_count"] = json!(guild.members.len());
        body["approximate_presence_count"] = json!(guild.members.len());
    }
    body
}

/// `GET /applications/@me`
pub(super) fn application(discord: &Discord, state: &mut State, _: &Request) -> Result<Answer, ApiError> {
    let application = discord.application();
    let bot = state.users.get(&discord.bot()).map(User::json);
    let flags = state.portal.members_intent.flags();
    let installed = state.guilds.values().filter(|guild| guild.members.contains_key(&discord.bot())).count();
    let endpoint = |of: &str| discord.delivers_to().map(|url| format!("{url}{of}"));
    let (interactions, events) = (endpoint("/interactions"), endpoint("/webhook-events"));
    // Nobody has turned events on where there is nowhere to send them.
    let told = if events.is_some() { EVENTS_ON } else { EVENTS_OFF };
    Ok(Answer::ok(json!({
        "id": application.id, "name": application.name, "icon": null, "description": "", "type": null, "bot": bot,
        "bot_public": true, "bot_require_code_grant": false, "verify_key": application.public_key_hex, "flags": flags,
        "flags_new": flags.to_string(), "redirect_uris": state.portal.redirect_uris, "interactions_endpoint_url": interactions,
        "role_connections_verification_url": null, "owner": owner(), "approximate_guild_count": installed,
        "approximate_user_install_count": 0, "approximate_user_authorization_count": 0, "event_webhooks_url": events,
        "event_webhooks_status": told,
        "event_webhooks_types": ["APPLICATION_AUTHORIZED", "APPLICATION_DEAUTHORIZED"], "explicit_content_filter": 0, "team": null, "eligible_oauth2_scopes": [],
        "integration_types_config": { "0": {} }, "summary": "", "tags": [],
    })))
}

/// Whoever made the application in the developer portal. Nobody in any guild.
fn owner() -> Value {
    json!({
        "id": "1", "username": "developer", "avatar": null, "discriminator": "0", "public_flags": 0, "flags": 0,
        "global_name": null, "primary_guild": null,
    })
}
