//! How likely somebody else here has a name, too.

use std::collections::{HashMap, HashSet};

use super::{
    company::{self, Company},
    fold::Folded,
};

/// So many others may be expected who fit as well; from then on a name alone doesn't tell who somebody is. Most who are called
/// what the roster says are who they say they are, so one in two hundred here is far less than one wrong pair in two hundred.
const DOUBT: f64 = 0.005;
/// Somebody may have a word that nobody has shown yet: so much each counts besides those who have.
pub(super) const UNSEEN: f64 = 0.25;
/// Of words that so few have, chance tells more than the words do.
const FEW: u32 = 3;
/// Other names that may be meant, where one is written in another script or misspelt.
const NEIGHBOURS: f64 = 100.0;
/// Other names that may be meant by the same consonants.
const HEARD_ALIKE: f64 = 300.0;
/// Where more have one word of a name, somebody may well have it with another word that is a letter off.
const CROWD: u32 = 20;

/// How common a word is.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// How many people have it in one of their names.
    people: u32,
    /// How large a part has it of those whose names it goes with.
    share: f64,
}

/// How many people have a word in one of their names, and which names several have.
#[derive(Debug, Default)]
pub(super) struct Rarity<'a> {
    words: HashMap<&'a str, Word>,
    /// First names with surnames that several of the roster have.
    namesakes: HashSet<(&'a str, &'a str)>,
}

impl<'a> Rarity<'a> {
    pub(super) fn of(members: &'a [Folded], users: &'a [Folded]) -> Self {
        let mut rarity = Self::default();
        members.iter().chain(users).for_each(|person| rarity.count(person));
        // Of the members only, since whoever is on both lists would be alike to themselves.
        let company = Company::of(members);
        let shares = company.shares(|word| rarity.words.get(word).map_or(0, |word| word.people));
        for (text, word) in &mut rarity.words {
            word.share = shares.get(text).copied().unwrap_or_else(|| company::unknown_share(word.people));
        }
        rarity.find_namesakes(users);
        rarity
    }

    /// Counts somebody's words, each once.
    fn count(&mut self, person: &'a Folded) {
        let whole = person.variants.iter().filter(|variant| variant.left_out.is_none());
        let mut words: Vec<&str> = whole.flat_map(|variant| &variant.words).map(String::as_str).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            self.words.entry(word).or_default().people += 1;
        }
    }

    fn find_namesakes(&mut self, users: &'a [Folded]) {
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        for (at, user) in users.iter().enumerate() {
            for variant in &user.variants {
                let [first, .., last] = variant.words.as_slice() else { continue };
                if *seen.entry((first, last)).or_insert(at) != at {
                    self.namesakes.insert((first, last));
                }
            }
        }
    }

    /// Whether several of the roster have the first name and the surname.
    pub(super) fn has_namesakes(&self, first: &str, last: &str) -> bool {
        self.namesakes.contains(&(first, last))
    }

    /// Whether somebody has a word besides the one who shows it.
    pub(super) fn is_of_others(&self, word: &str) -> bool {
        self.words.get(word).is_some_and(|word| word.people > 1)
    }

    /// Whether others besides the two who are compared have a word.
    pub(super) fn is_shared(&self, word: &str) -> bool {
        self.of_word(word).people > 0
    }

    /// Whether somebody else may well have all of these words.
    pub(super) fn is_common(&self, name: &[String]) -> bool {
        self.is_expected(name.iter().map(|word| self.of_word(word)), 1.0)
    }

    /// Whether somebody else may well have a name that this one is written for, in another script or with a slip.
    pub(super) fn is_common_nearby(&self, name: &[String]) -> bool {
        self.has_crowd(name) || self.is_expected(name.iter().map(|word| self.of_word(word)), NEIGHBOURS)
    }

    /// Whether somebody else may well have a name of the same consonants.
    pub(super) fn is_common_by_ear(&self, name: &[String]) -> bool {
        self.is_expected(name.iter().map(|word| self.of_word(word)), HEARD_ALIKE)
    }

    /// Whether somebody else may well have the surname and a first name that either form is short for.
    pub(super) fn is_common_for_short(&self, first: &str, short: &str, last: &str) -> bool {
        let (first, short) = (self.of_word(first), self.of_word(short));
        let either = Word { people: first.people + short.people, share: first.share + short.share };
        self.is_expected([either, self.of_word(last)].into_iter(), 1.0)
    }

    fn has_crowd(&self, name: &[String]) -> bool {
        name.iter().any(|word| self.of_word(word).people > CROWD)
    }

    /// Who has a word besides the two who are compared.
    fn of_word(&self, word: &str) -> Word {
        let word = self.words.get(word).copied().unwrap_or_default();
        Word { people: word.people.saturating_sub(2), ..word }
    }

    /// Whether more than [`DOUBT`] others are to be expected: those who have the rarest of the words, as often as people whom such
    /// a name goes with have each of the others.
    fn is_expected(&self, words: impl Iterator<Item = Word> + Clone, times: f64) -> bool {
        let product = words.clone().fold(1_u32, |product, word| product.saturating_mul(word.people.max(1)));
        let Some((rarest, word)) = words.clone().enumerate().min_by_key(|(_, word)| word.people) else {
            return false;
        };
        let others = words.enumerate().filter(|(at, _)| *at != rarest);
        let share: f64 = others.map(|(_, word)| word.share).product();
        product > FEW && times * (f64::from(word.people) + UNSEEN) * share > DOUBT
    }
}
