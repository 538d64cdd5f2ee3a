//! How long people may drive, must drive and must rest, and how many sets of tyres there are.

use super::{drives, driving_time, everybody, is_declared};
use crate::domain::stint::{
    plan::Plan,
    problem::{Person, Problem},
    rules::DrivingTime,
    time::{Ms, Span},
    violation::Violation,
};

/// Nobody drives too long with nobody between.
pub(super) fn continuous(problem: &Problem, plan: &Plan, from: usize) -> Vec<Violation> {
    let Some(most) = problem.ruleset().continuous.map(Ms::from) else { return Vec::new() };
    let mut found = Vec::new();
    let mut first = 0;
    for (at, stint) in plan.stints.iter().enumerate() {
        if plan.stints.get(first).is_none_or(|begun| begun.driver != stint.driver) {
            first = at;
        }
        let goes_on = plan.stints.get(at + 1).is_some_and(|next| next.driver == stint.driver);
        let time = stint.end - plan.stints.get(first).map_or(stint.start, |begun| begun.start);
        if !goes_on && at >= from && time > most {
            found.push(Violation::Continuous { person: stint.driver, stint: first, time, most });
        }
    }
    found
}

/// Whom a driving time is for, by its position.
fn meant(problem: &Problem) -> Vec<(usize, DrivingTime, Person)> {
    let of_class = |time: &DrivingTime| time.class.is_none() || time.class == problem.race().class;
    let grade = |person: Person| problem.people().get(person).and_then(|one| one.grade);
    let times = problem.ruleset().driving_time.iter().enumerate().filter(|(_, time)| of_class(time));
    let pairs = times.flat_map(|(at, time)| everybody(problem).map(move |person| (at, *time, person)));
    pairs.filter(|(_, time, person)| time.grade.is_none() || time.grade == grade(*person)).collect()
}

/// Nobody drives too long in all.
pub(super) fn driving_time_max(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let times = meant(problem).into_iter().filter_map(|(at, time, person)| Some((at, time.max?, person)));
    let held = times.map(|(at, most, person)| (at, Ms::from(most), person, driving_time(plan, person)));
    let long = held.filter(|(_, most, _, time)| time > most);
    long.map(|(at, most, person, time)| Violation::DrivingTimeMax { at, person, time, most }).collect()
}

/// Each declared driver drives long enough in all.
pub(super) fn driving_time_min(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let times = meant(problem).into_iter().filter_map(|(at, time, person)| Some((at, time.min?, person)));
    let times = times.filter(|(_, _, person)| is_declared(problem, *person));
    let held = times.map(|(at, least, person)| (at, Ms::from(least), person, driving_time(plan, person)));
    let short = held.filter(|(_, least, _, time)| time < least);
    short.map(|(at, least, person, time)| Violation::DrivingTimeMin { at, person, time, least }).collect()
}

/// The time from the start of one of these spans on in which there is most of them, of those with part of one from a position on:
/// its start and how much.
fn worst(spans: &[(usize, Span)], within: Ms, from: usize) -> Option<(Ms, Ms)> {
    let mut worst = None;
    for (_, first) in spans {
        let window = Span::new(first.from, first.from + within);
        let parts = spans.iter().map(|(at, span)| (*at, span.overlap(window)));
        let time: Ms = parts.clone().map(|(_, part)| part).sum();
        let counts = parts.clone().any(|(at, part)| at >= from && part > Ms::ZERO);
        if counts && worst.is_none_or(|(_, most)| time > most) {
            worst = Some((first.from, time));
        }
    }
    worst
}

/// Nobody drives and spots too long.
pub(super) fn duty(problem: &Problem, plan: &Plan, from: usize) -> Vec<Violation> {
    let Some(rule) = problem.ruleset().duty else { return Vec::new() };
    let most = Ms::from(rule.max);
    let mut found = Vec::new();
    for person in everybody(problem) {
        let spots = plan.stints.iter().enumerate().filter(|(_, stint)| stint.spotter == Some(person));
        let mut spans: Vec<_> = spots.map(|(at, stint)| (at, stint.span())).collect();
        spans.extend(drives(plan, person));
        spans.sort_unstable();
        let time = if let Some(within) = rule.within {
            spans.dedup();
            worst(&spans, within.into(), from).map_or(Ms::ZERO, |(_, time)| time)
        } else {
            spans.iter().map(|(_, span)| span.to - span.from).sum()
        };
        if time > most {
            found.push(Violation::Duty { person, time, most });
        }
    }
    found
}

/// Everybody rests long enough before they drive again.
pub(super) fn rest(problem: &Problem, plan: &Plan, from: usize) -> Vec<Violation> {
    let Some(least) = problem.ruleset().rest.map(Ms::from) else { return Vec::new() };
    let mut found = Vec::new();
    for (stint, one) in plan.stints.iter().enumerate().skip(from.max(1)) {
        let before = plan.stints.get(..stint).unwrap_or_default();
        let goes_on = before.last().is_some_and(|last| last.driver == one.driver);
        let last = before.iter().rev().find(|last| last.driver == one.driver);
        let Some(time) = last.filter(|_| !goes_on).map(|last| one.start - last.end) else { continue };
        if time < least {
            found.push(Violation::Rest { person: one.driver, stint, time, least });
        }
    }
    found
}

/// There are enough sets of tyres, where each is used as long as it lasts.
pub(super) fn tyre_sets(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let Some(most) = problem.ruleset().tyre_sets.map(|most| usize::from(most.get())) else {
        return Vec::new();
    };
    let (mut sets, mut on_it) = (0, 0);
    for stint in &plan.stints {
        let lasts = problem.race().tyre_laps.map_or(0, std::num::NonZeroU32::get);
        if sets == 0 || on_it + stint.laps > lasts {
            sets += 1;
            on_it = 0;
        }
        on_it += stint.laps;
    }
    if sets > most { vec![Violation::TyreSets { sets, most }] } else { Vec::new() }
}

/// Nobody drives too long within some time.
pub(super) fn windows(problem: &Problem, plan: &Plan, from: usize) -> Vec<Violation> {
    let mut found = Vec::new();
    for (at, window) in problem.ruleset().windows.iter().enumerate() {
        for person in everybody(problem) {
            let most = Ms::from(window.max);
            match worst(&drives(plan, person), window.within.into(), from) {
                Some((from, time)) if time > most => {
                    found.push(Violation::Window { at, person, from, time, most });
                }
                _ => {}
            }
        }
    }
    found
}
