//! Discord's ids: a creation time and a sequence in 64 bits.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The first millisecond of 2015, from which Discord counts.
const EPOCH_MS: i64 = 1_420_070_400_000;
/// The bits below the time.
const SEQUENCE_BITS: u32 = 22;

/// An id of anything on Discord; written as a string of digits in JSON. See Discord Docs/Reference, Snowflakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Snowflake(u64);

impl Snowflake {
    /// The id with this value.
    #[must_use]
    pub const fn new(value: u64) -> Self {
        Self(value)
    }

    /// The id as a number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// When the thing with this id was made, to the millisecond.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        let since_epoch = i64::try_from(self.0 >> SEQUENCE_BITS).unwrap_or_default();
        Timestamp::from_millisecond(EPOCH_MS + since_epoch).unwrap_or(Timestamp::MAX)
    }
}

impl fmt::Display for Snowflake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Snowflake {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Snowflake {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Makes ids: each carries the time it was made, and each is greater than all before it.
#[derive(Debug, Default)]
pub(crate) struct Mint {
    last: u64,
}

impl Mint {
    /// A new id, made at `now`.
    pub(crate) fn next(&mut self, now: Timestamp) -> Snowflake {
        let since_epoch = u64::try_from(now.as_millisecond() - EPOCH_MS).unwrap_or_default();
        self.last = (since_epoch << SEQUENCE_BITS).max(self.last + 1);
        Snowflake(self.last)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn ids_carry_their_time_and_only_grow() {
        let now: Timestamp = "2026-12-05T14:00:00.123Z".parse().unwrap();
        let mut mint = Mint::default();
        let first = mint.next(now);
        let second = mint.next(now);
        let earlier = mint.next("2020-01-01T00:00:00Z".parse().unwrap());
        assert_eq!(first.timestamp(), now);
        assert_eq!(second.timestamp(), now);
        assert!(first < second && second < earlier);
    }

    #[test]
    fn an_id_is_a_string_in_json() {
        let id = Snowflake::new(1_234_567_890_123_456_789);
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"1234567890123456789\"");
        assert_eq!("1234567890123456789".parse::<Snowflake>().unwrap(), id);
    }
}
