//! Every plan of a small race is tried.

use super::*;
use crate::domain::stint::{plan::Stint, roll::Road};

/// Everything there is, as far as it isn't too much.
struct Brute<'p> {
    best: Option<Score>,
    left: usize,
    legal: usize,
    problem: &'p Problem,
    stints: Vec<Stint>,
}

impl<'p> Brute<'p> {
    /// The best score of any plan; `None` where there are more than so many.
    fn best(problem: &'p Problem, most: usize) -> Option<(Score, usize)> {
        let (road, stints) = Road::new(problem);
        let mut brute = Self { best: None, left: most, legal: 0, problem, stints };
        brute.go_on(road)?;
        brute.best.map(|best| (best, brute.legal))
    }

    fn go_on(&mut self, road: Road) -> Option<()> {
        if road.is_over(self.problem) {
            self.left = self.left.checked_sub(1)?;
            let plan = Plan { driven: self.problem.driven(), stints: self.stints.clone() };
            let score = Score::of(self.problem, &plan);
            self.legal += usize::from(check(self.problem, &plan).is_empty());
            self.best = Some(self.best.map_or(score, |best| best.min(score)));
            return Some(());
        }
        let people = self.problem.people().len();
        for driver in (0..people).filter(|driver| self.problem.people()[*driver].role.drives()) {
            for laps in road.lengths(self.problem, driver) {
                let spots = |one: &Person| *one != driver && self.problem.people()[*one].role.spots();
                let spotters = (0..people).filter(spots).map(Some).filter(|_| self.problem.race().spotting);
                for spotter in spotters.chain([None]).collect::<Vec<_>>() {
                    let mut after = road;
                    let stint = after.drive(self.problem, Leg { driver, laps: Some(laps), spotter }, laps);
                    self.stints.push(stint);
                    self.go_on(after)?;
                    self.stints.pop();
                }
            }
        }
        Some(())
    }
}

/// No plan is better than the one proposed, which is legal if any is; `None` where there are too many to try.
pub(super) fn none_is_better(problem: &Problem, most: usize, steps: u64) -> Option<()> {
    let (best, legal) = Brute::best(problem, most)?;
    let proposal = propose(problem, Budget { steps, ..Budget::default() });
    assert!(proposal.score <= best, "{:?}, but {best:?} is possible", proposal.score);
    assert!(proposal.bound <= best, "{:?} is no bound, {best:?} is possible", proposal.bound);
    assert!(proposal.is_optimal());
    assert!(proposal.is_legal() || legal == 0);
    Some(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 10_000, ..ProptestConfig::with_cases(80) })]

    #[test]
    fn no_plan_of_a_small_race_is_better(problem in small()) {
        prop_assume!(none_is_better(&problem, 700, 200_000).is_some());
    }
}

#[test]
fn no_plan_of_eight_stints_is_better() {
    let rules = Ruleset { rest: Some(minutes(60)), continuous: Some(minutes(120)), ..Ruleset::default() };
    let people = vec![driver("aappp?aa", 118), driver("paaaanna", 121), driver("a?aappnn", 124)];
    let problem = problem(race(8, 30), people, rules);
    let stints = propose(&problem, Budget::default()).plan.stints.len();
    assert_eq!(stints, 8);
    none_is_better(&problem, 200_000, 2_000_000).unwrap();
}
