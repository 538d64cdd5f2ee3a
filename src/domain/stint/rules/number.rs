//! Numbers of rules, within what makes sense.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A time of whole minutes: 1 minute to 7 days.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Minutes(u16);

/// A part: 1–100 %.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Percent(u16);

/// A number of people, stops or the like: 1–200.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Count(u16);

/// A number that no rule can have.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("{number}, not 1 to {most}")]
pub struct OutOfRange {
    /// The greatest there can be; the least is 1.
    pub most: u16,
    /// The number.
    pub number: u16,
}

const fn within(number: u16, most: u16) -> Result<u16, OutOfRange> {
    if 1 <= number && number <= most { Ok(number) } else { Err(OutOfRange { most, number }) }
}

impl Minutes {
    /// The longest: 7 days.
    pub const MAX: Self = Self(10_080);

    /// How many minutes.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Percent {
    /// The whole.
    pub const MAX: Self = Self(100);

    /// How many hundredths.
    #[must_use]
    pub fn get(self) -> u8 {
        u8::try_from(self.0).unwrap_or(u8::MAX)
    }
}

impl Count {
    /// The most.
    pub const MAX: Self = Self(200);

    /// How many.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Minutes {
    type Error = OutOfRange;

    fn try_from(number: u16) -> Result<Self, OutOfRange> {
        within(number, Self::MAX.0).map(Self)
    }
}

impl TryFrom<u16> for Percent {
    type Error = OutOfRange;

    fn try_from(number: u16) -> Result<Self, OutOfRange> {
        within(number, Self::MAX.0).map(Self)
    }
}

impl TryFrom<u16> for Count {
    type Error = OutOfRange;

    fn try_from(number: u16) -> Result<Self, OutOfRange> {
        within(number, Self::MAX.0).map(Self)
    }
}

impl From<Minutes> for u16 {
    fn from(number: Minutes) -> Self {
        number.0
    }
}

impl From<Percent> for u16 {
    fn from(number: Percent) -> Self {
        number.0
    }
}

impl From<Count> for u16 {
    fn from(number: Count) -> Self {
        number.0
    }
}

impl From<Minutes> for super::super::time::Ms {
    fn from(number: Minutes) -> Self {
        Self::mins(i64::from(number.0))
    }
}
