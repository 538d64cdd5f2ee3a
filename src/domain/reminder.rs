//! Reminders: how long before a start they are sent, and how people type that.

use std::{fmt, str::FromStr, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The minutes of an hour.
const HOUR: u32 = 60;
/// The minutes of a day.
const DAY: u32 = 24 * HOUR;

/// How long before the start of an event its people are reminded: 0 to [`Offsets::MOST`] spans, the longest first, each once.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Vec<u32>", into = "Vec<u32>")]
pub struct Offsets(Vec<Offset>);

/// Whole minutes before a start, [`Offset::MIN`] to [`Offset::MAX`].
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Offset(u32);

/// Why something can't be when people are reminded.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum OffsetError {
    /// Later than [`Offset::MIN`] before the start.
    #[error("{minutes} minutes is too close to the start")]
    TooClose {
        /// What was understood.
        minutes: u32,
    },
    /// Earlier than [`Offset::MAX`] before the start.
    #[error("{minutes} minutes is too early")]
    TooEarly {
        /// What was understood.
        minutes: u32,
    },
    /// More than [`Offsets::MOST`] of them.
    #[error("{count} offsets, at most {}", Offsets::MOST)]
    TooMany {
        /// How many there are.
        count: usize,
    },
    /// It is no span with its unit.
    #[error("can't read {part:?}")]
    Unreadable {
        /// The part, as typed.
        part: String,
    },
}

impl Offset {
    /// The shortest: five minutes.
    pub const MIN: Self = Self(5);
    /// The longest: two weeks.
    pub const MAX: Self = Self(14 * DAY);

    /// An offset of so many minutes.
    ///
    /// # Errors
    ///
    /// When that is below [`Offset::MIN`] or above [`Offset::MAX`].
    pub const fn from_minutes(minutes: u32) -> Result<Self, OffsetError> {
        match minutes {
            few if few < Self::MIN.0 => Err(OffsetError::TooClose { minutes }),
            many if many > Self::MAX.0 => Err(OffsetError::TooEarly { minutes }),
            _ => Ok(Self(minutes)),
        }
    }

    /// Its minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// The instant so long before `start`.
    #[must_use]
    pub fn before(self, start: Timestamp) -> Timestamp {
        start.saturating_sub(Duration::from_secs(u64::from(self.0) * 60)).unwrap_or(start)
    }

    /// Reads `24h`, `90 min`, `1h30`, `1 d 12 h`.
    fn parse(typed: &str) -> Result<Self, OffsetError> {
        let unreadable = || OffsetError::Unreadable { part: typed.to_owned() };
        Self::from_minutes(minutes(typed).ok_or_else(unreadable)?)
    }
}

/// `24h`, `1h30m`, `45m`.
impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / HOUR, self.0 % HOUR) {
            (0, minutes) => write!(f, "{minutes}m"),
            (hours, 0) => write!(f, "{hours}h"),
            (hours, minutes) => write!(f, "{hours}h{minutes}m"),
        }
    }
}

impl Offsets {
    /// The most that there are.
    pub const MOST: usize = 5;

    /// These offsets, in any order and as often as they occur.
    ///
    /// # Errors
    ///
    /// When they are more than [`Offsets::MOST`].
    pub fn new(offsets: impl IntoIterator<Item = Offset>) -> Result<Self, OffsetError> {
        let mut offsets: Vec<Offset> = offsets.into_iter().collect();
        offsets.sort_by(|a, b| b.cmp(a));
        offsets.dedup();
        match offsets.len() {
            count if count > Self::MOST => Err(OffsetError::TooMany { count }),
            _ => Ok(Self(offsets)),
        }
    }

    /// Reads spans with commas between them, such as `24h, 1h`; nothing, or `off`, for none.
    ///
    /// # Errors
    ///
    /// When one can't be read or is out of bounds, or they are too many.
    pub fn parse(typed: &str) -> Result<Self, OffsetError> {
        let typed = typed.trim().to_lowercase();
        if matches!(typed.as_str(), "off" | "none" | "-") {
            return Ok(Self(Vec::new()));
        }
        let parts = typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        Self::new(parts.map(Offset::parse).collect::<Result<Vec<_>, _>>()?)
    }

    /// The offsets, the longest first.
    pub fn iter(&self) -> impl Iterator<Item = Offset> {
        self.0.iter().copied()
    }

    /// Whether nobody is ever reminded.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The offset whose time has come last at `now`, for an event that starts then: the one that a reminder is for. `None` before the
    /// first and from the start on.
    #[must_use]
    pub fn due(&self, start: Timestamp, now: Timestamp) -> Option<Offset> {
        if now >= start {
            return None;
        }
        self.iter().filter(|offset| offset.before(start) <= now).min()
    }

