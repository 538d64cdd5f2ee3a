//! When a step that failed is tried again.

use std::time::Duration;

use jiff::Timestamp;

use crate::discord::{Class, Error};

/// After a failure that may pass by itself: fast at first, and never so slow that a minute after it has passed the work isn't done.
const PASSING: [u64; 6] = [2, 4, 8, 15, 30, 45];

/// After a refusal that lasts until a person changes something. Permissions that change, or Retry, end the wait at once; the
/// schedule is for what nobody tells us of, at fewer than ten calls a day.
const REFUSED: [u64; 5] = [30, 300, 1_800, 7_200, 21_600];

/// When to try again after `tries` failures in a row, this one included. `jitter` is from 0 to 1 and spreads out the tries of many
/// owners by up to a fifth.
#[must_use]
pub(super) fn next_try(error: &Error, tries: u32, now: Timestamp, jitter: f64) -> Timestamp {
    let schedule: &[u64] = match error.class() {
        Class::RetryAt(at) => return at.max(now),
        Class::Forbidden | Class::Full(_) => &REFUSED,
        Class::Gone(_) | Class::Broken => &PASSING,
    };
    now.saturating_add(wait(schedule, tries, jitter)).unwrap_or(now)
}

/// When to try an owner again whose pass broke for a reason of the service's own, `tries` times in a row.
#[must_use]
pub(super) fn after_break(tries: u32, now: Timestamp, jitter: f64) -> Timestamp {
    now.saturating_add(wait(&REFUSED, tries, jitter)).unwrap_or(now)
}

fn wait(schedule: &[u64], tries: u32, jitter: f64) -> Duration {
    let step = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX).min(schedule.len() - 1);
    Duration::from_secs(schedule[step]).mul_f64(1.0 + 0.2 * jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn waits(schedule: &[u64], jitter: f64) -> Vec<u64> {
        (1..=8).map(|tries| wait(schedule, tries, jitter).as_secs()).collect()
    }

    #[test]
    fn waits_grow_and_end_at_the_longest() {
        assert_eq!(waits(&PASSING, 0.0), [2, 4, 8, 15, 30, 45, 45, 45]);
        assert_eq!(waits(&REFUSED, 0.0), [30, 300, 1_800, 7_200, 21_600, 21_600, 21_600, 21_600]);
    }

    #[test]
    fn jitter_spreads_by_a_fifth_at_most() {
        assert_eq!(
            waits(&PASSING, 1.0).iter().max(),
            Some(&54),
            "within a minute after the failure has passed"
        );
        assert_eq!(wait(&PASSING, 6, 7.0), wait(&PASSING, 6, 1.0));
        assert_eq!(wait(&PASSING, 0, -1.0), Duration::from_secs(2));
    }

    #[test]
    fn a_refusal_is_tried_less_than_ten_times_a_day() {
        let mut at = 0;
        let tries = (1..).take_while(|tries| {
            at += wait(&REFUSED, *tries, 0.0).as_secs();
            at < 24 * 3_600
        });
        assert!(1 + tries.count() < 10);
    }
}
