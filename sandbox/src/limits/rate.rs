//! How often. See Discord Docs/Topics/Rate Limits.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

use jiff::Timestamp;

use crate::rest::ApiError;

/// Invalid requests (401, 403, 429) in `INVALID_WINDOW` before an address is banned.
const INVALID_MAX: usize = 10_000;
const INVALID_WINDOW: Duration = Duration::from_secs(600);
/// How many refused requests, later than `TOLD` after the first refusal, are plain spinning.
const SPINNING: u32 = 10;
const TOLD: Duration = Duration::from_secs(1);

/// A moment from which something wears off.
///
/// It is over when the sandbox's clock says so, or when as much real time has gone by: a client may wait in real time
/// while a test's clock stands still.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp {
    pub(crate) at: Timestamp,
    real: Instant,
}

impl Stamp {
    pub(crate) fn new(at: Timestamp) -> Self {
        Self { at, real: Instant::now() }
    }

    /// How long ago it was at `now`.
    pub(crate) fn age(self, now: Self) -> Duration {
        let shown = Duration::try_from(now.at.duration_since(self.at)).unwrap_or_default();
        shown.max(now.real.saturating_duration_since(self.real))
    }
}

/// How many requests a route's bucket takes in how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) requests: u32,
    pub(crate) per: Duration,
}

/// Whose limit it is: a kind of request and the channel, guild or webhook that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) bucket: &'static str,
    pub(crate) major: String,
}

/// What is left of a bucket, as the `X-RateLimit-*` headers tell.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_after: Duration,
    pub(crate) reset: Timestamp,
    pub(crate) bucket: &'static str,
}

/// A refusal for asking too often.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) error: ApiError,
    /// Whether the client has been told often enough, and comes all the same.
    pub(crate) spinning: bool,
}

#[derive(Debug)]
struct Window {
    since: Stamp,
    length: Duration,
    limit: u32,
    used: u32,
    scope: &'static str,
    refused_since: Option<Stamp>,
    refused_late: u32,
}

/// How much of everything was used.
#[derive(Debug)]
pub(crate) struct Limiter {
    per_second: Option<u32>,
    factor: u32,
    everything: Option<Window>,
    buckets: HashMap<Key, Window>,
    invalid: VecDeque<Stamp>,
}

impl Limiter {
    pub(crate) fn new(per_second: Option<u32>, factor: u32) -> Self {
        let (buckets, invalid) = (HashMap::new(), VecDeque::new());
        Self { per_second, factor: factor.max(1), everything: None, buckets, invalid }
    }

    /// Takes one request from the limit over all routes.
    pub(crate) fn take_global(&mut self, now: Stamp) -> Result<(), Refusal> {
        let second = Duration::from_secs(1);
        let Some(limit) = self.per_second.or_else(|| self.everything.as_ref().map(|_| u32::MAX)) else {
            return Ok(());
        };
        if self.everything.as_ref().is_none_or(|window| window.is_over(now)) {
            self.everything = Some(Window::new(now, second, limit, "global"));
        }
        self.everything.as_mut().map_or(Ok(()), |window| window.take(now))
    }

    /// Takes one request from a bucket.
    pub(crate) fn take(&mut self, key: &Key, size: Size, now: Stamp) -> (Result<(), Refusal>, Standing) {
        let limit = size.requests.saturating_mul(self.factor);
        let fresh = || Window::new(now, size.per, limit, "user");
        let window = self.buckets.entry(key.clone()).or_insert_with(fresh);
        if window.is_over(now) {
            *window = fresh();
        }
        let taken = window.take(now);
        (taken, window.standing(key.bucket, now))
    }

    /// Closes a bucket, or without a key everything, for a time: what a client is told with an injected 429.
    pub(crate) fn hold(&mut self, key: Option<&Key>, retry_after: Duration, scope: &'static str, now: Stamp) {
        let window = Window { used: 1, ..Window::new(now, retry_after, 1, scope) };
        match key {
            Some(key) => drop(self.buckets.insert(key.clone(), window)),
            None => self.everything = Some(window),
        }
    }

    /// What is left of a bucket that was used or held.
    pub(crate) fn standing(&self, key: &Key, now: Stamp) -> Option<Standing> {
        self.buckets.get(key).map(|window| window.standing(key.bucket, now))
    }

    /// Counts an answer that Discord calls invalid; whether that made it one too many.
    pub(crate) fn count_invalid(&mut self, now: Stamp) -> bool {
        self.invalid.push_back(now);
        while self.invalid.front().is_some_and(|first| first.age(now) >= INVALID_WINDOW) {
            self.invalid.pop_front();
        }
        self.invalid.len() == INVALID_MAX
    }

    /// How many invalid answers were given lately.
    pub(crate) fn invalid_count(&self, now: Stamp) -> usize {
        self.invalid.iter().filter(|stamp| stamp.age(now) < INVALID_WINDOW).count()
    }

    /// Whether the address is banned.
    pub(crate) fn is_banned(&self, now: Stamp) -> bool {
        self.invalid.len() >= INVALID_MAX && self.invalid_count(now) >= INVALID_MAX
    }
}

