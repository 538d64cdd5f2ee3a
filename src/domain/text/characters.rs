//! Which characters of a typed text are kept.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};

/// Enough accents on one letter for every living script; a tower of more climbs over the lines above.
const MARKS_ON_ONE_LETTER: usize = 5;

/// The canonical combining class of the signs that join consonants in Indic scripts.
/// See [UAX #44](https://www.unicode.org/reports/tr44/#Canonical_Combining_Class_Values).
const VIRAMA: u8 = 9;

const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';
const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// The three flags that are a black flag with a name in invisible tag characters: England, Scotland, Wales.
const TAG_FLAGS: [&str; 3] = [
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
];

/// The text without its invisible characters, its runs of white space made single spaces, none at the ends.
pub(super) fn visible(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut marks = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(flag) = TAG_FLAGS.iter().find(|flag| rest.starts_with(**flag)) {
            kept.push_str(flag);
            rest = &rest[flag.len()..];
            marks = 0;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let before = kept.chars().next_back();
        if c.is_whitespace() {
            if before.is_some_and(|before| before != ' ') {
                kept.push(' ');
            }
        } else if is_kept(before, c, rest.chars().next(), &mut marks) {
            kept.push(c);
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// Whether `c` is kept after `before` (the last kept one) and ahead of `next`; `marks` counts the accents so far.
fn is_kept(before: Option<char>, c: char, next: Option<char>, marks: &mut usize) -> bool {
    match c {
        ZERO_WIDTH_JOINER | ZERO_WIDTH_NON_JOINER => joins(before, c, next),
        '\u{fe0e}' | '\u{fe0f}' => before.is_some_and(UnicodeEmoji::is_emoji_char),
        _ if is_invisible(c) => false,
        _ if is_combining_mark(c) => {
            *marks += 1;
            *marks <= MARKS_ON_ONE_LETTER && before.is_some_and(|before| before != ' ')
        }
        _ => {
            *marks = 0;
            true
        }
    }
}

/// Whether a joiner does its work here: between the parts of one emoji, or after a sign that joins consonants.
fn joins(before: Option<char>, c: char, next: Option<char>) -> bool {
    let (Some(before), Some(next)) = (before, next) else { return false };
    let in_emoji =
        c == ZERO_WIDTH_JOINER && (before == '\u{fe0f}' || is_pictograph(before)) && is_pictograph(next);
    in_emoji || (canonical_combining_class(before) == VIRAMA && next.is_alphabetic() && !is_invisible(next))
}

/// Whether a character is an emoji by itself; digits, `#` and `*` are only parts of some.
pub(super) fn is_pictograph(c: char) -> bool {
    !c.is_ascii() && c.is_emoji_char()
}

/// Whether a character shows nothing, or nothing that means the same to two people.
fn is_invisible(c: char) -> bool {
    use GeneralCategory as Category;
    let blank = matches!(
        c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2065}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}'
            | '\u{1d159}' | '\u{e0000}'..='\u{e0fff}'
    );
    let never_a_character = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    let category = c.general_category();
    blank
        || never_a_character
        || matches!(category, Category::Control | Category::Format | Category::PrivateUse)
}
