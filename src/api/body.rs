//! What a request brings: its body, its path and its query, each with problems for what can't be taken.

mod strict;

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, MatchedPath, OptionalFromRequest, Request},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;
use serde_path_to_error::{Path as At, Segment};

use self::strict::Strict;
use super::problem::{FieldError, Problem};

/// The largest body, in bytes.
const LIMIT: usize = 256 * 1024;
/// The largest body of a request that brings a whole roster, in bytes.
const ROSTER_LIMIT: usize = 5 * 1024 * 1024;
/// Where rosters are brought to.
const ROSTERS: &str = "/api/v1/clubs/{club}/users";
/// How long a body may take to arrive.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A body of JSON.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<T>(pub(super) T);

/// The path's parameters. What can't be an identifier names nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path<T>(pub(super) T);

/// The query's parameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Query<T>(pub(super) T);

/// Reads the whole body, within its limits of size and time.
pub(super) async fn take(request: Request, next: Next) -> Response {
    let limit = limit(&request);
    let (parts, body) = request.into_parts();
    let mut carrier = Request::new(body);
    DefaultBodyLimit::max(limit).apply(&mut carrier);
    let problem = match tokio::time::timeout(TIMEOUT, Bytes::from_request(carrier, &())).await {
        Ok(Ok(bytes)) => return next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(rejected)) if rejected.status() == StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge(limit),
        Ok(Err(_)) => Problem::Malformed("The body broke off.".to_owned()),
        Err(_) => Problem::Slow,
    };
    problem.into_response()
}

/// How long the body of a request may be.
fn limit(request: &Request) -> usize {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    if request.method() == Method::POST && path == Some(ROSTERS) { ROSTER_LIMIT } else { LIMIT }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::UnsupportedMediaType);
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|_| Problem::Malformed("The body broke off.".to_owned()))?;
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Problem::Malformed(format!("The body isn’t JSON: {error}.")))?;
        serde_path_to_error::deserialize(Strict(value)).map(Self).map_err(|error| {
            let why = error.inner().to_string();
            let why = format!("{}.", why.trim_end_matches('.'));
            Problem::Invalid(vec![FieldError::new(pointer(error.path()), why)])
        })
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = Problem;

    /// Nothing where there is neither a body nor a word of what it would be.
    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = Bytes::from_request(Request::new(body), state).await;
        let bytes = bytes.map_err(|_| Problem::Malformed("The body broke off.".to_owned()))?;
        if bytes.is_empty() && !parts.headers.contains_key(header::CONTENT_TYPE) {
            return Ok(None);
        }
        let whole = Request::from_parts(parts, Body::from(bytes));
        <Self as FromRequest<S>>::from_request(whole, state).await.map(Some)
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path))
            .map_err(|_| Problem::NotFound("The path holds what can’t be an identifier.".to_owned()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::from_request_parts(parts, state).await;
        query.map(|axum::extract::Query(query)| Self(query)).map_err(|error| {
            use std::error::Error as _;
            let why = error.source().map_or_else(|| error.to_string(), ToString::to_string);
            Problem::Malformed(format!("The query can’t be read: {why}."))
        })
    }
}

/// Reads a value that may be null and has to be there.
pub(super) fn required<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}

/// Reads a value that may be left out: `None` is what wasn't sent.
pub(super) fn sent<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// A JSON pointer (RFC 6901).
fn pointer(at: &At) -> String {
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    };
    at.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_pointer_names_the_value() {
        let value = serde_json::json!({ "a/b": [1, "x"] });
        let error = serde_path_to_error::deserialize::<_, BTreeMap<String, Vec<u8>>>(value).unwrap_err();
        assert_eq!(pointer(error.path()), "/a~1b/1");
    }

    #[test]
    fn json_is_told_by_its_content_type() {
        let of = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            is_json(&headers)
        };
        assert!(of("application/json") && of("Application/JSON; charset=utf-8"));
        assert!(!of("text/plain") && !of("application/jsonp") && !is_json(&HeaderMap::new()));
    }
}
