//! What there is to say about crews: why they are as they are, why somebody is in none, and what would help.
//!
//! All of it is values; words are the views' to find.

mod obstacle;
mod reason;
mod why;

use std::collections::BTreeSet;

pub(super) use self::{
    obstacle::obstacles,
    reason::{PATIENCE, left_out},
    why::why,
};
use super::{
    answers::Span,
    problem::{Car, Class, Person, Place},
};

/// Something about a crew.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Why {
    /// Somebody isn't with a partner whom they want.
    Apart {
        /// Who wants it.
        person: Person,
        /// Whom they want.
        partner: Person,
        /// Where the partner is.
        because: Apart,
    },
    /// Which car it drives and by whose choice.
    Car {
        /// The car.
        car: Car,
        /// How many of the crew chose it.
        chosen_by: usize,
        /// How many would drive any.
        any: usize,
    },
    /// How many can drive when it is fewest.
    Covered {
        /// The first hours in which so few can.
        hours: Span,
        /// How many can.
        able: usize,
        /// How many have to.
        needed: usize,
    },
    /// How good its drivers are on average, of those with a rating, rounded to the nearest whole number.
    Rating {
        /// The crew's mean.
        mean: u32,
        /// The mean of everybody in the class who is to be crewed.
        class_mean: u32,
    },
    /// In these hours too few said that they can drive: the crew relies on people who didn't answer.
    ReliesOnUnanswered {
        /// The hours.
        hours: Vec<Span>,
        /// Who didn't answer for some of them.
        people: Vec<Person>,
    },
    /// Two are together of whom at least one wants it; the first comes first in order.
    Together(Person, Person),
}

/// Why somebody isn't with a partner whom they want.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Apart {
    /// The partner is in no crew.
    LeftOut,
    /// The partner has no place.
    NoPlace,
    /// The partner chose another car.
    OtherCar,
    /// The partner drives in another class.
    OtherClass,
    /// The partner is in another crew, and nothing but that is in the way.
    OtherCrew,
}

/// How sure it is that there is none.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Certainty {
    /// The search ended early: there may be one.
    NoneFound,
    /// There is none.
    Proven,
}

/// Somebody who is in no crew.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LeftOut {
    /// Who.
    pub person: Person,
    /// Why.
    pub reason: Reason,
}

/// Why somebody is in no crew; the first that holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reason {
    /// They have no place.
    NoPlace(Place),
    /// They can't drive in any hour.
    CannotDriveAtAll,
    /// Fewer people than a crew needs could share a car with them.
    TooFewForCar {
        /// The car they chose; `None` where any would do.
        car: Option<Car>,
        /// How many could share one car, themselves among them.
        people: usize,
        /// The fewest that a crew has.
        min: usize,
    },
    /// No crew with them is legal, whoever else of those who have a place is in it while pinned people stay where they are;
    /// `NoneFound` where none was found.
    NoLegalCrew(Certainty),
    /// They could be in a legal crew, but with them in one no more people are crewed in all.
    OthersFirst {
        /// A legal crew with them.
        example: Vec<Person>,
        /// How sure it is that no more can be crewed.
        certainty: Certainty,
    },
    /// They could be in a legal crew, and weren't put in one by hand.
    NotPlaced {
        /// A legal crew with them.
        example: Vec<Person>,
    },
}

/// Why not everybody of a class who has a place and can drive at all can be in a legal crew.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Obstacle {
    /// The class may have too few crews for everybody.
    GridFull {
        /// The class.
        class: Class,
        /// How many crews it may have.
        crews: usize,
        /// How many people that is at most.
        seats: usize,
        /// How many there are.
        people: usize,
    },
    /// Nothing counted here is in the way, but no crews with everybody were found.
    LeftOver {
        /// The class.
        class: Class,
        /// How many are in no legal crew.
        people: usize,
        /// Whether fewer can't be.
        certainty: Certainty,
        /// Who without a place would make a crew of some who are left out.
        would_help: Vec<Help>,
    },
    /// People don't add up to crews of the sizes allowed.
    SizesDontFit {
        /// The class.
        class: Class,
        /// How many people there are.
        people: usize,
        /// How many of them add up.
        seats: usize,
        /// How many more people would make all add up; `None` where no number does.
        missing: Option<usize>,
        /// Who has no place and could be one of them.
        would_help: Vec<Person>,
    },
    /// The class has more crews than it may.
    TooManyCrews {
        /// The class.
        class: Class,
        /// How many it has.
        crews: usize,
        /// How many it may have.
        limit: usize,
    },
    /// There are fewer people than a crew needs.
    TooFew {
        /// The class.
        class: Class,
        /// The car that only they could share; `None` where it is the whole class.
        car: Option<Car>,
        /// How many there are.
        people: usize,
        /// The fewest that a crew has.
        min: usize,
        /// Who has no place and could join them.
        would_help: Vec<Person>,
    },
    /// In these hours fewer can drive than as many crews need as it takes to seat everybody.
    Uncovered {
        /// The class.
        class: Class,
        /// The car whose drivers these are, those who would drive any among them; `None` where it is the whole class.
        car: Option<Car>,
        /// The hours; in each the same number can drive.
        hours: Span,
        /// How many can.
        able: usize,
        /// How many have to.
        needed: usize,
        /// Who has no place and can drive in all of these hours: with `needed` less `able` of them there are enough then.
        would_help: Vec<Person>,
    },
}

/// Somebody without a place who would make a crew.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Help {
    /// Who.
    pub person: Person,
    /// The crew that would be legal if they had a place: themselves and people who are left out.
    pub crew: Vec<Person>,
}

/// Who made crews, and what is known about them.
pub(super) enum Maker {
    Hand,
    /// The search; it has proven for these classes that no more people can be crewed.
    Search(BTreeSet<Class>),
}
