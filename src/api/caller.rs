//! Who calls: a program with a token of a club's, or the operator.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};

use super::{Api, problem::Problem};
use crate::{
    base::ids::RequestId,
    domain::{
        id::ClubId,
        scope::{Scope, Scopes},
    },
    service::token::{ApiToken, Doer},
};

/// Who calls.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Caller {
    /// A program with a token of a club's.
    Club(ApiToken),
    /// Whoever runs the service.
    Operator,
}

/// What every handler takes: who calls, and the request's name.
#[derive(Clone, Debug)]
pub(super) struct Call {
    caller: Caller,
    request_id: String,
}

impl Caller {
    /// What the caller's pace and idempotency keys are kept under.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Club(token) => token.id.to_string(),
            Self::Operator => "operator".to_owned(),
        }
    }
}

impl Call {
    /// The club, if the caller may do that to it.
    ///
    /// # Errors
    ///
    /// Another club than the token's doesn't exist for it; with its own it may lack the scope. Whether a club that the operator names exists
    /// is the service's to say.
    pub(super) fn club(&self, club: ClubId, scope: Scope) -> Result<ClubId, Problem> {
        match &self.caller {
            Caller::Operator => Ok(club),
            Caller::Club(token) if token.club != club => {
                Err(Problem::NotFound("There is no such club.".to_owned()))
            }
            Caller::Club(token) if token.scopes.contains(&scope) => Ok(club),
            Caller::Club(_) => {
                Err(Problem::Forbidden(format!("The token lacks the scope {}.", scope.name())))
            }
        }
    }

    /// The token's club, if it may do that; `None` for the operator, who may do everything to every club.
    ///
    /// # Errors
    ///
    /// When the token lacks the scope.
    pub(super) fn own_club(&self, scope: Scope) -> Result<Option<ClubId>, Problem> {
        match &self.caller {
            Caller::Operator => Ok(None),
            Caller::Club(token) => self.club(token.club, scope).map(Some),
        }
    }

    /// Nothing, if the caller is the operator.
    ///
    /// # Errors
    ///
    /// When they aren't.
    pub(super) fn operator(&self) -> Result<(), Problem> {
        match self.caller {
            Caller::Operator => Ok(()),
            Caller::Club(_) => Err(Problem::Forbidden("Only the operator’s token may do this.".to_owned())),
        }
    }

    /// What the caller may do.
    pub(super) fn scopes(&self) -> Scopes {
        match &self.caller {
            Caller::Club(token) => token.scopes.clone(),
            Caller::Operator => Scope::ALL.into(),
        }
    }

    /// Whom the audit log names.
    pub(super) fn doer(&self) -> Doer {
        match &self.caller {
            Caller::Club(token) => Doer::Token(token.id.uuid()),
            Caller::Operator => Doer::Operator,
        }
    }

    /// The request's name.
    pub(super) fn request_id(&self) -> &str {
        &self.request_id
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Caller>().cloned().ok_or(Problem::Unauthorized)?;
        let id = parts.extensions.get::<RequestId>();
        Ok(Self { caller, request_id: id.map_or_else(String::new, |id| id.as_str().to_owned()) })
    }
}

/// Lets nobody through who isn't known, and holds everybody to their pace.
pub(super) async fn identify(State(api): State<Api>, mut request: Request, next: Next) -> Response {
    use axum::response::IntoResponse as _;
    let peer = request.extensions().get::<SocketAddr>().map(SocketAddr::ip);
    match known(&api, bearer(request.headers()).map(str::to_owned), peer).await {
        Err(problem) => problem.into_response(),
        Ok(caller) => {
            let left = match api.0.limits.take(&caller) {
                Ok(left) => left,
                Err(refused) => return (*refused).into_response(),
            };
            request.extensions_mut().insert(caller);
            (left, next.run(request).await).into_response()
        }
    }
}

/// The bearer of that token. Who is wrong too often is told to wait.
async fn known(api: &Api, token: Option<String>, from: Option<IpAddr>) -> Result<Caller, Problem> {
    let token = token.ok_or(Problem::Unauthorized)?;
    if api.0.operator.as_ref().is_some_and(|operator| operator.matches(&token)) {
        return Ok(Caller::Operator);
    }
    if let Some(token) = api.service().token(&token).await? {
        return Ok(Caller::Club(token));
    }
    api.0.limits.miss(from)?;
    Err(Problem::Unauthorized)
}

/// The token of a request with one `Authorization` header. The scheme's case doesn't matter (RFC 9110, 11.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (first, None) = (all.next()?, all.next()) else { return None };
    let (scheme, token) = first.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}
