//! How good crews are, exactly.

use std::{cmp::Ordering, cmp::Reverse, ops::Add};

use serde::{Deserialize, Serialize};

use super::{
    cover::Cover,
    problem::{Car, Class, Person, Place, Problem},
};

/// How good crews are; the better score is the greater. What comes first here decides, what follows decides between equals.
///
/// Each number is a sum over the classes, so that the best crews of each class are the best of all. Except for `crewed` and `split`,
/// only legal crews count.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Score {
    /// How many people are in legal crews: the more, the better.
    pub crewed: u32,
    /// How many wanted pairs aren't in one crew of their class, of those where both have a place in one class: the fewer, the better. Who of the two
    /// wants it, or whether both do, makes no difference.
    pub split: u32,
    /// How far apart the mean ratings of a class's crews are, greatest less least, in whole steps of [`Score::RATING_STEP`]: the less,
    /// the better. A crew's mean is that of its drivers with a rating, rounded to the nearest whole number; crews without any have
    /// none.
    pub rating_spread: u32,
    /// How many more drivers a class's largest crew has than its smallest: the fewer, the better.
    pub size_spread: u32,
    /// How many more can drive than have to, in the thinnest hour of any of a class's crews: the more, the better.
    pub slack: u32,
    /// In how many hours somebody of a crew would like to drive, over all crews: the more, the better.
    pub preferred: u32,
}

impl Score {
    /// Ratings that differ by less are as good as equal: a point more or less isn't worth crews of different sizes.
    pub const RATING_STEP: u32 = 100;

    const fn key(&self) -> (u32, Reverse<u32>, Reverse<u32>, Reverse<u32>, u32, u32) {
        let Self { crewed, split, rating_spread, size_spread, slack, preferred } = *self;
        (crewed, Reverse(split), Reverse(rating_spread), Reverse(size_spread), slack, preferred)
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Add for Score {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            crewed: self.crewed + other.crewed,
            split: self.split + other.split,
            rating_spread: self.rating_spread + other.rating_spread,
            size_spread: self.size_spread + other.size_spread,
            slack: self.slack + other.slack,
            preferred: self.preferred + other.preferred,
        }
    }
}

/// What a crew adds to the score of its class.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) is_legal: bool,
    /// Whether somebody is in it who can never be: of another class or car, without a place, or unable to drive at all.
    pub(super) is_mixed: bool,
    /// How many drivers and driver hours are missing for it to be legal.
    pub(super) lacking: u32,
    /// How many wanted pairs are in it.
    pub(super) pairs: u32,
    preferred: u32,
    rated: u32,
    ratings: u32,
    pub(super) size: u32,
    slack: u32,
}

impl Tally {
    /// The tally of people who are in no crew, by how much that lacks.
    pub(super) fn lacking(lacking: u32) -> Self {
        Self { lacking, ..Self::default() }
    }

    /// The tally of a crew. `guest` counts as having a place.
    pub(super) fn of(
        problem: &Problem,
        class: Class,
        mut car: Option<Car>,
        people: impl Iterator<Item = Person> + Clone,
        guest: Option<Person>,
    ) -> Self {
        let hours = problem.all_hours();
        let (mut tally, mut cover, mut preferred) = (Self::default(), Cover::default(), 0);
        for person in people.clone() {
            let Some(driver) = problem.driver(person) else { continue };
            let has_place = driver.place == Place::In || guest == Some(person);
            let shares = driver.car.is_none() || car.is_none() || car == driver.car;
            tally.is_mixed |= !has_place || !shares || driver.class != class || !problem.drives(driver);
            car = car.or(driver.car);
            cover.add(driver.answers.able());
            preferred |= driver.answers.preferred();
            tally.size += 1;
            tally.rated += u32::from(driver.rating.is_some());
            tally.ratings += driver.rating.map_or(0, u32::from);
            let with = |other: &&Person| **other < person && people.clone().any(|one| one == **other);
            if driver.class == class {
                tally.pairs += count(problem.wanted(person).iter().filter(with).count());
            }
        }
        let (size, sizes) = (tally.size as usize, problem.rules().sizes);
        let needed = problem.rules().awake.needed(size.max(sizes.min()));
        let short = count(sizes.min().saturating_sub(size));
        let long = count(size.saturating_sub(sizes.max()));
        tally.lacking = cover.missing(needed, hours).saturating_add(short + long);
        tally.is_legal = tally.lacking == 0 && !tally.is_mixed;
        tally.slack = count(cover.thinnest(hours).saturating_sub(needed));
        tally.preferred = (preferred & hours).count_ones();
        tally
    }

    fn mean(&self) -> Option<u32> {
        mean(self.ratings, self.rated)
    }
}

/// A mean rounded to the nearest whole number, half up; `None` of nothing.
pub(super) fn mean(sum: u32, number: u32) -> Option<u32> {
    (sum + number / 2).checked_div(number)
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What the crews of a class come to together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    crewed: u32,
    means: Option<(u32, u32)>,
    pairs: u32,
    preferred: u32,
    sizes: Option<(u32, u32)>,
    slack: Option<u32>,
}

impl Sum {
    pub(super) fn add(&mut self, tally: &Tally) {
        self.pairs += tally.pairs;
        if !tally.is_legal {
            return;
        }
        self.crewed += tally.size;
        self.preferred += tally.preferred;
        self.slack = Some(self.slack.map_or(tally.slack, |slack| slack.min(tally.slack)));
        self.sizes = widened(self.sizes, tally.size);
        if let Some(mean) = tally.mean() {
            self.means = widened(self.means, mean);
        }
    }

    /// The score of a class that has so many wanted pairs.
    pub(super) fn score(self, pairs: usize) -> Score {
        let spread = |ends: Option<(u32, u32)>| ends.map_or(0, |(least, greatest)| greatest - least);
        Score {
            crewed: self.crewed,
            split: count(pairs).saturating_sub(self.pairs),
            rating_spread: spread(self.means) / Score::RATING_STEP,
            size_spread: spread(self.sizes),
            slack: self.slack.unwrap_or_default(),
            preferred: self.preferred,
        }
    }
}

fn widened(ends: Option<(u32, u32)>, value: u32) -> Option<(u32, u32)> {
    Some(ends.map_or((value, value), |(least, greatest)| (least.min(value), greatest.max(value))))
}
