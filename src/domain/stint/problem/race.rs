//! A race, as far as stints depend on it.

use std::num::NonZeroU32;

use super::{BadProblem, Class, Person, Problem};
use crate::domain::stint::time::Ms;

/// How long a race is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Length {
    /// So many laps: 1 to [`Problem::MOST_LAPS`].
    Laps(u32),
    /// The lap that is under way after so long is the last: 1 minute to 7 days.
    Time(Ms),
}

/// How long a car goes on one tank.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fuel {
    /// So long, and at least a lap.
    Time(Ms),
    /// A tank, and what a lap uses, in millilitres.
    Tank {
        /// What a lap uses; no more than the tank holds.
        lap: NonZeroU32,
        /// What the tank holds.
        tank: NonZeroU32,
    },
}

/// From when on laps take longer or shorter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pace {
    /// From which time of the track's day on: hours, 0–23.
    pub from_hour: u8,
    /// How long a lap takes then, in thousandths of the driver's: 500–2000.
    pub permille: u16,
}

/// The track's day.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Day {
    /// What time of the day it is at green flag: from midnight on, less than a day.
    pub green: Ms,
    /// From which hour of the day to which it is night, such as 22 to 6; without it, never.
    pub night: Option<(u8, u8)>,
    /// How laps change over the day, in the order of hours. The last holds on past midnight; without any, laps are always the same.
    pub pace: Vec<Pace>,
}

/// A race, as far as stints depend on it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Race {
    /// The car's class.
    pub class: Option<Class>,
    /// The track's day.
    pub day: Day,
    /// How long the car goes on a tank.
    pub fuel: Fuel,
    /// How far into an absence a stint may reach: at most an hour. A lap more than nothing lets stints end at the full hour.
    pub grace: Ms,
    /// How long it is.
    pub length: Length,
    /// What a stop costs, from pit entry to exit: at most an hour.
    pub pit: Ms,
    /// Who qualified.
    pub qualifier: Option<Person>,
    /// Whether each stint should have a spotter.
    pub spotting: bool,
    /// How many laps a set of tyres lasts. Without it, each stint takes a new set.
    pub tyre_laps: Option<NonZeroU32>,
}

impl Race {
    /// Whether it is one.
    pub(super) fn check(&self) -> Result<(), BadProblem> {
        let is_length = match self.length {
            Length::Laps(laps) => (1..=Problem::MOST_LAPS).contains(&laps),
            Length::Time(time) => Ms::mins(1) <= time && time <= Ms::hours(24 * 7),
        };
        let is_tank = match self.fuel {
            Fuel::Time(time) => time > Ms::ZERO,
            Fuel::Tank { lap, tank } => lap <= tank,
        };
        let is_short = |time: Ms| Ms::ZERO <= time && time <= Ms::hours(1);
        let day = &self.day;
        let is_pace = |pace: &Pace| pace.from_hour < 24 && (500..=2000).contains(&pace.permille);
        let is_day = Ms::ZERO <= day.green
            && day.green < Ms::hours(24)
            && day.night.is_none_or(|(from, to)| from < 24 && to < 24)
            && day.pace.iter().all(is_pace)
            && day.pace.is_sorted_by(|one, next| one.from_hour < next.from_hour);
        match () {
            () if !is_length => Err(BadProblem::Length),
            () if !is_tank => Err(BadProblem::Tank),
            () if !is_short(self.pit) || !is_short(self.grace) => Err(BadProblem::Pit),
            () if !is_day => Err(BadProblem::Day),
            () => Ok(()),
        }
    }
}
