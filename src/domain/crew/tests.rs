//! Nobody makes better crews than the search says can be made, and all that it says is true.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::domain::availability::Answer;

mod brute;
mod by_hand;
mod claims;
mod drafts;
mod dump;
mod known;
mod large;

/// Answers, an hour a letter: `p`referred, `a`vailable, `n`o, or `?`.
fn answers(text: &str) -> Answers {
    Answers::new(text.chars().map(|letter| match letter {
        'p' => Some(Answer::Preferred),
        'a' => Some(Answer::Available),
        'n' => Some(Answer::No),
        _ => None,
    }))
}

/// Somebody in class 0 who has a place and would drive any car.
fn driver(text: &str, rating: u16) -> Driver {
    Driver {
        answers: answers(text),
        car: None,
        class: Class(0),
        partners: Vec::new(),
        place: Place::In,
        rating: Some(rating),
    }
}

fn rules(min: usize, max: usize) -> Rules {
    Rules { sizes: Sizes::new(min, max).unwrap(), ..Rules::default() }
}

fn group(people: &[Person]) -> Group {
    Group { car: None, class: Class(0), people: people.to_vec() }
}

fn any_driver(people: usize, hours: usize) -> impl Strategy<Value = Driver> {
    // Who can drive most of the time is more of a problem to the search than who can't.
    let answer = select(vec!['a', 'a', 'a', 'p', 'p', '?', 'n', 'n']);
    let rating = option::weighted(0.9, select(vec![1000, 1500, 1501, 2000, 2750, 4000]));
    let car = option::weighted(0.4, (0..2_u16).prop_map(Car));
    let place = select(vec![Place::In, Place::In, Place::In, Place::In, Place::Waiting, Place::Tentative]);
    let class = select(vec![0, 0, 0, 0, 1]).prop_map(Class);
    (vec(answer, hours), rating, car, place, class, vec(0..people, 0..3)).prop_map(
        |(letters, rating, car, place, class, partners)| {
            let answers = answers(&letters.into_iter().collect::<String>());
            Driver { answers, car, class, partners, place, rating }
        },
    )
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let sizes = (1..4_usize, 0..4_usize).prop_map(|(min, more)| Sizes::new(min, min + more).unwrap());
    let awake = (select(vec![0, 1, 1, 2, 2, 3]), any::<bool>());
    let awake = awake.prop_map(|(drivers, capped)| Awake { capped, drivers });
    let grid = option::weighted(0.3, 0..3_usize);
    let grid =
        grid.prop_map(|limit| limit.map(|limit| (Class(0), limit)).into_iter().collect::<BTreeMap<_, _>>());
    (sizes, awake, grid).prop_map(|(sizes, awake, grid)| Rules { awake, grid, sizes })
}

/// Up to two pinned crews; those pinned may not belong there.
fn any_pins(people: usize) -> impl Strategy<Value = Vec<Group>> {
    let pin = select(vec![None, None, None, None, Some(0), Some(0), Some(1)]);
    let cars = vec(option::weighted(0.3, (0..2_u16).prop_map(Car)), 2);
    (any::<bool>(), vec(pin, people), cars).prop_map(|(any, pins, cars)| {
        let of = |at| (0..pins.len()).filter(|one| any && pins[*one] == Some(at)).collect::<Vec<Person>>();
        let groups = cars.into_iter().zip(0..);
        let groups = groups.map(|(car, at)| Group { car, class: Class(0), people: of(at) });
        groups.filter(|group| !group.people.is_empty()).collect()
    })
}

/// A problem of up to nine people, small enough to try everything.
fn small() -> impl Strategy<Value = Problem> {
    (1..10_usize, 1..7_usize).prop_flat_map(|(people, hours)| {
        (vec(any_driver(people, hours), people), any_rules(), any_pins(people))
            .prop_map(move |(drivers, rules, pins)| Problem::new(hours, drivers, rules, pins).unwrap())
    })
}
