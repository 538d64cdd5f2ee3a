//! Which part of a race each may and must drive.

use super::{drives, driving_time, everybody, is_declared, laps};
use crate::domain::stint::{
    plan::Plan,
    problem::{Length, Person, Problem},
    rules::{Among, Excess},
    time::Ms,
    violation::Violation,
};

/// Everybody drives their fair share.
pub(super) fn fair(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let Some(rule) = problem.ruleset().fair_share else { return Vec::new() };
    let counts = |person: &Person| match rule.among {
        Among::Declared => is_declared(problem, *person),
        Among::Driving => !drives(plan, *person).is_empty(),
    };
    let people: Vec<Person> = everybody(problem).filter(counts).collect();
    // The least number of laps of which as many times as there are people are that part of all.
    let part = u128::from(plan.laps()) * u128::from(rule.percent.get());
    let is_fair = |laps: &u32| u128::from(*laps) * 100 * (people.len() as u128) >= part;
    let Some(least) = (0..=plan.laps()).find(is_fair) else { return Vec::new() };
    let few = people.iter().map(|person| (*person, laps(plan, *person))).filter(|(_, laps)| *laps < least);
    few.map(|(person, laps)| Violation::FairShare { person, laps, least }).collect()
}

/// Nobody drives more than the greatest share of laps, where that is forbidden.
pub(super) fn most(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let rule = problem.ruleset().max_share.filter(|rule| rule.excess == Excess::Forbidden);
    let Some(rule) = rule else { return Vec::new() };
    let most = u64::from(plan.laps()) * u64::from(rule.percent.get()) / 100;
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    let many = everybody(problem).map(|person| (person, laps(plan, person))).filter(|(_, laps)| *laps > most);
    many.map(|(person, laps)| Violation::MaxShare { person, laps, most }).collect()
}

/// Nobody drives more than the greatest share of a long race's time.
pub(super) fn time(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let Some(rule) = problem.ruleset().time_share else { return Vec::new() };
    let length = match problem.race().length {
        Length::Time(time) => time,
        Length::Laps(_) => plan.stints.last().map_or(Ms::ZERO, |last| last.end),
    };
    if length <= rule.beyond.into() {
        return Vec::new();
    }
    let most = Ms::millis(length.as_millis() * i64::from(rule.percent.get()) / 100);
    let times = everybody(problem).map(|person| (person, driving_time(plan, person)));
    let long = times.filter(|(_, time)| *time > most);
    long.map(|(person, time)| Violation::TimeShare { person, time, most }).collect()
}
