//! Who has a name that is near another, without looking at everybody.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{
    MAX_CANDIDATES,
    fold::{Folded, Variant},
    script, short,
};

/// A key that so many share tells nobody from another: whoever is alike in only that isn't found by it.
const CROWD: usize = 64;
/// Letters that a name has at least before one of them may be wrong.
const LONG: usize = 8;

/// What a name can be found by.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
enum Key {
    /// All of it, without spaces.
    Joined,
    /// A name of one word to the last digit.
    Typed,
    /// Two of its words.
    Pair,
    /// A word, and the first letter of another.
    Initial,
    /// An initial and a surname, written together.
    Together,
    /// A surname.
    Surname,
    /// All of it but one letter.
    Less,
    /// How it sounds.
    Sound,
    /// How it sounds, in a script that has to be heard.
    Heard,
}

/// Takes the keys of names one by one.
struct Keys<F> {
    give: F,
    text: String,
}

impl<F: FnMut(Key, u64)> Keys<F> {
    fn add(&mut self, key: Key, text: &[&str]) {
        self.text.clear();
        self.text.extend(text.iter().copied());
        let mut hasher = DefaultHasher::new();
        (key, self.text.as_str()).hash(&mut hasher);
        (self.give)(key, hasher.finish());
    }

    /// What a name of the roster is found by.
    fn of_user(&mut self, name: &Variant) {
        let Some((last, rest)) = name.words.split_last() else { return };
        if let Some(first) = rest.first() {
            let turned = &name.joined[..name.joined.len() - last.len()];
            self.add(Key::Joined, &[last, turned]);
            self.add(Key::Together, &[&first[..1], last]);
            self.add(Key::Together, &[last, &first[..1]]);
            self.add(Key::Surname, &[last]);
            self.less(&[last, turned].concat());
            self.less(&name.joined);
            let heard = heard(name);
            self.add(Key::Sound, &[&heard]);
            if script::is_heard(name.script) {
                self.add(Key::Heard, &[&heard]);
            }
        } else {
            self.add(Key::Typed, &[&name.typed]);
        }
        self.of_anybody(name);
    }

    /// What a member's name is looked for by.
    fn of_member(&mut self, name: &Variant) {
        if name.words.len() == 1 {
            self.add(Key::Together, &[&name.joined]);
            self.add(Key::Surname, &[&name.joined]);
        } else {
            let key = if script::is_heard(name.script) { Key::Sound } else { Key::Heard };
            self.add(key, &[&heard(name)]);
        }
        if name.left_out.is_none() {
            self.add(Key::Typed, &[&name.typed]);
        }
        self.less(&name.joined);
        self.of_anybody(name);
    }

    fn of_anybody(&mut self, name: &Variant) {
        self.add(Key::Joined, &[&name.joined]);
        if let Some(joined) = &name.with_particles {
            self.add(Key::Joined, &[joined]);
        }
        for (at, word) in name.words.iter().enumerate() {
            for other in &name.words[at + 1..] {
                let (a, b) = if word < other { (word, other) } else { (other, word) };
                self.add(Key::Pair, &[a, " ", b]);
                self.initials(word, other);
                self.initials(other, word);
            }
        }
    }

    /// A word, and the initials that another stands for: Bob may be a Robert.
    fn initials(&mut self, word: &str, other: &str) {
        for name in short::full(other).iter().chain([&other]) {
            self.add(Key::Initial, &[word, " ", &name[..1]]);
        }
    }

    /// Names that differ in one letter have the rest in common.
    fn less(&mut self, joined: &str) {
        if joined.len() < LONG {
            return;
        }
        self.add(Key::Less, &[joined]);
        let mut last = 0;
        for (at, letter) in joined.bytes().enumerate() {
            // Either of two that are the same leaves the same.
            if std::mem::replace(&mut last, letter) != letter {
                self.add(Key::Less, &[&joined[..at], &joined[at + 1..]]);
            }
        }
    }
}

/// The least that can be heard of a name in any script, in whichever order.
fn heard(name: &Variant) -> String {
    let mut heard: Vec<_> = name.words.iter().map(|word| script::consonants(word, true)).collect();
    heard.sort_unstable();
    heard.concat()
}

/// The users of a roster by what their names can be found by.
pub(super) struct Index {
    /// Where the users of a key begin, and how many they are.
    places: HashMap<u64, (u32, u32)>,
    users: Vec<u32>,
}

impl Index {
    pub(super) fn of(users: &[Folded]) -> Self {
        let mut all: Vec<(u64, u32)> = Vec::new();
        for (at, user) in (0_u32..).zip(users) {
            let mut keys = Keys { give: |_, key| all.push((key, at)), text: String::new() };
            user.variants.iter().for_each(|name| keys.of_user(name));
        }
        all.sort_unstable();
        all.dedup();
        let mut places = HashMap::new();
        let mut begin = 0_u32;
        for same in all.chunk_by(|(a, _), (b, _)| a == b) {
            let long = u32::try_from(same.len()).unwrap_or(u32::MAX);
            if same.len() <= CROWD {
                places.insert(same[0].0, (begin, long));
            }
            begin += long;
        }
        Self { places, users: all.into_iter().map(|(_, user)| user).collect() }
    }

    /// The users who may be alike, in order.
    pub(super) fn near(&self, member: &Folded, found: &mut Vec<u32>) {
        found.clear();
        let give = |key, hash| {
            let most = if key == Key::Surname { MAX_CANDIDATES } else { CROWD };
            if let Some((begin, long)) = self.places.get(&hash).filter(|(_, long)| *long as usize <= most) {
                let begin = *begin as usize;
                found.extend(&self.users[begin..begin + *long as usize]);
            }
        };
        let mut keys = Keys { give, text: String::new() };
        member.variants.iter().for_each(|name| keys.of_member(name));
        found.sort_unstable();
        found.dedup();
    }
}
