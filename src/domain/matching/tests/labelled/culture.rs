//! Real names, drawn from the names of a culture as often as they are.

use rand::{Rng, RngExt as _};

use super::lists as l;

/// A word of a name, as it is written in each script.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(super) struct Word {
    pub(super) latin: String,
    /// Its own script, where it has one that says how it sounds.
    pub(super) native: Option<String>,
    /// Characters that don't say how it sounds.
    pub(super) signs: Option<String>,
}

/// Somebody's name.
#[derive(Clone, Debug)]
pub(super) struct RealName {
    pub(super) given: Word,
    /// Another given name, or the father's.
    pub(super) middle: Option<Word>,
    pub(super) surname: Word,
    /// A second surname, as in Spain.
    pub(super) second: Option<Word>,
    /// Who has taken another surname by marriage.
    pub(super) married: Option<Word>,
    /// `Jr.` or `II`, where a father has the same name.
    pub(super) suffix: Option<&'static str>,
    /// How likely anybody is of that culture.
    pub(super) of_culture: f64,
    /// How likely anybody of the culture has that first name.
    pub(super) of_given: f64,
    /// How likely anybody of the culture has that surname.
    pub(super) of_surname: f64,
    /// Whether the surname comes first in its own script, without a space.
    pub(super) is_surname_first: bool,
}

/// One of several words, with how likely each is.
struct List(Vec<(Word, f64)>);

impl List {
    /// The earlier one stands, the likelier it is: of 60 names the first is 13 times as common as the last.
    fn of(text: &'static str) -> Self {
        let words: Vec<Word> = text.split_whitespace().map(word).collect();
        let most = words.len() as f64;
        let share = |at: usize| ((at + 1) as f64 / most).powf(0.75) - (at as f64 / most).powf(0.75);
        let chance = |word: &Word| {
            let alike = words.iter().enumerate().filter(|(_, other)| *other == word);
            alike.map(|(at, _)| share(at)).sum()
        };
        Self(words.iter().map(|word| (word.clone(), chance(word))).collect())
    }

    fn draw(&self, rng: &mut impl Rng) -> &(Word, f64) {
        let at = (rng.random::<f64>().powf(4.0 / 3.0) * self.0.len() as f64) as usize;
        &self.0[at.min(self.0.len() - 1)]
    }
}

fn word(text: &str) -> Word {
    let mut scripts = text.split('=').map(|script| if script == "-" { "" } else { script }.to_owned());
    let latin = scripts.next().unwrap();
    let native = scripts.next().or_else(|| latin.is_empty().then(String::new));
    let signs = scripts.next().or_else(|| latin.is_empty().then(String::new));
    Word { latin, native, signs }
}

/// A word that is put together of one of each list.
struct Made(Vec<List>);

impl Made {
    fn draw(&self, rng: &mut impl Rng) -> (Word, f64) {
        let parts: Vec<_> = self.0.iter().map(|list| list.draw(rng)).collect();
        let of = |script: fn(&Word) -> Option<&String>| {
            parts.iter().map(|(word, _)| script(word)).collect::<Option<Vec<_>>>()
        };
        let joined = |words: Vec<&String>| words.into_iter().map(String::as_str).collect::<String>();
        let made = Word {
            latin: capitalised(&joined(of(|word| Some(&word.latin)).unwrap_or_default())),
            native: of(|word| word.native.as_ref()).map(joined),
            signs: of(|word| word.signs.as_ref()).map(joined),
        };
        (made, parts.iter().map(|(_, chance)| chance).product())
    }
}

/// The names of a culture.
struct Culture {
    /// How many of a hundred people are of it.
    share: u32,
    /// Common and rarer first names, with how many of a hundred have one of each.
    given: Vec<(u32, Made)>,
    /// The same for surnames.
    surnames: Vec<(u32, Made)>,
    middles: Option<List>,
    has_two_surnames: bool,
    is_surname_first: bool,
}

/// All cultures that people are drawn from.
pub(super) struct World(Vec<Culture>);

