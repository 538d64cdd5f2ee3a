//! Tokens of a club.

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Api,
    body::{self, Path},
    caller::Call,
    fields::Fields,
    page::{Listed, Page, PageQuery, Paging},
    problem::Problem,
};
use crate::{
    domain::{
        id::{ClubId, TokenId},
        scope::{Scope, Scopes},
    },
    service::token::{ApiToken, MadeToken, NewToken},
};

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

/// A token of a club, without what a program shows.
#[derive(Debug, Serialize, ToSchema)]
struct Token {
    /// When it was made.
    created_at: Timestamp,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: TokenId,
    /// When it was last used, to the minute.
    last_used_at: Option<Timestamp>,
    /// What people call it.
    #[schema(example = "The site")]
    name: String,
    /// What it may do.
    #[schema(value_type = Vec<Scope>)]
    scopes: Scopes,
}

/// A fresh token.
#[derive(Debug, Serialize, ToSchema)]
struct FreshToken {
    #[serde(flatten)]
    of: Token,
    /// What a program sends: keep it, for it is shown here and never again.
    #[schema(example = "slc_0123456789ABCDEFGHJKMNPQRSTVWXYZ")]
    secret: String,
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TokenBody {
    /// What people call it: 1 to 60 characters.
    #[schema(example = "The site", min_length = 1, max_length = 60)]
    name: String,
    /// What it may do: nothing that the token that asks may not do itself.
    #[schema(min_items = 1, value_type = Vec<Scope>)]
    scopes: Scopes,
}

impl From<ApiToken> for Token {
    fn from(token: ApiToken) -> Self {
        let ApiToken { created_at, id, last_used_at, name, scopes, .. } = token;
        Self { created_at, id, last_used_at, name: name.to_string(), scopes }
    }
}

impl From<MadeToken> for FreshToken {
    fn from(made: MadeToken) -> Self {
        Self { of: made.token.into(), secret: made.text.expose_secret().to_owned() }
    }
}

impl TokenBody {
    fn read(self, call: &Call) -> Result<NewToken, Problem> {
        let mut fields = Fields::default();
        let name = fields.take("/name", self.name.parse());
        if self.scopes.is_empty() {
            fields.fault("/scopes", "A token without scopes is of no use. Name at least one.");
        }
        let new = fields.finish(name.map(|name| NewToken { name, scopes: self.scopes }))?;
        let may = call.scopes();
        match new.scopes.iter().find(|scope| !may.contains(scope)) {
            Some(scope) => {
                Err(Problem::Forbidden(format!("The token lacks the scope {} itself.", scope.name())))
            }
            None => Ok(new),
        }
    }
}

/// Tokens of a club
///
/// Those that aren’t revoked, the oldest first. Scope: `tokens:write`.
#[utoipa::path(
    get,
    path = "/clubs/{club}/tokens",
    operation_id = "list_tokens",
    tag = "tokens",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier."), PageQuery),
    responses((status = 200, description = "A page of tokens.", body = Page<Token>)),
)]
async fn list(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    paging: Paging,
) -> Result<Listed<Token>, Problem> {
    let club = call.club(club, Scope::TokensWrite)?;
    let found = api.service().tokens(club, paging.after()?, paging.wanted()).await?;
    paging.page(found, |token| token.id, Token::from)
}

/// Make a token
///
/// The answer shows it once. Scope: `tokens:write`.
#[utoipa::path(
    post,
    path = "/clubs/{club}/tokens",
    operation_id = "make_token",
    tag = "tokens",
    params(("club" = uuid::Uuid, Path, description = "The club’s identifier.")),
    request_body = TokenBody,
    responses((status = 201, description = "The token.", body = FreshToken)),
)]
async fn make(
    State(api): State<Api>,
    call: Call,
    Path(club): Path<ClubId>,
    body::Json(body): body::Json<TokenBody>,
) -> Result<(StatusCode, Json<FreshToken>), Problem> {
    let club = call.club(club, Scope::TokensWrite)?;
    let made = api.service().make_token(club, body.read(&call)?, call.doer(), call.request_id()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Revoke a token
///
/// It stops working at once, and for good. A token may revoke itself. Scope: `tokens:write`.
#[utoipa::path(
    delete,
    path = "/clubs/{club}/tokens/{token}",
    operation_id = "revoke_token",
    tag = "tokens",
    params(
        ("club" = uuid::Uuid, Path, description = "The club’s identifier."),
        ("token" = uuid::Uuid, Path, description = "The token’s identifier."),
    ),
    responses((status = 204, description = "It is revoked.")),
)]
async fn revoke(
    State(api): State<Api>,
    call: Call,
    Path((club, token)): Path<(ClubId, TokenId)>,
) -> Result<StatusCode, Problem> {
    let club = call.club(club, Scope::TokensWrite)?;
    api.service().revoke_token(club, token, call.doer(), call.request_id()).await?;
    Ok(StatusCode::NO_CONTENT)
}
