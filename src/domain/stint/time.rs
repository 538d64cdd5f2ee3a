//! Time as a race counts it: whole milliseconds since the green flag.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, Sub},
};

/// A time since the green flag, or how long something takes, in milliseconds. Before the flag it is negative.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ms(i64);

/// Time from `from` to `to`, which isn't in it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Span {
    /// When it begins.
    pub from: Ms,
    /// When it ends.
    pub to: Ms,
}

impl Ms {
    /// The green flag; no time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    #[must_use]
    pub const fn millis(millis: i64) -> Self {
        Self(millis)
    }

    /// So many seconds.
    #[must_use]
    pub const fn secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// So many minutes.
    #[must_use]
    pub const fn mins(mins: i64) -> Self {
        Self(mins.saturating_mul(60_000))
    }

    /// So many hours.
    #[must_use]
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(3_600_000))
    }

    /// In milliseconds.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// In minutes, a begun one as a whole; 0 where it is negative.
    #[must_use]
    pub fn begun_minutes(self) -> u32 {
        let minutes = u64::try_from(self.0).unwrap_or(0).div_ceil(60_000);
        u32::try_from(minutes).unwrap_or(u32::MAX)
    }

    /// So many times as long.
    #[must_use]
    pub const fn times(self, times: u32) -> Self {
        Self(self.0.saturating_mul(times as i64))
    }

    /// So many hundredths of it, rounded down.
    #[must_use]
    pub const fn percent(self, percent: u8) -> Self {
        Self(self.0.saturating_mul(percent as i64) / 100)
    }
}

impl Add for Ms {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Ms {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Ms {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Ms {
    /// As hours, minutes and seconds, such as `1:02:03`; parts of a second are left off.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let secs = self.0.unsigned_abs() / 1000;
        write!(f, "{sign}{}:{:02}:{:02}", secs / 3600, secs / 60 % 60, secs % 60)
    }
}

impl Span {
    /// From one time to another.
    #[must_use]
    pub const fn new(from: Ms, to: Ms) -> Self {
        Self { from, to }
    }

    /// How long it is; nothing where it ends before it begins.
    #[must_use]
    pub fn len(self) -> Ms {
        (self.to - self.from).max(Ms::ZERO)
    }

    /// Whether there is nothing of it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == Ms::ZERO
    }

    /// How long two overlap.
    #[must_use]
    pub fn overlap(self, other: Self) -> Ms {
        Self::new(self.from.max(other.from), self.to.min(other.to)).len()
    }
}
