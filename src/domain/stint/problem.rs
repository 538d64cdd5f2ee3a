//! What stints are planned for: a race, the people of a car, a ruleset, and what has been driven.

use serde::{Deserialize, Serialize};

mod bad;
mod race;

use self::bad::{check_people, check_progress};
pub use self::{
    bad::BadProblem,
    race::{Day, Fuel, Length, Pace, Race},
};
use super::{
    answers::Answers,
    plan::Driven,
    rules::{Rule, Ruleset},
    time::{Ms, Span},
};
use crate::domain::availability::Answer;

/// Somebody of a car: their position among the people of a [`Problem`].
pub type Person = usize;

/// A class of cars.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Class(pub u16);

/// A grade of drivers, such as bronze or silver.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Grade(pub u16);

/// What somebody does in a car's crew.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// They drive and spot.
    Both,
    /// They drive only.
    Drives,
    /// They spot only.
    Spots,
}

/// What a driver likes; it is kept to where nothing else is lost.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Likes {
    /// Whether they would rather drive two stints in a row than one; without it, rather one.
    pub doubles: bool,
    /// Whether they like to drive at night.
    pub night: bool,
    /// Whether they like to start.
    pub start: bool,
}

/// Somebody of a car's crew.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Driver {
    /// What they said about when they can drive or spot.
    pub answers: Answers,
    /// Whether they are declared to the organiser.
    pub declared: bool,
    /// Their grade, where the organiser has any.
    pub grade: Option<Grade>,
    /// How long their lap takes: 5 seconds to an hour.
    pub lap: Ms,
    /// What they like.
    pub likes: Likes,
    /// What they do.
    pub role: Role,
}

/// What has been driven.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    /// When the next stint can start.
    pub next: Ms,
    /// The stints driven, in order.
    pub stints: Vec<Driven>,
}

/// Something that can be in the way of a legal plan.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Cause {
    /// Somebody can't drive then.
    Absence {
        /// Who.
        person: Person,
        /// When.
        span: Span,
    },
    /// A rule demands it.
    Rule(Rule),
}

/// What stints are planned for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// When somebody's absence begins or ends.
    edges: Vec<Ms>,
    people: Vec<Driver>,
    progress: Progress,
    race: Race,
    ruleset: Ruleset,
}

impl Role {
    /// Whether they drive.
    #[must_use]
    pub const fn drives(self) -> bool {
        !matches!(self, Self::Spots)
    }

    /// Whether they spot.
    #[must_use]
    pub const fn spots(self) -> bool {
        !matches!(self, Self::Drives)
    }
}

impl Problem {
    /// The latest the next stint can start: 14 days after green flag.
    pub const LATEST: Ms = Ms::hours(24 * 14);
    /// The most laps of a race.
    pub const MOST_LAPS: u32 = 20_000;
    /// The most people of a car.
    pub const MOST_PEOPLE: usize = 16;
    /// The most stints of a race.
    pub const MOST_STINTS: usize = 250;

    /// The problem of planning a race for these people by these rules, after what has been driven.
    ///
    /// # Errors
    /// See [`BadProblem`].
    pub fn new(
        race: Race,
        people: Vec<Driver>,
        ruleset: Ruleset,
        progress: Progress,
    ) -> Result<Self, BadProblem> {
        race.check()?;
        check_people(&people)?;
        let stints = progress.stints.iter();
        let named = stints.flat_map(|one| [Some(one.driver), one.spotter]).chain([race.qualifier]);
        if let Some(unknown) = named.flatten().find(|person| *person >= people.len()) {
            return Err(BadProblem::UnknownPerson(unknown));
        }
        check_progress(&progress)?;
        let absences = people.iter().flat_map(|one| one.answers.absences());
        let mut edges: Vec<Ms> = absences.flat_map(|span| [span.from, span.to]).collect();
        edges.sort_unstable();
        edges.dedup();
        let problem = Self { edges, people, progress, race, ruleset };
        let fewest = problem.fewest_stints(problem.race.length);
        let most = fewest.max(problem.driven());
        if most > Self::MOST_STINTS / 2 {
            return Err(BadProblem::TooManyStints(most));
        }
        Ok(problem)
    }

