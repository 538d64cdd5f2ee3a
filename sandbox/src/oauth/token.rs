//! The token endpoint: codes become tokens, and tokens end. See RFC 6749 and 7009, and Discord Docs/Topics/OAuth2.
//!
//! Every function here has the shape of a `rest::Handler`; the route table names them.

use serde_json::{Value, json};

use super::grants::{Grant, TOKEN_LIFE, Tokens, issue_tokens};
use super::scope::Scope;
use crate::{
    Discord,
    model::State,
    rest::{Answer, ApiError, Request},
};

/// The fields, of forms and of answers, that nobody else may read.
const SECRETS: [&str; 5] = ["access_token", "client_secret", "code", "refresh_token", "token"];

/// Whether a field of a form or an answer is kept out of the record.
pub(crate) fn is_secret(field: &str) -> bool {
    SECRETS.contains(&field)
}

/// `POST /oauth2/token`
pub(crate) fn exchange(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    is_client(discord, request)?;
    let grant = match field(request, "grant_type") {
        Some("authorization_code") => {
            let (code, uri) = (required(request, "code")?, required(request, "redirect_uri")?);
            state.grants.redeem(code, uri, discord.now()).map_err(invalid)?
        }
        Some("refresh_token") => {
            let refresh = required(request, "refresh_token")?;
            state.grants.refresh(refresh).ok_or_else(|| invalid("refresh_token"))?
        }
        other => {
            let why = format!("Grant type {} is not supported", other.unwrap_or("None"));
            return Err(ApiError::oauth(400, "unsupported_grant_type", &why));
        }
    };
    let tokens = issue_tokens(discord, state, grant);
    Ok(Answer::ok(json(state, &tokens)))
}

/// `POST /oauth2/token/revoke`: a token that nobody has is revoked already.
pub(crate) fn revoke(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    is_client(discord, request)?;
    state.grants.revoke(required(request, "token")?);
    Ok(Answer::ok(json!({})))
}

fn json(state: &State, tokens: &Tokens) -> Value {
    let Grant { scopes, guild, .. } = &tokens.grant;
    let mut body = json!({
        "token_type": "Bearer", "access_token": tokens.access, "expires_in": TOKEN_LIFE,
        "refresh_token": tokens.refresh, "scope": Scope::list(scopes),
    });
    if let Some(guild) = guild.and_then(|id| state.guilds.get(&id)) {
        body["guild"] = guild.json();
    }
    body
}

/// Whether the application itself asks: by HTTP Basic, or by the same in the form.
fn is_client(discord: &Discord, request: &Request) -> Result<(), ApiError> {
    let application = discord.application();
    let expected = (application.id.to_string(), application.client_secret.clone());
    let in_form = || {
        let given = |name| field(request, name).unwrap_or_default().to_owned();
        (given("client_id"), given("client_secret"))
    };
    if request.basic().unwrap_or_else(in_form) == expected {
        Ok(())
    } else {
        Err(ApiError::oauth(401, "invalid_client", ""))
    }
}

fn field<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.body.as_ref()?[name].as_str().filter(|value| !value.is_empty())
}

fn required<'r>(request: &'r Request, name: &str) -> Result<&'r str, ApiError> {
    let missing = || ApiError::oauth(400, "invalid_request", &format!("Missing \"{name}\" in request."));
    field(request, name).ok_or_else(missing)
}

fn invalid(name: &str) -> ApiError {
    ApiError::oauth(400, "invalid_grant", &format!("Invalid \"{name}\" in request."))
}
