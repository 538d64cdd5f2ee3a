//! What a race's log warns of.

use super::*;
use crate::domain::stint::log::{Owed, Warning};

/// A problem of which some stints of its plan have been driven.
fn after(problem: &Problem, stints: usize) -> Option<Problem> {
    let plan = propose(problem, QUICK).plan;
    let driven: Vec<Driven> = plan
        .stints
        .iter()
        .take(stints)
        .map(|stint| Driven {
            driver: stint.driver,
            end: stint.end,
            laps: stint.laps,
            spotter: stint.spotter,
            start: stint.start,
        })
        .collect();
    let next = driven.last().map_or(Ms::ZERO, |last| last.end + problem.race().pit);
    problem.after(Progress { next, stints: driven }).ok()
}

/// What is said to be broken or too late is so in any plan for the rest.
pub(super) fn holds(problem: &Problem, stints: usize) {
    let Some(problem) = after(problem, stints) else { return };
    let proposal = propose(&problem, QUICK);
    let broken: Vec<_> = check::check_from(&problem, &proposal.plan, 0);
    for warning in log::check(&problem) {
        match warning {
            Warning::Broken(violation) => {
                let is_same =
                    |one: &Violation| one.rule() == violation.rule() && one.person() == violation.person();
                assert!(broken.iter().any(is_same), "{violation:?} but {broken:?}");
            }
            Warning::TooLate { person, rule, .. } => {
                let is_same = |one: &Violation| one.rule() == Some(rule) && one.person() == Some(person);
                assert!(broken.iter().any(is_same), "{person} {rule:?} but {broken:?}");
            }
            Warning::Owes { latest, .. } => assert!(latest >= problem.progress().next),
            Warning::Stops { missing, .. } => {
                assert!(missing > 0);
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_too_late_is(problem in small(), stints in 0..6_usize) {
        holds(&problem, stints);
    }
}

/// Two drivers with laps of two minutes; the first has driven so many laps in one stint from green flag on.
fn driven(hours: i64, laps: u32, rules: Ruleset) -> Vec<Warning> {
    let problem = problem(race(hours, 60), vec![driver("aaaaaaa", 120), driver("aaaaaaa", 120)], rules);
    let end = Ms::mins(2).times(laps);
    let stint = Driven { driver: 0, end, laps, spotter: None, start: Ms::ZERO };
    let problem = problem.after(Progress { next: end + Ms::mins(1), stints: vec![stint] }).unwrap();
    log::check(&problem)
}

#[test]
fn whoever_owes_laps_is_told_until_when() {
    let rules = || Ruleset {
        fair_share: Some(FairShare { among: Among::Declared, percent: percent(25) }),
        ..Ruleset::default()
    };
    // 60 laps driven and 29 to come: a quarter of an equal share of 89 is 11.125.
    let [warning] = driven(3, 60, rules())[..] else { panic!("one warning") };
    let latest = Ms::mins(180 - 24);
    assert_eq!(warning, Warning::Owes { latest, owed: Owed::Laps(12), person: 1, rule: Rule::FairShare });
    let warnings = driven(3, 87, rules());
    let late = Warning::TooLate { owed: Owed::Laps(12), person: 1, rule: Rule::FairShare };
    assert!(warnings.contains(&late), "{warnings:?}");
}

#[test]
fn whoever_may_not_go_on_is_told() {
    let rules = Ruleset {
        continuous: Some(minutes(150)),
        max_share: Some(MaxShare { excess: Excess::Forbidden, percent: percent(60) }),
        min_stops: Some(count(2)),
        stint_clock: Some(minutes(100)),
        ..Ruleset::default()
    };
    let warnings = driven(4, 60, rules);
    let nearly = |rule, left| Warning::Nearly { left: Ms::mins(left), person: 0, rule };
    assert!(warnings.contains(&nearly(Rule::Continuous, 29)), "{warnings:?}");
    assert!(warnings.contains(&nearly(Rule::MaxShare, 22)), "{warnings:?}");
    let (time, most) = (Ms::mins(120), Ms::mins(100));
    assert!(warnings.contains(&Warning::Broken(Violation::StintClock { stint: 0, time, most })));
    assert!(warnings.contains(&Warning::Stops { latest: Ms::mins(237), missing: 1 }));
}

#[test]
fn a_race_by_the_rules_warns_of_nothing_at_its_end() {
    let rules = Ruleset { min_stints: Some(count(1)), rest: Some(minutes(10)), ..Ruleset::default() };
    let problem = problem(race(3, 30), vec![driver("aaaa", 120), driver("aaaa", 121)], rules);
    let stints = propose(&problem, QUICK).plan.stints.len();
    assert_eq!(log::check(&after(&problem, stints).unwrap()), []);
    let begun = log::check(&after(&problem, 1).unwrap());
    assert!(begun.iter().any(|one| matches!(one, Warning::Owes { owed: Owed::Stints(1), .. })), "{begun:?}");
}
