//! iRacing's numbers for people.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::text;

/// A person's customer id on iRacing (`cust_id` in its files): a positive whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IRacingId(NonZeroU32);

/// What was typed is no customer id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{typed}` is not an iRacing customer id, a whole number such as 123456")]
pub struct NotIRacingId {
    /// The beginning of it, fit to be shown.
    pub typed: String,
}

impl IRacingId {
    /// Reads an id, with or without a `#`. A table that takes the column for measurements adds `.0`, which is dropped.
    ///
    /// # Errors
    /// When it is no whole number, or none that an account can have.
    pub fn parse(typed: &str) -> Result<Self, NotIRacingId> {
        let text = text::clean(typed);
        let digits = text.strip_prefix('#').unwrap_or(&text);
        let digits = digits.strip_suffix(".0").unwrap_or(digits);
        // `parse` alone would take a sign.
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        let id = if is_number { digits.parse().ok() } else { None };
        id.map(Self).ok_or_else(|| NotIRacingId { typed: text::excerpt(typed) })
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for IRacingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for IRacingId {
    type Err = NotIRacingId;

    fn from_str(typed: &str) -> Result<Self, NotIRacingId> {
        Self::parse(typed)
    }
}

impl From<NonZeroU32> for IRacingId {
    fn from(id: NonZeroU32) -> Self {
        Self(id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn ids_are_read_as_tables_write_them() {
        for typed in ["123456", " 123456\u{a0}", "#123456", "123456.0", "00123456"] {
            assert_eq!(IRacingId::parse(typed).unwrap().get(), 123_456, "{typed}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for typed in ["", "0", "-1", "+5", "12.5", "1.23456E+05", "123,456", "12a", "4294967296", "#", ".0"] {
            assert!(IRacingId::parse(typed).is_err(), "{typed}");
        }
        insta::assert_snapshot!(IRacingId::parse("12a").unwrap_err(), @"`12a` is not an iRacing customer id, a whole number such as 123456");
    }

    #[test]
    fn an_id_is_a_number_in_json() {
        let id: IRacingId = serde_json::from_str("5").unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "5");
        assert!(serde_json::from_str::<IRacingId>("0").is_err());
    }
}
