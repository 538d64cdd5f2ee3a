//! Revisions: what a thing's `ETag` tells, and a change's `If-Match` asks for.

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};

use super::problem::Problem;

/// The revision at which a thing has to stand for a change of it; `None` where none is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct IfMatch(pub(super) Option<u64>);

/// An answer about a thing that stands at that revision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tagged<T>(pub(super) u64, pub(super) T);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut all = parts.headers.get_all(header::IF_MATCH).iter();
        let (Some(first), None) = (all.next(), all.next()) else {
            return if parts.headers.contains_key(header::IF_MATCH) {
                Err(Problem::PreconditionFailed)
            } else {
                Ok(Self(None))
            };
        };
        read(first.to_str().unwrap_or_default().trim())
    }
}

/// What we never gave is the tag of nothing that stands here.
fn read(tag: &str) -> Result<IfMatch, Problem> {
    if tag == "*" {
        return Ok(IfMatch(None));
    }
    let inner = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    let revision = inner.and_then(|revision| revision.parse().ok());
    revision.map(|revision| IfMatch(Some(revision))).ok_or(Problem::PreconditionFailed)
}

impl<T: IntoResponse> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let Self(revision, answer) = self;
        let mut response = answer.into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{revision}\"")) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_a_revision() {
        assert_eq!(read("\"7\""), Ok(IfMatch(Some(7))));
        assert_eq!(read("*"), Ok(IfMatch(None)));
        for bad in ["\"other\"", "7", "W/\"7\"", "\"7", ""] {
            assert_eq!(read(bad), Err(Problem::PreconditionFailed), "{bad}");
        }
    }
}
