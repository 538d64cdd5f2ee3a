//! Who has a name that is near another, without looking at everybody.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::fold::{Folded, Variant};

/// A key that so many share tells nobody from another: whoever is alike in only that is left to people.
const CROWD: usize = 64;

/// The users of a roster by what their names can be found by.
pub(super) struct Index(HashMap<u64, Vec<u32>>);

impl Index {
    pub(super) fn of(users: &[Folded]) -> Self {
        let mut index: HashMap<u64, Vec<u32>> = HashMap::new();
        for (at, user) in (0_u32..).zip(users) {
            for key in keys(user) {
                index.entry(key).or_default().push(at);
            }
        }
        Self(index)
    }

    /// The users who may be alike, in order.
    pub(super) fn near(&self, member: &Folded) -> BTreeSet<usize> {
        let found =
            keys(member).into_iter().filter_map(|key| self.0.get(&key)).filter(|users| users.len() <= CROWD);
        found.flatten().map(|user| *user as usize).collect()
    }
}

/// Everything that somebody's names can be found by.
fn keys(person: &Folded) -> BTreeSet<u64> {
    let mut keys = BTreeSet::new();
    for variant in &person.variants {
        of_name(variant, &mut keys);
    }
    keys
}

fn of_name(name: &Variant, keys: &mut BTreeSet<u64>) {
    let mut sorted = name.words.clone();
    sorted.sort_unstable();
    keys.insert(hash("words", &sorted.concat()));
    for word in &name.words {
        // A surname, and whatever else stands beside it.
        keys.insert(hash("word", word));
        for other in name.words.iter().filter(|other| *other != word) {
            keys.insert(hash("initial", &format!("{word} {}", &other[..1])));
            keys.insert(hash("pair", &format!("{word} {other}")));
            keys.insert(hash("together", &format!("{}{word}", &other[..1])));
            keys.insert(hash("together", &format!("{word}{}", &other[..1])));
            keys.insert(hash("joined", &format!("{other}{word}")));
        }
    }
    if name.words.len() == 1 {
        keys.insert(hash("together", &name.joined));
    }
    keys.insert(hash("joined", &name.joined));
    // Names that differ in one letter have the rest in common.
    if name.joined.len() > 7 {
        keys.insert(hash("less", &name.joined));
        for at in 0..name.joined.len() {
            let less = format!("{}{}", &name.joined[..at], &name.joined[at + 1..]);
            keys.insert(hash("less", &less));
        }
    }
}

fn hash(of: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (of, text).hash(&mut hasher);
    hasher.finish()
}
