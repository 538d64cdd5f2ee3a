//! What is said about a crew, and about somebody who is in none.

use std::collections::BTreeSet;

use super::recount::{able, can, driver, drives, is_legal, keeps_pins, mean, needed, to_crew};
use crate::domain::{
    availability::Answer,
    crew::{
        evaluate::{Crew, Evaluation, Fault, Hour},
        explain::{Apart, Certainty, LeftOut, Reason, Why},
        problem::{Car, Class, Driver, Person, Place, Problem},
    },
};

/// The most people in a class of whom all crews are tried.
const TRIED: usize = 12;

fn drivers<'p>(problem: &'p Problem, crew: &'p Crew) -> impl Iterator<Item = (Person, &'p Driver)> {
    crew.people.iter().filter_map(|person| Some((*person, driver(problem, *person)?)))
}

pub(super) fn is_described(problem: &Problem, crew: &Crew) -> bool {
    let count = |hour, is: fn(Option<Answer>) -> bool| {
        drivers(problem, crew).filter(|(_, driver)| is(driver.answers.of(hour))).count()
    };
    let hour = |hour| Hour {
        able: able(problem, &crew.people, hour),
        preferred: count(hour, |answer| answer == Some(Answer::Preferred)),
        unanswered: count(hour, |answer| answer.is_none()),
    };
    let chosen = drivers(problem, crew).any(|(_, driver)| driver.car.is_some() && driver.car == crew.car);
    let given = problem.pinned().iter().any(|group| group.car.is_some() && group.car == crew.car);
    crew.people.is_sorted()
        && crew.hours.iter().copied().eq((0..problem.hours()).map(hour))
        && (crew.car.is_none() || chosen || given || crew.pinned.is_none())
}

pub(super) fn are_faults(problem: &Problem, crew: &Crew) -> bool {
    let has = |person: &Person| crew.people.contains(person);
    let sizes = problem.rules().sizes;
    let size = crew.people.len();
    crew.faults.iter().all(|fault| match fault {
        Fault::Cars(cars) => {
            let chosen: BTreeSet<Car> =
                drivers(problem, crew).filter_map(|(_, one)| one.car).chain(crew.car).collect();
            cars.len() > 1 && chosen.iter().eq(cars)
        }
        Fault::CannotDriveAtAll(one) => {
            has(one) && driver(problem, *one).is_some_and(|one| !drives(problem, one))
        }
        Fault::NoPlace(one, place) => {
            has(one) && *place != Place::In && driver(problem, *one).is_some_and(|one| one.place == *place)
        }
        Fault::TooFew { people, min } => *people == size && *min == sizes.min() && size < *min,
        Fault::TooMany { people, max } => *people == size && *max == sizes.max() && size > *max,
        Fault::Uncovered { hours, able: said, needed: wanted } => {
            let is_thin = |hour| able(problem, &crew.people, hour) == *said;
            *wanted == needed(problem, size.max(sizes.min())) && said < wanted && hours.hours().all(is_thin)
        }
        Fault::WrongClass(one, class) => {
            has(one) && *class != crew.class && driver(problem, *one).is_some_and(|one| one.class == *class)
        }
    })
}

