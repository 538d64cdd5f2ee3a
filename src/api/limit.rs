//! How fast a bearer may ask, and how often an address may be wrong. Each process counts for itself.

use std::net::IpAddr;

use axum::http::{HeaderName, HeaderValue};
use governor::{
    RateLimiter, clock::Clock as _, middleware::StateInformationMiddleware, state::keyed::HashMapStateStore,
};

use super::{caller::Caller, problem::Problem};
use crate::base::{
    clock::Clock,
    pace::{MANY, Misses, Ticks, quota},
};

/// How many requests a bearer has at once, and how many of them come back in a minute.
pub(super) const BURST: u32 = 60;
pub(super) const PER_MINUTE: u32 = 300;

/// The headers that tell how much is left.
pub(super) type Left = [(HeaderName, HeaderValue); 2];

/// Who has asked how much.
pub(super) struct Limits {
    bearers: RateLimiter<String, HashMapStateStore<String>, Ticks, StateInformationMiddleware>,
    clock: Ticks,
    misses: Misses,
}

impl Limits {
    /// Nobody has asked for anything yet.
    pub(super) fn new(clock: Clock) -> Self {
        let (misses, clock) = (Misses::new(clock.clone()), Ticks::of(clock));
        let bearers = RateLimiter::hashmap_with_clock(quota(PER_MINUTE, BURST), clock.clone());
        Self { bearers: bearers.with_middleware(), misses, clock }
    }

    /// Takes one request of the bearer's, and tells what is left.
    ///
    /// # Errors
    ///
    /// When nothing was left.
    pub(super) fn take(&self, caller: &Caller) -> Result<Left, Box<(Left, Problem)>> {
        if self.bearers.len() > MANY {
            self.bearers.retain_recent();
        }
        match self.bearers.check_key(&caller.key()) {
            Ok(state) => Ok(left(state.remaining_burst_capacity())),
            Err(until) => Err(Box::new((left(0), Problem::TooMany(until.wait_time_from(self.clock.now()))))),
        }
    }

    /// Takes note of a wrong token. Where the address isn't known, it is one of all such.
    ///
    /// # Errors
    ///
    /// When there were too many.
    pub(super) fn miss(&self, from: Option<IpAddr>) -> Result<(), Problem> {
        self.misses.miss(from).map_err(Problem::TooMany)
    }
}

fn left(requests: u32) -> Left {
    let whole_after = BURST * 60 / PER_MINUTE;
    let policy = format!("\"token\";q={BURST};w={whole_after}");
    let left = format!("\"token\";r={requests}");
    let value = |text: String| HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
    [
        (HeaderName::from_static("ratelimit-policy"), value(policy)),
        (HeaderName::from_static("ratelimit"), value(left)),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::time::Duration;

    use super::*;

    fn limits() -> (Clock, Limits) {
        let clock = Clock::manual("2026-12-05T14:00:00Z".parse().unwrap());
        (clock.clone(), Limits::new(clock))
    }

    #[test]
    fn a_bearer_has_a_burst_and_gets_it_back() {
        let (clock, limits) = limits();
        for taken in 1..=BURST {
            let left = limits.take(&Caller::Operator).unwrap();
            assert_eq!(left[1].1, format!("\"token\";r={}", BURST - taken));
            assert_eq!(left[0].1, "\"token\";q=60;w=12");
        }
        let (_, refused) = *limits.take(&Caller::Operator).unwrap_err();
        assert_eq!(refused, Problem::TooMany(Duration::from_millis(200)));
        clock.advance(Duration::from_secs(1));
        assert_eq!((0..9).filter(|_| limits.take(&Caller::Operator).is_ok()).count(), 5);
        clock.advance(Duration::from_secs(3_600));
        assert_eq!((0..100).filter(|_| limits.take(&Caller::Operator).is_ok()).count(), 60);
    }

    #[test]
    fn an_address_may_be_wrong_for_a_while() {
        let (clock, limits) = limits();
        let misses = |from: &str| limits.miss(Some(from.parse().unwrap()));
        assert_eq!((0..100).filter(|_| misses("10.0.0.1").is_ok()).count(), 30);
        assert_eq!(misses("10.0.0.1").unwrap_err(), Problem::TooMany(Duration::from_secs(2)));
        let others = (0..20).filter(|number| misses(&format!("10.0.1.{number}")).is_ok()).count();
        assert!(others > 15, "{others} of 20 others may be wrong");
        clock.advance(Duration::from_secs(2));
        assert_eq!(misses("10.0.0.1"), Ok(()));
    }
}
