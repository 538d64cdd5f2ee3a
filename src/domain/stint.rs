//! Who drives when: the stints of a car in an endurance race.
//!
//! [`propose`] plans what is still to be driven of a race for a [`Problem`], keeping to a [`Ruleset`] first, and says why each stint is
//! its driver's, how good a plan can be at best, and what is in the way where none is legal. [`evaluate`] says the same of a plan made by
//! hand; [`swap`], [`cover`] and [`shift`] change one. [`check()`] counts again, rule by rule, with nothing of what made the plan, and
//! [`log::check`] holds what has been driven against the rules.
//!
//! A late green flag, a late stop and a driver who drops out are no special cases: the problem is another then. Everything is a function
//! of its arguments: effort is counted in steps, not in time.

mod answers;
mod check;
mod edit;
mod explain;
mod law;
pub mod log;
mod plan;
mod problem;
mod roll;
mod rules;
mod score;
mod solve;
#[cfg(test)]
mod tests;
mod time;
mod violation;

pub use self::{
    answers::{Answers, BadAnswer, Told},
    check::check,
    edit::{BadEdit, Cover, Evaluation, Shifted, cover, evaluate, shift, swap},
    explain::{Bar, Because, Obstacle, Other, Removal, Why},
    plan::{Driven, Leg, Plan, Stint},
    problem::{
        BadProblem, Cause, Class, Day, Driver, Fuel, Grade, Length, Likes, Pace, Person, Problem, Progress,
        Race, Role,
    },
    rules::{
        Among, Count, DrivingTime, Duty, Excess, FairShare, MaxShare, Minutes, OutOfRange, Percent, Rule,
        Ruleset, TimeShare, Window,
    },
    score::{Level, Score},
    solve::{Budget, Proposal, propose},
    time::{Ms, Span},
    violation::Violation,
};
