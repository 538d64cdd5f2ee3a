//! How often.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A moment from which something wears off.
///
/// It is over when the sandbox's clock says so, or when as much real time has gone by: a client may wait in real time
/// while a test's clock stands still.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp {
    at: Timestamp,
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

/// How much of everything was used.
#[derive(Debug)]
pub(crate) struct Limiter;

impl Limiter {
    pub(crate) fn new(_global_per_second: Option<u32>, _bucket_factor: u32) -> Self {
        Self
    }
}