pub(super) fn is_why(problem: &Problem, evaluation: &Evaluation, crew: &Crew, why: &Why) -> bool {
    let has = |person: &Person| crew.people.contains(person);
    let wants = |one: Person, other: Person| {
        driver(problem, one).is_some_and(|driver| driver.partners.contains(&other))
    };
    match why {
        Why::Together(one, other) => {
            one < other && has(one) && has(other) && (wants(*one, *other) || wants(*other, *one))
        }
        Why::Apart { person, partner, because } => {
            has(person)
                && !has(partner)
                && wants(*person, *partner)
                && is_apart(problem, evaluation, (*person, *partner), *because)
        }
        Why::Car { car, chosen_by, any } => {
            let chose = |choice| drivers(problem, crew).filter(|(_, one)| one.car == choice).count();
            crew.car == Some(*car) && chose(Some(*car)) == *chosen_by && chose(None) == *any
        }
        Why::Covered { hours, able: said, needed: wanted } => {
            let all = (0..problem.hours()).map(|hour| able(problem, &crew.people, hour));
            all.clone().min() == Some(*said)
                && all.clone().position(|able| able == *said) == Some(hours.from)
                && hours.hours().all(|hour| able(problem, &crew.people, hour) == *said)
                && *wanted == needed(problem, crew.people.len())
        }
        Why::Rating { mean: said, class_mean } => {
            let of_class = mean(problem, to_crew(problem, crew.class).into_iter()).unwrap_or(*said);
            mean(problem, crew.people.iter().copied()) == Some(*said) && of_class == *class_mean
        }
        Why::ReliesOnUnanswered { hours, people } => {
            let needed = needed(problem, crew.people.len());
            let silent = |one: &Driver, hour| one.answers.of(hour).is_none();
            let said =
                |hour| drivers(problem, crew).filter(|(_, one)| can(one, hour) && !silent(one, hour)).count();
            let relies = |hour: &usize| said(*hour) < needed && able(problem, &crew.people, *hour) >= needed;
            let relied: Vec<usize> = (0..problem.hours()).filter(relies).collect();
            let matters = |one: &Driver| relied.iter().any(|hour| silent(one, *hour));
            let all = drivers(problem, crew).filter(|(_, one)| matters(one)).map(|(person, _)| person);
            !relied.is_empty()
                && hours.iter().flat_map(|span| span.hours()).eq(relied.iter().copied())
                && all.eq(people.iter().copied())
        }
    }
}

fn is_apart(
    problem: &Problem,
    evaluation: &Evaluation,
    (person, partner): (Person, Person),
    because: Apart,
) -> bool {
    let (Some(one), Some(other)) = (driver(problem, person), driver(problem, partner)) else { return false };
    let is_crewed = evaluation.crews.iter().any(|crew| crew.people.contains(&partner));
    match because {
        Apart::LeftOut => !is_crewed && other.place == Place::In,
        Apart::NoPlace => other.place != Place::In,
        Apart::OtherCar => one.car.is_some() && other.car.is_some() && one.car != other.car,
        Apart::OtherClass => one.class != other.class,
        Apart::OtherCrew => is_crewed,
    }
}

pub(super) fn is_reason(problem: &Problem, left: &LeftOut) -> bool {
    let Some(one) = driver(problem, left.person) else { return false };
    let is_to_crew = one.place == Place::In && drives(problem, one);
    match &left.reason {
        Reason::NoPlace(place) => *place != Place::In && one.place == *place,
        Reason::CannotDriveAtAll => one.place == Place::In && !drives(problem, one),
        Reason::TooFewForCar { car, people, min } => {
            let all: Vec<Option<Car>> = to_crew(problem, one.class)
                .into_iter()
                .filter_map(|person| Some(driver(problem, person)?.car))
                .collect();
            let with =
                |car: Option<Car>| all.iter().filter(|other| other.is_none() || **other == car).count();
            let cars = if one.car.is_some() { vec![one.car] } else { all.clone() };
            is_to_crew
                && one.car == *car
                && *min == problem.rules().sizes.min()
                && people < min
                && cars.into_iter().map(with).max() == Some(*people)
        }
        Reason::NoLegalCrew(Certainty::NoneFound) => is_to_crew,
        Reason::NoLegalCrew(Certainty::Proven) => is_to_crew && is_in_none(problem, left.person, one.class),
        Reason::OthersFirst { example, .. } | Reason::NotPlaced { example } => {
            let car = keeps_pins(problem, one.class, example);
            example.contains(&left.person)
                && car.is_some_and(|car| is_legal(problem, one.class, car, example))
        }
    }
}

/// Whether no legal crew has somebody; taken as said where there are too many to try.
fn is_in_none(problem: &Problem, person: Person, class: Class) -> bool {
    let people = to_crew(problem, class);
    if people.len() > TRIED {
        return true;
    }
    (0_u32..1 << people.len()).all(|set| {
        let crew = people.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
        let crew: Vec<Person> = crew.map(|(_, person)| *person).collect();
        let is_crew =
            || keeps_pins(problem, class, &crew).is_some_and(|car| is_legal(problem, class, car, &crew));
        !crew.contains(&person) || !is_crew()
    })
}
