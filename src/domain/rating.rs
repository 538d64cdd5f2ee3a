//! How good somebody is on iRacing.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An iRating: 0–12,000.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct IRating(u16);

/// Not an iRating.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("not a whole number from 0 to {}", IRating::MAX)]
pub struct BadRating;

impl IRating {
    /// The greatest.
    pub const MAX: u16 = 12_000;

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for IRating {
    type Error = BadRating;

    fn try_from(number: u16) -> Result<Self, BadRating> {
        if number <= Self::MAX { Ok(Self(number)) } else { Err(BadRating) }
    }
}

impl From<IRating> for u16 {
    fn from(rating: IRating) -> Self {
        rating.0
    }
}

impl FromStr for IRating {
    type Err = BadRating;

    fn from_str(typed: &str) -> Result<Self, BadRating> {
        typed.trim().parse::<u16>().map_err(|_| BadRating)?.try_into()
    }
}

impl fmt::Display for IRating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_a_whole_number_within_its_bounds() {
        let read = |typed: &str| typed.parse::<IRating>().map(IRating::get);
        assert_eq!((read(" 2450 "), read("0"), read("12000")), (Ok(2450), Ok(0), Ok(12_000)));
        for typed in ["", "-1", "12001", "2.4k", "99999999"] {
            assert_eq!(read(typed), Err(BadRating), "{typed}");
        }
    }
}
