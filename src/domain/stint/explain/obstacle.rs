//! What is in the way: each rule and absence is taken away, and the plan made anew.

use std::collections::BTreeSet;

use super::{Obstacle, Removal};
use crate::domain::stint::{
    check::check,
    plan::Plan,
    problem::{Cause, Problem},
    score::Score,
    solve::{
        Budget, Meter,
        climb::{Chance, Found, climb, dealt},
    },
    violation::Violation,
};

/// Into how many parts the steps of a search are divided, for each thing that may be in the way.
const PARTS: u64 = 16;
/// How many times the steps of a search all of it takes at most.
const TIMES: u64 = 4;

/// What was found out about what is in the way.
pub(crate) struct Sought {
    /// A plan that is legal as everything is: then nothing is in the way after all.
    pub(crate) legal: Option<Found>,
    pub(crate) obstacles: Vec<Obstacle>,
    /// How many steps it took.
    pub(crate) used: u64,
}

/// What is in the way of a legal plan, given the nearest to it that was found.
pub(crate) fn obstacles(problem: &Problem, nearest: &Found, budget: Budget) -> Sought {
    let mut seeker = Seeker { budget, legal: None, nearest, problem, used: 0 };
    let (mut single, mut partly) = (Vec::new(), Vec::new());
    let from = nearest.score.illegal;
    let causes = ordered(problem, &nearest.plan);
    for cause in &causes {
        let Some(found) = seeker.without(&[*cause]) else { continue };
        let (to, removal) = (found.score.illegal, Removal { cause: *cause, plan: found.plan });
        match to {
            0 => single.push(removal),
            _ if to < from => partly.push(Obstacle::Partly { from, to, removal }),
            _ => {}
        }
    }
    let mut obstacles = Vec::new();
    if single.is_empty() {
        obstacles.extend(seeker.together(&causes));
    } else {
        obstacles.push(Obstacle::AnyOf(single));
    }
    partly.sort_by_key(|one| if let Obstacle::Partly { to, .. } = one { *to } else { 0 });
    obstacles.extend(partly);
    Sought { legal: seeker.legal, obstacles, used: seeker.used }
}

/// What can be in the way, with what the nearest plan doesn't keep to first.
fn ordered(problem: &Problem, plan: &Plan) -> Vec<Cause> {
    let broken: BTreeSet<_> = check(problem, plan).iter().filter_map(Violation::rule).collect();
    let mut causes = problem.causes();
    causes.sort_by_key(|cause| match cause {
        Cause::Rule(rule) => usize::from(!broken.contains(rule)),
        Cause::Absence { .. } => 2,
    });
    causes
}

struct Seeker<'p> {
    budget: Budget,
    legal: Option<Found>,
    nearest: &'p Found,
    problem: &'p Problem,
    used: u64,
}

impl Seeker<'_> {
    /// A plan that is nearer to legal without some causes; `None` once the steps are spent.
    fn without(&mut self, causes: &[Cause]) -> Option<Found> {
        if self.legal.is_some() {
            return None;
        }
        let steps = (self.budget.steps / PARTS)
            .min(self.budget.steps.saturating_mul(TIMES).saturating_sub(self.used));
        let problem = self.problem.without(causes);
        let mut meter = Meter::new(steps);
        let is_enough = |score: &Score| score.illegal == 0;
        let again = Found::new(&problem, self.nearest.legs.clone());
        let begun = if is_enough(&again.score) { again } else { again.nearer(dealt(&problem, &mut meter)) };
        let mut chance = Chance::new(self.budget.seed);
        let found = climb(&problem, begun, &mut chance, &mut meter, is_enough);
        self.used += meter.used();
        // With something gone the search goes other ways, and may find what it should have found before.
        let score = Score::of(self.problem, &found.plan);
        if is_enough(&score) {
            self.legal = Some(Found { score, ..found });
            return None;
        }
        (steps > 0).then_some(found)
    }

    /// As few causes as were found without all of which there is a legal plan.
    fn together(&mut self, causes: &[Cause]) -> Option<Obstacle> {
        let mut plan = self.without(causes).filter(|found| found.score.illegal == 0)?.plan;
        let mut needed = causes.to_vec();
        // What is kept to first is tried first: what is broken is more likely in the way.
        for cause in causes.iter().rev() {
            let fewer: Vec<Cause> = needed.iter().copied().filter(|one| one != cause).collect();
            if self.is_legal_without(&fewer, &plan) {
                needed = fewer;
            } else if let Some(found) = self.without(&fewer).filter(|found| found.score.illegal == 0) {
                (needed, plan) = (fewer, found.plan);
            }
        }
        // What an earlier plan needed the last may not.
        for cause in needed.clone() {
            let fewer: Vec<Cause> = needed.iter().copied().filter(|one| *one != cause).collect();
            if self.is_legal_without(&fewer, &plan) {
                needed = fewer;
            }
        }
        Some(Obstacle::AllOf { causes: needed, plan })
    }

    fn is_legal_without(&self, causes: &[Cause], plan: &Plan) -> bool {
        check(&self.problem.without(causes), plan).is_empty()
    }
}

impl Found {
    fn nearer(self, other: Self) -> Self {
        if other.score < self.score { other } else { self }
    }
}
