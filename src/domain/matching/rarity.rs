//! How likely somebody else here has a name, too.

use std::collections::{HashMap, HashSet};

use super::fold::{Folded, Variant};

/// So many others may be expected who fit as well; from then on a name alone doesn't tell who somebody is. Most who are called
/// what the roster says are who they say they are, so one in seventeen here is far less than one wrong pair in two hundred.
const DOUBT: f64 = 0.06;
/// Somebody may have a word that nobody has shown yet: so much each counts besides those who have.
const UNSEEN: f64 = 0.25;
/// In a small club a few of a name are a family, and say nothing about how common it is.
const FAMILY: u32 = 10;
/// Names that are so near another that one may be meant for the other.
const NEIGHBOURS: f64 = 30.0;
/// As many people of any name count besides those of a name's own company, so that chance doesn't decide for a rare one.
const OTHERS: f64 = 200.0;
/// How many of a company are taken to be alike before anybody has been looked at.
const ALIKE: f64 = 0.5;

/// How common a word is.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// How many people have it in one of their names.
    people: u32,
    /// Those who share the other word of their name with somebody who has this one.
    company: u32,
    /// How many of those have this one, too.
    alike: u32,
}

/// How many people have a word in one of their names, and how many a first name with an initial.
#[derive(Debug, Default)]
pub(super) struct Rarity<'a> {
    people: u32,
    words: HashMap<&'a str, Word>,
    initials: [u32; 26],
    /// First names with surnames that several of the roster have.
    namesakes: HashSet<(&'a str, &'a str)>,
}

impl<'a> Rarity<'a> {
    pub(super) fn of(members: &'a [Folded], users: &'a [Folded]) -> Self {
        let mut rarity = Self::default();
        members.iter().chain(users).for_each(|person| rarity.count(person));
        rarity.keep_company(members);
        rarity.find_namesakes(users);
        rarity
    }

    /// Counts somebody's words and initials, each once.
    fn count(&mut self, person: &'a Folded) {
        self.people += 1;
        let whole = || person.variants.iter().filter(|variant| variant.left_out.is_none());
        let mut words: Vec<&str> = whole().flat_map(|variant| &variant.words).map(String::as_str).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            self.words.entry(word).or_default().people += 1;
        }
        let mut seen = [false; 26];
        let firsts = whole().filter(|variant| variant.words.len() > 1);
        for at in firsts.filter_map(|variant| letter(variant.words.first()?)) {
            seen[at] = true;
        }
        for (count, seen) in self.initials.iter_mut().zip(seen) {
            *count += u32::from(seen);
        }
    }

    /// Counts for each word who shares the other word of their name with somebody who has it, and how many of those have it, too.
    /// Of the members only, since whoever is on both lists would be alike to themselves.
    fn keep_company(&mut self, members: &'a [Folded]) {
        let mut pairs: Vec<(&str, &str)> = members.iter().flat_map(pairs).collect();
        pairs.sort_unstable();
        let mut with: HashMap<&str, u32> = HashMap::new();
        pairs.iter().for_each(|(word, _)| *with.entry(word).or_default() += 1);
        for same in pairs.chunk_by(|a, b| a == b) {
            let (word, other) = same[0];
            if let Some(word) = self.words.get_mut(word) {
                let company = with.get(other).map_or(0, |with| with - 1);
                word.company = word.company.saturating_add(company);
                word.alike = word.alike.saturating_add(u32::try_from(same.len() - 1).unwrap_or(u32::MAX));
            }
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

    /// Whether somebody else may well have a name so near this one that either could be meant.
    pub(super) fn is_common_nearby(&self, name: &[String]) -> bool {
        self.is_expected(name.iter().map(|word| self.of_word(word)), NEIGHBOURS)
    }

    /// Whether somebody else may well have the surname and a first name that either form is short for.
    pub(super) fn is_common_for_short(&self, first: &str, short: &str, last: &str) -> bool {
        let (mut either, short) = (self.of_word(first), self.of_word(short));
        either.people += short.people;
        self.is_expected([either, self.of_word(last)].into_iter(), 1.0)
    }

    /// Whether somebody else may well have the surname and the first name's initial.
    pub(super) fn is_common_by_initial(&self, first: &str, last: &str) -> bool {
        let people = letter(first).map_or(0, |at| self.initials[at].saturating_sub(2));
        let initial = Word { people, ..Word::default() };
        self.is_expected([initial, self.of_word(last)].into_iter(), 1.0)
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
        let share: f64 = others.map(|(_, word)| self.share(word)).product();
        product > FAMILY && times * (f64::from(word.people) + UNSEEN) * share > DOUBT
    }

    /// How large a part of people have a word. Names of one language keep company: few are called Priya, but many of those who
    /// are called Sharma. So it is looked at among those whose names it goes with, and a few of all others.
    fn share(&self, word: Word) -> f64 {
        let of_all = (f64::from(word.people) + UNSEEN) / f64::from(self.people.max(1));
        (f64::from(word.alike) + ALIKE + OTHERS * of_all) / (f64::from(word.company) + OTHERS)
    }
}

/// The words of somebody's names of two words, either first. An initial keeps no company.
fn pairs(member: &Folded) -> impl Iterator<Item = (&str, &str)> {
    let of_two = |variant: &'_ Variant| variant.left_out.is_none() && variant.words.len() == 2;
    let names = member.variants.iter().filter(move |variant| of_two(variant));
    let words = names.map(|name| (name.words[0].as_str(), name.words[1].as_str()));
    words.filter(|(a, b)| a.len().min(b.len()) > 1).flat_map(|(a, b)| [(a, b), (b, a)])
}

fn letter(word: &str) -> Option<usize> {
    let first = word.bytes().next().filter(u8::is_ascii_lowercase)?;
    Some(usize::from(first - b'a'))
}
