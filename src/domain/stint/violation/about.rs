//! What there is to say about any violation.

use super::Violation;
use crate::domain::stint::{problem::Person, rules::Rule};

impl Violation {
    /// What each counts, whatever the extent.
    pub(crate) const EACH: u64 = 1000;

    /// The rule that isn't kept to; `None` where no rule demands it, such as that a tank lasts.
    #[must_use]
    pub const fn rule(&self) -> Option<Rule> {
        Some(match *self {
            Self::Absent { .. } | Self::Fuel { .. } | Self::NotTheirs { .. } => return None,
            Self::Timing { .. } | Self::Unfinished => return None,
            Self::Awake { .. } => Rule::MinAwake,
            Self::Continuous { .. } => Rule::Continuous,
            Self::DrivesAndSpots { .. } => Rule::NoSpottingDriver,
            Self::DrivingTimeMax { at, .. } => Rule::DrivingTimeMax(at),
            Self::DrivingTimeMin { at, .. } => Rule::DrivingTimeMin(at),
            Self::Duty { .. } => Rule::Duty,
            Self::FairShare { .. } => Rule::FairShare,
            Self::MaxDrivers { .. } => Rule::MaxDrivers,
            Self::MaxShare { .. } => Rule::MaxShare,
            Self::MinDrivers { .. } => Rule::MinDrivers,
            Self::MinStints { .. } => Rule::MinStints,
            Self::MinStops { .. } => Rule::MinStops,
            Self::QualifierStarts { .. } => Rule::QualifierStarts,
            Self::Rest { .. } => Rule::Rest,
            Self::StintClock { .. } => Rule::StintClock,
            Self::TimeShare { .. } => Rule::TimeShare,
            Self::TyreSets { .. } => Rule::TyreSets,
            Self::Undeclared { .. } => Rule::DeclaredOnly,
            Self::Window { at, .. } => Rule::Window(at),
        })
    }

    /// How far from legal it is: 1000 for any, and the extent in begun minutes, laps, or tens of people, stints, stops or sets.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let tens = |missing: usize| u64::try_from(missing).unwrap_or(u64::MAX / 100).saturating_mul(10);
        let extent = match *self {
            Self::Absent { time, .. } => u64::from(time.begun_minutes()),
            Self::Continuous { time, most, .. }
            | Self::DrivingTimeMax { time, most, .. }
            | Self::Duty { time, most, .. }
            | Self::StintClock { time, most, .. }
            | Self::TimeShare { time, most, .. }
            | Self::Window { time, most, .. } => u64::from((time - most).begun_minutes()),
            Self::DrivingTimeMin { time, least, .. } | Self::Rest { time, least, .. } => {
                u64::from((least - time).begun_minutes())
            }
            Self::FairShare { laps, least, .. } => u64::from(least.saturating_sub(laps)),
            Self::MaxShare { laps, most, .. } => u64::from(laps.saturating_sub(most)),
            Self::Awake { able, needed, .. } => tens(needed.saturating_sub(able)),
            Self::MaxDrivers { drivers, most } => tens(drivers.saturating_sub(most)),
            Self::MinDrivers { drivers, least } => tens(least.saturating_sub(drivers)),
            Self::MinStints { stints, least, .. } => tens(least.saturating_sub(stints)),
            Self::MinStops { stops, least } => tens(least.saturating_sub(stops)),
            Self::TyreSets { sets, most } => tens(sets.saturating_sub(most)),
            Self::DrivesAndSpots { .. }
            | Self::Fuel { .. }
            | Self::NotTheirs { .. }
            | Self::QualifierStarts { .. }
            | Self::Timing { .. }
            | Self::Undeclared { .. }
            | Self::Unfinished => 0,
        };
        Self::EACH.saturating_add(extent)
    }

    /// Whose it is, where it is somebody's.
    #[must_use]
    pub const fn person(&self) -> Option<Person> {
        match *self {
            Self::Absent { person, .. }
            | Self::Continuous { person, .. }
            | Self::DrivingTimeMax { person, .. }
            | Self::DrivingTimeMin { person, .. }
            | Self::Duty { person, .. }
            | Self::FairShare { person, .. }
            | Self::MaxShare { person, .. }
            | Self::MinStints { person, .. }
            | Self::NotTheirs { person, .. }
            | Self::Rest { person, .. }
            | Self::TimeShare { person, .. }
            | Self::Undeclared { person }
            | Self::Window { person, .. } => Some(person),
            Self::QualifierStarts { qualifier, .. } => Some(qualifier),
            _ => None,
        }
    }

    /// Which stint by itself is wrong, where it is one.
    #[must_use]
    pub const fn stint(&self) -> Option<usize> {
        match *self {
            Self::Absent { stint, .. }
            | Self::Continuous { stint, .. }
            | Self::DrivesAndSpots { stint }
            | Self::Fuel { stint }
            | Self::NotTheirs { stint, .. }
            | Self::Rest { stint, .. }
            | Self::StintClock { stint, .. }
            | Self::Timing { stint } => Some(stint),
            _ => None,
        }
    }
}
