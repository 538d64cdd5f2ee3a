//! How fast somebody may ask, and how often an address may be wrong. Each process counts for itself.

use std::{
    hash::{BuildHasher as _, Hash, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock::Clock as _, middleware::NoOpMiddleware, state::keyed::HashMapStateStore,
};

use super::clock::Clock;

/// Beyond so many who ask, those are forgotten who have everything back.
pub const MANY: usize = 10_000;

/// How many misses an address has at once, and how many of them come back in a minute.
const MISSES: u32 = 30;
const MISSES_PER_MINUTE: u32 = 30;
/// Addresses share so many counters, so that a crowd of them costs no memory.
const COUNTERS: u64 = 1_024;

/// The clock, as limiters read it.
#[derive(Clone, Debug)]
pub struct Ticks(Clock);

/// Holds everybody of one kind to their pace.
pub struct Pace<K: Clone + Eq + Hash> {
    asked: RateLimiter<K, HashMapStateStore<K>, Ticks, NoOpMiddleware<Duration>>,
    clock: Ticks,
}

/// Counts who is wrong. Where an address isn't known, it is one of all such.
pub struct Misses {
    hasher: RandomState,
    missed: Pace<u64>,
}

impl Ticks {
    /// That clock.
    #[must_use]
    pub const fn of(clock: Clock) -> Self {
        Self(clock)
    }
}

impl governor::clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        u64::try_from(self.0.now().as_millisecond()).map(Duration::from_millis).unwrap_or_default()
    }
}

impl<K: Clone + Eq + Hash> Pace<K> {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new(clock: Clock, quota: Quota) -> Self {
        let clock = Ticks::of(clock);
        Self { asked: RateLimiter::hashmap_with_clock(quota, clock.clone()), clock }
    }

    /// Takes one request.
    ///
    /// # Errors
    ///
    /// How long to wait, when nothing was left.
    pub fn take(&self, who: &K) -> Result<(), Duration> {
        if self.asked.len() > MANY {
            self.asked.retain_recent();
        }
        self.asked.check_key(who).map_err(|until| until.wait_time_from(self.clock.now()))
    }
}

impl Misses {
    /// Nobody was wrong yet.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { hasher: RandomState::new(), missed: Pace::new(clock, quota(MISSES_PER_MINUTE, MISSES)) }
    }

    /// Takes note of a wrong token.
    ///
    /// # Errors
    ///
    /// How long to wait, when there were too many.
    pub fn miss(&self, from: Option<IpAddr>) -> Result<(), Duration> {
        self.missed.take(&(self.hasher.hash_one(from.map(network)) % COUNTERS))
    }
}

/// So many at once, and so many that come back in a minute.
#[must_use]
pub fn quota(per_minute: u32, burst: u32) -> Quota {
    let some = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(some(per_minute)).allow_burst(some(burst))
}

/// What one user of the internet has: an address, or with IPv6 a network of them.
const fn network(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_bits() as u128,
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_user() {
        let of = |address: &str| network(address.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8:0:1::1"), of("2001:db8::1"));
    }

    #[test]
    fn everybody_has_a_pace_of_their_own() {
        let clock = Clock::manual("2026-12-05T14:00:00Z".parse().unwrap());
        let pace = Pace::new(clock.clone(), quota(6, 2));
        assert_eq!((pace.take(&1), pace.take(&1)), (Ok(()), Ok(())));
        assert_eq!(pace.take(&1), Err(Duration::from_secs(10)));
        assert_eq!(pace.take(&2), Ok(()));
        clock.advance(Duration::from_secs(10));
        assert_eq!(pace.take(&1), Ok(()));
    }
}
