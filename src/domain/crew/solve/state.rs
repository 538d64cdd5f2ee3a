//! Crews in the making.

use std::cmp::Reverse;

use super::{Found, field::Field};
use crate::domain::crew::{
    problem::{Car, Group, Person},
    score::{Score, Sum, Tally, count},
};

/// How good crews in the making are; the greater, the better. What is missing for crews to be legal comes before all that follows the
/// number of people crewed, so that crews become legal step by step.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Guide(u32, Reverse<u32>, Score);

/// Where people can be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// In no crew.
    Bench,
    /// In a crew that is the search's to make.
    New,
    /// In a pinned crew.
    Pinned,
}

#[derive(Clone, Debug)]
pub(super) struct Slot {
    car: Option<Car>,
    pub(super) kind: Kind,
    pub(super) people: Vec<Person>,
    tally: Tally,
}

/// Crews in the making: everybody of a class who can be moved is in one slot.
#[derive(Clone)]
pub(super) struct State<'f> {
    field: &'f Field<'f>,
    pub(super) guide: Guide,
    pub(super) slots: Vec<Slot>,
}

impl<'f> State<'f> {
    /// Everybody on the bench, which is the first slot, and so many empty crews.
    pub(super) fn new(field: &'f Field<'f>, crews: usize) -> Self {
        let slot = |kind, car, people| Slot { car, kind, people, tally: Tally::default() };
        let mut slots = vec![slot(Kind::Bench, None, field.free.clone())];
        let groups = field.pinned.iter().map(|pinned| pinned.group);
        slots.extend(groups.map(|group| slot(Kind::Pinned, group.car, group.people.clone())));
        slots.extend((0..crews.min(field.new_crews)).map(|_| slot(Kind::New, None, Vec::new())));
        let mut state = Self { field, guide: Guide(0, Reverse(0), Score::default()), slots };
        let tallies: Vec<_> = state.slots.iter().map(|slot| state.tally(slot, None, None)).collect();
        state.slots.iter_mut().zip(tallies).for_each(|(slot, tally)| slot.tally = tally);
        state.guide = state.guide_with(&[]);
        state
    }

    /// Where somebody is.
    pub(super) fn slot_of(&self, person: Person) -> usize {
        self.slots.iter().position(|slot| slot.people.contains(&person)).unwrap_or_default()
    }

    /// Adds an empty crew where there is none and another may be.
    pub(super) fn keep_spare(&mut self) {
        let new = || self.slots.iter().filter(|slot| slot.kind == Kind::New);
        if new().all(|slot| !slot.people.is_empty()) && new().count() < self.field.new_crews {
            self.slots.push(Slot { car: None, kind: Kind::New, people: Vec::new(), tally: Tally::default() });
        }
    }

    /// Moves `one` from a slot to another, and `other` back; whatever comes of it, unless they can't be in a crew together.
    pub(super) fn change(&mut self, from: usize, one: Person, to: usize, other: Option<Person>) {
        if let Some((tallies, guide)) = self.weigh(from, one, to, other) {
            self.apply((from, one), (to, other), tallies, guide);
        }
    }

    /// The same, if that makes it better. Whether it did.
    pub(super) fn improve(&mut self, from: usize, one: Person, to: usize, other: Option<Person>) -> bool {
        let better = self.weigh(from, one, to, other).filter(|(_, guide)| *guide > self.guide);
        let is_better = better.is_some();
        if let Some((tallies, guide)) = better {
            self.apply((from, one), (to, other), tallies, guide);
        }
        is_better
    }

    /// What a change comes to; `None` where people can't be in a crew together.
    pub(super) fn weigh(
        &self,
        from: usize,
        one: Person,
        to: usize,
        other: Option<Person>,
    ) -> Option<([Tally; 2], Guide)> {
        let tally = self.tally(self.slots.get(to)?, other, Some(one));
        if tally.is_mixed {
            return None;
        }
        let left = self.tally(self.slots.get(from)?, Some(one), other);
        let guide = || self.guide_with(&[(from, left), (to, tally)]);
        (!left.is_mixed).then(|| ([left, tally], guide()))
    }

    fn apply(
        &mut self,
        (from, one): (usize, Person),
        (to, other): (usize, Option<Person>),
        [left, joined]: [Tally; 2],
        guide: Guide,
    ) {
        if let Some(slot) = self.slots.get_mut(from) {
            slot.people.retain(|person| *person != one);
            slot.people.extend(other);
            slot.tally = left;
        }
        if let Some(slot) = self.slots.get_mut(to) {
            slot.people.retain(|person| Some(*person) != other);
            slot.people.push(one);
            slot.tally = joined;
        }
        self.guide = guide;
    }

    fn tally(&self, slot: &Slot, less: Option<Person>, more: Option<Person>) -> Tally {
        let problem = self.field.problem;
        let stay = slot.people.iter().copied().filter(move |person| Some(*person) != less);
        let people = stay.chain(more);
        let is_empty = || people.clone().next().is_none();
        match slot.kind {
            Kind::Bench => {
                // Worse than being in a crew that lacks nearly everything.
                let rules = problem.rules();
                let hours = problem.hours().saturating_mul(rules.awake.needed(rules.sizes.min()));
                let lacking =
                    count(hours.saturating_add(rules.sizes.min() + 1).saturating_mul(people.count()));
                Tally::lacking(lacking)
            }
            Kind::New if is_empty() => Tally::default(),
            Kind::New | Kind::Pinned => Tally::of(problem, self.field.class, slot.car, people, None),
        }
    }

    fn guide_with(&self, changed: &[(usize, Tally)]) -> Guide {
        let (mut sum, mut lacking) = (Sum::default(), 0_u32);
        for (at, slot) in self.slots.iter().enumerate() {
            let new = changed.iter().find(|(changed, _)| *changed == at).map(|(_, tally)| tally);
            let tally = new.unwrap_or(&slot.tally);
            sum.add(tally);
            lacking = lacking.saturating_add(tally.lacking);
        }
        let score = sum.score(self.field.pairs);
        Guide(score.crewed, Reverse(lacking), score)
    }

    /// The crews that are legal by now, and the pinned ones, with whoever else is in them if that makes them legal.
    pub(super) fn found(&self) -> Found {
        let field = self.field;
        let of = |car, people: &[Person]| Group { car, class: field.class, people: people.to_vec() };
        let new = self.slots.iter().filter(|slot| slot.kind == Kind::New && slot.tally.is_legal);
        let mut groups: Vec<Group> = new.map(|slot| of(None, &slot.people)).collect();
        let pinned = self.slots.iter().filter(|slot| slot.kind == Kind::Pinned).zip(&field.pinned);
        groups.extend(pinned.map(|(slot, pinned)| {
            let people = if slot.tally.is_legal { &slot.people } else { &pinned.group.people };
            of(pinned.group.car, people)
        }));
        Found { score: score(field, &groups), groups }
    }
}

/// The score of a class's crews.
pub(super) fn score(field: &Field, groups: &[Group]) -> Score {
    let mut sum = Sum::default();
    for group in groups {
        let people = group.people.iter().copied();
        sum.add(&Tally::of(field.problem, field.class, group.car, people, None));
    }
    sum.score(field.pairs)
}
