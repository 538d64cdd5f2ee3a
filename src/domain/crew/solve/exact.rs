//! All crews there are, but for those that can't be better than the best found.
//!
//! One after the other everybody is put in each crew begun, in a new one, or in none. Of crews begun it is known what is missing for
//! them to be legal and who is still to come, so most ways end early.

use super::{Found, Meter, bound::Bounds, field::Field, state::score};
use crate::domain::crew::{
    cover::Cover,
    problem::{Car, Class, Group, Person, share},
    rules::Rules,
    score::{Score, count, mean},
};

pub(super) struct Exact<'f> {
    bounds: &'f Bounds,
    crews: Vec<Open>,
    field: &'f Field<'f>,
    pub(super) found: Found,
    /// Whether every way was tried.
    pub(super) is_complete: bool,
    /// Nothing is better than this.
    root: Score,
    /// Wanted pairs that are apart by now, beyond those who can never be together.
    split: u32,
    /// By place in the order, who is still to come from there on.
    to_come: Vec<ToCome>,
    new: usize,
}

/// A crew begun.
#[derive(Clone)]
struct Open {
    car: Option<Car>,
    cover: Cover,
    /// Whether it is to become legal; a pinned crew may be given up.
    is_alive: bool,
    people: Vec<Person>,
    pinned: Option<usize>,
    rated: u32,
    ratings: u32,
}

/// Who is still to come.
#[derive(Clone, Default)]
struct ToCome {
    /// By hour, how many of them can drive.
    able: Vec<u32>,
    number: usize,
    /// The least and the greatest rating among them.
    ratings: Option<(u32, u32)>,
}

impl<'f> Exact<'f> {
    /// Begins with crews that others have to be better than.
    pub(super) fn new(field: &'f Field<'f>, bounds: &'f Bounds, root: Score, found: Found) -> Self {
        let mut to_come = vec![ToCome { able: vec![0; field.problem.hours()], ..ToCome::default() }];
        for person in field.free.iter().rev() {
            let Some(driver) = field.problem.driver(*person) else { continue };
            let mut next = to_come.last().cloned().unwrap_or_default();
            let able = next.able.iter_mut().enumerate();
            able.for_each(|(hour, able)| *able += u32::from(driver.answers.can(hour)));
            next.number += 1;
            if let Some(rating) = driver.rating.map(u32::from) {
                let ends = next.ratings.unwrap_or((rating, rating));
                next.ratings = Some((ends.0.min(rating), ends.1.max(rating)));
            }
            to_come.push(next);
        }
        to_come.reverse();
        Self { bounds, crews: Vec::new(), field, found, is_complete: true, root, split: 0, to_come, new: 0 }
    }

    pub(super) fn run(mut self, meter: &mut Meter) -> Self {
        self.pinned(0, meter);
        self
    }

    /// Decides of each pinned crew whether it is to become legal or is given up.
    fn pinned(&mut self, at: usize, meter: &mut Meter) {
        let field = self.field;
        let Some(pinned) = field.pinned.get(at) else { return self.place(0, meter) };
        let mut open = Open::new(pinned.group.car, Some(at));
        pinned.group.people.iter().for_each(|person| open.add(field, *person));
        if pinned.is_open {
            self.crews.push(open.clone());
            self.pinned(at + 1, meter);
            self.crews.pop();
        }
        self.crews.push(Open { is_alive: false, ..open });
        self.pinned(at + 1, meter);
        self.crews.pop();
    }

    /// Puts somebody anywhere they can be, and then whoever follows.
    fn place(&mut self, at: usize, meter: &mut Meter) {
        if !self.is_complete || !meter.step() {
            self.is_complete = false;
            return;
        }
        let Some(bound) = self.bound(at).filter(|bound| *bound > self.found.score) else { return };
        let field = self.field;
        let Some(person) = field.free.get(at).copied() else { return self.take(bound) };
        let car = field.problem.driver(person).and_then(|driver| driver.car);
        let max = field.problem.rules().sizes.max();
        for crew in 0..self.crews.len() {
            let Some(open) = self.crews.get_mut(crew) else { return };
            if !open.is_alive || open.people.len() >= max || !share(open.car, car) {
                continue;
            }
            let before = (open.car, open.cover, open.rated, open.ratings);
            open.add(field, person);
            self.decided(at, person, meter);
            if let Some(open) = self.crews.get_mut(crew) {
                open.people.pop();
                (open.car, open.cover, open.rated, open.ratings) = before;
            }
        }
        if self.new < field.new_crews {
            let mut open = Open::new(None, None);
            open.add(field, person);
            self.crews.push(open);
            self.new += 1;
            self.decided(at, person, meter);
            self.new -= 1;
            self.crews.pop();
        }
        self.decided(at, person, meter);
    }

    /// Goes on after somebody was put somewhere.
    fn decided(&mut self, at: usize, person: Person, meter: &mut Meter) {
        let split = self.split;
        self.split += self.newly_split(at, person);
        self.place(at + 1, meter);
        self.split = split;
    }

