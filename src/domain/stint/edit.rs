//! Plans changed by hand, and plans that the race changes.

use thiserror::Error;

use super::{
    check::check,
    explain::{Bar, Why, as_long, given, others, why},
    plan::{Driven, Leg, Plan, Stint},
    problem::{Person, Problem, Progress},
    roll::{fitted, literal},
    score::Score,
    time::{Ms, Span},
    violation::Violation,
};

/// What there is to say about a plan.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Evaluation {
    /// The plan.
    pub plan: Plan,
    /// How good it is.
    pub score: Score,
    /// What is wrong with it; nothing where it is legal.
    pub violations: Vec<Violation>,
    /// Why its stints to come are as they are, in their order.
    pub why: Vec<Why>,
}

/// Somebody who drives, and what comes of it when they take a stint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cover {
    /// What stands against it; it can be done where that [is legal](Bar::is_legal).
    pub bar: Bar,
    /// Who.
    pub person: Person,
    /// The plan with them, every other stint as it was, at its new time.
    pub plan: Plan,
    /// For how long they would prefer it.
    pub preferred: Ms,
    /// How long they have rested before it; `None` where they didn't drive yet.
    pub rested: Option<Ms>,
    /// For how much of it they didn't say whether they can.
    pub unanswered: Ms,
}

/// What has become of a problem and a plan after a stint ended otherwise.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shifted {
    /// The plan, its stints to come moved.
    pub evaluation: Evaluation,
    /// The problem of planning the rest, for [`propose`](super::propose).
    pub problem: Problem,
}

/// A plan can't be changed like that.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum BadEdit {
    /// No stint to come has begun by then or all should have ended a day before, or the stop is negative or over a day.
    #[error("no stint ends then")]
    NoStintEnds,
    /// It isn't the position of a stint to come.
    #[error("stint {0} isn't to come")]
    NotToCome(usize),
}

/// What there is to say about stints put together by hand, each as long as said; `laps` is `None` for as long as can be.
#[must_use]
pub fn evaluate(problem: &Problem, legs: &[Leg]) -> Evaluation {
    evaluated(problem, literal(problem, legs))
}

fn evaluated(problem: &Problem, plan: Plan) -> Evaluation {
    let (score, violations) = (Score::of(problem, &plan), check(problem, &plan));
    let why = why(problem, &plan);
    Evaluation { plan, score, violations, why }
}

/// The plan with the drivers of two stints to come, by their positions, exchanged, and their spotters.
///
/// # Errors
/// When one of them isn't to come.
pub fn swap(problem: &Problem, plan: &Plan, one: usize, other: usize) -> Result<Evaluation, BadEdit> {
    let mut legs = as_long(problem, plan);
    let place = |stint: usize| stint.checked_sub(plan.driven).filter(|at| *at < plan.to_come().len());
    let one = place(one).ok_or(BadEdit::NotToCome(one))?;
    let other = place(other).ok_or(BadEdit::NotToCome(other))?;
    let who = |at: usize| plan.to_come().get(at).map(|stint| (stint.driver, stint.spotter));
    for (at, from) in [(one, other), (other, one)] {
        if let (Some(leg), Some((driver, spotter))) = (legs.get_mut(at), who(from)) {
            (leg.driver, leg.spotter) = (driver, spotter);
        }
    }
    Ok(evaluated(problem, fitted(problem, &legs)))
}

/// Who could take a stint to come, by its position: those who can first, the best before others, and what stands against the rest.
/// It is empty where the stint isn't to come.
#[must_use]
pub fn cover(problem: &Problem, plan: &Plan, stint: usize) -> Vec<Cover> {
    let of = |other: super::explain::Other| {
        let with = given(problem, plan, stint, other.person);
        let span = with.stints.get(stint).map_or_else(Span::default, Stint::span);
        let told = problem.person(other.person)?.answers.about(span);
        let before = plan.stints.iter().take(stint).rev().find(|before| before.driver == other.person);
        Some(Cover {
            bar: other.bar,
            person: other.person,
            preferred: told.preferred,
            rested: before.map(|before| span.from - before.end),
            unanswered: told.unanswered,
            plan: with,
        })
    };
    others(problem, plan, stint).into_iter().filter_map(of).collect()
}

/// What becomes of a plan when a stint ended at some time, sooner or later than it should, and the car goes out again after a stop of
/// `pit`. It is the stint under way then that should have ended nearest to it; those before were driven as planned. The stints to come
/// keep their drivers, and whoever is last drives on to the end.
///
/// # Errors
/// When no stint to come has begun by then, or the stop is negative or over a day.
pub fn shift(problem: &Problem, plan: &Plan, at: Ms, pit: Ms) -> Result<Shifted, BadEdit> {
    let begun = plan.to_come().iter().enumerate().filter(|(_, stint)| stint.start < at);
    let ended = begun.min_by_key(|(_, stint)| (stint.end - at).as_millis().unsigned_abs());
    let (place, ended) = ended.ok_or(BadEdit::NoStintEnds)?;
    let day = Ms::hours(24);
    if pit < Ms::ZERO || pit > day || at - ended.end > day {
        return Err(BadEdit::NoStintEnds);
    }
    let mut stints = problem.progress().stints.clone();
    stints.extend(plan.to_come().iter().take(place).map(driven));
    stints.push(Driven { end: at, laps: laps_until(problem, ended, at), ..driven(ended) });
    let after = problem.after(Progress { next: at + pit, stints }).map_err(|_| BadEdit::NoStintEnds)?;
    let mut legs: Vec<Leg> = as_long(problem, plan).into_iter().skip(place + 1).collect();
    if legs.is_empty() {
        legs.push(Leg { driver: ended.driver, laps: None, spotter: ended.spotter });
    }
    let evaluation = evaluated(&after, fitted(&after, &legs));
    Ok(Shifted { evaluation, problem: after })
}

const fn driven(stint: &Stint) -> Driven {
    let Stint { driver, end, laps, spotter, start, .. } = *stint;
    Driven { driver, end, laps, spotter, start }
}

/// How many laps a stint has had by then: whole ones, the nearest number, at least one.
fn laps_until(problem: &Problem, stint: &Stint, at: Ms) -> u32 {
    let (mut laps, mut end) = (0, stint.start);
    loop {
        let lap = problem.lap(stint.driver, end);
        end = end + lap;
        if end - Ms::millis(lap.as_millis() / 2) > at {
            return laps.max(1);
        }
        laps += 1;
    }
}
