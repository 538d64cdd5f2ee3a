//! What is left of a name when everything is taken off that people put around it.

use any_ascii::any_ascii;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_script::{Script, UnicodeScript};
use unicode_security::confusable_detection::skeleton;

use super::{Name, NameKind};

/// Words about cars, zones, work and broadcasts, which are nobody's name.
const DECORATIONS: [&str; 52] = [
    "admin",
    "aest",
    "bst",
    "cest",
    "cet",
    "chief",
    "coach",
    "crew",
    "cst",
    "cup",
    "driver",
    "edt",
    "engineer",
    "esport",
    "esports",
    "est",
    "gmt",
    "gt",
    "gtd",
    "gte",
    "gtp",
    "hypercar",
    "ir",
    "iracing",
    "irl",
    "ist",
    "jst",
    "live",
    "lmdh",
    "lmh",
    "lmp",
    "mod",
    "motorsport",
    "motorsports",
    "mst",
    "mx",
    "official",
    "pdt",
    "pst",
    "race",
    "racer",
    "racing",
    "sim",
    "simracer",
    "simracing",
    "spotter",
    "steward",
    "tcr",
    "team",
    "ttv",
    "tv",
    "utc",
];
/// Small words within a surname, which people leave out.
const PARTICLES: [&str; 24] = [
    "af", "al", "av", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "ibn", "jr",
    "la", "le", "sr", "ten", "ter", "van", "von", "zu",
];
/// Where one name ends and another, or something else, begins.
const SEPARATORS: &[char] =
    &['|', '/', '\\', '•', '·', '»', '«', '►', '~', ':', ';', '❘', '┃', '│', '★', '☆'];
/// Brackets, which hold a tag, a number, or the name itself.
const OPENING: &[char] = &['(', '[', '{', '<', '【', '「', '『', '《', '〔'];
const CLOSING: &[char] = &[')', ']', '}', '>', '】', '」', '』', '》', '〕'];

/// Everything that somebody is called, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    pub(super) variants: Vec<Variant>,
}

/// One way to read a name: words of small letters from a to z.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Variant {
    pub(super) kind: NameKind,
    pub(super) words: Vec<String>,
    /// The words without a space between them.
    pub(super) joined: String,
    /// The whole name as it is written, in small letters.
    pub(super) typed: String,
}

impl Folded {
    pub(super) fn of(names: &[Name]) -> Self {
        let mut variants: Vec<Variant> = Vec::new();
        for name in names {
            for words in readings(&name.text) {
                let joined = words.concat();
                // Names of a letter or two say nothing.
                if joined.len() > 2 && !variants.iter().any(|known| known.words == words) {
                    let typed = name.text.trim().to_lowercase();
                    variants.push(Variant { kind: name.kind, words, joined, typed });
                }
            }
        }
        Self { variants }
    }
}

/// The ways to read a name: each of its parts, and all of them together.
pub(super) fn readings(text: &str) -> Vec<Vec<String>> {
    let parts: Vec<_> =
        parts(text).iter().map(|part| words(part)).filter(|words| !words.is_empty()).collect();
    let whole: Vec<String> = parts.iter().flatten().cloned().collect();
    let mut readings = parts;
    if readings.len() > 1 && whole.len() <= 6 {
        readings.push(whole);
    }
    readings
}

/// The parts of a name: what stands in brackets, and what stands between separators.
fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for c in text.nfkc() {
        if OPENING.contains(&c) {
            depth += 1;
            outside.push(' ');
        } else if CLOSING.contains(&c) && depth > 0 {
            depth -= 1;
            parts.push(std::mem::take(&mut inside));
        } else if depth > 0 {
            inside.push(c);
        } else if SEPARATORS.contains(&c) {
            parts.push(std::mem::take(&mut outside));
        } else {
            outside.push(c);
        }
    }
    // A bracket that never closes was none.
    outside.push(' ');
    outside.push_str(&inside);
    parts.extend(outside.split(" - ").map(str::to_owned));
    parts
}

/// The words of a part that may be a name.
fn words(part: &str) -> Vec<String> {
    let unmarked: String =
        part.chars().filter(|c| !is_combining_mark(*c) && !['\'', '’', '`'].contains(c)).collect();
    let mut words: Vec<String> = unmarked
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .flat_map(letters)
        .collect();
    let mut keep = |is_wanted: &dyn Fn(&str) -> bool, least: usize| {
        if words.iter().filter(|word| is_wanted(word)).count() >= least {
            words.retain(|word| is_wanted(word));
        }
    };
    keep(&|word| !DECORATIONS.contains(&word), 0);
    keep(&|word| !PARTICLES.contains(&word), 2);
    words
}

/// A word in small letters from a to z; several where capitals show that it is.
fn letters(word: &str) -> Vec<String> {
    let ascii = any_ascii(&unmasked(word));
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in ascii.chars().filter(char::is_ascii_alphanumeric) {
        // Max33Power is two words, McPower and MAXpower one each.
        let begins =
            last.is_ascii_lowercase() && c.is_ascii_uppercase() && words.last().is_none_or(|w| w.len() > 2);
        if words.is_empty() || begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c.to_ascii_lowercase());
        }
        last = c;
    }
    words.iter().filter_map(|word| spelled(word)).collect()
}

/// Letters of one script that stand for those of another: `Mаx` with a Cyrillic а. A word of one script stays.
fn unmasked(word: &str) -> String {
    let has = |script: Script| word.chars().any(|c| c.script() == script);
    let masked = has(Script::Latin) && (has(Script::Cyrillic) || has(Script::Greek) || has(Script::Cherokee));
    if masked { skeleton(word).collect() } else { word.to_owned() }
}

/// A word without the number at its ends, and with letters where digits stand for them: `p0wer33` is `power`.
fn spelled(word: &str) -> Option<String> {
    let bare = word.trim_matches(|c: char| c.is_ascii_digit());
    let letter = |c: char| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        '8' => 'b',
        other => other,
    };
    let spelled: String = bare.chars().map(letter).filter(char::is_ascii_lowercase).collect();
    (!spelled.is_empty()).then_some(spelled)
}
