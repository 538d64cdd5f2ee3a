//! Problems: every error of the API in one shape (RFC 9457), and the one place where what a use case refuses becomes one.

mod kind;
mod refusal;

use std::{panic::AssertUnwindSafe, time::Duration};

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt as _;
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use self::kind::Kind;
use crate::{
    base::{config::PublicUrl, ids::RequestId},
    service::ServiceError,
};

/// The content type of a problem.
pub(super) const CONTENT_TYPE: &str = "application/problem+json";
/// The header that carries a request's name.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// When to try again what failed because too much was going on.
const BUSY_FOR: Duration = Duration::from_secs(1);

/// Why a request isn't answered as it asked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Problem {
    /// Too much is going on.
    Busy,
    /// It contradicts how things stand, which this sentence tells.
    Conflict(String),
    /// The bearer may not.
    Forbidden(String),
    /// Something failed on our side; the log knows more.
    Internal,
    /// Values can't be taken.
    Invalid(Vec<FieldError>),
    /// The idempotency key is of a request that isn't answered yet.
    KeyInUse,
    /// The idempotency key came with another request before.
    KeyReused,
    /// The request can't be read, for that reason.
    Malformed(String),
    /// The path has other methods.
    MethodNotAllowed,
    /// There is no such thing, which this sentence names.
    NotFound(String),
    /// There is no such path.
    NoSuchPath,
    /// It isn't as it was when the bearer read it.
    PreconditionFailed,
    /// The body didn't arrive in time.
    Slow,
    /// The body is longer than so many bytes.
    TooLarge(usize),
    /// The bearer's requests come too fast; the next may come then.
    TooMany(Duration),
    /// No token, or one that isn't known.
    Unauthorized,
    /// The body isn't JSON by its content type.
    UnsupportedMediaType,
}

/// What is wrong with one value.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, ToSchema)]
pub(super) struct FieldError {
    /// What is wrong, and what to send instead.
    detail: String,
    /// Where in the body, as a JSON pointer (RFC 6901), such as `/users/3/name`; for a parameter, its name.
    #[schema(example = "/name")]
    pointer: String,
}

/// A problem as it is sent (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Sent {
    /// What it was this time, for people.
    detail: String,
    /// What is wrong with which value, where values are to blame.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    /// The request's name, which the service's log knows, as `X-Request-Id` has it.
    #[schema(example = "K7QF2M9X")]
    instance: String,
    /// The HTTP status.
    #[schema(example = 404)]
    status: u16,
    /// The kind of problem, for people.
    title: &'static str,
    /// The kind of problem, for programs: where it is described.
    #[serde(rename = "type")]
    kind: String,
}

impl FieldError {
    pub(super) fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), pointer: pointer.into() }
    }
}

impl Problem {
    /// A problem for an answer that something before the handlers gave.
    fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::NOT_FOUND => Self::NoSuchPath,
            StatusCode::REQUEST_TIMEOUT => Self::Slow,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            status if status.is_client_error() => Self::Malformed("The request can’t be read.".to_owned()),
            _ => Self::Internal,
        }
    }

    fn detail(&self, request: &str) -> String {
        match self {
            Self::Busy => "Too much is going on, so nothing was done. Send it again in a second.".to_owned(),
            Self::Conflict(detail) | Self::Forbidden(detail) | Self::Malformed(detail) | Self::NotFound(detail) => {
                detail.clone()
            }
            Self::Internal => format!(
                "Something failed on our side. If it goes on, tell whoever runs this service the reference {request}."
            ),
            Self::Invalid(errors) => match errors.as_slice() {
                [error] => format!("{}: {}", error.pointer, error.detail),
                errors => format!("{} values can’t be taken, so nothing was done. See errors.", errors.len()),
            },
            Self::KeyInUse => "A request with this Idempotency-Key is being worked on, or was cut off. Ask whether it was done \
                before you send it with another key."
                .to_owned(),
            Self::KeyReused => "This Idempotency-Key came with another request before. Take a fresh key for each new request."
                .to_owned(),
            Self::MethodNotAllowed => "This path doesn’t have that method. The Allow header lists those it has.".to_owned(),
            Self::NoSuchPath => "There is no such path. /api/v1/openapi.json lists all there are.".to_owned(),
            Self::PreconditionFailed => {
                "It isn’t at the revision that If-Match names any more, so nothing was done. Read it anew.".to_owned()
            }
            Self::Slow => "The body did not arrive in time.".to_owned(),
            Self::TooLarge(limit) => format!("The body may be {limit} bytes long at most. Send it in parts."),
            Self::TooMany(after) => format!("Too many requests. Send the next one in {} s.", seconds(*after)),
            Self::Unauthorized => {
                "Send a token of the club’s: Authorization: Bearer slc_… This one is missing, unknown or revoked.".to_owned()
            }
            Self::UnsupportedMediaType => "Send JSON, and say so: Content-Type: application/json".to_owned(),
        }
    }

    fn into_sent(self, service: &PublicUrl, request: &str) -> Sent {
        let kind = self.kind();
        Sent {
            detail: self.detail(request),
            instance: request.to_owned(),
            status: kind.status().as_u16(),
            title: kind.title(),
            kind: service.join(&format!("{}/docs#problem-{}", super::ROOT, kind.slug())),
            errors: if let Self::Invalid(errors) = self { errors } else { Vec::new() },
        }
    }
}

impl IntoResponse for Problem {
    /// Only its status: [`render`] knows the rest.
    fn into_response(self) -> Response {
        let mut response = self.kind().status().into_response();
        let after = match &self {
            Self::TooMany(after) => Some(*after),
            Self::Busy => Some(BUSY_FOR),
            _ => None,
        };
        if let Some(after) = after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds(after).into());
        }
        if self == Self::Unauthorized {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Refused(refusal) => refusal::problem(&refusal),
            error if error.is_busy() => Self::Busy,
            error => {
                tracing::error!(error = chain(&error), "a request to the API failed");
                Self::Internal
            }
        }
    }
}

/// Gives every error its shape, a panic's too, and every answer the request's name. The service is reached at that address.
pub(super) async fn render(State(service): State<PublicUrl>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.as_str().to_owned());
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut response = answered.unwrap_or_else(|_| {
        tracing::error!("a request to the API panicked");
        Problem::Internal.into_response()
    });
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let problem = response.extensions_mut().remove().unwrap_or_else(|| Problem::of(status));
        let (parts, _) = response.into_parts();
        let mut rendered = (status, Json(problem.into_sent(&service, &id))).into_response();
        let kept = parts.headers.into_iter().filter_map(|(name, value)| Some((name?, value)));
        let of_body = [header::CONTENT_TYPE, header::CONTENT_LENGTH];
        rendered.headers_mut().extend(kept.filter(|(name, _)| !of_body.contains(name)));
        rendered.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        response = rendered;
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whole seconds, at least one.
fn seconds(span: Duration) -> u64 {
    span.as_secs().saturating_add(u64::from(span.subsec_nanos() > 0)).max(1)
}

/// An error with everything that lies beneath it.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let sources = std::iter::successors(error.source(), |error| error.source());
    sources.fold(error.to_string(), |text, source| format!("{text}: {source}"))
}

#[cfg(test)]
mod tests;
