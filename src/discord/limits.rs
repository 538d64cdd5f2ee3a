//! The rate limit that an answer carries.
//!
//! See [Discord Docs/Header Format](https://docs.discord.com/developers/topics/rate-limits#header-format).

use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, RETRY_AFTER};
use twilight_http_ratelimiting::RateLimitHeaders;

use super::{park::Reach, refusal::Refusal};

/// How long a 429 holds when it doesn't say.
const UNSTATED: Duration = Duration::from_secs(60);

/// The shortest hold: a 429 with `retry_after: 0` must not be answered with a burst.
const SHORTEST: Duration = Duration::from_millis(100);

/// The longest hold: more than Discord ever asks for, and short enough to be added to any instant.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// What the headers say about the bucket of the request they answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Limits {
    bucket: String,
    limit: u16,
    remaining: u16,
    reset_after: Duration,
}

impl Limits {
    /// Reads them, when they are all there.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        Some(Self {
            bucket: text(headers, RateLimitHeaders::BUCKET)?.to_owned(),
            limit: text(headers, RateLimitHeaders::LIMIT)?.parse().ok()?,
            remaining: text(headers, RateLimitHeaders::REMAINING)?.parse().ok()?,
            reset_after: seconds(text(headers, RateLimitHeaders::RESET_AFTER)?)?,
        })
    }

    /// How long the bucket stays empty, if this answer emptied it.
    pub(super) fn spent_for(&self) -> Option<Duration> {
        (self.remaining == 0).then_some(self.reset_after)
    }

    /// The same without a limit: which bucket it is, and no more.
    pub(super) fn unlimited(self) -> Self {
        Self { remaining: self.remaining.max(1), reset_after: Duration::ZERO, ..self }
    }

    /// The same for the limiter, which runs on the machine's clock.
    pub(super) fn for_limiter(self) -> RateLimitHeaders {
        RateLimitHeaders {
            bucket: self.bucket.into_bytes(),
            limit: self.limit,
            remaining: self.remaining,
            reset_at: Instant::now() + self.reset_after,
        }
    }
}

/// What a 429 holds, and for how long.
pub(super) fn hold(headers: &HeaderMap, refusal: &Refusal) -> (Reach, Duration) {
    let stated = refusal.retry_after().or_else(|| seconds(text(headers, RETRY_AFTER.as_str())?));
    let reach = if !refusal.genuine {
        Reach::Host
    } else if refusal.global() || text(headers, RateLimitHeaders::SCOPE) == Some("global") {
        Reach::Bot
    } else {
        Reach::Bucket
    };
    (reach, stated.unwrap_or(UNSTATED).clamp(SHORTEST, LONGEST))
}

/// Whether a 429 is about a limit shared with others, which Discord doesn't count against us.
pub(super) fn is_shared(headers: &HeaderMap) -> bool {
    text(headers, RateLimitHeaders::SCOPE) == Some("shared")
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn seconds(text: &str) -> Option<Duration> {
    let seconds = Duration::try_from_secs_f64(text.parse().ok()?).ok()?;
    Some(seconds.min(LONGEST))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use reqwest::header::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    fn held(pairs: &[(&'static str, &'static str)], body: &str) -> (Reach, Duration) {
        hold(&headers(pairs), &Refusal::parse(body.as_bytes()))
    }

    #[test]
    fn the_body_says_how_long_and_how_far() {
        let user = r#"{"message":"m","retry_after":1.337,"global":false}"#;
        assert_eq!(held(&[("retry-after", "2")], user), (Reach::Bucket, Duration::from_millis(1337)));
        let global = r#"{"message":"m","retry_after":5,"global":true}"#;
        assert_eq!(held(&[], global), (Reach::Bot, Duration::from_secs(5)));
        let scoped = r#"{"message":"m","retry_after":5}"#;
        assert_eq!(held(&[("x-ratelimit-scope", "global")], scoped).0, Reach::Bot);
    }

    #[test]
    fn a_429_from_before_discord_holds_the_host() {
        assert_eq!(held(&[("retry-after", "30")], "error 1015"), (Reach::Host, Duration::from_secs(30)));
    }

    #[test]
    fn nonsense_and_silence_have_bounds() {
        for body in [r#"{"retry_after":0}"#, r#"{"retry_after":0.0001}"#] {
            assert_eq!(held(&[], body).1, SHORTEST);
        }
        for body in [r#"{"retry_after":-3}"#, "{}"] {
            assert_eq!(held(&[], body).1, UNSTATED);
        }
        assert_eq!(held(&[], r#"{"retry_after":1e18}"#).1, LONGEST);
    }

    #[test]
    fn limits_are_read_whole_or_not_at_all() {
        let all = [
            ("x-ratelimit-bucket", "abcd"),
            ("x-ratelimit-limit", "5"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset-after", "0.5"),
        ];
        let limits = Limits::read(&headers(&all)).unwrap();
        assert_eq!(limits.spent_for(), Some(Duration::from_millis(500)));
        for missing in 0..all.len() {
            let some: Vec<_> =
                all.iter().enumerate().filter(|(at, _)| *at != missing).map(|(_, h)| *h).collect();
            assert_eq!(Limits::read(&headers(&some)), None);
        }
    }
}
