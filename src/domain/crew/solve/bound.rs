//! How good the crews of a class can be at best, by counting.

use std::collections::BTreeMap;

use super::field::Field;
use crate::domain::crew::{
    problem::{Car, Person, Problem, share},
    score::{Score, count},
};

/// What counting shows about a class before any crew is made.
pub(super) struct Bounds {
    /// By hour, how many can drive.
    able: Vec<usize>,
    /// How many people can be crewed at most.
    pub(super) crewed: usize,
    /// How many crews can be legal at most.
    crews: usize,
    /// By hour, how many would like to drive.
    preferring: Vec<usize>,
}

impl Bounds {
    pub(super) fn of(field: &Field) -> Self {
        let problem = field.problem;
        let people: Vec<Person> = field.hopeful().collect();
        let by_hour = |is: fn(&Problem, Person, usize) -> bool| -> Vec<usize> {
            let of = |hour| people.iter().filter(|person| is(problem, **person, hour)).count();
            (0..problem.hours()).map(of).collect()
        };
        let able = by_hour(can);
        let open = field.pinned.iter().filter(|pinned| pinned.is_open).count();
        let crews = most_crews(problem, &able).min(field.new_crews.saturating_add(open));
        let seats = problem.rules().sizes.seats(people.len(), crews);
        let crewed = by_car(problem, &people).map_or(seats, |by_car| by_car.min(seats));
        Self { able, crewed, crews, preferring: by_hour(prefers) }
    }

    /// A score that no crews of the class exceed.
    pub(super) fn root(&self, field: &Field) -> Score {
        let sizes = field.problem.rules().sizes;
        let is_even = |crews: &usize| {
            let (size, rest) = (self.crewed / crews, self.crewed % crews);
            rest == 0 && (sizes.min()..=sizes.max()).contains(&size)
        };
        let uneven = self.crewed > 0 && !(1..=self.crews.min(self.crewed)).any(|crews| is_even(&crews));
        Score { split: split(field), size_spread: u32::from(uneven), ..self.rest(field, self.crewed, 1) }
    }

    /// What the crewing of so many people in at least so many crews comes to at best.
    pub(super) fn rest(&self, field: &Field, crewed: usize, crews: usize) -> Score {
        let rules = field.problem.rules();
        let crews = crews.max(crewed.div_ceil(rules.sizes.max()));
        let needed = rules.awake.needed(rules.sizes.min());
        let thinnest = self.able.iter().map(|able| able / crews.max(1)).min().unwrap_or_default();
        let slack = if crewed == 0 { 0 } else { thinnest.min(rules.sizes.max()).saturating_sub(needed) };
        let most = self.crews.min(crewed / rules.sizes.min());
        let preferred = self.preferring.iter().map(|number| *number.min(&most)).sum();
        let (crewed, slack, preferred) = (count(crewed), count(slack), count(preferred));
        Score { crewed, slack, preferred, ..Score::default() }
    }
}

fn can(problem: &Problem, person: Person, hour: usize) -> bool {
    problem.driver(person).is_some_and(|driver| driver.answers.able() >> hour & 1 == 1)
}

fn prefers(problem: &Problem, person: Person, hour: usize) -> bool {
    problem.driver(person).is_some_and(|driver| driver.answers.preferred() >> hour & 1 == 1)
}

/// How many crews can be awake in every hour, where by hour so many people can drive.
fn most_crews(problem: &Problem, able: &[usize]) -> usize {
    let needed = problem.rules().awake.needed(problem.rules().sizes.min());
    able.iter().filter_map(|able| able.checked_div(needed)).min().unwrap_or(usize::MAX)
}

/// How many can be crewed where everybody chose a car; `None` where somebody would drive any.
fn by_car(problem: &Problem, people: &[Person]) -> Option<usize> {
    let mut cars: BTreeMap<Car, Vec<Person>> = BTreeMap::new();
    for person in people {
        cars.entry(problem.driver(*person)?.car?).or_default().push(*person);
    }
    let seats = |people: Vec<Person>| {
        let able = |hour| people.iter().filter(|person| can(problem, **person, hour)).count();
        let able: Vec<usize> = (0..problem.hours()).map(able).collect();
        problem.rules().sizes.seats(people.len(), most_crews(problem, &able))
    };
    Some(cars.into_values().map(seats).sum())
}

/// How many wanted pairs are apart whatever the crews are.
fn split(field: &Field) -> u32 {
    let problem = field.problem;
    let car = |person| problem.driver(person).and_then(|driver| driver.car);
    let is_stuck = |person: Person| problem.pin_of(person).is_none() && !field.free.contains(&person);
    let are_apart = |one: Person, other: Person| match (problem.pin_of(one), problem.pin_of(other)) {
        (Some(pin), Some(of_other)) => {
            let is_here = problem.pinned().get(pin).is_some_and(|group| group.class == field.class);
            pin != of_other || !is_here
        }
        _ => is_stuck(one) || is_stuck(other) || !share(car(one), car(other)),
    };
    let of_class = problem.drivers().iter().enumerate().filter(|(_, driver)| driver.class == field.class);
    let pairs = of_class.flat_map(|(one, _)| problem.wanted(one).iter().map(move |other| (one, *other)));
    count(pairs.filter(|(one, other)| one < other && are_apart(*one, *other)).count())
}
