//! What each stint by itself has to keep to.

use crate::domain::stint::{
    plan::Plan,
    problem::{Fuel, Length, Person, Problem},
    time::Ms,
    violation::Violation,
};

/// Who does something in a stint: the driver, and the spotter where it is somebody else.
fn people(plan: &Plan, stint: usize) -> Vec<Person> {
    let Some(stint) = plan.stints.get(stint) else { return Vec::new() };
    let spotter = stint.spotter.filter(|spotter| *spotter != stint.driver);
    [Some(stint.driver), spotter].into_iter().flatten().collect()
}

/// Nobody drives or spots for longer in an absence than the time of grace.
pub(super) fn absent(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let mut found = Vec::new();
    for (stint, span) in plan.stints.iter().map(|stint| stint.span()).enumerate().skip(plan.driven) {
        for person in people(plan, stint) {
            let absences = problem.people().get(person).map(|one| one.answers.absences());
            let time: Ms = absences.unwrap_or_default().iter().map(|absence| absence.overlap(span)).sum();
            if time > problem.race().grace {
                found.push(Violation::Absent { person, stint, time });
            }
        }
    }
    found
}

/// No stint is longer than may be.
pub(super) fn clock(problem: &Problem, plan: &Plan, from: usize) -> Vec<Violation> {
    let Some(most) = problem.ruleset().stint_clock.map(Ms::from) else { return Vec::new() };
    let times = plan.stints.iter().map(|stint| stint.end - stint.start).enumerate().skip(from);
    let long = times.filter(|(_, time)| *time > most);
    long.map(|(stint, time)| Violation::StintClock { stint, time, most }).collect()
}

/// No stint is longer than a tank lasts.
pub(super) fn fuel(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let stints = plan.stints.iter().enumerate().skip(plan.driven);
    let is_dry = |laps: u32, time: Ms| match problem.race().fuel {
        Fuel::Time(lasts) => laps > 1 && time > lasts,
        Fuel::Tank { lap, tank } => u64::from(laps) * u64::from(lap.get()) > u64::from(tank.get()),
    };
    let dry = stints.filter(|(_, stint)| is_dry(stint.laps, stint.end - stint.start));
    dry.map(|(stint, _)| Violation::Fuel { stint }).collect()
}

/// Nobody drives who only spots, or spots who only drives.
pub(super) fn role(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let role = |person: Person| problem.people().get(person).map(|one| one.role);
    let mut found = Vec::new();
    for (stint, one) in plan.stints.iter().enumerate().skip(plan.driven) {
        if role(one.driver).is_none_or(|role| !role.drives()) {
            found.push(Violation::NotTheirs { person: one.driver, stint });
        }
        if let Some(person) = one.spotter.filter(|spotter| role(*spotter).is_none_or(|role| !role.spots())) {
            found.push(Violation::NotTheirs { person, stint });
        }
    }
    found
}

/// Nobody drives and spots at once.
pub(super) fn spotting(problem: &Problem, plan: &Plan, from: usize) -> Vec<Violation> {
    let both = plan.stints.iter().enumerate().skip(from).filter(|(_, one)| one.spotter == Some(one.driver));
    let both = both.filter(|_| problem.ruleset().no_spotting_driver);
    both.map(|(stint, _)| Violation::DrivesAndSpots { stint }).collect()
}

/// Each stint to come starts when it can, and ends when its laps are driven.
pub(super) fn timing(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let mut starts = problem.progress().next;
    for (at, stint) in plan.stints.iter().enumerate().skip(plan.driven) {
        let mut end = stint.start;
        for _ in 0..stint.laps {
            end = end + problem.lap(stint.driver, end);
        }
        if stint.start != starts || stint.end != end || stint.laps == 0 {
            return vec![Violation::Timing { stint: at }];
        }
        starts = end + problem.race().pit;
    }
    Vec::new()
}

/// The race is driven to its end.
pub(super) fn unfinished(problem: &Problem, plan: &Plan, _: usize) -> Vec<Violation> {
    let pit = problem.race().pit;
    let last = plan.to_come().last().map(|stint| stint.end + pit);
    let is_over = match problem.race().length {
        Length::Laps(laps) => plan.laps() >= laps,
        Length::Time(time) => last.unwrap_or(problem.progress().next) >= time,
    };
    if is_over { Vec::new() } else { vec![Violation::Unfinished] }
}
