//! The parts of what somebody shows: what stands in brackets, and what stands between signs.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_script::{Script, UnicodeScript};

/// Brackets, which hold a tag, a number, or the name itself.
const OPENING: &[char] = &['(', '[', '{', '<', '【', '「', '『', '《', '〔'];
const CLOSING: &[char] = &[')', ']', '}', '>', '】', '」', '』', '》', '〕'];
/// What stands within a name, and is no sign around it.
const WITHIN: &[char] = &['.', ',', '-', '_', '\'', '’', '`', '#', '\u{200b}', '\u{200c}', '\u{200d}'];
/// Quotes within a word.
const QUOTES: &[char] = &['\'', '’', '`'];

/// The parts of a text, each with its words as they are written. Marks that letters carry for show are gone.
pub(super) fn of(text: &str) -> Vec<Vec<String>> {
    let mut parts = vec![];
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for c in text.nfkc().filter(|c| !is_for_show(*c)) {
        if OPENING.contains(&c) {
            depth += 1;
            parts.push(std::mem::take(if depth == 1 { &mut outside } else { &mut inside }));
        } else if CLOSING.contains(&c) && depth > 0 {
            depth -= 1;
            parts.push(std::mem::take(&mut inside));
        } else {
            let to = if depth > 0 { &mut inside } else { &mut outside };
            if is_letter(c) || c.is_whitespace() || WITHIN.contains(&c) {
                to.push(c);
            } else {
                parts.push(std::mem::take(to));
            }
        }
    }
    // A bracket that never closes was none.
    outside.push(' ');
    outside.push_str(&inside);
    parts.push(outside);
    let split = parts.iter().flat_map(|part| part.split(" - ")).map(words);
    split.filter(|words| !words.is_empty()).collect()
}

fn words(part: &str) -> Vec<String> {
    let bare: String = part.chars().filter(|c| !QUOTES.contains(c)).collect();
    let words: Vec<String> =
        bare.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    // M a x  P o w e r
    let is_spaced = words.len() > 3 && words.iter().all(|word| word.chars().count() == 1);
    if is_spaced { vec![words.concat()] } else { words }
}

/// A letter, a digit, or a mark that makes one of a letter in its own script.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// A mark that any letter may carry. Those of Indian scripts and of Thai are vowels.
fn is_for_show(c: char) -> bool {
    is_combining_mark(c) && matches!(c.script(), Script::Inherited | Script::Common)
}
