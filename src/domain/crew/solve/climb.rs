//! Good crews, found by improving some as long as one move or swap does, shaking them, and improving them again.

use std::cmp::Reverse;

use super::{
    Found, Meter,
    field::Field,
    state::{Kind, State},
};
use crate::domain::crew::{problem::Person, score::Score};

/// From how many first tries to go on.
const STARTS: usize = 4;

/// Improves the crews of a class.
pub(super) struct Climber<'f> {
    pub(super) best: Found,
    chance: Chance,
    field: &'f Field<'f>,
    kept: Option<State<'f>>,
}

impl<'f> Climber<'f> {
    /// Begins with the crews that come of dealing people out to fewer or more.
    pub(super) fn new(field: &'f Field<'f>, meter: &mut Meter, seed: u64) -> Self {
        let best = State::new(field, 0).found();
        let mut climber = Self { best, chance: Chance(seed), field, kept: None };
        let (people, sizes) = (field.free.len(), field.problem.rules().sizes);
        let most = (people / sizes.min()).min(field.new_crews);
        let fewest = people.div_ceil(sizes.max()).min(most);
        let mut starts: Vec<State> = (fewest..=most).map(|crews| dealt(field, crews, meter)).collect();
        starts.sort_by_key(|state| Reverse(state.guide));
        for mut state in starts.into_iter().take(STARTS) {
            descend(&mut state, &field.free, meter);
            climber.keep(state);
        }
        climber
    }

    /// Goes on as long as there are steps, or until the crews are as good as crews can be.
    pub(super) fn run(&mut self, bound: &Score, meter: &mut Meter) {
        while self.best.score < *bound && meter.step() {
            let Some(mut state) = self.kept.clone() else { return };
            shake(&mut state, &self.field.free, &mut self.chance, meter);
            descend(&mut state, &self.field.free, meter);
            self.keep(state);
        }
    }

    fn keep(&mut self, state: State<'f>) {
        let found = state.found();
        if found.score > self.best.score {
            self.best = found;
        }
        if self.kept.as_ref().is_none_or(|kept| state.guide >= kept.guide) {
            self.kept = Some(state);
        }
    }
}

/// People dealt out to so many new crews and the pinned ones, each to where it is best at the time.
fn dealt<'f>(field: &'f Field<'f>, crews: usize, meter: &mut Meter) -> State<'f> {
    let mut state = State::new(field, crews);
    let full = field.free.len().div_ceil(crews.max(1)).min(field.problem.rules().sizes.max());
    for person in &field.free {
        let open = state.slots.iter().enumerate().skip(1).filter(|(_, slot)| slot.people.len() < full);
        let weighed = open.filter_map(|(to, _)| {
            let guide = state.weigh(0, *person, to, None).filter(|_| meter.step())?.1;
            Some((guide, Reverse(to)))
        });
        if let Some((_, Reverse(to))) = weighed.max() {
            state.change(0, *person, to, None);
        }
    }
    state
}

/// Moves and swaps people as long as that makes it better.
fn descend(state: &mut State, people: &[Person], meter: &mut Meter) {
    let mut is_better = true;
    while is_better && !meter.is_spent() {
        is_better = false;
        for (at, one) in people.iter().enumerate() {
            state.keep_spare();
            for to in 0..state.slots.len() {
                let from = state.slot_of(*one);
                if from != to && meter.step() {
                    is_better |= state.improve(from, *one, to, None);
                }
            }
            for other in people.iter().skip(at + 1) {
                let (from, to) = (state.slot_of(*one), state.slot_of(*other));
                if from != to && meter.step() {
                    is_better |= state.improve(from, *one, to, Some(*other));
                }
            }
        }
    }
}

/// Moves some people anywhere: a few, or all of a crew.
fn shake(state: &mut State, people: &[Person], chance: &mut Chance, meter: &mut Meter) {
    state.keep_spare();
    let slot = chance.below(state.slots.len());
    if chance.below(4) == 0 && state.slots.get(slot).is_some_and(|slot| slot.kind == Kind::New) {
        let crew = state.slots.get(slot).map(|slot| slot.people.clone()).unwrap_or_default();
        for person in crew {
            meter.step();
            state.change(slot, person, 0, None);
        }
        return;
    }
    for _ in 0..2 + chance.below(3) {
        let (one, other) = (chance.below(people.len()), chance.below(people.len()));
        let (Some(one), Some(other)) = (people.get(one), people.get(other)) else { return };
        let (from, to) = (state.slot_of(*one), state.slot_of(*other));
        meter.step();
        if from != to {
            state.change(from, *one, to, Some(*other).filter(|_| chance.below(4) > 0));
        }
    }
}

/// Numbers that follow from a seed: `SplitMix64`.
struct Chance(u64);

impl Chance {
    /// A number below another, or 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut next = self.0;
        next = (next ^ (next >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        next = (next ^ (next >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        next ^= next >> 31;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        usize::try_from(next.checked_rem(limit).unwrap_or_default()).unwrap_or_default()
    }
}