impl World {
    pub(super) fn new() -> Self {
        let made = |lists: &[&'static str]| Made(lists.iter().map(|list| List::of(list)).collect());
        let of = |share, given, surnames| Culture {
            share,
            given,
            surnames,
            middles: None,
            has_two_surnames: false,
            is_surname_first: false,
        };
        let latin = |share| {
            let rare = made(&[l::LATIN_GIVEN_BEGINS, l::LATIN_GIVEN_ENDS]);
            let surnames = [l::LATIN_BEGINS, l::LATIN_MIDDLES, l::LATIN_SECOND_MIDDLES, l::LATIN_ENDS];
            let given = vec![(50, made(&[l::LATIN_GIVEN])), (50, rare)];
            let middles = Some(List::of(l::LATIN_GIVEN));
            Culture { middles, ..of(share, given, vec![(100, made(&surnames))]) }
        };
        // Most have one of the common first names, and the others one of many.
        let some = |percent, common: &'static str, begins: &'static str, ends: &'static str| {
            vec![(percent, made(&[common])), (100 - percent, made(&[begins, ends]))]
        };
        let only = |lists: &[&'static str]| vec![(100, made(lists))];
        let cyrillic = [l::CYRILLIC_BEGINS, l::CYRILLIC_MIDDLES, l::CYRILLIC_ENDS];
        let japanese =
            vec![(15, made(&[l::JAPANESE_SURNAMES])), (85, made(&[l::JAPANESE_BEGINS, l::JAPANESE_ENDS]))];
        let japanese_given = some(30, l::JAPANESE_GIVEN, l::JAPANESE_GIVEN_BEGINS, l::JAPANESE_GIVEN_ENDS);
        let hebrew = vec![(10, made(&[l::HEBREW_SURNAMES])), (90, made(&[l::HEBREW_BEGINS, l::HEBREW_ENDS]))];
        let made_up = made(&[l::DEVANAGARI_BEGINS, l::DEVANAGARI_MIDDLES, l::DEVANAGARI_ENDS]);
        let devanagari = vec![(15, made(&[l::DEVANAGARI_SURNAMES])), (85, made_up)];
        let arabic = vec![
            (15, made(&[l::ARABIC_PREFIXES, l::ARABIC_FAMILIES])),
            (85, made(&[l::ARABIC_PREFIXES, l::ARABIC_BEGINS, l::ARABIC_ENDS])),
        ];
        let greek = [l::GREEK_BEGINS, l::GREEK_MIDDLES, l::GREEK_ENDS];
        let chinese = [l::CHINESE_BEGINS, l::CHINESE_ENDS];
        let korean = [l::KOREAN_BEGINS, l::KOREAN_ENDS];
        let thai = [l::THAI_BEGINS, l::THAI_MIDDLES, l::THAI_ENDS];
        Self(vec![
            latin(68),
            Culture { has_two_surnames: true, ..latin(8) },
            Culture {
                middles: Some(List::of(l::CYRILLIC_FATHERS)),
                ..of(
                    6,
                    some(70, l::CYRILLIC_GIVEN, l::CYRILLIC_GIVEN_BEGINS, l::CYRILLIC_GIVEN_ENDS),
                    only(&cyrillic),
                )
            },
            of(2, only(&[l::GREEK_GIVEN]), only(&greek)),
            Culture { is_surname_first: true, ..of(4, japanese_given, japanese) },
            Culture { is_surname_first: true, ..of(2, only(&chinese), only(&[l::CHINESE_SURNAMES])) },
            Culture { is_surname_first: true, ..of(2, only(&korean), only(&[l::KOREAN_SURNAMES])) },
            Culture {
                middles: Some(List::of(l::ARABIC_GIVEN)),
                ..of(2, some(40, l::ARABIC_GIVEN, l::ARABIC_GIVEN_BEGINS, l::ARABIC_GIVEN_ENDS), arabic)
            },
            of(1, some(40, l::HEBREW_GIVEN, l::HEBREW_GIVEN_BEGINS, l::HEBREW_GIVEN_ENDS), hebrew),
            of(2, some(40, l::THAI_GIVEN, l::THAI_GIVEN_BEGINS, l::THAI_GIVEN_ENDS), only(&thai)),
            of(
                3,
                some(40, l::DEVANAGARI_GIVEN, l::DEVANAGARI_GIVEN_BEGINS, l::DEVANAGARI_GIVEN_ENDS),
                devanagari,
            ),
        ])
    }

    pub(super) fn name(&self, rng: &mut impl Rng) -> RealName {
        let culture = one_of(&self.0, |culture| culture.share, rng);
        let (given, of_given) = drawn(&culture.given, rng);
        let (surname, of_surname) = drawn(&culture.surnames, rng);
        let mut percent = |percent| rng.random_range(0..100) < percent;
        let (has_middle, has_second, has_married) = (percent(30), percent(80), percent(3));
        let middle = culture.middles.as_ref().filter(|_| has_middle).map(|list| list.draw(rng).0.clone());
        let mut other = |wanted: bool| wanted.then(|| drawn(&culture.surnames, rng).0);
        RealName {
            middle: middle.filter(|middle| *middle != given),
            second: other(culture.has_two_surnames && has_second),
            married: other(has_married),
            suffix: None,
            of_culture: f64::from(culture.share) / 100.0,
            of_given,
            of_surname,
            is_surname_first: culture.is_surname_first,
            given,
            surname,
        }
    }
}

fn drawn(of: &[(u32, Made)], rng: &mut impl Rng) -> (Word, f64) {
    let (percent, made) = one_of(of, |(percent, _)| *percent, rng);
    let (word, chance) = made.draw(rng);
    (word, chance * f64::from(*percent) / 100.0)
}

fn one_of<'a, T>(of: &'a [T], percent: impl Fn(&T) -> u32, rng: &mut impl Rng) -> &'a T {
    let mut left = rng.random_range(0..100_u32);
    let is_it = |one: &&T| match left.checked_sub(percent(one)) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    };
    of.iter().find(is_it).unwrap()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
