//! Words of any script in small letters from a to z.
//!
//! [`any_ascii`] writes each character as it sounds by itself. What it can't know is added here: where a name has no space
//! between its parts, how people customarily write it, and which letters are silent.

use any_ascii::{any_ascii, any_ascii_char};
use unicode_script::{Script, UnicodeScript};

/// Korean surnames as they are written in Latin letters, which is seldom as they sound.
const KOREAN: [(char, &str); 20] = [
    ('김', "kim"),
    ('이', "lee"),
    ('박', "park"),
    ('최', "choi"),
    ('정', "jung"),
    ('강', "kang"),
    ('조', "cho"),
    ('윤', "yoon"),
    ('장', "jang"),
    ('임', "lim"),
    ('오', "oh"),
    ('신', "shin"),
    ('권', "kwon"),
    ('안', "ahn"),
    ('유', "yoo"),
    ('문', "moon"),
    ('노', "roh"),
    ('우', "woo"),
    ('구', "koo"),
    ('주', "joo"),
];
/// Chinese surnames of two characters.
const CHINESE: [&str; 8] = ["欧阳", "歐陽", "司徒", "司马", "司馬", "上官", "诸葛", "諸葛"];

/// The script of a word's first letter that has one of its own.
pub(super) fn of(word: &str) -> Script {
    let own = |script: &Script| !matches!(script, Script::Common | Script::Inherited);
    word.chars().map(|c| c.script()).find(own).unwrap_or(Script::Latin)
}

/// Whether people choose for themselves how they write a word of a script in Latin letters.
pub(super) const fn is_heard(script: Script) -> bool {
    leaves_vowels_out(script) || matches!(script, Script::Cyrillic | Script::Greek | Script::Hangul)
}

const fn leaves_vowels_out(script: Script) -> bool {
    matches!(script, Script::Arabic | Script::Devanagari | Script::Hebrew | Script::Thai)
}

/// A word of another script than Latin. Chinese and Korean names are the surname and the first name in one, if they stand alone.
pub(super) fn latin(word: &str, script: Script, is_alone: bool) -> Vec<String> {
    let plain = |text: &str| {
        let ascii = any_ascii(text);
        ascii.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect::<String>()
    };
    let long = word.chars().count();
    let words = match script {
        Script::Han | Script::Hangul if is_alone && (2..=4).contains(&long) => {
            let begins = |surname: &&&str| long > 2 && word.starts_with(**surname);
            let of_two = CHINESE.iter().find(begins).map(|surname| surname.len());
            let surname = of_two.or_else(|| word.chars().next().map(char::len_utf8)).unwrap_or_default();
            let (surname, given) = word.split_at(surname);
            let customary = KOREAN.iter().find(|(sign, _)| surname.starts_with(*sign));
            let surname = customary.map_or_else(|| plain(surname), |(_, latin)| (*latin).to_owned());
            vec![surname, plain(given)]
        }
        Script::Hiragana | Script::Katakana => vec![kana(word)],
        // The article is part of the surname, or isn't written.
        Script::Arabic if long > 4 => vec![plain(word.strip_prefix("ال").unwrap_or(word))],
        Script::Thai => vec![plain(&spoken(word))],
        Script::Greek => vec![plain(word).replace("oy", "ou")],
        _ => vec![plain(word)],
    };
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

/// Kana as Hepburn writes them: small letters join the one before, and long vowels are written once.
fn kana(word: &str) -> String {
    let mut latin = String::new();
    for c in word.chars() {
        let sound = any_ascii_char(c);
        let joins = "ゃゅょャュョぁぃぅぇぉァィゥェォ".contains(c);
        if joins && latin.pop().is_some() {
            let is_soft = latin.ends_with("sh") || latin.ends_with("ch") || latin.ends_with('j');
            latin.push_str(if is_soft { sound.trim_start_matches('y') } else { sound });
        } else {
            latin.push_str(sound);
        }
    }
    latin.retain(|c| c.is_ascii_alphabetic());
    ["ou", "oo", "uu"].iter().fold(latin.to_lowercase(), |latin, long| latin.replace(long, &long[..1]))
}

/// Thai without its silent letters.
fn spoken(word: &str) -> String {
    let mut letters: Vec<char> = Vec::new();
    for c in word.chars() {
        if c == '\u{e4c}' {
            // It silences the letter before it, whatever vowel sign that has.
            while letters.pop().is_some_and(|last| ('\u{e31}'..='\u{e4b}').contains(&last)) {}
        } else {
            letters.push(c);
        }
    }
    letters.into_iter().collect::<String>().replace("รร", "ั")
}

/// What is heard of a word, however it is written: where a script leaves vowels out its consonants, those that sound alike as
/// one.
pub(super) fn heard(word: &str, script: Script) -> String {
    if leaves_vowels_out(script) {
        return consonants(word, matches!(script, Script::Arabic | Script::Hebrew));
    }
    let vowels = [("ou", "u"), ("oo", "u"), ("eo", "u"), ("wu", "u"), ("ee", "i"), ("ui", "i"), ("x", "ks")];
    let heard = vowels.iter().fold(word.to_owned(), |heard, (from, to)| heard.replace(from, to));
    let heard = heard.strip_suffix("ah").map_or(heard.clone(), |rest| [rest, "a"].concat());
    let heard = heard.replace('g', "k").replace('b', "p").replace('y', "i");
    ["ii", "ie"].iter().fold(heard, |heard, twice| heard.replace(twice, &twice[1..]))
}

/// The consonants of a word. Whether an `f` is a `p` and a `v` a vowel can't be told in every script.
pub(super) fn consonants(word: &str, is_vague: bool) -> String {
    let mut heard = String::new();
    let mut last = None;
    for (at, c) in word.replace('x', "ks").replace("ph", "f").char_indices() {
        let sound = match c {
            'a' | 'e' | 'i' | 'o' | 'u' => None,
            'h' | 'w' | 'y' if at > 0 => None,
            'v' if at > 0 && is_vague => None,
            'c' | 'q' | 'g' => Some('k'),
            'z' => Some('s'),
            'b' => Some('p'),
            'f' if is_vague => Some('p'),
            'd' => Some('t'),
            other => Some(other),
        };
        // A letter that is written twice is heard once.
        heard.extend(sound.filter(|_| sound != last));
        last = sound;
    }
    heard
}