impl Window {
    const fn new(since: Stamp, length: Duration, limit: u32, scope: &'static str) -> Self {
        Self { since, length, limit, used: 0, scope, refused_since: None, refused_late: 0 }
    }

    fn left(&self, now: Stamp) -> Duration {
        self.length.saturating_sub(self.since.age(now))
    }

    fn is_over(&self, now: Stamp) -> bool {
        self.left(now).is_zero()
    }

    fn take(&mut self, now: Stamp) -> Result<(), Refusal> {
        if self.used < self.limit {
            self.used += 1;
            return Ok(());
        }
        let first = *self.refused_since.get_or_insert(now);
        if first.age(now) > TOLD {
            self.refused_late += 1;
        }
        let error = ApiError::limited(self.left(now), self.scope == "global", self.scope);
        Err(Refusal { error, spinning: self.refused_late == SPINNING })
    }

    fn standing(&self, bucket: &'static str, now: Stamp) -> Standing {
        let reset_after = self.left(now);
        Standing {
            limit: self.limit,
            remaining: self.limit - self.used,
            reset_after,
            reset: now.at.checked_add(reset_after).unwrap_or(now.at),
            bucket,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const SIZE: Size = Size { requests: 2, per: Duration::from_secs(5) };

    fn key(major: &str) -> Key {
        Key { bucket: "messages", major: major.to_owned() }
    }

    fn start() -> Stamp {
        Stamp::new("2026-12-05T14:00:00Z".parse().unwrap())
    }

    fn later(stamp: Stamp, by: Duration) -> Stamp {
        Stamp { at: stamp.at + by, real: stamp.real }
    }

    #[test]
    fn a_bucket_empties_tells_so_and_fills_again_each_channel_having_its_own() {
        let (mut limiter, now) = (Limiter::new(None, 1), start());
        let (taken, standing) = limiter.take(&key("1"), SIZE, now);
        assert!(taken.is_ok());
        assert_eq!((standing.limit, standing.remaining, standing.reset_after), (2, 1, SIZE.per));
        assert!(limiter.take(&key("1"), SIZE, now).0.is_ok());
        let soon = later(now, Duration::from_secs(2));
        let (refused, standing) = limiter.take(&key("1"), SIZE, soon);
        let limited = refused.unwrap_err().error.limited.unwrap();
        assert_eq!(
            (limited.retry_after, limited.global, limited.scope),
            (Duration::from_secs(3), false, "user")
        );
        assert_eq!(standing.remaining, 0);
        assert!(limiter.take(&key("2"), SIZE, soon).0.is_ok());
        assert!(limiter.take(&key("1"), SIZE, later(now, SIZE.per)).0.is_ok());
    }

    #[test]
    fn a_window_is_over_by_real_time_too() {
        let (mut limiter, now) = (Limiter::new(None, 1), start());
        let waited = Stamp { at: now.at, real: now.real + SIZE.per };
        assert!(limiter.take(&key("1"), SIZE, now).0.is_ok());
        assert!(limiter.take(&key("1"), SIZE, now).0.is_ok());
        assert!(limiter.take(&key("1"), SIZE, now).0.is_err());
        assert!(limiter.take(&key("1"), SIZE, waited).0.is_ok());
    }

    #[test]
    fn the_limit_over_all_routes_is_by_the_second_and_a_hold_closes_everything() {
        let (mut limiter, now) = (Limiter::new(Some(3), 1), start());
        for _ in 0..3 {
            assert!(limiter.take_global(now).is_ok());
        }
        assert!(limiter.take_global(now).unwrap_err().error.limited.unwrap().global);
        let second = later(now, Duration::from_secs(1));
        assert!(limiter.take_global(second).is_ok());
        limiter.hold(None, Duration::from_secs(7), "global", second);
        let refused = limiter.take_global(later(second, Duration::from_secs(3))).unwrap_err();
        assert_eq!(refused.error.limited.unwrap().retry_after, Duration::from_secs(4));
        assert!(limiter.take_global(later(second, Duration::from_secs(7))).is_ok());
    }

    #[test]
    fn coming_again_and_again_while_told_to_wait_is_spinning() {
        let (mut limiter, now) = (Limiter::new(None, 1), start());
        limiter.hold(Some(&key("1")), Duration::from_secs(60), "user", now);
        let told = later(now, Duration::from_secs(2));
        assert!(!limiter.take(&key("1"), SIZE, now).0.unwrap_err().spinning);
        let spun = (0..15).filter(|_| limiter.take(&key("1"), SIZE, told).0.unwrap_err().spinning).count();
        assert_eq!(spun, 1);
    }

    #[test]
    fn ten_thousand_invalid_answers_in_ten_minutes_are_a_ban_that_ends() {
        let (mut limiter, now) = (Limiter::new(None, 1), start());
        assert_eq!((0..INVALID_MAX).filter(|_| limiter.count_invalid(now)).count(), 1);
        assert!(limiter.is_banned(later(now, Duration::from_secs(599))));
        assert!(!limiter.is_banned(later(now, INVALID_WINDOW)));
    }
}
