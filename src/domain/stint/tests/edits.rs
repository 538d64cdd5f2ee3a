//! Plans changed by hand and by the race.

use super::*;

fn four_hours() -> Problem {
    let people = vec![driver("aaaaa", 118), driver("aaaaa", 120), driver("aaann", 122)];
    let rules = Ruleset {
        fair_share: Some(FairShare { among: Among::Declared, percent: percent(60) }),
        ..Ruleset::default()
    };
    problem(race(4, 20), people, rules)
}

#[test]
fn a_swap_and_back_is_no_change() {
    let problem = four_hours();
    let plan = propose(&problem, Budget::default()).plan;
    let last = plan.stints.len() - 1;
    for other in 1..last {
        let swapped = swap(&problem, &plan, 0, other).unwrap();
        assert_eq!(swapped.plan.stints[0].driver, plan.stints[other].driver);
        assert_eq!(swapped.violations, check(&problem, &swapped.plan));
        let back = swap(&problem, &swapped.plan, 0, other).unwrap();
        assert_eq!(back.plan, plan);
    }
    assert_eq!(swap(&problem, &plan, 0, last + 1), Err(BadEdit::NotToCome(last + 1)));
}

#[test]
fn whoever_cannot_cover_is_told_why() {
    let problem = four_hours();
    let plan = propose(&problem, Budget::default()).plan;
    let theirs = plan.stints.iter().position(|stint| stint.driver == 2).unwrap();
    for cover in cover(&problem, &plan, theirs) {
        let violations = check(&problem, &cover.plan);
        assert_eq!(cover.bar.is_legal(), violations.is_empty());
    }
    let late = plan.stints.len() - 1;
    let of = cover(&problem, &plan, late).into_iter().find(|cover| cover.person == 2).unwrap();
    let Bar::Violations(violations) = of.bar else { panic!("they are absent") };
    assert!(
        violations.iter().any(|one| matches!(one, Violation::Absent { person: 2, .. })),
        "{violations:?}"
    );
    assert_eq!(cover(&problem, &plan, 99), []);
}

#[test]
fn who_would_fall_below_their_fair_share_is_said() {
    let rules = Ruleset {
        fair_share: Some(FairShare { among: Among::Declared, percent: percent(90) }),
        ..Ruleset::default()
    };
    let problem = problem(race(2, 20), vec![driver("aa", 120), driver("aa", 120)], rules);
    let plan = propose(&problem, Budget::default()).plan;
    let theirs = plan.stints.iter().position(|stint| stint.driver == 0).unwrap();
    let covers = cover(&problem, &plan, theirs);
    let short = Violation::FairShare { person: 0, laps: 19, least: 27 };
    assert_eq!(covers[0].bar, Bar::Violations(vec![short]));
}

#[test]
fn an_early_pit_moves_the_rest() {
    let problem = four_hours();
    let plan = propose(&problem, Budget::default()).plan;
    let ended = plan.stints[1];
    let at = ended.end - Ms::mins(11);
    let shifted = shift(&problem, &plan, at, Ms::mins(3)).unwrap();
    let after = &shifted.evaluation.plan;
    assert_eq!((after.driven, after.stints[1].end, after.stints[2].start), (2, at, at + Ms::mins(3)));
    assert!(after.stints[1].laps < ended.laps && after.stints[1].laps >= ended.laps - 6);
    assert_eq!(shifted.evaluation.violations, check(&shifted.problem, after));
    let drivers = |plan: &Plan| plan.stints.iter().map(|stint| stint.driver).collect::<Vec<_>>();
    assert!(drivers(after).starts_with(&drivers(&plan)));
    claims::hold(&shifted.problem, &propose(&shifted.problem, QUICK));
    assert_eq!(shift(&problem, &plan, Ms::ZERO, Ms::ZERO), Err(BadEdit::NoStintEnds));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_is_changed_is_checked(problem in small(), at in 0..200_i64, pit in 0..9_i64, one in 0..9_usize, other in 0..9_usize) {
        let plan = propose(&problem, QUICK).plan;
        if let Ok(swapped) = swap(&problem, &plan, one, other) {
            prop_assert_eq!(&swapped.violations, &check(&problem, &swapped.plan));
        }
        if let Ok(shifted) = shift(&problem, &plan, Ms::mins(at), Ms::mins(pit)) {
            let after = &shifted.evaluation;
            prop_assert_eq!(&after.violations, &check(&shifted.problem, &after.plan));
            let of_time = |one: &Violation| {
                matches!(one, Violation::Timing { .. } | Violation::Unfinished | Violation::Fuel { .. })
            };
            prop_assert!(!after.violations.iter().any(of_time));
            claims::hold(&shifted.problem, &propose(&shifted.problem, QUICK));
        }
    }
}
