//! Legality and score, counted the slow way.

use std::collections::BTreeSet;

use crate::domain::{
    availability::Answer,
    crew::{
        evaluate::Crew,
        problem::{Car, Class, Driver, Person, Place, Problem},
        score::Score,
    },
};

pub(in crate::domain::crew) fn driver(problem: &Problem, person: Person) -> Option<&Driver> {
    problem.drivers().get(person)
}

pub(in crate::domain::crew) fn can(driver: &Driver, hour: usize) -> bool {
    driver.answers.of(hour) != Some(Answer::No)
}

pub(in crate::domain::crew) fn drives(problem: &Problem, driver: &Driver) -> bool {
    (0..problem.hours()).any(|hour| can(driver, hour))
}

/// How many of some people can drive in an hour.
pub(in crate::domain::crew) fn able(problem: &Problem, people: &[Person], hour: usize) -> usize {
    people.iter().filter_map(|person| driver(problem, *person)).filter(|driver| can(driver, hour)).count()
}

pub(in crate::domain::crew) fn needed(problem: &Problem, size: usize) -> usize {
    let awake = problem.rules().awake;
    if awake.capped { awake.drivers.min(size) } else { awake.drivers }
}

pub(in crate::domain::crew) fn is_legal(
    problem: &Problem,
    class: Class,
    car: Option<Car>,
    people: &[Person],
) -> bool {
    let all_placed =
        people.iter().all(|person| driver(problem, *person).is_some_and(|one| one.place == Place::In));
    all_placed && would_be_legal(problem, class, car, people)
}

/// Whether they would be legal if all had a place.
pub(in crate::domain::crew) fn would_be_legal(
    problem: &Problem,
    class: Class,
    car: Option<Car>,
    people: &[Person],
) -> bool {
    let drivers: Vec<&Driver> = people.iter().filter_map(|person| driver(problem, *person)).collect();
    let cars: BTreeSet<Car> = drivers.iter().filter_map(|driver| driver.car).chain(car).collect();
    let sizes = problem.rules().sizes;
    let needed = needed(problem, people.len());
    drivers.len() == people.len()
        && cars.len() <= 1
        && (sizes.min()..=sizes.max()).contains(&people.len())
        && drivers.iter().all(|driver| driver.class == class && drives(problem, driver))
        && (0..problem.hours()).all(|hour| able(problem, people, hour) >= needed)
}

/// Who of a class has a place and can drive at all.
pub(in crate::domain::crew) fn to_crew(problem: &Problem, class: Class) -> Vec<Person> {
    let people = problem.drivers().iter().enumerate();
    let is_one =
        |driver: &Driver| driver.class == class && driver.place == Place::In && drives(problem, driver);
    people.filter(|(_, driver)| is_one(driver)).map(|(person, _)| person).collect()
}

/// The car that people were given who are pinned, if pinned people stay where they are in a crew of these; `None` if they don't.
pub(in crate::domain::crew) fn keeps_pins(
    problem: &Problem,
    class: Class,
    people: &[Person],
) -> Option<Option<Car>> {
    let is_touched = |pinned: &[Person]| pinned.iter().any(|person| people.contains(person));
    let touched: Vec<_> = problem.pinned().iter().filter(|group| is_touched(&group.people)).collect();
    let is_whole = |pinned: &[Person]| pinned.iter().all(|person| people.contains(person));
    match touched.as_slice() {
        [] => Some(None),
        [group] => (group.class == class && is_whole(&group.people)).then_some(group.car),
        _ => None,
    }
}

pub(in crate::domain::crew) fn score(problem: &Problem, crews: &[Crew]) -> Score {
    let classes: BTreeSet<Class> = problem.drivers().iter().map(|driver| driver.class).collect();
    let classes = classes.into_iter().chain(crews.iter().map(|crew| crew.class)).collect::<BTreeSet<_>>();
    classes
        .into_iter()
        .map(|class| of_class(problem, class, crews))
        .fold(Score::default(), |sum, one| sum + one)
}

pub(in crate::domain::crew) fn of_class(problem: &Problem, class: Class, crews: &[Crew]) -> Score {
    let crews = || crews.iter().filter(|crew| crew.class == class);
    let legal: Vec<&Crew> = crews().filter(|crew| is_legal(problem, class, crew.car, &crew.people)).collect();
    let slack = |crew: &&Crew| {
        let thinnest = (0..problem.hours()).map(|hour| able(problem, &crew.people, hour)).min().unwrap_or(0);
        thinnest - needed(problem, crew.people.len())
    };
    let prefers = |person: &Person, hour| {
        driver(problem, *person).is_some_and(|one| one.answers.of(hour) == Some(Answer::Preferred))
    };
    let preferred = |crew: &&Crew| {
        (0..problem.hours()).filter(|hour| crew.people.iter().any(|one| prefers(one, *hour))).count()
    };
    Score {
        crewed: number(legal.iter().map(|crew| crew.people.len()).sum()),
        split: number(
            pairs(problem, class)
                .into_iter()
                .filter(|(one, other)| {
                    !crews().any(|crew| crew.people.contains(one) && crew.people.contains(other))
                })
                .count(),
        ),
        rating_spread: spread(legal.iter().filter_map(|crew| mean(problem, crew.people.iter().copied())))
            / 100,
        size_spread: spread(legal.iter().map(|crew| number(crew.people.len()))),
        slack: number(legal.iter().map(slack).min().unwrap_or(0)),
        preferred: number(legal.iter().map(preferred).sum()),
    }
}

pub(in crate::domain::crew) fn pairs(problem: &Problem, class: Class) -> BTreeSet<(Person, Person)> {
    let is_counted = |driver: &Driver| driver.class == class && driver.place == Place::In;
    let people = problem.drivers().iter().enumerate().filter(|(_, one)| is_counted(one));
    let wishes = people.flat_map(|(person, one)| one.partners.iter().map(move |partner| (person, *partner)));
    wishes
        .filter(|(one, other)| one != other && driver(problem, *other).is_some_and(is_counted))
        .map(|(one, other)| (one.min(other), one.max(other)))
        .collect()
}

/// The mean of those with a rating, rounded half up.
pub(in crate::domain::crew) fn mean(problem: &Problem, people: impl Iterator<Item = Person>) -> Option<u32> {
    let ratings: Vec<u32> =
        people.filter_map(|person| driver(problem, person)?.rating).map(u32::from).collect();
    let (sum, rated) = (ratings.iter().sum::<u32>(), number(ratings.len()));
    (2 * sum + rated).checked_div(2 * rated)
}

fn spread(values: impl Iterator<Item = u32> + Clone) -> u32 {
    values.clone().max().unwrap_or(0) - values.min().unwrap_or(0)
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