    /// When the next one's time comes after `now`.
    #[must_use]
    pub fn next(&self, start: Timestamp, now: Timestamp) -> Option<Timestamp> {
        self.iter().map(|offset| offset.before(start)).filter(|at| *at > now).min()
    }
}

/// A day and an hour before the start.
impl Default for Offsets {
    fn default() -> Self {
        Self(vec![Offset(DAY), Offset(HOUR)])
    }
}

impl fmt::Display for Offsets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("off");
        }
        let offsets: Vec<String> = self.iter().map(|offset| offset.to_string()).collect();
        f.write_str(&offsets.join(", "))
    }
}

impl FromStr for Offsets {
    type Err = OffsetError;

    fn from_str(typed: &str) -> Result<Self, OffsetError> {
        Self::parse(typed)
    }
}

impl TryFrom<Vec<u32>> for Offsets {
    type Error = OffsetError;

    fn try_from(minutes: Vec<u32>) -> Result<Self, OffsetError> {
        Self::new(minutes.into_iter().map(Offset::from_minutes).collect::<Result<Vec<_>, _>>()?)
    }
}

impl From<Offsets> for Vec<u32> {
    fn from(offsets: Offsets) -> Self {
        offsets.iter().map(Offset::minutes).collect()
    }
}

/// The minutes of a span of days, hours and minutes, in that order. A number after hours is minutes without its unit, too.
fn minutes(typed: &str) -> Option<u32> {
    let mut rest = typed;
    let (mut sum, mut above) = (0_u32, u32::MAX);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let after = after.trim_start();
        let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let unit = match unit {
            "d" | "day" | "days" => DAY,
            "h" | "hour" | "hours" => HOUR,
            "m" | "min" | "minute" | "minutes" => 1,
            "" if above == HOUR => 1,
            _ => return None,
        };
        if unit >= above {
            return None;
        }
        sum = sum.checked_add(number.parse::<u32>().ok()?.checked_mul(unit)?)?;
        (above, rest) = (unit, after.trim_start());
    }
    (above < u32::MAX).then_some(sum)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    fn printed(typed: &str) -> String {
        match Offsets::parse(typed) {
            Ok(offsets) => offsets.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_people_type_is_understood() {
        let typed = [
            ("24h, 1h", "24h, 1h"),
            ("1 h,24 hours", "24h, 1h"),
            ("2d; 90 min", "48h, 1h30m"),
            ("1h30\n1h30m", "1h30m"),
            ("1 d 12 h, 5m,", "36h, 5m"),
            ("OFF", "off"),
            ("", "off"),
            ("24", "can't read \"24\""),
            ("soon", "can't read \"soon\""),
            ("1h 2h", "can't read \"1h 2h\""),
            ("4m", "4 minutes is too close to the start"),
            ("15d", "21600 minutes is too early"),
            ("99999999999h", "can't read \"99999999999h\""),
            ("1h,2h,3h,4h,5h,6h", "6 offsets, at most 5"),
        ];
        for (typed, expected) in typed {
            assert_eq!(printed(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn one_is_due_at_a_time() {
        let offsets = Offsets::default();
        let start: Timestamp = "2026-12-05T13:00:00Z".parse().unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let due = |now| offsets.due(start, at(now)).map(Offset::minutes);
        assert_eq!(due("2026-12-04T12:59:59Z"), None);
        assert_eq!(due("2026-12-04T13:00:00Z"), Some(1440));
        assert_eq!(due("2026-12-05T12:00:00Z"), Some(60));
        assert_eq!(due("2026-12-05T13:00:00Z"), None);
        assert_eq!(offsets.next(start, at("2026-12-04T13:00:00Z")), Some(at("2026-12-05T12:00:00Z")));
        assert_eq!(offsets.next(start, at("2026-12-05T12:00:00Z")), None);
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(minutes in prop::collection::vec(5_u32..=20_160, 0..=5)) {
            let offsets = Offsets::try_from(minutes).unwrap();
            prop_assert_eq!(Offsets::parse(&offsets.to_string()), Ok(offsets.clone()));
            let json = serde_json::to_value(&offsets).unwrap();
            prop_assert_eq!(serde_json::from_value::<Offsets>(json).unwrap(), offsets);
        }

        #[test]
        fn anything_is_read_or_refused(typed in ".{0,40}") {
            if let Ok(offsets) = Offsets::parse(&typed) {
                prop_assert!(offsets.iter().count() <= Offsets::MOST);
                prop_assert!(offsets.iter().is_sorted_by(|a, b| a > b));
            }
        }
    }
}
