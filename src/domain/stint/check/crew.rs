//! What a car's crew as a whole has to keep to.

use std::collections::BTreeSet;

use super::{everybody, is_declared};
use crate::domain::stint::{
    plan::Plan,
    problem::{Length, Person, Problem},
    time::{Ms, Span},
    violation::Violation,
};

fn who_drives(plan: &Plan) -> BTreeSet<Person> {
    plan.stints.iter().map(|stint| stint.driver).collect()
}

/// Enough people aren't absent, in every hour to come.
pub(super) fn awake(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let Some(needed) = problem.ruleset().min_awake.map(|needed| usize::from(needed.get())) else {
        return Vec::new();
    };
    let until = match problem.race().length {
        Length::Time(time) => time,
        Length::Laps(_) => plan.stints.last().map_or(Ms::ZERO, |last| last.end),
    };
    let (now, mut from, mut found) = (problem.progress().next, Ms::ZERO, Vec::new());
    while from < until {
        let to = from + Ms::hours(1);
        let hour = Span::new(from.max(now), to.min(until));
        let absent = |span: Vec<Span>| span.iter().map(|span| span.overlap(hour)).sum::<Ms>();
        let is_able = |time: Ms| time <= problem.race().grace;
        let able = problem.people().iter().filter(|one| is_able(absent(one.answers.absences()))).count();
        if able < needed && to > now {
            found.push(Violation::Awake { hour, able, needed });
        }
        from = to;
    }
    found
}

/// Not too many people drive.
pub(super) fn max_drivers(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let Some(most) = problem.ruleset().max_drivers.map(|most| usize::from(most.get())) else {
        return Vec::new();
    };
    let drivers = who_drives(plan).len();
    if drivers > most { vec![Violation::MaxDrivers { drivers, most }] } else { Vec::new() }
}

/// Enough people drive.
pub(super) fn min_drivers(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let least = problem.ruleset().min_drivers.map_or(0, |least| usize::from(least.get()));
    let drivers = who_drives(plan).len();
    if drivers < least { vec![Violation::MinDrivers { drivers, least }] } else { Vec::new() }
}

/// Each declared driver has enough stints.
pub(super) fn min_stints(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let least = problem.ruleset().min_stints.map_or(0, |least| usize::from(least.get()));
    let stints = |person| plan.stints.iter().filter(|stint| stint.driver == person).count();
    let declared = everybody(problem).filter(|person| is_declared(problem, *person));
    let few = declared.map(|person| (person, stints(person))).filter(|(_, stints)| *stints < least);
    few.map(|(person, stints)| Violation::MinStints { person, stints, least }).collect()
}

/// There are enough stops.
pub(super) fn min_stops(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let least = problem.ruleset().min_stops.map_or(0, |least| usize::from(least.get()));
    let stops = plan.stints.len().saturating_sub(1);
    if stops < least { vec![Violation::MinStops { stops, least }] } else { Vec::new() }
}

/// Whoever qualified starts.
pub(super) fn qualifier(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let qualifier = problem.race().qualifier.filter(|_| problem.ruleset().qualifier_starts);
    let starter = plan.stints.first().map(|stint| stint.driver);
    match (qualifier, starter) {
        (Some(qualifier), Some(starter)) if qualifier != starter => {
            vec![Violation::QualifierStarts { qualifier, starter }]
        }
        _ => Vec::new(),
    }
}

/// Only declared drivers drive.
pub(super) fn undeclared(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let drive = who_drives(plan).into_iter().filter(|_| problem.ruleset().declared_only);
    let others = drive.filter(|person| !is_declared(problem, *person));
    others.map(|person| Violation::Undeclared { person }).collect()
}
