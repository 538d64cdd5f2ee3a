//! The terms of a sign-up sheet: how many, until when, and who may.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::RoleMarker};

use super::{
    class_list::Capacity,
    duration::{self, LengthError},
    name::Requirements,
};

/// The most roles of which an event or a class asks for one.
pub const MAX_ROLES: usize = 10;
/// The most cars of a class.
pub const MAX_CARS: usize = 50;

/// The terms of an event's sheet that hold for all its classes. By default everybody may sign up until the start.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Terms {
    /// How long before the start sign-ups close.
    pub cutoff: Cutoff,
    /// How many may be in altogether, whatever their class.
    pub limit: Option<Capacity>,
    /// How many entries the race needs.
    pub minimum: Option<Capacity>,
    /// What people need, in words.
    pub requirements: Option<Requirements>,
    /// One of these roles is needed to sign up; at most [`MAX_ROLES`], none lets everybody.
    pub roles: Vec<Id<RoleMarker>>,
}

/// Whole minutes before the start at which sign-ups close, 0 to 20,160 (two weeks).
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Cutoff(u32);

/// More minutes than a cut-off has.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0} minutes, at most 20160")]
pub struct BadCutoff(pub u32);

impl Cutoff {
    /// The earliest cut-off: two weeks ahead.
    pub const MAX: Self = Self(14 * 24 * 60);

    /// A cut-off of so many minutes.
    ///
    /// # Errors
    ///
    /// When that is longer than [`Cutoff::MAX`].
    pub const fn minutes(minutes: u32) -> Result<Self, BadCutoff> {
        if minutes <= Self::MAX.0 { Ok(Self(minutes)) } else { Err(BadCutoff(minutes)) }
    }

    /// Reads `2h`, `90 min`, `1d`; empty and `0` are none.
    ///
    /// # Errors
    ///
    /// When it can't be read, or is longer than [`Cutoff::MAX`].
    pub fn parse(typed: &str) -> Result<Self, LengthError> {
        if matches!(typed.trim(), "" | "0") {
            return Ok(Self::default());
        }
        let minutes = duration::minutes(typed)?;
        let cutoff = u32::try_from(minutes).ok().and_then(|minutes| Self::minutes(minutes).ok());
        cutoff.ok_or(LengthError::TooLong { minutes })
    }

    /// In minutes.
    #[must_use]
    pub const fn as_minutes(self) -> u32 {
        self.0
    }

    /// As a span of time.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 60)
    }
}

/// As [`Cutoff::parse`] reads it back.
impl fmt::Display for Cutoff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => write!(f, "{minutes} min"),
            (hours, 0) => write!(f, "{hours} h"),
            (hours, minutes) => write!(f, "{hours} h {minutes:02}"),
        }
    }
}

impl TryFrom<u32> for Cutoff {
    type Error = BadCutoff;

    fn try_from(minutes: u32) -> Result<Self, BadCutoff> {
        Self::minutes(minutes)
    }
}

impl From<Cutoff> for u32 {
    fn from(cutoff: Cutoff) -> Self {
        cutoff.0
    }
}
