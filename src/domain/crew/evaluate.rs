//! What crews are worth, whoever made them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    answers::Span,
    cover::Cover,
    explain::{self, LeftOut, Maker, Obstacle, Why},
    problem::{BadProblem, Car, Class, Group, Person, Place, Problem},
    score::{Score, Sum, Tally},
};
use crate::domain::availability::Answer;

/// Crews as somebody put them together. They may be illegal, but nobody is in two.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Arrangement {
    /// The crews.
    pub crews: Vec<Group>,
}

/// A crew, and what there is to say about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Crew {
    /// The car: the one it was given, or the one that its people chose; `None` where any will do.
    pub car: Option<Car>,
    /// The class.
    pub class: Class,
    /// Why it isn't legal; empty where it is.
    pub faults: Vec<Fault>,
    /// Who can drive when, by hour.
    pub hours: Vec<Hour>,
    /// Who is in it, in order.
    pub people: Vec<Person>,
    /// The position of the pinned crew that it holds people of.
    pub pinned: Option<usize>,
    /// What speaks for it and what to know about it.
    pub why: Vec<Why>,
}

/// How many of a crew can drive in an hour.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Hour {
    /// Who can drive, or may be able to.
    pub able: usize,
    /// Who would like to, of those.
    pub preferred: usize,
    /// Who didn't answer, of those.
    pub unanswered: usize,
}

/// Why a crew isn't legal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fault {
    /// Its people chose different cars, or another than it was given.
    Cars(Vec<Car>),
    /// Somebody can't drive in any hour.
    CannotDriveAtAll(Person),
    /// Somebody has no place.
    NoPlace(Person, Place),
    /// It has too few drivers.
    TooFew {
        /// How many it has.
        people: usize,
        /// The fewest that a crew has.
        min: usize,
    },
    /// It has too many drivers.
    TooMany {
        /// How many it has.
        people: usize,
        /// The most that a crew has.
        max: usize,
    },
    /// In these hours too few of it can drive.
    Uncovered {
        /// The hours; in each the same number can drive.
        hours: Span,
        /// How many can.
        able: usize,
        /// How many have to.
        needed: usize,
    },
    /// Somebody drives in another class.
    WrongClass(Person, Class),
}

/// What crews are worth.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Evaluation {
    /// The crews: those with pinned people in their order, then by class, car and people.
    pub crews: Vec<Crew>,
    /// Everybody who is in no crew, in order, and why.
    pub left_out: Vec<LeftOut>,
    /// Why a class can't be crewed wholly, where not everybody of it is in a legal crew.
    pub obstacles: Vec<Obstacle>,
    /// How good the crews are.
    pub score: Score,
}

/// What crews made by hand are worth, and what is wrong with them. Crews without people are passed over.
///
/// # Errors
/// When there is no such person, or one is in two crews.
pub fn evaluate(problem: &Problem, arrangement: &Arrangement) -> Result<Evaluation, BadProblem> {
    sound(problem, arrangement)?;
    Ok(evaluated(problem, &arrangement.crews, &Maker::Hand))
}

/// Nothing, if everybody exists and nobody is in two crews.
pub(super) fn sound(problem: &Problem, arrangement: &Arrangement) -> Result<(), BadProblem> {
    let mut seen = BTreeSet::new();
    for person in arrangement.crews.iter().flat_map(|group| group.people.iter().copied()) {
        if problem.driver(person).is_none() {
            return Err(BadProblem::UnknownPerson(person));
        }
        if !seen.insert(person) {
            return Err(BadProblem::Twice(person));
        }
    }
    Ok(())
}

/// What these crews are worth. Nobody is in two.
pub(super) fn evaluated(problem: &Problem, groups: &[Group], maker: &Maker) -> Evaluation {
    let groups = groups.iter().filter(|group| !group.people.is_empty());
    let mut crews: Vec<Crew> = groups.map(|group| crew(problem, group)).collect();
    crews.sort_by(|one, other| one.key().cmp(&other.key()));
    for at in 0..crews.len() {
        let why = crews.get(at).map(|crew| explain::why(problem, &crews, crew));
        if let (Some(crew), Some(why)) = (crews.get_mut(at), why) {
            crew.why = why;
        }
    }
    let left_out = explain::left_out(problem, &crews, maker);
    let obstacles = explain::obstacles(problem, &crews, &left_out, maker);
    Evaluation { score: score(problem, &crews), crews, left_out, obstacles }
}

