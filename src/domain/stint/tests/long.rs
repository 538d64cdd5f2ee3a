//! The same as elsewhere, with many more cases.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 1_000_000, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn ten_thousand_proposals_are_true(problem in small()) {
        claims::hold(&problem, &propose(&problem, QUICK));
    }

    #[test]
    fn ten_thousand_plans_by_hand_are_weighed_as_they_are_checked(
        problem in small(),
        legs in vec((0..5_usize, option::of(1..50_u32), option::of(0..5_usize)), 0..10),
    ) {
        claims::weigh(&problem, &legs);
    }

    #[test]
    fn ten_thousand_logs_are_true(problem in small(), stints in 0..6_usize) {
        logged::holds(&problem, stints);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 1_000_000, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn no_plan_of_a_small_race_is_better(problem in small()) {
        prop_assume!(brute::none_is_better(&problem, 5000, 600_000).is_some());
    }
}
