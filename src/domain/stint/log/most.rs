//! What may not be driven much longer.

use super::{Now, Warning};
use crate::domain::stint::{
    problem::Person,
    rules::{Excess, Rule},
    time::{Ms, Span},
};

/// Who may not drive another stint, or not yet, and whether tyres run out.
pub(super) fn nearly(now: &Now) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for person in now.problem.drivers() {
        let longest = now.road.longest(now.problem, person);
        let stint = now.problem.lap(person, now.road.at).times(longest);
        let limits = limits(now, person).into_iter().chain(recent(now, person));
        let near = limits.filter(|(_, left)| *left < stint);
        warnings.extend(near.map(|(rule, left)| Warning::Nearly { left: left.max(Ms::ZERO), person, rule }));
        warnings.extend(rests(now, person));
    }
    warnings.extend(tyres(now));
    warnings
}

/// How long somebody may drive in all.
fn limits(now: &Now, person: Person) -> Vec<(Rule, Ms)> {
    let (rules, race) = (now.problem.ruleset(), now.problem.race());
    let driver = now.problem.person(person);
    let time = now.time(person);
    let mut limits = Vec::new();
    for (at, rule) in rules.driving_time.iter().enumerate() {
        let is_meant = rule.class.is_none_or(|class| race.class == Some(class))
            && rule.grade.is_none_or(|grade| driver.is_some_and(|one| one.grade == Some(grade)));
        let most = rule.max.filter(|_| is_meant).map(Ms::from);
        limits.extend(most.map(|most| (Rule::DrivingTimeMax(at), most - time)));
    }
    if let Some(rule) = rules.time_share.filter(|rule| now.end > rule.beyond.into()) {
        limits.push((Rule::TimeShare, now.end.percent(rule.percent.get()) - time));
    }
    if let Some(duty) = rules.duty.filter(|duty| duty.within.is_none()) {
        let spots = now.plan.stints.iter().filter(|stint| stint.spotter == Some(person));
        let spots: Ms = spots.map(super::super::plan::Stint::time).sum();
        limits.push((Rule::Duty, Ms::from(duty.max) - time - spots));
    }
    if rules.max_share.is_some_and(|rule| rule.excess == Excess::Forbidden) {
        let lap = now.problem.lap(person, now.road.at);
        let left = rules.most_laps(now.road.laps + now.laps_to_come()).saturating_sub(now.laps(person));
        limits.push((Rule::MaxShare, lap.times(left)));
    }
    limits
}

/// How long somebody may drive from now on after what they drove of late.
fn recent(now: &Now, person: Person) -> Vec<(Rule, Ms)> {
    let rules = now.problem.ruleset();
    let mut limits = Vec::new();
    for (at, rule) in rules.windows.iter().enumerate() {
        let window = Span::new(now.road.at - rule.within.into(), now.road.at);
        let time: Ms = now.drives(person).map(|span| span.overlap(window)).sum();
        if time > Ms::ZERO {
            limits.push((Rule::Window(at), Ms::from(rule.max) - time));
        }
    }
    let run = now.plan.stints.iter().rev().take_while(|stint| stint.driver == person);
    if let (Some(most), Some(first)) = (rules.continuous, run.last()) {
        limits.push((Rule::Continuous, first.start + most.into() - now.road.at));
    }
    limits
}

/// Until when somebody rests, who came out of the car but last.
fn rests(now: &Now, person: Person) -> Option<Warning> {
    let least = now.problem.ruleset().rest?;
    let drove_last = now.plan.stints.last().is_some_and(|last| last.driver == person);
    let end = now.drives(person).last().filter(|_| !drove_last)?.to;
    let until = end + least.into();
    (until > now.road.at).then_some(Warning::Rests { person, until })
}

fn tyres(now: &Now) -> Option<Warning> {
    let most = usize::from(now.problem.ruleset().tyre_sets?.get());
    let used = now.plan.stints.iter().filter(|stint| stint.is_on_new_tyres).count();
    let needed = match now.problem.race().tyre_laps {
        None => now.problem.fewest_stints(now.problem.left(&now.road)),
        Some(lasts) => {
            let to_come = now.laps_to_come();
            let on_it = now.road.tyres_last(now.problem);
            usize::try_from(to_come.saturating_sub(on_it).div_ceil(lasts.get())).unwrap_or(usize::MAX)
        }
    };
    let left = most.saturating_sub(used);
    (left < needed).then_some(Warning::TyreSets { left, needed })
}
