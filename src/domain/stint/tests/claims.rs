//! What plans say of themselves is true.

use super::*;
use crate::domain::stint::law::{Extent, illegal, tallies};

/// Everything that a proposal says holds.
pub(super) fn hold(problem: &Problem, proposal: &Proposal) {
    let plan = &proposal.plan;
    assert_eq!(check(problem, plan), proposal.violations);
    assert_eq!(Score::of(problem, plan), proposal.score);
    assert!(proposal.bound <= proposal.score);
    let weight: u64 = proposal.violations.iter().map(Violation::weight).sum();
    assert_eq!(weight, proposal.score.illegal, "{:?}", proposal.violations);
    let physical = proposal.violations.iter().filter(|one| one.rule().is_none());
    for violation in physical {
        assert!(matches!(violation, Violation::Absent { .. }), "{violation:?}");
    }
    assert_eq!(proposal.why.len(), plan.to_come().len());
    obstacles_hold(problem, proposal);
    why_holds(problem, proposal);
}

fn obstacles_hold(problem: &Problem, proposal: &Proposal) {
    if proposal.is_legal() {
        assert_eq!(proposal.obstacles, []);
        return;
    }
    let is_legal = |causes: &[Cause], plan: &Plan| check(&problem.without(causes), plan).is_empty();
    for obstacle in &proposal.obstacles {
        match obstacle {
            Obstacle::AnyOf(removals) => {
                assert!(!removals.is_empty());
                assert!(removals.iter().all(|one| is_legal(&[one.cause], &one.plan)));
            }
            Obstacle::AllOf { causes, plan } => {
                assert!(is_legal(causes, plan));
                for cause in causes {
                    let fewer: Vec<Cause> = causes.iter().copied().filter(|one| one != cause).collect();
                    assert!(!is_legal(&fewer, plan));
                }
            }
            Obstacle::Partly { from, to, removal } => {
                let without = problem.without(&[removal.cause]);
                assert!(to < from && *from == proposal.score.illegal);
                assert_eq!(Score::of(&without, &removal.plan).illegal, *to);
                let weight: u64 = check(&without, &removal.plan).iter().map(Violation::weight).sum();
                assert_eq!(weight, *to);
            }
        }
    }
}

fn why_holds(problem: &Problem, proposal: &Proposal) {
    let plan = &proposal.plan;
    for (at, why) in (plan.driven..).zip(&proposal.why) {
        let only = why.because.contains(&Because::OnlyOne);
        assert_eq!(only, !why.others.iter().any(|other| other.bar.is_legal()));
        let covers = cover(problem, plan, at);
        assert!(covers.is_sorted_by_key(|cover| !cover.bar.is_legal()));
        for (cover, other) in covers.iter().zip(&why.others) {
            assert_eq!((cover.person, &cover.bar), (other.person, &other.bar));
            assert_eq!(cover.plan.stints.get(at).map(|stint| stint.driver), Some(cover.person));
            let violations = check(problem, &cover.plan);
            match &cover.bar {
                Bar::Violations(new) => assert!(new.iter().all(|one| violations.contains(one))),
                _ if proposal.is_legal() => assert_eq!(violations, []),
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_a_proposal_says_is_true(problem in small()) {
        hold(&problem, &propose(&problem, QUICK));
    }

    #[test]
    fn plans_by_hand_are_weighed_as_they_are_checked(
        problem in small(),
        legs in vec((0..5_usize, option::of(1..50_u32), option::of(0..5_usize)), 0..10),
    ) {
        weigh(&problem, &legs);
    }
}

/// What the search counts is what the checkers find.
pub(super) fn weigh(problem: &Problem, legs: &[(Person, Option<u32>, Option<Person>)]) {
    let known = |person: &Person| person % problem.people().len();
    let legs = legs.iter().map(|(driver, laps, spotter)| Leg {
        driver: known(driver),
        laps: *laps,
        spotter: spotter.as_ref().map(known),
    });
    let evaluation = evaluate(problem, &legs.collect::<Vec<_>>());
    let stints = &evaluation.plan.stints;
    assert!(evaluation.plan.to_come().is_empty() || !stints.is_empty());
    let counted = illegal(problem, stints, &tallies(stints), Extent::Whole);
    let known = |one: &&Violation| {
        !matches!(one, Violation::Fuel { .. } | Violation::Unfinished | Violation::Timing { .. })
    };
    let weight: u64 = evaluation.violations.iter().filter(known).map(Violation::weight).sum();
    assert_eq!(counted, weight, "{:?}", evaluation.violations);
    // Nothing that follows makes up for what is wrong already.
    for to in 0..stints.len() {
        let begun = stints.get(..to).unwrap();
        let lasting = illegal(problem, begun, &tallies(begun), Extent::Begun);
        assert!(lasting <= counted, "{lasting} of {to} stints, {counted}");
    }
}
