//! What is wrong with a plan.

use super::{
    problem::Person,
    time::{Ms, Span},
};

mod about;

/// What is wrong with a plan. Stints are given by their position in it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Violation {
    /// Somebody drives or spots longer in an absence than the time of grace.
    Absent {
        /// Who.
        person: Person,
        /// In which stint.
        stint: usize,
        /// For how long they are absent.
        time: Ms,
    },
    /// Too few people aren't absent, in an hour from green flag on.
    Awake {
        /// The hour, or what is to come of it.
        hour: Span,
        /// How many aren't.
        able: usize,
        /// How many there have to be.
        needed: usize,
    },
    /// Somebody drives too long with nobody between.
    Continuous {
        /// Who.
        person: Person,
        /// Their first stint.
        stint: usize,
        /// How long.
        time: Ms,
        /// How long they may.
        most: Ms,
    },
    /// Somebody drives and spots at once.
    DrivesAndSpots {
        /// In which stint.
        stint: usize,
    },
    /// Somebody drives too long in all.
    DrivingTimeMax {
        /// Which of the ruleset's driving times.
        at: usize,
        /// Who.
        person: Person,
        /// How long.
        time: Ms,
        /// How long they may.
        most: Ms,
    },
    /// Somebody drives too little in all.
    DrivingTimeMin {
        /// Which of the ruleset's driving times.
        at: usize,
        /// Who.
        person: Person,
        /// How long.
        time: Ms,
        /// How long they must.
        least: Ms,
    },
    /// Somebody drives and spots too long.
    Duty {
        /// Who.
        person: Person,
        /// How long.
        time: Ms,
        /// How long they may.
        most: Ms,
    },
    /// Somebody drives fewer laps than their fair share.
    FairShare {
        /// Who.
        person: Person,
        /// How many laps.
        laps: u32,
        /// How many they must.
        least: u32,
    },
    /// A stint is longer than a tank lasts.
    Fuel {
        /// Which.
        stint: usize,
    },
    /// More people drive than may.
    MaxDrivers {
        /// How many.
        drivers: usize,
        /// How many may.
        most: usize,
    },
    /// Somebody drives more than the greatest share of the laps, where that is forbidden.
    MaxShare {
        /// Who.
        person: Person,
        /// How many laps.
        laps: u32,
        /// How many they may.
        most: u32,
    },
    /// Fewer people drive than must.
    MinDrivers {
        /// How many.
        drivers: usize,
        /// How many must.
        least: usize,
    },
    /// Somebody declared drives too few stints.
    MinStints {
        /// Who.
        person: Person,
        /// How many stints.
        stints: usize,
        /// How many they must.
        least: usize,
    },
    /// There are too few stops.
    MinStops {
        /// How many.
        stops: usize,
        /// How many there must be.
        least: usize,
    },
    /// Somebody drives who only spots, or the other way round.
    NotTheirs {
        /// Who.
        person: Person,
        /// In which stint.
        stint: usize,
    },
    /// Somebody starts who didn't qualify.
    QualifierStarts {
        /// Who has to.
        qualifier: Person,
        /// Who does.
        starter: Person,
    },
    /// Somebody rests too little before a stint.
    Rest {
        /// Who.
        person: Person,
        /// Before which stint.
        stint: usize,
        /// How long they rest.
        time: Ms,
        /// How long they must.
        least: Ms,
    },
    /// A stint is longer than may be.
    StintClock {
        /// Which.
        stint: usize,
        /// How long it is.
        time: Ms,
        /// How long it may be.
        most: Ms,
    },
    /// Somebody drives more than the greatest share of the time.
    TimeShare {
        /// Who.
        person: Person,
        /// How long.
        time: Ms,
        /// How long they may.
        most: Ms,
    },
    /// Stints don't follow each other as they should.
    Timing {
        /// The first that doesn't.
        stint: usize,
    },
    /// More sets of tyres are used than there are.
    TyreSets {
        /// How many.
        sets: usize,
        /// How many there are.
        most: usize,
    },
    /// Somebody drives who isn't declared.
    Undeclared {
        /// Who.
        person: Person,
    },
    /// The plan ends before the race does.
    Unfinished,
    /// Somebody drives too long within some time.
    Window {
        /// Which of the ruleset's windows.
        at: usize,
        /// Who.
        person: Person,
        /// Where it is worst: from the start of a stint on.
        from: Ms,
        /// How long they drive.
        time: Ms,
        /// How long they may.
        most: Ms,
    },
}
