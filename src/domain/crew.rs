//! Who drives with whom: crews out of an event's sign-ups.
//!
//! A crew is of one class and one car, has a size within limits, and is legal when in every hour enough of its drivers can drive; see
//! [`Rules`]. [`propose`] finds crews for a [`Problem`] and says how good they can be at best; [`evaluate`] says the same about crews
//! made by hand; [`stand_ins`] finds who could step in. All that they claim can be counted again, and [`check`] does so without
//! anything of what found it.
//!
//! Everything is a function of its arguments: effort is counted in steps, not in time.

mod answers;
mod check;
mod cover;
mod evaluate;
mod explain;
mod problem;
mod rules;
mod score;
mod solve;
mod stand_in;
#[cfg(test)]
mod tests;

pub use self::{
    answers::{Answers, Span},
    check::{Untrue, check, check_evaluation},
    evaluate::{Arrangement, Crew, Evaluation, Fault, Hour, evaluate},
    explain::{Apart, Certainty, Help, LeftOut, Obstacle, Reason, Why},
    problem::{BadProblem, Car, Class, Driver, Group, Person, Place, Problem},
    rules::{Awake, BadSizes, Rules, Sizes},
    score::Score,
    solve::{Budget, ClassBound, Proposal, propose},
    stand_in::{Source, StandIn, stand_ins},
};
