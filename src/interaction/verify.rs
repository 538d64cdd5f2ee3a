//! Trust: a handler receives [`Signed`] or nothing, so it can't see a byte that Discord didn't sign.
//!
//! See [Discord Docs/Validating Security Request Headers](https://docs.discord.com/developers/interactions/overview).

use std::{sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    extract::{FromRef, FromRequest, Request},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::Timestamp;

use crate::base::clock::Clock;

/// The header that carries the signature, as 128 hexadecimal digits.
pub const SIGNATURE_HEADER: &str = "x-signature-ed25519";
/// The header that carries the instant of signing, in Unix seconds.
pub const TIMESTAMP_HEADER: &str = "x-signature-timestamp";
/// How far the instant of signing may lie from now, in either direction.
pub const TOLERANCE: Duration = Duration::from_secs(300);
/// How long the body of a request may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);

/// Knows the application's public key, and tells Discord's requests from anybody else's. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Verifier(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Clock,
    key: VerifyingKey,
}

/// A request body that Discord signed, and not long ago.
#[derive(Clone, Debug)]
pub struct Signed {
    body: Bytes,
    received_at: Timestamp,
}

/// Why a request is turned away. What was wrong with a signature stays unsaid.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rejected {
    /// The body couldn't be read to its end.
    Broken,
    /// The body took too long to arrive.
    Slow,
    /// The body is larger than the server takes.
    TooLarge,
    /// Not signed by Discord, or not now.
    Untrusted,
}

impl Verifier {
    /// A verifier for the application's public key, which is decompressed once and for all.
    #[must_use]
    pub fn new(key: VerifyingKey, clock: Clock) -> Self {
        Self(Arc::new(Inner { clock, key }))
    }

    /// What a request's headers claim, when they are complete, well-formed and of now.
    fn claim<'h>(&self, headers: &'h HeaderMap) -> Option<Claim<'h>> {
        let signature = only(headers, SIGNATURE_HEADER)?;
        let timestamp = only(headers, TIMESTAMP_HEADER)?;
        let mut bytes = [0; Signature::BYTE_SIZE];
        hex::decode_to_slice(signature, &mut bytes).ok()?;
        let received_at = self.0.clock.now();
        is_recent(timestamp, received_at).then(|| Claim {
            received_at,
            signature: Signature::from_bytes(&bytes),
            timestamp,
        })
    }

    fn holds(&self, claim: &Claim<'_>, body: &[u8]) -> bool {
        let message = [claim.timestamp.as_bytes(), body].concat();
        self.0.key.verify_strict(&message, &claim.signature).is_ok()
    }
}

struct Claim<'h> {
    received_at: Timestamp,
    signature: Signature,
    timestamp: &'h str,
}

/// The value of a header that stands there exactly once.
fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then(|| value.to_str().ok()).flatten()
}

fn is_recent(timestamp: &str, now: Timestamp) -> bool {
    let digits = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let signed_at = timestamp.parse::<i64>().ok().filter(|_| digits);
    signed_at
        .and_then(|second| Timestamp::from_second(second).ok())
        .is_some_and(|signed_at| now.duration_since(signed_at).unsigned_abs() <= TOLERANCE)
}

impl Signed {
    /// The body, byte for byte.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// When it arrived.
    #[must_use]
    pub const fn received_at(&self) -> Timestamp {
        self.received_at
    }
}

impl<S> FromRequest<S> for Signed
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = Rejected;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejected> {
        let verifier = Verifier::from_ref(state);
        let headers = request.headers().clone();
        let claim = verifier.claim(&headers).ok_or(Rejected::Untrusted)?;
        let body = tokio::time::timeout(BODY_TIMEOUT, Bytes::from_request(request, state))
            .await
            .map_err(|_| Rejected::Slow)?
            .map_err(|rejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Rejected::TooLarge,
                _ => Rejected::Broken,
            })?;
        if !verifier.holds(&claim, &body) {
            return Err(Rejected::Untrusted);
        }
        Ok(Self { body, received_at: claim.received_at })
    }
}

impl IntoResponse for Rejected {
    fn into_response(self) -> Response {
        match self {
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Untrusted => StatusCode::UNAUTHORIZED,
        }
        .into_response()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn five_minutes_either_way_are_recent_enough() {
        let now = 1_800_000_000;
        for (off, recent) in [(0, true), (-300, true), (300, true), (-301, false), (301, false)] {
            assert_eq!(is_recent(&(now + off).to_string(), at(now)), recent, "{off}");
        }
        assert!(!is_recent(&(now - 300).to_string(), at(now) + Duration::from_millis(1)));
    }

    proptest! {
        #[test]
        fn only_plain_digits_are_a_timestamp(text in "\\PC{0,24}") {
            let now = at(1_800_000_000);
            let plain = text.parse::<u64>().is_ok_and(|second| second.abs_diff(1_800_000_000) <= 300)
                && !text.starts_with('+');
            prop_assert_eq!(is_recent(&text, now), plain);
        }
    }

    #[test]
    fn signs_and_spaces_are_not_digits() {
        for text in ["+1800000000", "-1800000000", " 1800000000", "1800000000 ", "1.8e9", "", "१८०००"]
        {
            assert!(!is_recent(text, at(1_800_000_000)), "{text}");
        }
    }
}