    /// How many wanted pairs are apart since somebody was put somewhere: those whose other half was put elsewhere before.
    fn newly_split(&self, at: usize, person: Person) -> u32 {
        let field = self.field;
        let crew = self.crews.iter().find(|crew| crew.people.contains(&person));
        let car = |person| field.problem.driver(person).and_then(|driver| driver.car);
        let is_apart = |partner: &&Person| {
            let is_decided = field.free.iter().take(at).any(|free| free == *partner)
                || self.crews.iter().any(|crew| crew.pinned.is_some() && crew.people.contains(partner));
            let is_together = crew.is_some_and(|crew| crew.people.contains(partner));
            // Those who can't share a car are counted from the start.
            is_decided && !is_together && share(car(person), car(**partner))
        };
        count(field.problem.wanted(person).iter().filter(is_apart).count())
    }

    /// Takes the crews as they are, if they are the best so far. Everybody is somewhere.
    fn take(&mut self, bound: Score) {
        let groups: Vec<Group> = self.crews.iter().map(|open| open.group(self.field.class)).collect();
        let score = score(self.field, &groups);
        debug_assert!(score <= bound, "{score:?} exceeds {bound:?}");
        if score > self.found.score {
            self.found = Found { groups, score };
        }
    }

    /// How good crews can become from here at best; `None` where one that is to be legal can't be any more.
    fn bound(&self, at: usize) -> Option<Score> {
        let to_come = self.to_come.get(at)?;
        let rules = self.field.problem.rules();
        let alive = || self.crews.iter().filter(|crew| crew.is_alive);
        if !self.can_be_legal(alive, to_come) {
            return None;
        }
        let crewed = alive().map(|crew| crew.people.len()).sum::<usize>() + to_come.number;
        let crewed = crewed.min(self.bounds.crewed);
        let rest = self.bounds.rest(self.field, crewed, alive().count());
        let largest = alive().map(|crew| crew.people.len()).max().unwrap_or_default();
        let gaps: usize = alive().map(|crew| largest - crew.people.len()).sum();
        let size_spread = count(gaps.saturating_sub(to_come.number).div_ceil(alive().count().max(1)));
        let ends = alive().filter_map(|crew| crew.means(to_come, rules.sizes.max()));
        let ends = ends.reduce(|one, other| (one.0.max(other.0), one.1.min(other.1)));
        let bound = Score {
            split: self.root.split + self.split,
            rating_spread: ends
                .map_or(0, |(least, greatest)| least.saturating_sub(greatest) / Score::RATING_STEP),
            size_spread,
            ..rest
        };
        Some(bound)
    }

    /// Whether those who are still to come may suffice for all crews begun.
    fn can_be_legal<'s, I: Iterator<Item = &'s Open>>(
        &'s self,
        alive: impl Fn() -> I,
        to_come: &ToCome,
    ) -> bool {
        let (rules, hours) = (self.field.problem.rules(), self.field.problem.all_hours());
        let missing: usize = alive().map(|crew| rules.sizes.min().saturating_sub(crew.people.len())).sum();
        if missing > to_come.number {
            return false;
        }
        let is_reachable = |crew: &Open| {
            let seats = rules.sizes.max().saturating_sub(crew.people.len()).min(to_come.number);
            crew.cover.lacking(crew.needed(rules).saturating_sub(seats), hours) == 0
        };
        let lacks = |crew: &Open, hour: usize| crew.cover.missing(crew.needed(rules), 1 << hour);
        let suffice = |(hour, able): (usize, &u32)| {
            alive().map(|crew| lacks(crew, hour)).fold(0, u32::saturating_add) <= *able
        };
        alive().all(is_reachable) && to_come.able.iter().enumerate().all(suffice)
    }
}

impl Open {
    fn new(car: Option<Car>, pinned: Option<usize>) -> Self {
        let (cover, people) = (Cover::default(), Vec::new());
        Self { car, cover, is_alive: true, people, pinned, rated: 0, ratings: 0 }
    }

    fn add(&mut self, field: &Field, person: Person) {
        let Some(driver) = field.problem.driver(person) else { return };
        self.car = self.car.or(driver.car);
        self.cover.add(driver.answers.able());
        self.rated += u32::from(driver.rating.is_some());
        self.ratings += driver.rating.map_or(0, u32::from);
        self.people.push(person);
    }

    /// How many of it have to be able to drive at least, however it grows.
    fn needed(&self, rules: &Rules) -> usize {
        rules.awake.needed(self.people.len().max(rules.sizes.min()))
    }

    fn group(&self, class: Class) -> Group {
        Group { car: self.car, class, people: self.people.clone() }
    }

    /// The least and the greatest mean that it can come to; `None` where it may end up with none.
    fn means(&self, to_come: &ToCome, max: usize) -> Option<(u32, u32)> {
        let now = mean(self.ratings, self.rated)?;
        let seats = count(max.saturating_sub(self.people.len()).min(to_come.number));
        let with = |rating: u32| mean(self.ratings + seats * rating, self.rated + seats).unwrap_or(now);
        let (least, greatest) = to_come.ratings.map_or((now, now), |(least, most)| (with(least), with(most)));
        Some((least.min(now), greatest.max(now)))
    }
}
