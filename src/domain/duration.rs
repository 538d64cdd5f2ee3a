//! How long a race is, and how people type it.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;

/// How long a race is planned to be: whole minutes, 10 minutes to 7 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct RaceLength(u16);

/// Why a typed text is no race length.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LengthError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// A number without a unit: hours or minutes?
    #[error("no unit after {number:?}")]
    NoUnit {
        /// The number, as typed.
        number: String,
    },
    /// A part that makes no sense here.
    #[error("can't read {part:?}")]
    Unreadable {
        /// The part, as typed.
        part: String,
    },
    /// It doesn't come to whole minutes, such as `0.33h`.
    #[error("{part:?} is no whole number of minutes")]
    PartOfAMinute {
        /// The part, as typed.
        part: String,
    },
    /// Under [`RaceLength::MIN`].
    #[error("{minutes} minutes is too short")]
    TooShort {
        /// What was understood.
        minutes: u64,
    },
    /// Over [`RaceLength::MAX`].
    #[error("{minutes} minutes is too long")]
    TooLong {
        /// What was understood.
        minutes: u64,
    },
}

impl RaceLength {
    /// The shortest: 10 minutes.
    pub const MIN: Self = Self(10);
    /// The longest: 7 days.
    pub const MAX: Self = Self(7 * 24 * 60);

    /// A race of so many minutes.
    ///
    /// # Errors
    /// When that is too short or too long.
    pub fn from_minutes(minutes: u64) -> Result<Self, LengthError> {
        match u16::try_from(minutes).map(Self) {
            Ok(length) if length < Self::MIN => Err(LengthError::TooShort { minutes }),
            Ok(length) if length <= Self::MAX => Ok(length),
            _ => Err(LengthError::TooLong { minutes }),
        }
    }

    /// Reads `24h`, `2h40`, `2h40m`, `2:40`, `160m`, `1d`, `1d 6h`, `90 min`, `2.5h`.
    ///
    /// # Errors
    /// When it can't be read, or comes to less than ten minutes or more than seven days.
    pub fn parse(typed: &str) -> Result<Self, LengthError> {
        Self::from_minutes(minutes(typed)?)
    }

    /// Its minutes.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// As a span to add to an instant.
    #[must_use]
    pub const fn duration(self) -> SignedDuration {
        SignedDuration::from_secs(self.0 as i64 * 60)
    }
}

/// `24 h`, `2 h 40`, `45 min`; [`RaceLength::parse`] reads it back.
impl fmt::Display for RaceLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => write!(f, "{minutes} min"),
            (hours, 0) => write!(f, "{hours} h"),
            (hours, minutes) => write!(f, "{hours} h {minutes:02}"),
        }
    }
}

impl FromStr for RaceLength {
    type Err = LengthError;

    fn from_str(typed: &str) -> Result<Self, LengthError> {
        Self::parse(typed)
    }
}

impl TryFrom<u64> for RaceLength {
    type Error = LengthError;

    fn try_from(minutes: u64) -> Result<Self, LengthError> {
        Self::from_minutes(minutes)
    }
}

impl From<RaceLength> for u64 {
    fn from(length: RaceLength) -> Self {
        length.0.into()
    }
}

/// The minutes of what [`RaceLength::parse`] reads, however many they are.
///
/// # Errors
/// When it can't be read.
pub(super) fn minutes(typed: &str) -> Result<u64, LengthError> {
    let typed: String = typed.nfkc().collect::<String>().trim().to_lowercase();
    if typed.is_empty() {
        return Err(LengthError::Empty);
    }
    match typed.split_once(':') {
        Some((hours, minutes)) => clock(hours, minutes).ok_or(LengthError::Unreadable { part: typed }),
        None => sum(&typed),
    }
}

/// The minutes of `2:40`.
fn clock(hours: &str, minutes: &str) -> Option<u64> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(minutes) || hours.len() > 4 || minutes.len() != 2 {
        return None;
    }
    let minutes: u64 = minutes.parse().ok()?;
    (minutes < HOUR).then_some(hours.parse::<u64>().ok()? * HOUR + minutes)
}

/// The minutes of numbers with units, the larger unit first. Minutes after hours need none.
fn sum(typed: &str) -> Result<u64, LengthError> {
    let mut total: u64 = 0;
    let mut larger = u64::MAX;
    let mut rest = typed;
    while !rest.is_empty() {
        let (part, number, word, after) = next_part(rest)?;
        let unreadable = || LengthError::Unreadable { part: part.to_owned() };
        let unit = match unit(word) {
            Some(unit) => unit,
            None if word.is_empty() && larger == HOUR => 1,
            None if word.is_empty() => return Err(LengthError::NoUnit { number: number.to_owned() }),
            None => return Err(unreadable()),
        };
        let minutes = multiply(number, unit).ok_or_else(unreadable)?;
        let minutes = minutes.ok_or_else(|| LengthError::PartOfAMinute { part: part.to_owned() })?;
        if unit >= larger || (larger != u64::MAX && minutes >= larger) {
            return Err(unreadable());
        }
        total = total.saturating_add(minutes);
        larger = unit;
        rest = after;
    }
    Ok(total)
}

