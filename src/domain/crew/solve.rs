//! The search for the best crews.
//!
//! Classes don't concern each other, so each is searched by itself: for a moment by improving crews step by step, then by trying all
//! crews there are, passing over those that can't be better than the best found. If that ends, there are no better ones; if its part
//! of the steps doesn't suffice, crews are improved further with the rest, and counting says how good they could be at best.

mod bound;
mod climb;
mod exact;
mod field;
pub(super) mod reach;
mod state;

use serde::{Deserialize, Serialize};

use self::{bound::Bounds, climb::Climber, exact::Exact, field::Field};
use super::{
    evaluate::{Arrangement, Evaluation, evaluated, sound},
    explain::Maker,
    problem::{BadProblem, Class, Group, Problem},
    score::Score,
};

/// How much to search.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Budget {
    /// Where the search goes when there is nothing to choose between; any number will do.
    pub seed: u64,
    /// How many steps to take at most, over all classes. A step is one change of crews that is weighed up, about a microsecond.
    pub steps: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { seed: 1, steps: 1_000_000 }
    }
}

/// Crews, and how much better any could be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proposal {
    /// The bounds of the single classes, by class.
    pub classes: Vec<ClassBound>,
    /// The crews and what there is to say about them.
    pub evaluation: Evaluation,
    /// How many steps it took.
    pub steps: u64,
}

/// How good the crews of a class are and could be.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ClassBound {
    /// No crews of the class have a greater score.
    pub bound: Score,
    /// The class.
    pub class: Class,
    /// The score of its crews.
    pub score: Score,
}

impl Proposal {
    /// No crews have a greater score.
    #[must_use]
    pub fn bound(&self) -> Score {
        self.classes.iter().fold(Score::default(), |sum, class| sum + class.bound)
    }

    /// Whether it is proven that there are no better crews.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.classes.iter().all(|class| class.score == class.bound)
    }
}

/// Finds the best crews that so many steps find. Pinned people stay where they are; a crew of theirs that can't be made legal stays
/// as it was pinned, with its faults.
#[must_use]
pub fn propose(problem: &Problem, budget: Budget) -> Proposal {
    let fields: Vec<Field> = problem.classes().into_iter().map(|class| Field::new(problem, class)).collect();
    let people: u64 = fields.iter().map(Field::weight).sum();
    let (mut groups, mut classes, mut steps) = (Vec::new(), Vec::new(), 0);
    for field in &fields {
        let share = u128::from(budget.steps) * u128::from(field.weight()) / u128::from(people.max(1));
        let mut meter = Meter::new(u64::try_from(share).unwrap_or(u64::MAX));
        let (found, bound) = best(field, &mut meter, budget.seed);
        steps += meter.used;
        classes.push(ClassBound { bound, class: field.class, score: found.score });
        groups.extend(found.groups);
    }
    Proposal { evaluation: evaluated(problem, &groups, &searched(&classes)), classes, steps }
}

/// What [`propose`] said about a problem, from the crews and the bounds that it found.
///
/// # Errors
///
/// When there is no such person, or one is in two crews.
pub fn recall(
    problem: &Problem,
    arrangement: &Arrangement,
    classes: &[ClassBound],
) -> Result<Evaluation, BadProblem> {
    sound(problem, arrangement)?;
    Ok(evaluated(problem, &arrangement.crews, &searched(classes)))
}

fn searched(classes: &[ClassBound]) -> Maker {
    let is_proven = |class: &&ClassBound| class.score.crewed == class.bound.crewed;
    Maker::Search(classes.iter().filter(is_proven).map(|class| class.class).collect())
}

/// Crews of a class.
#[derive(Clone, Debug)]
struct Found {
    groups: Vec<Group>,
    score: Score,
}

/// How many steps to climb for each person before everything is tried.
const FIRST_CLIMB: u64 = 500;
/// Up to so many people in a class, trying everything often ends; with more, steps are better spent on climbing.
const SMALL: usize = 20;

/// The best crews of a class, and a score that none exceed.
fn best(field: &Field, meter: &mut Meter, seed: u64) -> (Found, Score) {
    let bounds = Bounds::of(field);
    let root = bounds.root(field);
    let first = (meter.limit / 4).min(field.weight() * FIRST_CLIMB);
    let mut climber = meter.lend(first, |meter| {
        let mut climber = Climber::new(field, meter, seed);
        climber.run(&root, meter);
        climber
    });
    if climber.best.score >= root {
        return (climber.best, root);
    }
    let exact = Exact::new(field, &bounds, root, climber.best.clone());
    let share = if field.free.len() <= SMALL { 2 } else { 8 };
    let exact = meter.lend(meter.limit / share, |meter| exact.run(meter));
    if exact.is_complete {
        let bound = exact.found.score;
        return (exact.found, bound);
    }
    climber.run(&root, meter);
    let found = if exact.found.score > climber.best.score { exact.found } else { climber.best };
    (found, root)
}

/// Counts steps.
#[derive(Debug)]
struct Meter {
    limit: u64,
    used: u64,
}

impl Meter {
    const fn new(limit: u64) -> Self {
        Self { limit, used: 0 }
    }

    /// Takes a step; `false` where there is none left.
    const fn step(&mut self) -> bool {
        let is_left = self.used < self.limit;
        if is_left {
            self.used += 1;
        }
        is_left
    }

    /// Lets something take at most so many of the steps.
    fn lend<T>(&mut self, steps: u64, run: impl FnOnce(&mut Self) -> T) -> T {
        let mut lent = Self::new(steps.min(self.limit - self.used));
        let done = run(&mut lent);
        self.used += lent.used;
        done
    }

    const fn is_spent(&self) -> bool {
        self.used >= self.limit
    }
}
