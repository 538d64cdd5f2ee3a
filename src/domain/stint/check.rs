//! Whether a plan is legal, counted plainly: each rule has a checker of its own, and none uses anything of what made the plan.

use super::{
    plan::Plan,
    problem::{Person, Problem},
    time::{Ms, Span},
    violation::Violation,
};

mod crew;
mod limits;
mod shares;
mod stints;

/// What is wrong with a plan, rule by rule; empty where it is legal. What only concerns stints that have been driven isn't
/// held against it; [`log::check`](super::log::check) does that.
#[must_use]
pub fn check(problem: &Problem, plan: &Plan) -> Vec<Violation> {
    check_from(problem, plan, plan.driven)
}

/// A checker: what is wrong with a plan by one rule, where it concerns a stint from some position on or the plan as a whole.
type Checker = fn(&Problem, &Plan, usize) -> Vec<Violation>;

/// What more stints can't mend.
pub(super) const LASTING: [Checker; 15] = [
    stints::absent,
    stints::clock,
    stints::fuel,
    stints::role,
    stints::spotting,
    stints::timing,
    crew::max_drivers,
    crew::qualifier,
    crew::undeclared,
    limits::continuous,
    limits::driving_time_max,
    limits::duty,
    limits::rest,
    limits::tyre_sets,
    limits::windows,
];

/// What more stints might.
const AT_THE_END: [Checker; 9] = [
    crew::awake,
    crew::min_drivers,
    crew::min_stints,
    crew::min_stops,
    limits::driving_time_min,
    shares::fair,
    shares::most,
    shares::time,
    stints::unfinished,
];

pub(super) fn check_from(problem: &Problem, plan: &Plan, from: usize) -> Vec<Violation> {
    LASTING.iter().chain(&AT_THE_END).flat_map(|checker| checker(problem, plan, from)).collect()
}

/// Everybody, by position.
fn everybody(problem: &Problem) -> std::ops::Range<Person> {
    0..problem.people().len()
}

fn is_declared(problem: &Problem, person: Person) -> bool {
    problem.people().get(person).is_some_and(|one| one.declared && one.role.drives())
}

/// The times somebody drives, by the position of the stint.
fn drives(plan: &Plan, person: Person) -> Vec<(usize, Span)> {
    let stints = plan.stints.iter().enumerate().filter(|(_, stint)| stint.driver == person);
    stints.map(|(at, stint)| (at, Span::new(stint.start, stint.end))).collect()
}

fn driving_time(plan: &Plan, person: Person) -> Ms {
    drives(plan, person).into_iter().map(|(_, span)| span.to - span.from).sum()
}

fn laps(plan: &Plan, person: Person) -> u32 {
    plan.stints.iter().filter(|stint| stint.driver == person).map(|stint| stint.laps).sum()
}
