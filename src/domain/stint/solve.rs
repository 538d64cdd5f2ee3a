//! The best plan that so many steps find, and how good any could be.

use super::{
    check::check,
    explain::{self, Obstacle, Why, why},
    plan::Plan,
    problem::Problem,
    roll::Road,
    score::Score,
    violation::Violation,
};

pub(super) mod climb;
mod exact;

use self::{
    climb::{Chance, Found, climb, dealt},
    exact::Exact,
};

/// How much effort to make.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Budget {
    /// What chance follows from: the same seed, the same plan.
    pub seed: u64,
    /// How many steps to take: a step is one stint of one plan weighed. Finding out what is in the way of a legal plan takes up to four
    /// times as many again.
    pub steps: u64,
}

/// A plan, and how much better any could be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proposal {
    /// No plan has a lesser score: of those whose stints are as long as can be, or end where somebody comes or goes.
    pub bound: Score,
    /// What is in the way, where the plan isn't legal.
    pub obstacles: Vec<Obstacle>,
    /// The plan: the one nearest to legal where none was found that is.
    pub plan: Plan,
    /// How good it is.
    pub score: Score,
    /// How many steps it took.
    pub steps: u64,
    /// What is wrong with it; nothing where it is legal.
    pub violations: Vec<Violation>,
    /// Why its stints to come are as they are, in their order.
    pub why: Vec<Why>,
}

impl Budget {
    /// The steps of the default: well under a second for a day with eight drivers.
    pub const STEPS: u64 = 600_000;
}

impl Default for Budget {
    fn default() -> Self {
        Self { seed: 1, steps: Self::STEPS }
    }
}

impl Proposal {
    /// Whether the plan is legal.
    #[must_use]
    pub const fn is_legal(&self) -> bool {
        self.violations.is_empty()
    }

    /// Whether it is proven that there is no better plan.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.score == self.bound
    }
}

/// Plans the stints to come.
#[must_use]
pub fn propose(problem: &Problem, budget: Budget) -> Proposal {
    let mut meter = Meter::new(budget.steps);
    let (mut found, bound) = best(problem, &mut meter, budget.seed);
    let (mut obstacles, mut steps) = (Vec::new(), meter.used);
    if found.score.illegal > 0 {
        let sought = explain::obstacles(problem, &found, budget);
        steps += sought.used;
        match sought.legal {
            Some(legal) => found = legal,
            None => obstacles = sought.obstacles,
        }
    }
    let Found { plan, score, .. } = found;
    // A plan with stints of other lengths can be better than any of those that were all tried.
    let bound = bound.min(score);
    let (violations, why) = (check(problem, &plan), why(problem, &plan));
    Proposal { bound, obstacles, plan, score, steps, violations, why }
}

/// How many steps to climb before everything is tried.
const FIRST_CLIMB: u64 = 75_000;
/// Up to so many stints everything is tried.
const FEW: usize = 12;

fn best(problem: &Problem, meter: &mut Meter, seed: u64) -> (Found, Score) {
    let (road, driven) = Road::new(problem);
    let bound = Score::bound(problem, &driven, problem.left(&road));
    let mut chance = Chance::new(seed);
    let is_few = problem.fewest_stints(problem.left(&road)) <= FEW;
    let mut found = dealt(problem, meter);
    let is_best = |score: &Score| *score <= bound;
    let first = if is_few { FIRST_CLIMB.min(meter.limit / 8) } else { meter.limit };
    found = meter.lend(first, |meter| climb(problem, found, &mut chance, meter, is_best));
    if is_best(&found.score) || !is_few {
        return (found, bound);
    }
    let exact = meter.lend(meter.limit / 4 * 3, |meter| Exact::run(problem, found, meter));
    if exact.is_complete {
        let bound = exact.best.score;
        return (exact.best, bound);
    }
    (climb(problem, exact.best, &mut chance, meter, is_best), bound)
}

/// Counts steps.
#[derive(Debug)]
pub(super) struct Meter {
    limit: u64,
    used: u64,
}

impl Meter {
    pub(super) const fn new(limit: u64) -> Self {
        Self { limit, used: 0 }
    }

    pub(super) const fn used(&self) -> u64 {
        self.used
    }

    /// Takes steps, one for each stint weighed; `false` where there aren't as many left.
    pub(super) fn take(&mut self, stints: usize) -> bool {
        let steps = u64::try_from(stints).unwrap_or(u64::MAX).max(1);
        let is_left = steps <= self.limit.saturating_sub(self.used);
        self.used = if is_left { self.used + steps } else { self.limit };
        is_left
    }

    /// Lets something take at most so many of the steps.
    fn lend<T>(&mut self, steps: u64, run: impl FnOnce(&mut Self) -> T) -> T {
        let mut lent = Self::new(steps.min(self.limit - self.used));
        let done = run(&mut lent);
        self.used += lent.used;
        done
    }
}
