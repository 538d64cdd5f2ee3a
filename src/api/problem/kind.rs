//! The kinds of problems, as the documentation describes them.

use axum::http::StatusCode;

use super::Problem;

/// A kind of problem.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::api) enum Kind {
    Busy,
    Conflict,
    Forbidden,
    Internal,
    Invalid,
    KeyInUse,
    KeyReused,
    Malformed,
    MethodNotAllowed,
    NotFound,
    PreconditionFailed,
    Slow,
    TooLarge,
    TooMany,
    Unauthorized,
    UnsupportedMediaType,
}

impl Kind {
    /// All of them, by status.
    pub(in crate::api) const ALL: [Self; 16] = [
        Self::Malformed,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Slow,
        Self::Conflict,
        Self::KeyInUse,
        Self::PreconditionFailed,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::Invalid,
        Self::KeyReused,
        Self::TooMany,
        Self::Internal,
        Self::Busy,
    ];

    pub(in crate::api) const fn status(self) -> StatusCode {
        match self {
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Conflict | Self::KeyInUse => StatusCode::CONFLICT,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Invalid | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    /// What a problem's `type` ends in.
    pub(in crate::api) const fn slug(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Conflict => "conflict",
            Self::Forbidden => "forbidden",
            Self::Internal => "internal",
            Self::Invalid => "invalid",
            Self::KeyInUse => "key-in-use",
            Self::KeyReused => "key-reused",
            Self::Malformed => "malformed",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotFound => "not-found",
            Self::PreconditionFailed => "precondition-failed",
            Self::Slow => "slow",
            Self::TooLarge => "too-large",
            Self::TooMany => "too-many-requests",
            Self::Unauthorized => "unauthorized",
            Self::UnsupportedMediaType => "unsupported-media-type",
        }
    }

    pub(in crate::api) const fn title(self) -> &'static str {
        match self {
            Self::Busy => "Too much is going on",
            Self::Conflict => "It contradicts how things stand",
            Self::Forbidden => "The token may not do this",
            Self::Internal => "Something failed on our side",
            Self::Invalid => "Some values can’t be taken",
            Self::KeyInUse => "A request with this key isn’t answered yet",
            Self::KeyReused => "The key is another request’s",
            Self::Malformed => "The request can’t be read",
            Self::MethodNotAllowed => "The path doesn’t have that method",
            Self::NotFound => "There is no such thing",
            Self::PreconditionFailed => "It has changed meanwhile",
            Self::Slow => "The body did not arrive in time",
            Self::TooLarge => "The body is too large",
            Self::TooMany => "Too many requests",
            Self::Unauthorized => "A token is needed",
            Self::UnsupportedMediaType => "The body isn’t JSON",
        }
    }

    /// What to do about it.
    pub(in crate::api) const fn remedy(self) -> &'static str {
        match self {
            Self::Busy => "Nothing was done. Send the same request again after Retry-After seconds.",
            Self::Conflict => {
                "Read how things stand now, and decide anew. The detail says what is in the way."
            }
            Self::Forbidden => "Use a token with the scope that the detail names, or the operator’s.",
            Self::Internal => {
                "Try again in a minute; with an Idempotency-Key nothing happens twice. Quote the instance."
            }
            Self::Invalid => {
                "Each error points at a value of the body and says what to send instead. Nothing was done."
            }
            Self::KeyInUse => "Wait a moment and send it again. If that goes on, ask whether it was done.",
            Self::KeyReused => "Take a fresh Idempotency-Key for each new request.",
            Self::Malformed => "Mend the JSON, the query or the header that the detail names.",
            Self::MethodNotAllowed => "The Allow header lists what the path takes.",
            Self::NotFound => {
                "Check the identifier. What belongs to another club doesn’t exist for your token."
            }
            Self::PreconditionFailed => "Read it anew, decide anew, and send its ETag of now as If-Match.",
            Self::Slow => "Send it again, at once.",
            Self::TooLarge => "Send it in parts.",
            Self::TooMany => {
                "Wait for Retry-After seconds. The RateLimit headers of every answer tell how much is left."
            }
            Self::Unauthorized => "Send Authorization: Bearer with a token that isn’t revoked.",
            Self::UnsupportedMediaType => "Send Content-Type: application/json.",
        }
    }
}

impl Problem {
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Busy => Kind::Busy,
            Self::Conflict(_) => Kind::Conflict,
            Self::Forbidden(_) => Kind::Forbidden,
            Self::Internal => Kind::Internal,
            Self::Invalid(_) => Kind::Invalid,
            Self::KeyInUse => Kind::KeyInUse,
            Self::KeyReused => Kind::KeyReused,
            Self::Malformed(_) => Kind::Malformed,
            Self::MethodNotAllowed => Kind::MethodNotAllowed,
            Self::NotFound(_) | Self::NoSuchPath => Kind::NotFound,
            Self::PreconditionFailed => Kind::PreconditionFailed,
            Self::Slow => Kind::Slow,
            Self::TooLarge(_) => Kind::TooLarge,
            Self::TooMany(_) => Kind::TooMany,
            Self::Unauthorized => Kind::Unauthorized,
            Self::UnsupportedMediaType => Kind::UnsupportedMediaType,
        }
    }
}
