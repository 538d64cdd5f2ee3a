//! Plans as text, for people to read.

use std::fmt::Write;

use super::*;

/// What a proposal says, a line each. People are called by `names`.
pub(super) fn dump(proposal: &Proposal, names: &[&str]) -> String {
    let name = |person: Person| names[person].to_owned();
    let mut text = String::new();
    let levels = |score: &Score| {
        let levels = score.levels().into_iter().filter(|(_, number)| *number > 0);
        levels.map(|(level, number)| format!("{level:?} {number}")).collect::<Vec<_>>().join(", ")
    };
    writeln!(text, "score: {}", levels(&proposal.score)).unwrap();
    writeln!(text, "bound: {}", levels(&proposal.bound)).unwrap();
    for (at, stint) in proposal.plan.stints.iter().enumerate() {
        let spotter = stint.spotter.map_or(String::new(), |spotter| format!(" with {}", name(spotter)));
        let fuel =
            stint.fuel.map_or(String::new(), |fuel| format!(", {}.{} l", fuel / 1000, fuel / 100 % 10));
        let tyres = if stint.is_on_new_tyres { ", new tyres" } else { "" };
        let driven = if at < proposal.plan.driven { " (driven)" } else { "" };
        let (from, to, laps) = (stint.start, stint.end, stint.laps);
        writeln!(
            text,
            "{at:2} {from:>8}–{to:>8} {}{spotter}: {laps} laps{fuel}{tyres}{driven}",
            name(stint.driver)
        )
        .unwrap();
        let why = at.checked_sub(proposal.plan.driven).and_then(|at| proposal.why.get(at));
        for because in why.iter().flat_map(|why| &why.because) {
            writeln!(text, "     {because:?}").unwrap();
        }
        for other in why.iter().flat_map(|why| &why.others) {
            writeln!(text, "     not {}: {}", name(other.person), bar(&other.bar, names)).unwrap();
        }
    }
    for violation in &proposal.violations {
        writeln!(text, "wrong: {}", self::violation(violation, names)).unwrap();
    }
    for obstacle in &proposal.obstacles {
        text += &self::obstacle(obstacle, names);
    }
    text
}

fn bar(bar: &Bar, names: &[&str]) -> String {
    match bar {
        Bar::Violations(all) => all.iter().map(|one| violation(one, names)).collect::<Vec<_>>().join("; "),
        other => format!("{other:?}"),
    }
}

fn violation(violation: &Violation, names: &[&str]) -> String {
    match *violation {
        Violation::Absent { person, stint, time } => {
            format!("{} absent for {time} of stint {stint}", names[person])
        }
        Violation::FairShare { person, laps, least } => {
            format!("{} {} laps below their fair share of {least}", names[person], least - laps)
        }
        Violation::Rest { person, stint, time, least } => {
            format!("{} rests {time} of {least} before stint {stint}", names[person])
        }
        Violation::Continuous { person, stint, time, most } => {
            format!("{} drives {time} from stint {stint} on, {most} allowed", names[person])
        }
        Violation::Window { person, from, time, most, .. } => {
            format!("{} drives {time} within a window from {from} on, {most} allowed", names[person])
        }
        other => format!("{other:?}"),
    }
}

fn obstacle(obstacle: &Obstacle, names: &[&str]) -> String {
    let cause = |cause: &Cause| match cause {
        Cause::Absence { person, span } => format!("{} absent {}–{}", names[*person], span.from, span.to),
        Cause::Rule(rule) => format!("{rule:?}"),
    };
    match obstacle {
        Obstacle::AnyOf(all) => {
            let all: Vec<_> = all.iter().map(|one| cause(&one.cause)).collect();
            format!("legal without any one of: {}\n", all.join(" | "))
        }
        Obstacle::AllOf { causes, .. } => {
            format!("legal without all of: {}\n", causes.iter().map(cause).collect::<Vec<_>>().join(" + "))
        }
        Obstacle::Partly { from, to, removal } => {
            format!("nearer to legal, {to} instead of {from}, without: {}\n", cause(&removal.cause))
        }
    }
}