    /// The people, by their position.
    #[must_use]
    pub fn people(&self) -> &[Driver] {
        &self.people
    }

    /// What has been driven.
    #[must_use]
    pub const fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The race.
    #[must_use]
    pub const fn race(&self) -> &Race {
        &self.race
    }

    /// What the organiser demands.
    #[must_use]
    pub const fn ruleset(&self) -> &Ruleset {
        &self.ruleset
    }

    /// The same after something else has been driven.
    ///
    /// # Errors
    /// When its stints aren't in order or somebody unknown drove.
    pub fn after(&self, progress: Progress) -> Result<Self, BadProblem> {
        Self::new(self.race.clone(), self.people.clone(), self.ruleset.clone(), progress)
    }

    /// The same with the green flag so much later: what people said about when they can drive stands, and the day goes on.
    #[must_use]
    pub fn with_green_later(&self, later: Ms) -> Self {
        let mut moved = self.clone();
        for driver in &mut moved.people {
            driver.answers = driver.answers.from_green(later);
        }
        moved.edges = self.edges.iter().map(|edge| *edge - later).collect();
        let day = Ms::hours(24).as_millis();
        let green = (moved.race.day.green + later).as_millis().rem_euclid(day);
        moved.race.day.green = Ms::millis(green);
        moved
    }

    /// The same without these: the rules don't hold, and who was absent is available.
    #[must_use]
    pub fn without(&self, causes: &[Cause]) -> Self {
        let mut left = self.clone();
        let mut rules = Vec::new();
        for cause in causes {
            match cause {
                Cause::Rule(rule) => rules.push(*rule),
                Cause::Absence { person, span } => {
                    if let Some(driver) = left.people.get_mut(*person) {
                        driver.answers = driver.answers.with(*span, Answer::Available);
                    }
                }
            }
        }
        left.ruleset = self.ruleset.without(&rules);
        left
    }

    /// Everything that can be in the way: each rule, and each absence from now on.
    #[must_use]
    pub fn causes(&self) -> Vec<Cause> {
        let rules = self.ruleset.rules().into_iter().map(Cause::Rule);
        let people = self.people.iter().enumerate();
        let absences = people.flat_map(|(person, driver)| {
            let spans = driver.answers.absences().into_iter();
            spans.filter(|span| span.to > self.progress.next).map(move |span| (person, span))
        });
        rules.chain(absences.map(|(person, span)| Cause::Absence { person, span })).collect()
    }
}

impl Problem {
    pub(super) fn person(&self, person: Person) -> Option<&Driver> {
        self.people.get(person)
    }

    pub(super) fn edges(&self) -> &[Ms] {
        &self.edges
    }

    /// Who drives, by position.
    pub(super) fn drivers(&self) -> impl Iterator<Item = Person> + Clone {
        let people = self.people.iter().enumerate();
        people.filter(|(_, one)| one.role.drives()).map(|(person, _)| person)
    }

    /// Who spots, by position.
    pub(super) fn spotters(&self) -> impl Iterator<Item = Person> + Clone {
        let people = self.people.iter().enumerate();
        people.filter(|(_, one)| one.role.spots()).map(|(person, _)| person)
    }

    /// Who is declared and drives.
    pub(super) fn declared(&self) -> impl Iterator<Item = Person> + Clone {
        self.drivers().filter(|person| self.people.get(*person).is_some_and(|one| one.declared))
    }

    /// How many stints have been driven: the position of the first that can still be planned.
    pub(super) fn driven(&self) -> usize {
        self.progress.stints.len()
    }

    /// Whether a stint of these times is driven at night, by its middle.
    pub(super) fn is_night(&self, span: Span) -> bool {
        let Some((from, to)) = self.race.day.night else { return false };
        let middle = Ms::millis((span.from + span.to).as_millis() / 2);
        let hour = self.hour(middle);
        if from <= to { from <= hour && hour < to } else { from <= hour || hour < to }
    }

    /// The hour of the track's day.
    pub(super) fn hour(&self, at: Ms) -> u8 {
        let hour = (self.race.day.green + at).as_millis().div_euclid(Ms::hours(1).as_millis());
        u8::try_from(hour.rem_euclid(24)).unwrap_or_default()
    }
}
