//! What a series' events are like unless somebody says otherwise.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{blueprint::Blueprint, channel_name::NamePattern, duration::RaceLength};

/// What a series chose for its events.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct SeriesDefaults {
    /// What its events are like; its description are the series' rules.
    pub blueprint: Blueprint,
    /// How their channels are named, instead of the club's pattern.
    pub pattern: Option<NamePattern>,
    /// When people are reminded, instead of the club's offsets.
    pub reminders: Option<ReminderOffsets>,
}

/// How long before the start people are reminded: whole minutes, the longest first, each once; at most [`ReminderOffsets::MAX`].
///
/// Each is as short or as long as a race can be: 10 minutes to 7 days.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Vec<u16>", into = "Vec<u16>")]
pub struct ReminderOffsets(Vec<RaceLength>);

/// A text that says no offsets, or not only offsets.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum OffsetsError {
    /// More than [`ReminderOffsets::MAX`].
    #[error("{0} offsets, at most {max}", max = ReminderOffsets::MAX)]
    TooMany(usize),
    /// A part that is no time from 10 minutes to 7 days.
    #[error("can't read {0:?}")]
    Unreadable(String),
}

impl ReminderOffsets {
    /// The most offsets.
    pub const MAX: usize = 5;

    /// Reads `24h, 1h`; `None` for an empty text.
    ///
    /// # Errors
    ///
    /// When a part is no time from 10 minutes to 7 days, or there are too many.
    pub fn parse(typed: &str) -> Result<Option<Self>, OffsetsError> {
        let parts = typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let offset =
            |part: &str| RaceLength::parse(part).map_err(|_| OffsetsError::Unreadable(part.to_owned()));
        let offsets: Vec<RaceLength> = parts.map(offset).collect::<Result<_, _>>()?;
        if offsets.is_empty() { Ok(None) } else { Self::of(offsets).map(Some) }
    }

    fn of(mut offsets: Vec<RaceLength>) -> Result<Self, OffsetsError> {
        offsets.sort_unstable_by(|one, other| other.cmp(one));
        offsets.dedup();
        if offsets.len() > Self::MAX { Err(OffsetsError::TooMany(offsets.len())) } else { Ok(Self(offsets)) }
    }

    /// In whole minutes, the longest first.
    pub fn minutes(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().map(|offset| offset.minutes())
    }
}

/// `24 h, 1 h`; [`ReminderOffsets::parse`] reads it back.
impl fmt::Display for ReminderOffsets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&words.join(", "))
    }
}

impl TryFrom<Vec<u16>> for ReminderOffsets {
    type Error = OffsetsError;

    fn try_from(minutes: Vec<u16>) -> Result<Self, OffsetsError> {
        let offset = |minutes: u16| {
            RaceLength::from_minutes(minutes.into())
                .map_err(|_| OffsetsError::Unreadable(minutes.to_string()))
        };
        Self::of(minutes.into_iter().map(offset).collect::<Result<_, _>>()?)
    }
}

impl From<ReminderOffsets> for Vec<u16> {
    fn from(offsets: ReminderOffsets) -> Self {
        offsets.minutes().collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn offsets_are_read_in_any_order_and_written_back() {
        let read = |typed: &str| ReminderOffsets::parse(typed).unwrap();
        assert_eq!(read("1h, 24h; 30m, 1h").unwrap().to_string(), "24 h, 1 h, 30 min");
        assert_eq!(read("24 h, 1 h, 30 min"), read("1h, 24h, 30m"));
        assert_eq!(read(" , "), None);
        let json = serde_json::to_string(&read("24h, 1h")).unwrap();
        assert_eq!(json, "[1440,60]");
        assert_eq!(serde_json::from_str::<ReminderOffsets>(&json).ok(), read("24h, 1h"));
    }

    #[test]
    fn what_is_no_offset_is_named() {
        let bad = |typed: &str| ReminderOffsets::parse(typed).unwrap_err();
        assert_eq!(bad("24h, soon"), OffsetsError::Unreadable("soon".to_owned()));
        assert_eq!(bad("8d"), OffsetsError::Unreadable("8d".to_owned()));
        assert_eq!(bad("1h,2h,3h,4h,5h,6h"), OffsetsError::TooMany(6));
    }

    #[test]
    fn a_series_without_a_word_of_it_chose_nothing() {
        assert_eq!(serde_json::from_str::<SeriesDefaults>("{}").unwrap(), SeriesDefaults::default());
    }
}
