//! Recurrence: the rule by which an event comes again, and which of its occurrences are made when.

mod typed;

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::UserMarker};

pub use self::typed::{BadDate, DateFault, RepeatError, dates, every, until};
use super::{
    blueprint::Blueprint,
    duration::RaceLength,
    id::{ClubId, RecurrenceId, SeriesId},
    name::EventName,
    zone::Zone,
};

/// How many coming occurrences stand as events at any time.
pub const AHEAD: u16 = 3;

/// An event that comes again.
///
/// Its occurrences are made ahead of time as ordinary events, each once. From then on each is its own: what is edited, moved or cancelled
/// of one changes neither the others nor the rule.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recurrence {
    /// What its events are like.
    pub blueprint: Blueprint,
    /// The club it belongs to.
    pub club: ClubId,
    /// When it was created.
    pub created_at: Timestamp,
    /// Who created it.
    pub created_by: Id<UserMarker>,
    /// Its identifier.
    pub id: RecurrenceId,
    /// How long their races are.
    pub length: RaceLength,
    /// The last occurrence that was made or passed over, counted from 1.
    pub made: u16,
    /// What they are called.
    pub name: EventName,
    /// When they come.
    pub rule: Rule,
    /// The series they belong to.
    pub series: Option<SeriesId>,
    /// When somebody stopped it.
    pub stopped_at: Option<Timestamp>,
}

/// When the occurrences of an event come.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// At these instants, each later than the one before; at most [`Times::MAX`].
    Dates(Vec<Timestamp>),
    /// On the same day of the week, when clocks in the club's zone show the same.
    Weekly {
        /// Every so many weeks.
        every: Weeks,
        /// What they showed at the start of the event that it came from.
        first: DateTime,
        /// Until when.
        until: Until,
    },
}

/// When a weekly rule ends; after [`Times::MAX`] occurrences at the latest.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// After that day, in the club's zone.
    Date(Date),
    /// After so many occurrences.
    Times(Times),
}

/// A number of weeks, 1 to 12.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Weeks(u8);

/// A number of occurrences, 1 to 52.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Times(u16);

/// A number that is none of weeks, or of occurrences.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0} is out of bounds")]
pub struct OutOfBounds(u16);

/// What is to be made of a recurrence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Extension {
    /// When the next is to be made; `None` when the rule has ended.
    pub due_at: Option<Timestamp>,
    /// The last occurrence that is made or passed over then.
    pub made: u16,
    /// The occurrences to make, with their starts.
    pub starts: Vec<(u16, Timestamp)>,
}

impl Rule {
    /// When the occurrence of that ordinal starts; 1 is the first after the event that the rule came from. `None` where the rule has
    /// ended.
    ///
    /// Where the zone's clocks leave that time out, it is as much later as they go forward; where they show it twice, it is the first.
    #[must_use]
    pub fn start(&self, ordinal: u16, zone: &Zone) -> Option<Timestamp> {
        if !(1..=Times::MAX.0).contains(&ordinal) {
            return None;
        }
        match self {
            Self::Dates(dates) => dates.get(usize::from(ordinal) - 1).copied(),
            Self::Weekly { every, first, until } => {
                let weeks = i64::from(every.0) * i64::from(ordinal);
                let local = first.checked_add(weeks.weeks()).ok()?;
                let is_within = match until {
                    Until::Date(last) => local.date() <= *last,
                    Until::Times(Times(times)) => ordinal <= *times,
                };
                let zone = zone.time_zone().clone();
                is_within.then(|| local.to_zoned(zone).ok()).flatten().map(|start| start.timestamp())
            }
        }
    }

    /// What is to be made at `now` when everything up to `made` is: as much as it takes for [`AHEAD`] occurrences to be coming. Those
    /// that have started meanwhile are passed over.
    #[must_use]
    pub fn extension(&self, made: u16, zone: &Zone, now: Timestamp) -> Extension {
        let coming = |ordinal: &u16| self.start(*ordinal, zone).is_some_and(|start| start > now);
        let mut standing: Vec<u16> = (1..=made).rev().take_while(coming).collect();
        standing.reverse();
        let mut extension = Extension { due_at: None, made, starts: Vec::new() };
        loop {
            let Some(start) = self.start(extension.made.saturating_add(1), zone) else {
                return extension;
            };
            if standing.len() >= usize::from(AHEAD) {
                let first = standing.iter().rev().nth(usize::from(AHEAD) - 1);
                extension.due_at = first.and_then(|ordinal| self.start(*ordinal, zone));
                return extension;
            }
            extension.made += 1;
            if start > now {
                standing.push(extension.made);
                extension.starts.push((extension.made, start));
            }
        }
    }

    /// How many of the occurrences up to `made` are coming at `now`, by the rule.
    #[must_use]
    pub fn coming(&self, made: u16, zone: &Zone, now: Timestamp) -> usize {
        (1..=made).filter(|ordinal| self.start(*ordinal, zone).is_some_and(|start| start > now)).count()
    }
}

impl Weeks {
    /// One week.
    pub const MIN: Self = Self(1);
    /// The longest: twelve weeks.
    pub const MAX: Self = Self(12);

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Times {
    /// Once.
    pub const MIN: Self = Self(1);
    /// The most: a year of weeks.
    pub const MAX: Self = Self(52);

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u8> for Weeks {
    type Error = OutOfBounds;

    fn try_from(weeks: u8) -> Result<Self, OutOfBounds> {
        let is_within = (Self::MIN..=Self::MAX).contains(&Self(weeks));
        is_within.then_some(Self(weeks)).ok_or(OutOfBounds(weeks.into()))
    }
}

impl From<Weeks> for u8 {
    fn from(weeks: Weeks) -> Self {
        weeks.0
    }
}

impl TryFrom<u16> for Times {
    type Error = OutOfBounds;

    fn try_from(times: u16) -> Result<Self, OutOfBounds> {
        let is_within = (Self::MIN..=Self::MAX).contains(&Self(times));
        is_within.then_some(Self(times)).ok_or(OutOfBounds(times))
    }
}

impl From<Times> for u16 {
    fn from(times: Times) -> Self {
        times.0
    }
}

#[cfg(test)]
mod tests;
