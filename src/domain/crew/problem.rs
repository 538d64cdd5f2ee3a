//! Out of whom crews are to be built, and by which rules.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{answers::Answers, rules::Rules};

/// Somebody signed up: their position among the drivers of a [`Problem`].
pub type Person = usize;

/// A class of the event.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Class(pub u16);

/// A car of a class; the same number in another class is another car.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Car(pub u16);

/// Whether somebody has a place. Only who has one is crewed; the others are those who might help.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Place {
    /// They are in.
    In,
    /// They are on the waiting list.
    Waiting,
    /// They come perhaps.
    Tentative,
    /// They are in, and an organiser left them out.
    Aside,
}

/// Somebody signed up.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Driver {
    /// What they said about the event's hours.
    pub answers: Answers,
    /// The car they chose; `None` where any will do.
    pub car: Option<Car>,
    /// The class they drive in.
    pub class: Class,
    /// With whom they would like to drive. Whoever is in another class, or has no place, isn't counted on.
    pub partners: Vec<Person>,
    /// Whether they have a place.
    pub place: Place,
    /// How good they are, such as an iRating.
    pub rating: Option<u16>,
}

/// People put together by hand: a crew, or a part of one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Group {
    /// The car; `None` where its people's choice decides.
    pub car: Option<Car>,
    /// The class.
    pub class: Class,
    /// Who is in it.
    pub people: Vec<Person>,
}

/// Why there is no such problem.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum BadProblem {
    /// An event has 1 to 64 hours.
    #[error("{0} hours, not 1 to 64")]
    Hours(usize),
    /// A pinned crew, by its position, has nobody.
    #[error("nobody is pinned to crew {0}")]
    NobodyPinned(usize),
    /// Somebody is in two crews, or twice in one.
    #[error("person {0} is in two crews")]
    Twice(Person),
    /// A partner, or somebody pinned, isn't one of the drivers.
    #[error("there is no person {0}")]
    UnknownPerson(Person),
}

/// Out of whom crews are to be built, and by which rules.
#[derive(Clone, Debug)]
pub struct Problem {
    drivers: Vec<Driver>,
    hours: usize,
    /// By person, the pinned crew that they are in.
    pin_of: Vec<Option<usize>>,
    pinned: Vec<Group>,
    rules: Rules,
    /// By person, with whom they form a wanted pair, whoever of the two wants it.
    wanted: Vec<Vec<Person>>,
}

impl Problem {
    /// The problem of crewing an event of so many hours with these drivers. Whoever is in `pinned` stays in that crew, and it stays
    /// whether or not it can be legal.
    ///
    /// # Errors
    /// When the hours aren't 1 to 64, a person isn't one of the drivers or is pinned twice, or a pinned crew is empty.
    pub fn new(
        hours: usize,
        drivers: Vec<Driver>,
        rules: Rules,
        pinned: Vec<Group>,
    ) -> Result<Self, BadProblem> {
        if !(1..=64).contains(&hours) {
            return Err(BadProblem::Hours(hours));
        }
        let people = pinned.iter().flat_map(|group| &group.people);
        let named = drivers.iter().flat_map(|driver| &driver.partners).chain(people);
        if let Some(unknown) = named.copied().find(|person| *person >= drivers.len()) {
            return Err(BadProblem::UnknownPerson(unknown));
        }
        let mut pin_of = vec![None; drivers.len()];
        for (at, group) in pinned.iter().enumerate() {
            if group.people.is_empty() {
                return Err(BadProblem::NobodyPinned(at));
            }
            for person in &group.people {
                if pin_of.get_mut(*person).is_some_and(|pin| pin.replace(at).is_some()) {
                    return Err(BadProblem::Twice(*person));
                }
            }
        }
        let wanted = wanted(&drivers);
        Ok(Self { drivers, hours, pin_of, pinned, rules, wanted })
    }

    /// The drivers, by person.
    #[must_use]
    pub fn drivers(&self) -> &[Driver] {
        &self.drivers
    }

    /// How many hours the event has.
    #[must_use]
    pub const fn hours(&self) -> usize {
        self.hours
    }

    /// The crews that people are pinned to.
    #[must_use]
    pub fn pinned(&self) -> &[Group] {
        &self.pinned
    }

    /// What every crew has to keep to.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The classes that somebody drives in or a crew is pinned in, in order.
    #[must_use]
    pub fn classes(&self) -> BTreeSet<Class> {
        let pinned = self.pinned.iter().map(|group| group.class);
        self.drivers.iter().map(|driver| driver.class).chain(pinned).collect()
    }
}

impl Problem {
    pub(super) fn driver(&self, person: Person) -> Option<&Driver> {
        self.drivers.get(person)
    }

    /// All of the event's hours.
    pub(super) const fn all_hours(&self) -> u64 {
        u64::MAX >> (64 - self.hours)
    }

    pub(super) fn pin_of(&self, person: Person) -> Option<usize> {
        self.pin_of.get(person).copied().flatten()
    }

    pub(super) fn wanted(&self, person: Person) -> &[Person] {
        self.wanted.get(person).map_or(&[], Vec::as_slice)
    }

    /// How many wanted pairs a class has.
    pub(super) fn pairs(&self, class: Class) -> usize {
        let of_class = self.drivers.iter().zip(&self.wanted).filter(|(driver, _)| driver.class == class);
        of_class.map(|(_, wanted)| wanted.len()).sum::<usize>() / 2
    }

    /// Whether somebody can drive in some hour, or may be able to.
    pub(super) fn drives(&self, driver: &Driver) -> bool {
        driver.answers.able() & self.all_hours() != 0
    }

    /// Who of a class has a place and can drive at all: those to be crewed.
    pub(super) fn to_crew(&self, class: Class) -> impl Iterator<Item = (Person, &Driver)> + Clone {
        let of_class = move |(_, driver): &(Person, &Driver)| driver.class == class;
        let crewed = |(_, driver): &(Person, &Driver)| driver.place == Place::In && self.drives(driver);
        self.drivers.iter().enumerate().filter(of_class).filter(crewed)
    }

    /// Who of a class has no place but could drive.
    pub(super) fn pool(&self, class: Class) -> impl Iterator<Item = (Person, &Driver)> + Clone {
        let of_class = move |(_, driver): &(Person, &Driver)| driver.class == class;
        let spare = |(_, driver): &(Person, &Driver)| driver.place != Place::In && self.drives(driver);
        self.drivers.iter().enumerate().filter(of_class).filter(spare)
    }

    /// The most crews a class may have.
    pub(super) fn grid(&self, class: Class) -> usize {
        self.rules.grid.get(&class).copied().unwrap_or(usize::MAX)
    }
}

/// Whether somebody who chose `one` can share a car with somebody who chose `other`.
pub(super) fn share(one: Option<Car>, other: Option<Car>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// By person, whom they want or who wants them, of those in the same class who have a place too.
fn wanted(drivers: &[Driver]) -> Vec<Vec<Person>> {
    let mut wanted = vec![BTreeSet::new(); drivers.len()];
    for (person, driver) in drivers.iter().enumerate() {
        for partner in driver.partners.iter().copied().filter(|partner| *partner != person) {
            let is_counted = drivers.get(partner).is_some_and(|other| {
                other.class == driver.class && (driver.place, other.place) == (Place::In, Place::In)
            });
            if is_counted {
                wanted.get_mut(person).map(|of| of.insert(partner));
                wanted.get_mut(partner).map(|of| of.insert(person));
            }
        }
    }
    wanted.into_iter().map(|of| of.into_iter().collect()).collect()
}