impl Crew {
    /// Whether it keeps to every rule.
    #[must_use]
    pub const fn is_legal(&self) -> bool {
        self.faults.is_empty()
    }

    fn key(&self) -> (bool, Option<usize>, Class, Option<Car>, &[Person]) {
        (self.pinned.is_none(), self.pinned, self.class, self.car, &self.people)
    }
}

fn crew(problem: &Problem, group: &Group) -> Crew {
    let mut people = group.people.clone();
    people.sort_unstable();
    let drivers = || people.iter().filter_map(|person| problem.driver(*person));
    let hour = |hour| {
        let count = |answer| drivers().filter(|driver| driver.answers.of(hour) == answer).count();
        let (preferred, unanswered) = (count(Some(Answer::Preferred)), count(None));
        Hour { able: preferred + unanswered + count(Some(Answer::Available)), preferred, unanswered }
    };
    Crew {
        car: group.car.or_else(|| drivers().find_map(|driver| driver.car)),
        class: group.class,
        faults: faults(problem, group.class, group.car, &people),
        hours: (0..problem.hours()).map(hour).collect(),
        pinned: people.iter().find_map(|person| problem.pin_of(*person)),
        why: Vec::new(),
        people,
    }
}

fn faults(problem: &Problem, class: Class, car: Option<Car>, people: &[Person]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut cars: BTreeSet<Car> = car.into_iter().collect();
    for (person, driver) in people.iter().filter_map(|person| Some((*person, problem.driver(*person)?))) {
        if driver.class != class {
            faults.push(Fault::WrongClass(person, driver.class));
        }
        if driver.place != Place::In {
            faults.push(Fault::NoPlace(person, driver.place));
        }
        if !problem.drives(driver) {
            faults.push(Fault::CannotDriveAtAll(person));
        }
        cars.extend(driver.car);
    }
    if cars.len() > 1 {
        faults.push(Fault::Cars(cars.into_iter().collect()));
    }
    let sizes = problem.rules().sizes;
    if people.len() < sizes.min() {
        faults.push(Fault::TooFew { people: people.len(), min: sizes.min() });
    }
    if people.len() > sizes.max() {
        faults.push(Fault::TooMany { people: people.len(), max: sizes.max() });
    }
    faults.extend(uncovered(problem, people));
    faults
}

/// The spans of hours in which too few of a crew can drive. A crew that is too small needs as many as the smallest does.
fn uncovered(problem: &Problem, people: &[Person]) -> Vec<Fault> {
    let needed = problem.rules().awake.needed(people.len().max(problem.rules().sizes.min()));
    let masks = || people.iter().filter_map(|person| problem.driver(*person)).map(|one| one.answers.able());
    let lacking = Cover::of(masks()).lacking(needed, problem.all_hours());
    let mut by_able: BTreeMap<usize, u64> = BTreeMap::new();
    for hour in (0..problem.hours()).filter(|hour| lacking >> hour & 1 == 1) {
        let able = masks().filter(|mask| mask >> hour & 1 == 1).count();
        *by_able.entry(able).or_default() |= 1 << hour;
    }
    let spans = by_able
        .into_iter()
        .flat_map(|(able, mask)| Span::all(mask).into_iter().map(move |hours| (hours, able)));
    let mut spans: Vec<(Span, usize)> = spans.collect();
    spans.sort_unstable();
    spans.into_iter().map(|(hours, able)| Fault::Uncovered { hours, able, needed }).collect()
}

fn score(problem: &Problem, crews: &[Crew]) -> Score {
    let of_class = |class| {
        let mut sum = Sum::default();
        for crew in crews.iter().filter(|crew| crew.class == class) {
            let people = crew.people.iter().copied();
            sum.add(&Tally::of(problem, class, crew.car, people, None));
        }
        sum.score(problem.pairs(class))
    };
    let mut classes = problem.classes();
    classes.extend(crews.iter().map(|crew| crew.class));
    classes.into_iter().map(of_class).fold(Score::default(), |sum, score| sum + score)
}
