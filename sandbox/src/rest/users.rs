//! Routes about the bot itself and its application.

use serde_json::{Value, json};

use super::{Answer, ApiError, Request};
use crate::{
    Discord,
    model::{State, User},
};

/// `GET /users/@me`
pub(super) fn me(discord: &Discord, state: &mut State, _: &Request) -> Result<Answer, ApiError> {
    let bot = state.users.get(&discord.bot()).ok_or_else(ApiError::unknown_user)?;
    let mut body = bot.json();
    body["mfa_enabled"] = json!(true);
    body["locale"] = json!("en-US");
    body["verified"] = json!(true);
    body["email"] = Value::Null;
    Ok(Answer::ok(body))
}

/// `GET /applications/@me`
pub(super) fn application(discord: &Discord, state: &mut State, _: &Request) -> Result<Answer, ApiError> {
    let application = discord.application();
    let bot = state.users.get(&discord.bot()).map(User::json);
    let installed = state.guilds.values().filter(|guild| guild.members.contains_key(&discord.bot())).count();
    let endpoint = discord.delivers_to().map(|url| format!("{url}/interactions"));
    Ok(Answer::ok(json!({
        "id": application.id, "name": application.name, "icon": null, "description": "", "type": null, "bot": bot,
        "bot_public": true, "bot_require_code_grant": false, "verify_key": application.public_key_hex, "flags": 0,
        "flags_new": "0", "redirect_uris": [], "interactions_endpoint_url": endpoint,
        "role_connections_verification_url": null, "owner": owner(), "approximate_guild_count": installed,
        "approximate_user_install_count": 0, "approximate_user_authorization_count": 0, "event_webhooks_url": null,
        "event_webhooks_status": 1, "explicit_content_filter": 0, "team": null, "eligible_oauth2_scopes": [],
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
