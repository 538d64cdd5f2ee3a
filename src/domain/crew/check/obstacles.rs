//! What is said to be in the way.

use super::recount::{able, can, driver, drives, is_legal, needed, to_crew, would_be_legal};
use crate::domain::crew::{
    evaluate::Evaluation,
    explain::Obstacle,
    problem::{Car, Class, Person, Place, Problem},
};

/// Whether it is in the way, and whoever is said to help would.
pub(super) fn is_obstacle(problem: &Problem, evaluation: &Evaluation, obstacle: &Obstacle) -> bool {
    let sizes = problem.rules().sizes;
    let limit = |class| problem.rules().grid.get(class).copied();
    let crews_of = |class: Class| evaluation.crews.iter().filter(move |crew| crew.class == class);
    match obstacle {
        Obstacle::TooManyCrews { class, crews, limit: said } => {
            crews_of(*class).count() == *crews && limit(class) == Some(*said) && crews > said
        }
        Obstacle::GridFull { class, crews, seats, people } => {
            limit(class) == Some(*crews)
                && to_crew(problem, *class).len() == *people
                && fitting(problem, *people, Some(*crews)) == *seats
                && crews.saturating_mul(sizes.max()) < *people
        }
        Obstacle::SizesDontFit { class, people, seats, missing, would_help } => {
            let fits = |people| fitting(problem, people, limit(class)) == people;
            to_crew(problem, *class).len() == *people
                && fitting(problem, *people, limit(class)) == *seats
                && seats < people
                && missing.is_none_or(|missing| {
                    (0..missing).all(|more| !fits(people + more)) && fits(people + missing)
                })
                && would_help.iter().all(|one| may_join(problem, *class, None, *one))
        }
        Obstacle::TooFew { class, car, people, min, would_help } => {
            could_drive(problem, *class, *car).len() == *people
                && *min == sizes.min()
                && people < min
                && would_help.iter().all(|one| may_join(problem, *class, *car, *one))
        }
        Obstacle::Uncovered { .. } => is_uncovered(problem, obstacle),
        Obstacle::LeftOver { class, people, would_help, .. } => {
            let is_left = |person: &Person| {
                let mut legal =
                    crews_of(*class).filter(|crew| is_legal(problem, *class, crew.car, &crew.people));
                !legal.any(|crew| crew.people.contains(person))
            };
            let all = to_crew(problem, *class);
            let left_out = |one: &Person| evaluation.left_out.iter().any(|left| left.person == *one);
            let has_room = limit(class).is_none_or(|limit| crews_of(*class).count() < limit);
            all.iter().filter(|person| is_left(person)).count() == *people
                && would_help.iter().all(|help| {
                    let others = || help.crew.iter().filter(|one| **one != help.person);
                    has_room
                        && help.crew.contains(&help.person)
                        && others().count() > 0
                        && others().all(|one| all.contains(one) && left_out(one))
                        && may_join(problem, *class, None, help.person)
                        && would_be_legal(problem, *class, None, &help.crew)
                })
        }
    }
}

fn is_uncovered(problem: &Problem, obstacle: &Obstacle) -> bool {
    let Obstacle::Uncovered { class, car, hours, able: said, needed: wanted, would_help } = obstacle else {
        return false;
    };
    let sizes = problem.rules().sizes;
    let group = could_drive(problem, *class, *car);
    let must = group
        .iter()
        .filter(|one| car.is_none() || driver(problem, **one).is_some_and(|driver| driver.car == *car));
    let crews = must.count().div_ceil(sizes.max());
    let is_thin = |hour| able(problem, &group, hour) == *said;
    // With as many of them as are missing, every hour has enough.
    let helped: Vec<Person> = group.iter().chain(would_help.iter().take(wanted - said)).copied().collect();
    let is_helped = |hour| able(problem, &helped, hour) == said + would_help.len().min(wanted - said);
    !hours.is_empty()
        && *wanted == crews.saturating_mul(needed(problem, sizes.min()))
        && said < wanted
        && hours.hours().all(is_thin)
        && hours.hours().all(is_helped)
        && would_help.iter().all(|one| {
            may_join(problem, *class, *car, *one)
                && driver(problem, *one).is_some_and(|one| hours.hours().all(|hour| can(one, hour)))
        })
}

/// Who of a class is to be crewed and could drive a car, or any.
fn could_drive(problem: &Problem, class: Class, car: Option<Car>) -> Vec<Person> {
    let could = |one: &Person| driver(problem, *one).is_some_and(|one| fits(one.car, car));
    to_crew(problem, class).into_iter().filter(could).collect()
}

fn fits(choice: Option<Car>, car: Option<Car>) -> bool {
    choice.is_none() || car.is_none() || choice == car
}

/// Whether somebody has no place but could drive in a class, and a car of it.
fn may_join(problem: &Problem, class: Class, car: Option<Car>, person: Person) -> bool {
    driver(problem, person).is_some_and(|one| {
        one.place != Place::In && one.class == class && fits(one.car, car) && drives(problem, one)
    })
}

/// The most of so many people who add up to crews of the sizes allowed.
fn fitting(problem: &Problem, people: usize, crews: Option<usize>) -> usize {
    let sizes = problem.rules().sizes;
    // By number of people, the fewest crews that have so many.
    let mut fewest = vec![Some(0_usize)];
    for total in 1..=people {
        let last = (sizes.min()..=sizes.max()).filter_map(|size| total.checked_sub(size));
        let crews = last.filter_map(|rest| fewest.get(rest).copied().flatten()).min();
        fewest.push(crews.map(|crews| crews + 1));
    }
    let is_within =
        |crews_had: &Option<usize>| crews_had.is_some_and(|had| crews.is_none_or(|most| had <= most));
    fewest.iter().rposition(is_within).unwrap_or(0)
}
