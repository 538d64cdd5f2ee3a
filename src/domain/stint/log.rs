//! What has been driven, held against the rules as it happens.

use std::collections::BTreeSet;

use super::{
    check::LASTING,
    plan::Plan,
    problem::{Length, Person, Problem},
    roll::Road,
    rules::Rule,
    time::{Ms, Span},
    violation::Violation,
};

mod least;
mod most;

/// What somebody still has to drive.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owed {
    /// So many laps.
    Laps(u32),
    /// So many stints.
    Stints(usize),
    /// So long.
    Time(Ms),
}

/// What is to be heeded for the rest of a race, or has gone wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Warning {
    /// A rule is broken, and nothing to come mends it.
    Broken(Violation),
    /// More people have to drive.
    Drivers {
        /// When the last of them has to go out at the latest.
        latest: Ms,
        /// How many.
        missing: usize,
    },
    /// Somebody may not drive much longer: less than a stint.
    Nearly {
        /// How long they may.
        left: Ms,
        /// Who.
        person: Person,
        /// By which rule.
        rule: Rule,
    },
    /// What people still have to drive is more than there is time for.
    NotAll {
        /// How much time there is.
        left: Ms,
        /// How much it takes.
        needed: Ms,
    },
    /// Somebody has to drive more.
    Owes {
        /// When they have to go out at the latest, to drive nothing else.
        latest: Ms,
        /// What they have to drive.
        owed: Owed,
        /// Who.
        person: Person,
        /// By which rule.
        rule: Rule,
    },
    /// Somebody who drove may not drive again yet.
    Rests {
        /// Who.
        person: Person,
        /// Until when.
        until: Ms,
    },
    /// There have to be more stops.
    Stops {
        /// When the next has to be at the latest.
        latest: Ms,
        /// How many, the one before the next stint not among them.
        missing: usize,
    },
    /// Somebody can't drive any more what they have to.
    TooLate {
        /// What they would have to drive.
        owed: Owed,
        /// Who.
        person: Person,
        /// By which rule.
        rule: Rule,
    },
    /// There are fewer sets of tyres than it takes to the end.
    TyreSets {
        /// How many there are.
        left: usize,
        /// How many it takes.
        needed: usize,
    },
}

/// What is to be heeded, given the race, its rules and what of it has been driven. Once the race is over nothing is but what is broken.
#[must_use]
pub fn check(problem: &Problem) -> Vec<Warning> {
    let (road, stints) = Road::new(problem);
    let plan = Plan { driven: stints.len(), stints };
    if road.is_over(problem) {
        return super::check::check_from(problem, &plan, 0).into_iter().map(Warning::Broken).collect();
    }
    let now = Now { end: end(problem, &road), plan, problem, road };
    let broken = LASTING.iter().flat_map(|checker| checker(problem, &now.plan, 0));
    let mut warnings: Vec<Warning> = broken.map(Warning::Broken).collect();
    warnings.extend(least::owed(&now));
    warnings.extend(least::car(&now));
    warnings.extend(most::nearly(&now));
    warnings
}

/// Where a race is.
struct Now<'p> {
    /// When it will be over.
    end: Ms,
    /// What has been driven.
    plan: Plan,
    problem: &'p Problem,
    road: Road,
}

impl Now<'_> {
    fn left(&self) -> Ms {
        (self.end - self.road.at).max(Ms::ZERO)
    }

    /// About how many laps are still to be driven.
    fn laps_to_come(&self) -> u32 {
        let lap = mean_lap(self.problem, self.road.at).as_millis().max(1);
        match self.problem.race().length {
            Length::Laps(laps) => laps.saturating_sub(self.road.laps),
            Length::Time(_) => u32::try_from(self.left().as_millis() / lap).unwrap_or(u32::MAX),
        }
    }

    fn laps(&self, person: Person) -> u32 {
        self.plan.stints.iter().filter(|stint| stint.driver == person).map(|stint| stint.laps).sum()
    }

    fn time(&self, person: Person) -> Ms {
        self.drives(person).map(Span::len).sum()
    }

    fn drives(&self, person: Person) -> impl Iterator<Item = Span> {
        let stints = self.plan.stints.iter().filter(move |stint| stint.driver == person);
        stints.map(super::plan::Stint::span)
    }

    fn who_drove(&self) -> BTreeSet<Person> {
        self.plan.stints.iter().map(|stint| stint.driver).collect()
    }
}

/// When the race will be over: as it was said, or as long as the laps left take with the drivers' mean lap and a full tank each time.
fn end(problem: &Problem, road: &Road) -> Ms {
    match problem.race().length {
        Length::Time(time) => time,
        Length::Laps(laps) => {
            let left = laps.saturating_sub(road.laps);
            let stops = problem.fewest_stints(Length::Laps(left)).saturating_sub(1);
            let stops = problem.race().pit.times(u32::try_from(stops).unwrap_or(u32::MAX));
            road.at + mean_lap(problem, road.at).times(left) + stops
        }
    }
}

fn mean_lap(problem: &Problem, at: Ms) -> Ms {
    let laps: Vec<Ms> = problem.drivers().map(|person| problem.lap(person, at)).collect();
    let number = i64::try_from(laps.len()).unwrap_or(1).max(1);
    Ms::millis(laps.iter().copied().sum::<Ms>().as_millis() / number)
}
