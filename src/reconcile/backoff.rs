//! When a step that failed is tried again.

use std::time::Duration;

use jiff::Timestamp;

use crate::discord::{Class, Error};

/// After a failure that may pass by itself: fast at first, never slower than two minutes.
const PASSING: [u64; 7] = [2, 4, 8, 15, 30, 60, 120];

/// After a refusal that lasts until a person changes something. Permissions that change, or Retry, end the wait at once; the
/// schedule is for what nobody tells us of, at fewer than ten calls a day.
const REFUSED: [u64; 6] = [30, 45, 120, 600, 3_600, 21_600];

/// When to try again after `tries` failures in a row, this one included. `jitter` is from 0 to 1 and spreads out the tries of many
/// owners by up to a fifth.
#[must_use]
pub(super) fn next_try(error: &Error, tries: u32, now: Timestamp, jitter: f64) -> Timestamp {
    let schedule: &[u64] = match error.class() {
        Class::RetryAt(at) => return at.max(now),
        Class::Forbidden | Class::Full(_) => &REFUSED,
        Class::Gone(_) | Class::Broken => &PASSING,
    };
    let step = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX).min(schedule.len() - 1);
    let wait = Duration::from_secs(schedule[step]).mul_f64(1.0 + 0.2 * jitter.clamp(0.0, 1.0));
    now.saturating_add(wait).unwrap_or(now)
}
