//! Which names go with which, and how common a word is among those it goes with.
//!
//! Names of one language keep company: few are called Priya, but many of those who are called Sharma. How many people speak the
//! language nobody says, and how many people are in the club says nothing about it. It is told by coincidence: of two who share
//! one word of their names, the more often share the other as well, the fewer they are all drawn from. A word's own coincidences
//! are few, so those of the words around it count with them.

use std::collections::HashMap;

use super::{
    fold::{Folded, Variant},
    rarity::UNSEEN,
};

/// How far around a word coincidences count: first names, surnames, and so on in turn.
const STEPS: usize = 4;
/// Before anybody has been looked at, a tenth of a coincidence is taken for granted in so many chances.
const ALIKE: f64 = 0.1;
/// See [`ALIKE`].
const CHANCES: f64 = 20_000.0;
/// As many people of the language count besides those who share a word's other word, so that chance doesn't decide.
const OTHERS: f64 = 20_000.0;

/// The pairs of words that members' names are made of.
#[derive(Debug)]
pub(super) struct Company<'a> {
    /// Where a word's figures stand.
    places: HashMap<&'a str, usize>,
    /// Each pair both ways round, sorted.
    pairs: Vec<(usize, usize)>,
}

/// Of so many chances that two share a word, how many did.
#[derive(Clone, Copy, Debug, Default)]
struct Coincidence {
    alike: f64,
    chances: f64,
}

impl<'a> Company<'a> {
    pub(super) fn of(members: &'a [Folded]) -> Self {
        let (mut places, mut pairs) = (HashMap::new(), Vec::new());
        for member in members {
            let begin = pairs.len();
            for (a, b) in names_of_two(member) {
                let mut place = |word| {
                    let next = places.len();
                    *places.entry(word).or_insert(next)
                };
                let pair = (place(a), place(b));
                if !pairs[begin..].contains(&pair) {
                    pairs.extend([pair, (pair.1, pair.0)]);
                }
            }
        }
        pairs.sort_unstable();
        Self { places, pairs }
    }

    /// How large a part has each word of those whose names it goes with, given how many people have one.
    pub(super) fn shares(&self, people: impl Fn(&str) -> u32) -> HashMap<&'a str, f64> {
        let own = self.coincidences();
        let mut people_of = vec![0; self.places.len()];
        self.places.iter().for_each(|(word, place)| people_of[*place] = people(word));
        let per_person = own
            .iter()
            .zip(&people_of)
            .map(|(own, people)| Coincidence { chances: own.chances * f64::from(*people), ..*own });
        let around = self.around(per_person.collect());
        let share = |place: usize| share(own[place], around[place], people_of[place]);
        self.places.iter().map(|(word, place)| (*word, share(*place))).collect()
    }

    /// Of those who share another word with somebody who has a word, how many have that word, too.
    fn coincidences(&self) -> Vec<Coincidence> {
        let with = self.with();
        let mut own = vec![Coincidence::default(); self.places.len()];
        for same in self.pairs.chunk_by(|a, b| a == b) {
            let ((word, other), people) = (same[0], same.len() as f64);
            own[word].alike += people * (people - 1.0);
            own[word].chances += people * (with[other] - 1.0);
        }
        own
    }

    /// What is known of the words around each, on average.
    fn around(&self, known: Vec<Coincidence>) -> Vec<Coincidence> {
        let with = self.with();
        (0..STEPS).fold(known, |known, _| {
            let mut next = vec![Coincidence::default(); known.len()];
            for (word, other) in self.pairs.iter().copied() {
                next[word].alike += known[other].alike / with[word];
                next[word].chances += known[other].chances / with[word];
            }
            next
        })
    }

    /// In how many pairs each word is.
    fn with(&self) -> Vec<f64> {
        let mut with = vec![0.0; self.places.len()];
        self.pairs.iter().for_each(|(word, _)| with[*word] += 1.0);
        with
    }
}

/// The share of a word that so many people have, but nobody together with another word.
pub(super) fn unknown_share(people: u32) -> f64 {
    share(Coincidence::default(), Coincidence::default(), people)
}

fn share(own: Coincidence, around: Coincidence, people: u32) -> f64 {
    let of_each = (around.alike + ALIKE) / (around.chances + CHANCES);
    let expected = (f64::from(people) + UNSEEN) * of_each;
    (own.alike + OTHERS * expected) / (own.chances + OTHERS)
}

/// The names of two words that somebody has. An initial keeps no company.
fn names_of_two(member: &Folded) -> impl Iterator<Item = (&str, &str)> {
    let of_two = |variant: &'_ Variant| variant.left_out.is_none() && variant.words.len() == 2;
    let names = member.variants.iter().filter(move |variant| of_two(variant));
    let words = names.map(|name| (name.words[0].as_str(), name.words[1].as_str()));
    words.filter(|(a, b)| a.len().min(b.len()) > 1)
}