/// A number with its unit: as typed, the number, the unit's word, and what follows.
fn next_part(rest: &str) -> Result<(&str, &str, &str, &str), LengthError> {
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
    let (number, after) = rest.split_at(digits);
    if number.is_empty() {
        let part = rest.split_whitespace().next().unwrap_or(rest).to_owned();
        return Err(LengthError::Unreadable { part });
    }
    let after = after.trim_start();
    let (word, after) = after.split_at(after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len()));
    let part = rest[..rest.len() - after.len()].trim_end();
    Ok((part, number, word, after.trim_start_matches(|c: char| c == '.' || c.is_whitespace())))
}

fn unit(word: &str) -> Option<u64> {
    match word {
        "d" | "day" | "days" => Some(DAY),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(HOUR),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(1),
        _ => None,
    }
}

/// The minutes in `number` units: none if it is no number, none within if they aren't whole.
fn multiply(number: &str, unit: u64) -> Option<Option<u64>> {
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > 6 {
        return None;
    }
    // More digits than a number holds are too long a race all the same.
    let (whole, digits): (u64, u64) = (whole.parse().unwrap_or(u64::MAX), part.parse().ok()?);
    let scale = 10_u64.pow(u32::try_from(part.len()).ok()?);
    let part = digits * unit;
    Some(part.is_multiple_of(scale).then(|| whole.saturating_mul(unit).saturating_add(part / scale)))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_are_read_as_people_type_them() {
        let mut table = String::new();
        for typed in [
            "24h",
            "2h40",
            "2h40m",
            "2:40",
            "160m",
            "1d",
            "90 min",
            "2.5h",
            "2,5 h",
            "1d 6h",
            "1 Day 2 hours 5 mins.",
            "２４ｈ",
            "2 h 05",
            "7d",
            "10m",
            "24",
            "1d 6",
            "2h90",
            "2:90",
            "2:4",
            "24:00:00",
            "0.33h",
            "40m 2h",
            "2h 3h",
            "9m",
            "0h",
            "8d",
            "99999999999h",
            "999999999d",
            "h",
            "-2h",
            "2x",
            "abc",
            " ",
            "2.h",
            "🏁",
        ] {
            let read = match RaceLength::parse(typed) {
                Ok(length) => length.to_string(),
                Err(error) => format!("{error:?}"),
            };
            let _ = writeln!(table, "{typed} = {read}");
        }
        insta::assert_snapshot!(table, @r#"
        24h = 24 h
        2h40 = 2 h 40
        2h40m = 2 h 40
        2:40 = 2 h 40
        160m = 2 h 40
        1d = 24 h
        90 min = 1 h 30
        2.5h = 2 h 30
        2,5 h = 2 h 30
        1d 6h = 30 h
        1 Day 2 hours 5 mins. = 26 h 05
        ２４ｈ = 24 h
        2 h 05 = 2 h 05
        7d = 168 h
        10m = 10 min
        24 = NoUnit { number: "24" }
        1d 6 = NoUnit { number: "6" }
        2h90 = Unreadable { part: "90" }
        2:90 = Unreadable { part: "2:90" }
        2:4 = Unreadable { part: "2:4" }
        24:00:00 = Unreadable { part: "24:00:00" }
        0.33h = PartOfAMinute { part: "0.33h" }
        40m 2h = Unreadable { part: "2h" }
        2h 3h = Unreadable { part: "3h" }
        9m = TooShort { minutes: 9 }
        0h = TooShort { minutes: 0 }
        8d = TooLong { minutes: 11520 }
        99999999999h = TooLong { minutes: 5999999999940 }
        999999999d = TooLong { minutes: 1439999998560 }
        h = Unreadable { part: "h" }
        -2h = Unreadable { part: "-2h" }
        2x = Unreadable { part: "2x" }
        abc = Unreadable { part: "abc" }
          = Empty
        2.h = Unreadable { part: "2.h" }
        🏁 = Unreadable { part: "🏁" }
        "#);
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(minutes in 10_u64..=10_080) {
            let length = RaceLength::from_minutes(minutes);
            prop_assert_eq!(length.clone().and_then(|length| RaceLength::parse(&length.to_string())), length);
        }

        #[test]
        fn nothing_typed_panics(typed in prop_oneof!["[0-9hmd:., ]{0,12}", any::<String>()]) {
            let _ = RaceLength::parse(&typed);
        }
    }
}
