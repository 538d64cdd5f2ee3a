//! Why somebody is in no crew.

use std::collections::BTreeSet;

use super::{Certainty, LeftOut, Maker, Reason};
use crate::domain::crew::{
    evaluate::Crew,
    problem::{Car, Class, Driver, Person, Place, Problem, share},
    solve::reach::{Reach, crew_with},
};

/// How long to look for a legal crew with somebody, in steps.
pub(in crate::domain::crew) const PATIENCE: u64 = 3_000;

/// Everybody who is in none of these crews, and why.
pub(in crate::domain::crew) fn left_out(problem: &Problem, crews: &[Crew], maker: &Maker) -> Vec<LeftOut> {
    let crewed: BTreeSet<Person> = crews.iter().flat_map(|crew| crew.people.iter().copied()).collect();
    let left = problem.drivers().iter().enumerate().filter(|(person, _)| !crewed.contains(person));
    left.map(|(person, driver)| LeftOut { person, reason: reason(problem, person, driver, maker) }).collect()
}

fn reason(problem: &Problem, person: Person, driver: &Driver, maker: &Maker) -> Reason {
    if driver.place != Place::In {
        return Reason::NoPlace(driver.place);
    }
    if !problem.drives(driver) {
        return Reason::CannotDriveAtAll;
    }
    let (people, min) = (could_share(problem, driver.class, driver.car), problem.rules().sizes.min());
    if people < min {
        return Reason::TooFewForCar { car: driver.car, people, min };
    }
    match (crew_with(problem, person, PATIENCE), maker) {
        (Reach::Nothing, _) => Reason::NoLegalCrew(Certainty::Proven),
        (Reach::Unknown, _) => Reason::NoLegalCrew(Certainty::NoneFound),
        (Reach::Found(example), Maker::Hand) => Reason::NotPlaced { example },
        (Reach::Found(example), Maker::Search(proven)) => {
            Reason::OthersFirst { example, certainty: Certainty::proven_if(proven.contains(&driver.class)) }
        }
    }
}

impl Certainty {
    pub(super) const fn proven_if(is_proven: bool) -> Self {
        if is_proven { Self::Proven } else { Self::NoneFound }
    }
}

/// How many of a class could share one car that somebody with this choice would drive.
fn could_share(problem: &Problem, class: Class, choice: Option<Car>) -> usize {
    let drivers = problem.to_crew(class).map(|(_, driver)| driver.car);
    let with = |car| drivers.clone().filter(|other| share(car, *other)).count();
    match choice {
        Some(_) => with(choice),
        None => {
            let cars: BTreeSet<Car> = drivers.clone().flatten().collect();
            let any = drivers.clone().filter(Option::is_none).count();
            cars.into_iter().map(|car| with(Some(car))).max().unwrap_or(any)
        }
    }
}
