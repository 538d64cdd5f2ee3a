//! Why a class can't be crewed wholly.

use std::collections::BTreeSet;

use super::{Certainty, Help, LeftOut, Maker, Obstacle, reason::PATIENCE};
use crate::domain::crew::{
    answers::Span,
    evaluate::Crew,
    problem::{Car, Class, Driver, Person, Problem, share},
    solve::reach::{Reach, crew_of},
};

/// What is in the way of the classes of which not everybody is in a legal crew, by class.
pub(in crate::domain::crew) fn obstacles(
    problem: &Problem,
    crews: &[Crew],
    left_out: &[LeftOut],
    maker: &Maker,
) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    for class in problem.classes() {
        obstacles.extend(too_many_crews(problem, class, crews));
        let legal = crews.iter().filter(|crew| crew.is_legal()).flat_map(|crew| &crew.people);
        let crewed: BTreeSet<Person> = legal.copied().collect();
        let missing = problem.to_crew(class).filter(|(person, _)| !crewed.contains(person)).count();
        if missing == 0 {
            continue;
        }
        let counted = counted(problem, class);
        if let (true, Maker::Search(proven)) = (counted.is_empty(), maker) {
            let certainty = Certainty::proven_if(proven.contains(&class));
            let would_help = helpers(problem, class, crews, left_out);
            obstacles.push(Obstacle::LeftOver { class, people: missing, certainty, would_help });
        }
        obstacles.extend(counted);
    }
    obstacles
}

fn too_many_crews(problem: &Problem, class: Class, crews: &[Crew]) -> Option<Obstacle> {
    let number = crews.iter().filter(|crew| crew.class == class).count();
    let limit = problem.grid(class);
    (number > limit).then_some(Obstacle::TooManyCrews { class, crews: number, limit })
}

/// What counting shows: first for the whole class, and for single cars only where that shows nothing.
fn counted(problem: &Problem, class: Class) -> Vec<Obstacle> {
    let cars: BTreeSet<Car> = problem.to_crew(class).filter_map(|(_, driver)| driver.car).collect();
    let mut found = of_group(problem, class, None);
    found.extend(sizes(problem, class));
    if found.is_empty() {
        found.extend(cars.into_iter().flat_map(|car| of_group(problem, class, Some(car))));
    }
    found
}

/// What is in the way of everybody who chose a car, or of everybody.
fn of_group(problem: &Problem, class: Class, car: Option<Car>) -> Vec<Obstacle> {
    let drivers = || problem.to_crew(class).filter(|(_, one)| share(car, one.car)).map(|(_, one)| one);
    let pool: Vec<(Person, &Driver)> = problem.pool(class).filter(|(_, one)| share(car, one.car)).collect();
    let sizes = problem.rules().sizes;
    let people = drivers().count();
    if people < sizes.min() {
        let would_help = pool.iter().map(|(person, _)| *person).collect();
        return vec![Obstacle::TooFew { class, car, people, min: sizes.min(), would_help }];
    }
    // Those who chose the car, or all, need at least so many crews; each needs at least what the smallest does.
    let bound = drivers().filter(|driver| car.is_none() || driver.car == car).count();
    let needed = problem.rules().awake.needed(sizes.min()).saturating_mul(bound.div_ceil(sizes.max()));
    let able = |hour: &usize| drivers().filter(|driver| driver.answers.can(*hour)).count();
    let thin = (0..problem.hours()).map(|hour| (hour, able(&hour))).filter(|(_, able)| *able < needed);
    let helps =
        |hour: usize| pool.iter().filter(move |(_, one)| one.answers.can(hour)).map(|(person, _)| *person);
    let thin = thin.map(|(hour, able)| (hour, able, helps(hour).collect()));
    let spans = joined(thin).into_iter();
    spans
        .map(|(hours, able, would_help)| Obstacle::Uncovered { class, car, hours, able, needed, would_help })
        .collect()
}

/// Hours that follow each other as one where as many can drive in them, and somebody can help in all of them or nobody in any.
fn joined(hours: impl Iterator<Item = (usize, usize, Vec<Person>)>) -> Vec<(Span, usize, Vec<Person>)> {
    let mut spans: Vec<(Span, usize, Vec<Person>)> = Vec::new();
    for (hour, able, helpers) in hours {
        if let Some((span, last, both)) = spans.last_mut() {
            let common: Vec<Person> = both.iter().copied().filter(|one| helpers.contains(one)).collect();
            let is_alike = both.is_empty() == helpers.is_empty() && both.is_empty() == common.is_empty();
            if span.to == hour && *last == able && is_alike {
                span.to += 1;
                *both = common;
                continue;
            }
        }
        spans.push((Span { from: hour, to: hour + 1 }, able, helpers));
    }
    spans
}

/// Whether the number of people can't be made of crews of the sizes allowed.
fn sizes(problem: &Problem, class: Class) -> Option<Obstacle> {
    let sizes = problem.rules().sizes;
    let (people, crews) = (problem.to_crew(class).count(), problem.grid(class));
    if people < sizes.min() {
        return None;
    }
    let seats = sizes.seats(people, crews);
    if seats == people {
        return None;
    }
    if sizes.max().saturating_mul(crews) < people {
        return Some(Obstacle::GridFull { class, crews, seats, people });
    }
    // Some multiple of the fewest is within the next so many.
    let missing = (1..=sizes.min()).find(|more| sizes.seats(people + more, crews) == people + more);
    let would_help = problem.pool(class).map(|(person, _)| person).collect();
    Some(Obstacle::SizesDontFit { class, people, seats, missing, would_help })
}

/// Who without a place would make a crew of people who are left out.
fn helpers(problem: &Problem, class: Class, crews: &[Crew], left_out: &[LeftOut]) -> Vec<Help> {
    let number = crews.iter().filter(|crew| crew.class == class).count();
    if number >= problem.grid(class) {
        return Vec::new();
    }
    let is_left = |person: &Person| left_out.iter().any(|left| left.person == *person);
    let left: Vec<Person> = problem.to_crew(class).map(|(person, _)| person).filter(is_left).collect();
    let help = |person| match crew_of(problem, None, &[person], &left, PATIENCE) {
        Reach::Found(crew) if crew.len() > 1 => Some(Help { person, crew }),
        _ => None,
    };
    problem.pool(class).filter_map(|(person, _)| help(person)).collect()
}
