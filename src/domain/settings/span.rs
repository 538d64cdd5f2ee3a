//! How long before and after an event a club has things happen.

use std::time::Duration;

use jiff::Timestamp;

/// Whole minutes before the start, 5 to 1,440 (a day).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CheckIn(u16);

impl CheckIn {
    /// The shortest time to check in, in minutes.
    pub const MIN_MINUTES: u16 = 5;
    /// The longest, in minutes.
    pub const MAX_MINUTES: u16 = 24 * 60;

    /// A check-in that opens `minutes` before the start; `None` outside of its bounds.
    #[must_use]
    pub const fn minutes(minutes: u16) -> Option<Self> {
        if minutes >= Self::MIN_MINUTES && minutes <= Self::MAX_MINUTES { Some(Self(minutes)) } else { None }
    }

    /// What a number of minutes stands for, 0 for no check-in; `None` for what is neither.
    #[must_use]
    pub const fn of(minutes: u16) -> Option<Option<Self>> {
        match (minutes, Self::minutes(minutes)) {
            (0, _) => Some(None),
            (_, Some(check_in)) => Some(Some(check_in)),
            (_, None) => None,
        }
    }

    /// In minutes.
    #[must_use]
    pub const fn as_minutes(self) -> u16 {
        self.0
    }

    /// As a span of time.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 60)
    }
}

impl Default for CheckIn {
    fn default() -> Self {
        Self(30)
    }
}

/// Whole hours between an event's end and its being put away, 0 to 336.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Grace(u16);

impl Grace {
    /// The longest grace, in hours.
    pub const MAX_HOURS: u16 = 336;

    /// A grace of `hours`; `None` above [`Grace::MAX_HOURS`].
    #[must_use]
    pub const fn hours(hours: u16) -> Option<Self> {
        if hours <= Self::MAX_HOURS { Some(Self(hours)) } else { None }
    }

    /// The grace after a cancellation, at least an hour: those who signed up have to read of it.
    #[must_use]
    pub const fn after_cancellation(self) -> Self {
        if self.0 == 0 { Self(1) } else { self }
    }

    /// In hours.
    #[must_use]
    pub const fn as_hours(self) -> u16 {
        self.0
    }

    /// As a span of time.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 3600)
    }
}

impl Default for Grace {
    fn default() -> Self {
        Self(24)
    }
}

/// Whole hours before the start, 1 to 168.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Lead(u16);

impl Lead {
    /// The longest lead, in hours.
    pub const MAX_HOURS: u16 = 168;

    /// A lead of `hours`; `None` for 0 and above [`Lead::MAX_HOURS`].
    #[must_use]
    pub const fn hours(hours: u16) -> Option<Self> {
        if hours >= 1 && hours <= Self::MAX_HOURS { Some(Self(hours)) } else { None }
    }

    /// In hours.
    #[must_use]
    pub const fn as_hours(self) -> u16 {
        self.0
    }

    /// As a span of time.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 3600)
    }
}

impl Default for Lead {
    fn default() -> Self {
        Self(24)
    }
}

/// Whole hours between two updates, 6 to 168.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Period(u16);

impl Period {
    /// The shortest period, in hours.
    pub const MIN_HOURS: u16 = 6;
    /// The longest period, in hours.
    pub const MAX_HOURS: u16 = 168;

    /// A period of `hours`; `None` outside [`Period::MIN_HOURS`] and [`Period::MAX_HOURS`].
    #[must_use]
    pub const fn hours(hours: u16) -> Option<Self> {
        if hours >= Self::MIN_HOURS && hours <= Self::MAX_HOURS { Some(Self(hours)) } else { None }
    }

    /// In hours.
    #[must_use]
    pub const fn as_hours(self) -> u16 {
        self.0
    }

    /// The last instant at or before `now` that is some periods before `start`, and the next one after `now` that is ahead of it.
    /// `None` from the start on.
    #[must_use]
    pub fn around(self, start: Timestamp, now: Timestamp) -> Option<(Timestamp, Option<Timestamp>)> {
        let period = i64::from(self.0) * 3600 * 1000;
        let left = start.as_millisecond() - now.as_millisecond();
        if left <= 0 {
            return None;
        }
        let periods = (left + period - 1) / period;
        let before =
            |periods: i64| Timestamp::from_millisecond(start.as_millisecond() - periods * period).ok();
        Some((before(periods)?, (periods > 1).then(|| before(periods - 1)).flatten()))
    }
}

/// A day.
impl Default for Period {
    fn default() -> Self {
        Self(24)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn periods_are_counted_back_from_the_start() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let start = at("2026-12-05T13:00:00Z");
        let around = |now| Period::default().around(start, at(now));
        let (last, next) = (at("2026-12-03T13:00:00Z"), at("2026-12-04T13:00:00Z"));
        assert_eq!(around("2026-12-03T13:00:00Z"), Some((last, Some(next))));
        assert_eq!(around("2026-12-04T12:59:59.999Z"), Some((last, Some(next))));
        assert_eq!(around("2026-12-04T13:00:00Z"), Some((next, None)));
        assert_eq!(around("2026-12-05T13:00:00Z"), None);
        assert_eq!((Period::hours(5), Period::hours(169)), (None, None));
    }
}
