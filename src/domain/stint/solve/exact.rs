//! The best plan, found by trying everything that might be better than the best so far.

use super::{
    Meter,
    climb::{Found, choices},
};
use crate::domain::stint::{
    plan::{Leg, Plan, Stint},
    problem::Problem,
    roll::Road,
    score::Score,
};

pub(super) struct Exact<'p> {
    pub(super) best: Found,
    /// Whether everything was tried.
    pub(super) is_complete: bool,
    legs: Vec<Leg>,
    problem: &'p Problem,
    stints: Vec<Stint>,
}

impl<'p> Exact<'p> {
    /// Tries everything, or as much as so many steps allow.
    pub(super) fn run(problem: &'p Problem, best: Found, meter: &mut Meter) -> Self {
        let (road, stints) = Road::new(problem);
        let mut exact = Self { best, is_complete: true, legs: Vec::new(), problem, stints };
        exact.go_on(road, meter);
        exact
    }

    fn go_on(&mut self, road: Road, meter: &mut Meter) {
        if road.is_over(self.problem) {
            let score = Score::of_stints(self.problem, &self.stints);
            if score < self.best.score {
                let plan = Plan { driven: self.problem.driven(), stints: self.stints.clone() };
                self.best = Found { legs: self.legs.clone(), plan, score };
            }
            return;
        }
        if self.stints.len() >= Problem::MOST_STINTS {
            self.is_complete = false;
            return;
        }
        for leg in choices(self.problem, &road) {
            let mut after = road;
            let laps = leg.laps.unwrap_or_else(|| road.longest(self.problem, leg.driver));
            let stint = after.drive(self.problem, leg, laps);
            if !meter.take(self.stints.len() + 1) {
                self.is_complete = false;
                return;
            }
            self.stints.push(stint);
            self.legs.push(leg);
            if Score::bound(self.problem, &self.stints, self.problem.left(&after)) < self.best.score {
                self.go_on(after, meter);
            }
            self.stints.pop();
            self.legs.pop();
        }
    }
}
