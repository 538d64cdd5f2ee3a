//! What no problem can be.

use thiserror::Error;

use super::{Driver, Person, Problem, Progress};
use crate::domain::stint::time::Ms;

/// Why there is no such problem.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum BadProblem {
    /// An hour, factor or time of the track's day isn't one.
    #[error("no such day")]
    Day,
    /// Somebody's lap isn't 5 seconds to an hour.
    #[error("person {0}'s lap is too short or too long")]
    Lap(Person),
    /// The race has no length, or too great a one.
    #[error("the race is too short or too long")]
    Length,
    /// Nobody drives.
    #[error("nobody drives")]
    NobodyDrives,
    /// The stints driven overlap or aren't in order from that one on, or it has no or too many laps, or what comes after it is too late.
    #[error("stint {0} doesn't follow the one before")]
    Order(usize),
    /// A stop or the time of grace is negative or over an hour.
    #[error("a stop or the time of grace is negative or over an hour")]
    Pit,
    /// The tank doesn't last a lap.
    #[error("the tank is too small")]
    Tank,
    /// More than [`Problem::MOST_PEOPLE`].
    #[error("{0} people are too many")]
    TooMany(usize),
    /// Stints can't be so long that half of [`Problem::MOST_STINTS`] are enough, or as many have been driven.
    #[error("{0} stints are too many")]
    TooManyStints(usize),
    /// Somebody who isn't one of the people qualified or drove.
    #[error("there is no person {0}")]
    UnknownPerson(Person),
}

pub(super) fn check_people(people: &[Driver]) -> Result<(), BadProblem> {
    let is_lap = |lap: Ms| Ms::secs(5) <= lap && lap <= Ms::hours(1);
    match people.iter().position(|one| !is_lap(one.lap)) {
        Some(person) => Err(BadProblem::Lap(person)),
        None if people.len() > Problem::MOST_PEOPLE => Err(BadProblem::TooMany(people.len())),
        None if !people.iter().any(|one| one.role.drives()) => Err(BadProblem::NobodyDrives),
        None => Ok(()),
    }
}

pub(super) fn check_progress(progress: &Progress) -> Result<(), BadProblem> {
    let mut until = Ms::ZERO;
    for (at, stint) in progress.stints.iter().enumerate() {
        let is_stint = stint.start < stint.end && (1..=Problem::MOST_LAPS).contains(&stint.laps);
        if stint.start < until || !is_stint {
            return Err(BadProblem::Order(at));
        }
        until = stint.end;
    }
    let is_next = until <= progress.next && progress.next <= Problem::LATEST;
    if !is_next { Err(BadProblem::Order(progress.stints.len())) } else { Ok(()) }
}
