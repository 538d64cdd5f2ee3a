//! What an application learns with somebody's token.
//!
//! Every function here has the shape of a `rest::Handler`; the route table names them.

use serde_json::json;

use super::grants::Tokens;
use super::scope::Scope;
use crate::{
    Discord,
    model::{State, instant},
    rest::{Answer, ApiError, Request},
};

/// `GET /users/@me` with a person's token
pub(crate) fn me(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let tokens = bearer(discord, state, request)?;
    let scopes = &tokens.grant.scopes;
    let (identify, email) = (scopes.contains(&Scope::Identify), scopes.contains(&Scope::Email));
    let user = state.users.get(&tokens.grant.user).filter(|_| identify).ok_or_else(ApiError::unauthorized)?;
    let mut body = user.json();
    body["mfa_enabled"] = json!(false);
    body["locale"] = json!(user.locale);
    body["premium_type"] = json!(0);
    if email {
        body["email"] = json!(user.email.as_ref().map(|email| email.address.as_str()));
        body["verified"] = json!(user.email.as_ref().is_some_and(|email| email.verified));
    }
    Ok(Answer::ok(body))
}

/// `GET /oauth2/@me`: what a token is good for.
pub(crate) fn authorization(
    discord: &Discord,
    state: &mut State,
    request: &Request,
) -> Result<Answer, ApiError> {
    let Tokens { grant, expires, .. } = bearer(discord, state, request)?;
    let application = discord.application();
    let scopes: Vec<_> = grant.scopes.iter().map(|scope| scope.name()).collect();
    let mut body = json!({
        "application": {
            "id": application.id, "name": application.name, "icon": null, "description": "", "type": null,
            "bot_public": true, "bot_require_code_grant": false, "verify_key": application.public_key_hex,
            "flags": state.portal.members_intent.flags(), "flags_new": state.portal.members_intent.flags().to_string(),
        },
        "expires": instant(*expires), "scopes": scopes,
    });
    if let Some(user) = state.users.get(&grant.user).filter(|_| grant.scopes.contains(&Scope::Identify)) {
        body["user"] = user.json();
    }
    Ok(Answer::ok(body))
}

/// What a request's token stands for.
fn bearer<'s>(discord: &Discord, state: &'s State, request: &Request) -> Result<&'s Tokens, ApiError> {
    let token = request.bearer().unwrap_or_default();
    state.grants.by_access(token, discord.now()).ok_or_else(ApiError::unauthorized)
}
