//! What every crew has to keep to.

use std::collections::BTreeMap;

use thiserror::Error;

use super::problem::Class;

/// How many drivers a crew has: 1–16.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Sizes {
    min: usize,
    max: usize,
}

/// Limits that no crew can have.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("{min} to {max} drivers, not within 1 to 16")]
pub struct BadSizes {
    /// The fewest drivers asked for.
    pub min: usize,
    /// The most.
    pub max: usize,
}

/// How many of a crew have to be able to drive in every hour.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Awake {
    /// Whether a crew that has fewer drivers needs only all of them.
    pub capped: bool,
    /// How many.
    pub drivers: usize,
}

/// What every crew has to keep to.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Rules {
    /// How many have to be able to drive in every hour.
    pub awake: Awake,
    /// How many crews a class may have; any number where it isn't here.
    pub grid: BTreeMap<Class, usize>,
    /// How many drivers a crew has.
    pub sizes: Sizes,
}

impl Sizes {
    /// The most drivers that any crew can have.
    pub const MOST: usize = 16;

    /// From `min` to `max` drivers.
    ///
    /// # Errors
    /// When that isn't a range within 1 to [`Sizes::MOST`].
    pub fn new(min: usize, max: usize) -> Result<Self, BadSizes> {
        let fits = 1 <= min && min <= max && max <= Self::MOST;
        fits.then_some(Self { min, max }).ok_or(BadSizes { min, max })
    }

    /// The fewest drivers.
    #[must_use]
    pub const fn min(self) -> usize {
        self.min
    }

    /// The most drivers.
    #[must_use]
    pub const fn max(self) -> usize {
        self.max
    }

    /// The most of `people` who fit into at most `crews` crews.
    pub(super) fn seats(self, people: usize, crews: usize) -> usize {
        let of = |crews: usize| people.min(crews.saturating_mul(self.max));
        (1..=crews.min(people / self.min)).map(of).max().unwrap_or(0)
    }
}

impl Default for Sizes {
    fn default() -> Self {
        Self { min: 2, max: 6 }
    }
}

impl Awake {
    /// How many have to be able to drive, in a crew of that size.
    #[must_use]
    pub fn needed(self, size: usize) -> usize {
        if self.capped { self.drivers.min(size) } else { self.drivers }
    }
}

impl Default for Awake {
    fn default() -> Self {
        Self { capped: false, drivers: 2 }
    }
}
