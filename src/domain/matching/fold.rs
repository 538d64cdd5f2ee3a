//! What is left of a name when everything is taken off that people put around it.

use any_ascii::any_ascii;
use unicode_script::{Script, UnicodeScript};
use unicode_security::confusable_detection::skeleton;

use super::{Name, NameKind, parts, script};

/// Words about cars, zones, work and broadcasts, which are nobody's name.
const DECORATIONS: &str = " admin aest bst cest cet chief coach crew cst cup driver edt engineer esport esports est gmt gt gtd gte \
    gtp hypercar ir iracing irl ist jst live lmdh lmh lmp mod motorsport motorsports mst mx official pdt pst race racer \
    racing sim simracer simracing spotter steward tcr team ttv tv utc ";
/// Small words within a surname, which people leave out.
const PARTICLES: &str = " af al av bin da de del den der di do dos du el ibn la le ten ter van von zu ";
/// Words of a name, at most; more are a sentence.
const MOST_WORDS: usize = 6;

/// Everything that somebody is called, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    pub(super) variants: Vec<Variant>,
}

/// One way to read a name: words of small letters from a to z.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) kind: NameKind,
    pub(super) words: Vec<String>,
    /// The words without a space between them.
    pub(super) joined: String,
    /// The same with the small words that people leave out, if there are any.
    pub(super) with_particles: Option<String>,
    /// The letters and digits as they are written, in small letters.
    pub(super) typed: String,
    /// The script, where it isn't Latin.
    pub(super) script: Script,
    /// The word that this reading leaves out.
    pub(super) left_out: Option<String>,
    pub(super) generation: Option<Generation>,
}

/// Which of those who have the same name in a family.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Generation {
    Senior,
    Junior,
    Third,
}

impl Folded {
    pub(super) fn of(names: &[Name]) -> Self {
        let mut names: Vec<&Name> = names.iter().collect();
        names.sort_by_key(|name| (name.kind, &name.text));
        let mut variants: Vec<Variant> = Vec::new();
        for name in names {
            for variant in readings(name) {
                // Names of a letter or two say nothing.
                if variant.joined.len() > 2 && !variants.iter().any(|known| known.is_same(&variant)) {
                    variants.push(variant);
                }
            }
        }
        // Whoever says it once is it by every name.
        let generation = variants.iter().find_map(|variant| variant.generation);
        variants.iter_mut().for_each(|variant| variant.generation = variant.generation.or(generation));
        Self { variants }
    }
}

impl Variant {
    fn is_same(&self, other: &Self) -> bool {
        self.words == other.words
            && self.left_out == other.left_out
            && self.generation == other.generation
            && (self.words.len() > 1 || self.typed == other.typed)
    }

    /// Without the words between, or after, the first two that matter.
    fn with_only(&self, second: usize, left_out: usize) -> Self {
        let words = vec![self.words[0].clone(), self.words[second].clone()];
        Self {
            joined: words.concat(),
            words,
            with_particles: None,
            left_out: Some(self.words[left_out].clone()),
            typed: String::new(),
            ..*self
        }
    }
}

/// The ways to read a name: each of its parts, all of them together, and each without what may be a tag or a middle name.
fn readings(name: &Name) -> Vec<Variant> {
    let parts = parts::of(&name.text);
    if name.kind == NameKind::Alias && !name.text.trim().contains(char::is_whitespace) {
        // A name to play under is one word, however many it looks like.
        return Vec::from_iter(parts.first().and_then(|_| reading(name.kind, &[parts.concat().concat()])));
    }
    let mut tokens: Vec<&[String]> = Vec::new();
    for part in &parts {
        tokens.push(part);
        match part.as_slice() {
            [tag, rest @ ..] if is_tag(tag) && !rest.is_empty() => tokens.push(rest),
            [rest @ .., tag] if is_tag(tag) && !rest.is_empty() => tokens.push(rest),
            _ => {}
        }
    }
    let whole = parts.concat();
    if parts.len() > 1 {
        tokens.push(&whole);
    }
    let mut readings: Vec<Variant> = Vec::new();
    for variant in tokens.iter().filter_map(|tokens| reading(name.kind, tokens)) {
        let words = variant.words.len();
        if words > 2 {
            readings.push(variant.with_only(words - 1, 1));
            readings.push(variant.with_only(1, words - 1));
        }
        readings.push(variant);
    }
    // What is whole goes before what leaves something out.
    readings.sort_by_key(|reading| reading.left_out.is_some());
    readings
}

/// The letters of a club or a team, before or after a name.
fn is_tag(word: &str) -> bool {
    !["II", "III", "JR", "SR"].contains(&word)
        && (2..=4).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

/// Some written words as a name.
fn reading(kind: NameKind, tokens: &[String]) -> Option<Variant> {
    let scripts: Vec<Script> = tokens.iter().map(|token| script::of(token)).collect();
    let mut words: Vec<String> = Vec::new();
    for (token, script) in tokens.iter().zip(&scripts) {
        let is_alone = scripts.iter().filter(|other| *other == script).count() == 1;
        match (kind, script) {
            (NameKind::Alias, _) if tokens.len() == 1 => {
                words.extend(spelled(&any_ascii(token).to_lowercase()))
            }
            _ if is_masked(token) => words.extend(latin(&unmasked(token))),
            (_, Script::Latin) => words.extend(latin(token)),
            _ => words.extend(script::latin(token, *script, is_alone)),
        }
    }
    let generation = generation(&mut words);
    words.retain(|word| !is_in(DECORATIONS, word));
    let all = words.concat();
    if words.iter().filter(|word| !is_in(PARTICLES, word)).count() > 1 {
        words.retain(|word| !is_in(PARTICLES, word));
    }
    if words.is_empty() || words.len() > MOST_WORDS {
        return None;
    }
    let joined = words.concat();
    let own =
        tokens.iter().zip(scripts).find(|(token, script)| *script != Script::Latin && !is_masked(token));
    Some(Variant {
        kind,
        words,
        with_particles: (all != joined).then_some(all),
        joined,
        typed: if tokens.len() == 1 { tokens.concat().to_lowercase() } else { String::new() },
        script: own.map_or(Script::Latin, |(_, script)| script),
        left_out: None,
        generation,
    })
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Takes `Jr.` off the end of a name.
fn generation(words: &mut Vec<String>) -> Option<Generation> {
    let generation = match words.last()?.as_str() {
        "sr" | "snr" | "senior" => Generation::Senior,
        "jr" | "jnr" | "junior" | "ii" => Generation::Junior,
        "iii" => Generation::Third,
        _ => return None,
    };
    (words.len() > 1).then(|| words.pop()).map(|_| generation)
}

/// A word in small letters from a to z; several where capitals show that it is.
fn latin(word: &str) -> Vec<String> {
    let ascii = any_ascii(word);
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

/// Whether letters of one script stand for those of another: `Mаx` with a Cyrillic а.
fn is_masked(word: &str) -> bool {
    let has = |script: Script| word.chars().any(|c| c.script() == script);
    !word.is_ascii()
        && has(Script::Latin)
        && (has(Script::Cyrillic) || has(Script::Greek) || has(Script::Cherokee))
}

/// The Latin letters that others stand for.
fn unmasked(word: &str) -> String {
    let mut latin = String::new();
    for c in word.chars() {
        match c.script() {
            Script::Latin | Script::Common => latin.push(c),
            _ => latin.extend(skeleton(c.encode_utf8(&mut [0; 4]))),
        }
    }
    latin
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
