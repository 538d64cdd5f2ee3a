//! What a race's organiser demands of a car's drivers. It is data: there is no rule that isn't in a [`Ruleset`].
//!
//! A rule that isn't there demands nothing. Two rules may contradict each other; what plans say then is which.

use serde::{Deserialize, Serialize};

mod kind;
mod number;

pub use self::{
    kind::Rule,
    number::{Count, Minutes, OutOfRange, Percent},
};
use super::problem::{Class, Grade};

/// What a race's organiser demands of a car's drivers.
///
/// *Declared* drivers are those of a problem who are said to be, and who drive at all. Stints are of one driver, from pit exit to pit
/// entry.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ruleset {
    /// The most time from the start of somebody's stint to the end of their last without anybody between, the stops among it included:
    /// a double stint counts as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continuous: Option<Minutes>,
    /// Whether only declared drivers may drive [iRacing support, Team Driving].
    #[serde(skip_serializing_if = "is_off")]
    pub declared_only: bool,
    /// How long whom may and must drive in all [FIA WEC, driving time].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub driving_time: Vec<DrivingTime>,
    /// How long anybody may drive and spot, both together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duty: Option<Duty>,
    /// The least part of an equal share of the laps that everybody drives [iRacing's drive-time rule].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fair_share: Option<FairShare>,
    /// The most people who may drive the car [iRacing support, Team Driving].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_drivers: Option<Count>,
    /// The greatest part of all laps that anybody may drive [NES regulations].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_share: Option<MaxShare>,
    /// How many people of the car, drivers or spotters, can't be absent in any hour from green flag on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_awake: Option<Count>,
    /// The fewest people who must drive the car [iRacing support, Team Driving].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_drivers: Option<Count>,
    /// How many stints each declared driver must drive at least [a SimGrid championship's rules].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_stints: Option<Count>,
    /// How many stops there must be at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_stops: Option<Count>,
    /// Whether nobody may drive and spot at once.
    #[serde(skip_serializing_if = "is_off")]
    pub no_spotting_driver: bool,
    /// Whether whoever qualified must start [iRacing support, Team Driving]. Without a qualifier it demands nothing.
    #[serde(skip_serializing_if = "is_off")]
    pub qualifier_starts: bool,
    /// The least time between the end of a driver's run of stints and the start of their next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<Minutes>,
    /// The most time from pit exit to pit entry [a SimGrid championship's rules].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stint_clock: Option<Minutes>,
    /// The greatest part of a long race's time that anybody may drive [Motorsport UK yearbook].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_share: Option<TimeShare>,
    /// How many sets of tyres there are, the one on the car at the start included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tyre_sets: Option<Count>,
    /// How long anybody may drive within some time [Motorsport UK yearbook: 3 hours in any 5].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Window>,
}

/// How long drivers may and must drive in all, time in the pits excluded.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DrivingTime {
    /// For cars of that class; without it, for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// For drivers of that grade; without it, for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The most, for whoever drives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Minutes>,
    /// The least, for declared drivers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Minutes>,
}

/// How long anybody may drive and spot together.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The most.
    pub max: Minutes,
    /// In any time so long; without it, in the whole race.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Minutes>,
}

/// The least part of an equal share of all laps, rounded up to a lap.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FairShare {
    /// Among whom a share is equal, and who has to drive it.
    pub among: Among,
    /// Which part of it.
    pub percent: Percent,
}

/// Among whom laps are shared.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Among {
    /// Declared drivers, whether they drive or not.
    Declared,
    /// Whoever drives.
    Driving,
}

/// The greatest part of all laps that anybody may drive, rounded down to a lap.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MaxShare {
    /// What comes of more.
    pub excess: Excess,
    /// Which part.
    pub percent: Percent,
}

/// What comes of laps beyond the greatest share.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Excess {
    /// They are taken off the car's laps: legal, but for nothing.
    Deducted,
    /// They are against the rules.
    Forbidden,
}

/// The greatest part of a race's time that anybody may drive, where the race is longer than something.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TimeShare {
    /// How long a race may be for which it doesn't hold.
    pub beyond: Minutes,
    /// Which part.
    pub percent: Percent,
}

/// How long anybody may drive within some time.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The most.
    pub max: Minutes,
    /// In any time so long.
    pub within: Minutes,
}

impl Ruleset {
    /// The smallest number of laps that is the fair share of so many people in so many laps; 0 without such a rule.
    #[must_use]
    pub fn fair_laps(&self, laps: u32, people: usize) -> u32 {
        let Some(rule) = self.fair_share else { return 0 };
        let people = u64::try_from(people).unwrap_or(u64::MAX).max(1);
        let share = u64::from(laps) * u64::from(rule.percent.get());
        u32::try_from(share.div_ceil(people.saturating_mul(100))).unwrap_or(u32::MAX)
    }

    /// The most laps of so many that one may drive; all without such a rule.
    #[must_use]
    pub fn most_laps(&self, laps: u32) -> u32 {
        let Some(rule) = self.max_share else { return laps };
        let most = u64::from(laps) * u64::from(rule.percent.get()) / 100;
        u32::try_from(most).unwrap_or(u32::MAX)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_off(is_on: &bool) -> bool {
    !*is_on
}
