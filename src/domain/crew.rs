//! Who drives with whom: crews out of an event's sign-ups.
//!
//! A crew is of one class and one car, has a size within limits, and is legal when in every hour enough of its drivers can drive; see
//! [`Rules`]. [`propose`] finds crews for a [`Problem`] and says how good they can be at best; [`evaluate`] says the same about crews
//! made by hand; [`stand_ins`] finds who could step in. All that they claim can be counted again, and [`check`] does so without
//! anything of what found it.
//!
//! A [`Pool`] is what an event's sheet, its teams and its people's answers come to; a [`Draft`] is crews that are proposed to an
//! organiser, who may move people by hand, and a [`Preview`] what there is to say about them; [`settle`] makes teams of it.
//!
//! Everything is a function of its arguments: effort is counted in steps, not in time.

mod answers;
mod check;
mod cover;
mod draft;
mod evaluate;
mod explain;
mod pool;
mod preview;
mod problem;
mod rules;
mod score;
mod settle;
mod solve;
mod stand_in;
#[cfg(test)]
mod tests;

pub use self::{
    answers::{Answers, Span},
    check::{Untrue, check, check_evaluation},
    draft::{Cell, Draft, DraftCrew, DraftRules, Moved, Target},
    evaluate::{Arrangement, Crew, Evaluation, Fault, Hour, evaluate},
    explain::{Apart, Certainty, Help, LeftOut, Obstacle, Reason, Why},
    pool::{Member, Pool, PoolFacts, Standing},
    preview::{Preview, Search},
    problem::{BadProblem, Car, Class, Driver, Group, Person, Place, Problem},
    rules::{Awake, BadSizes, Rules, Sizes},
    score::Score,
    settle::{SettleFacts, Settled, Unsettled, settle},
    solve::{Budget, ClassBound, Proposal, propose, recall},
    stand_in::{Source, StandIn, stand_ins, substitutes},
};
