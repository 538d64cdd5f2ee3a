//! How long finding crews takes, and how good they are: `cargo bench --bench crews`.

#![allow(missing_docs, reason = "a table to look at")]

use std::time::Instant;

use simlane::domain::{
    availability::Answer,
    crew::{Answers, Budget, Class, Driver, Place, Problem, Rules, propose},
};

/// Numbers that are the same each time. See Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014 (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// Somebody who sleeps eight hours at a stretch, somewhere on Earth, and would like to drive now and then.
fn driver(dice: &mut Dice, hours: usize, classes: u64, people: usize) -> Driver {
    let asleep = dice.below(24);
    let said = (0..hours).map(|hour| {
        let local = (u64::try_from(hour).unwrap_or_default() + 24 - asleep) % 24;
        Some(match (local < 8, dice.below(5)) {
            (true, _) => Answer::No,
            (false, 0) => Answer::Preferred,
            (false, _) => Answer::Available,
        })
    });
    let answers = Answers::new(said.collect::<Vec<_>>());
    let partner = usize::try_from(dice.below(u64::try_from(people).unwrap_or(1))).unwrap_or_default();
    Driver {
        answers,
        car: None,
        class: Class(u16::try_from(dice.below(classes)).unwrap_or_default()),
        partners: vec![partner],
        place: Place::In,
        rating: u16::try_from(1_000 + dice.below(4_000)).ok(),
    }
}

fn main() {
    println!("people  hours  classes  crews  left out  steps     seconds  proven best");
    for (people, hours, classes) in
        [(9, 24, 1), (24, 24, 2), (60, 24, 1), (60, 24, 2), (60, 24, 4), (60, 64, 2)]
    {
        let mut dice = Dice(7);
        let drivers = (0..people).map(|_| driver(&mut dice, hours, classes, people)).collect();
        let Ok(problem) = Problem::new(hours, drivers, Rules::default(), Vec::new()) else { continue };
        let begun = Instant::now();
        let found = propose(&problem, Budget::default());
        let took = begun.elapsed().as_secs_f64();
        let (crews, out) = (found.evaluation.crews.len(), found.evaluation.left_out.len());
        let proven = if found.is_optimal() { "yes" } else { "no" };
        println!(
            "{people:>6}  {hours:>5}  {classes:>7}  {crews:>5}  {out:>8}  {:>8}  {took:>7.2}  {proven}",
            found.steps
        );
    }
}
