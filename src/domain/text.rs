//! Text that people type, made safe to keep and to show.
//!
//! [`clean`] is done once, where text comes in; [`truncate`], [`isolate`] and [`escape_markdown`] are done where it is
//! shown, in that order.

mod characters;
mod markdown;

use std::borrow::Cow;

use unicode_bidi::BidiClass;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

pub use markdown::escape_markdown;

/// The most characters of an [`excerpt`].
const EXCERPT: usize = 60;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// How long Discord may find a text, in characters.
///
/// Its API counts code points and its apps' input fields count UTF-16 code units. This is the larger of the two, which
/// is always the latter, so that what fits here fits everywhere.
#[must_use]
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// One line of text as it is kept: NFC; every run of white space and line ends one space; none at the ends; nothing
/// invisible, no direction overrides, no towers of accents. Emoji of several parts stay whole.
///
/// Empty if nothing visible was typed. Cleaning twice changes nothing more.
#[must_use]
pub fn clean(text: &str) -> String {
    let composed: String = text.nfc().collect();
    characters::visible(&composed).nfc().collect()
}

/// Several lines of text as they are kept: each as [`clean`] makes it, at most one empty line between two, none at the
/// ends.
#[must_use]
pub fn clean_lines(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut empty = 0;
    for line in lines(text) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !kept.is_empty() {
            kept.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        kept.push_str(&line);
        empty = 0;
    }
    kept
}

/// Every line as [`clean`] makes it, the empty ones too.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n").split(ends_line).map(clean).collect()
}

/// The form in which two texts that a person would call the same are equal: case, width and ligatures set aside.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase().nfkc().collect()
}

/// The text if its [`length`] is at most `max`, else its beginning and `…`, cut between two characters as people see
/// them: never inside an emoji or between a letter and its accent.
#[must_use]
pub fn truncate(text: &str, max: usize) -> Cow<'_, str> {
    if length(text) <= max {
        return Cow::Borrowed(text);
    }
    let Some(room) = max.checked_sub(1) else { return Cow::Borrowed("") };
    Cow::Owned(format!("{}…", prefix(text, room).trim_end()))
}

/// A typed text as an error quotes it between backticks: one clean line of at most 60 characters, without a backtick.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let line = clean(text).replace('`', "'");
    truncate(&line, EXCERPT).into_owned()
}

/// The longest beginning of at most `max` characters that ends between two characters as people see them.
pub(super) fn prefix(text: &str, max: usize) -> &str {
    let mut used = 0;
    let end = text.grapheme_indices(true).find_map(|(at, grapheme)| {
        used += length(grapheme);
        (used > max).then_some(at)
    });
    &text[..end.unwrap_or(text.len())]
}

/// The text so wrapped that its right-to-left parts can't reorder the words around it; left alone if it has none.
#[must_use]
pub fn isolate(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_right_to_left) {
        Cow::Owned(format!("{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_right_to_left(c: char) -> bool {
    !c.is_ascii() && matches!(unicode_bidi::bidi_class(c), BidiClass::R | BidiClass::AL)
}

const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cleaning_keeps_what_people_see() {
        let cases = [
            ("  Spa \t 24h\n", "Spa 24h"),
            ("e\u{301}te\u{301}", "été"),
            ("a\u{202e}b\u{200b}c\u{feff}d\u{ad}", "abcd"),
            ("\u{2068}x\u{2069}\u{200f}", "x"),
            ("\u{3164}\u{2800}\u{200d}\u{fe0f}\u{e0041}", ""),
            (
                "👩\u{200d}🚀 ❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3}",
                "👩\u{200d}🚀 ❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3}",
            ),
            (
                "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            ),
            ("🏴\u{e0041}\u{e0042}", "🏴"),
            ("a\u{200d}b 👍\u{200d}", "ab 👍"),
            ("ශ\u{dca}\u{200d}\u{dbb}\u{dd3}", "ශ\u{dca}\u{200d}\u{dbb}\u{dd3}"),
            ("\u{301}x", "x"),
            ("x\u{317}\u{318}\u{319}\u{31a}\u{31c}\u{31d}\u{31e}", "x\u{317}\u{318}\u{319}\u{31c}\u{31d}"),
            ("مرحبا", "مرحبا"),
        ];
        for (typed, kept) in cases {
            assert_eq!(clean(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn lines_stay_apart() {
        assert_eq!(
            clean_lines("\n\n one \r\n two\u{2028}three\r\r\r\nfour \n \n"),
            "one\ntwo\nthree\n\nfour"
        );
        assert_eq!(clean_lines(" \n\u{200b}\n"), "");
    }

    #[test]
    fn cutting_keeps_characters_whole() {
        assert_eq!(truncate("Spa 24h", 7), "Spa 24h");
        assert_eq!(truncate("Spa 24h", 5), "Spa…");
        assert_eq!(truncate("👩\u{200d}🚀👩\u{200d}🚀", 9), "👩\u{200d}🚀…");
        assert_eq!(truncate("👩\u{200d}🚀", 4), "…");
        assert_eq!(truncate("x", 0), "");
    }

    #[test]
    fn an_excerpt_stays_between_its_backticks() {
        assert_eq!(excerpt(" a`b\n@everyone "), "a'b @everyone");
        assert_eq!(length(&excerpt(&"x".repeat(1000))), EXCERPT);
    }

    #[test]
    fn only_right_to_left_text_is_isolated() {
        assert_eq!(isolate("Größe 5"), "Größe 5");
        assert_eq!(isolate("سباق 5"), "\u{2068}سباق 5\u{2069}");
        assert_eq!(isolate("x שלום"), "\u{2068}x שלום\u{2069}");
    }

    #[test]
    fn folding_sets_case_and_width_aside() {
        assert_eq!(fold("ＧＴ３"), fold("gt3"));
        assert_ne!(fold("GT3"), fold("GT4"));
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!once.contains(|c: char| c.is_control() || ends_line(c)));
            let lines = clean_lines(&text);
            prop_assert_eq!(clean_lines(&lines), lines);
        }

        #[test]
        fn cleaning_survives_the_nasty_characters(text in "[a1 \u{e9}\u{301}\u{317}\u{94d}\u{200c}\u{200d}\u{fe0e}\u{fe0f}\u{20e3}\u{202e}\u{1f3f4}\u{e0067}\u{e007f}\u{1f468}\u{1f3fd}\u{2764}\u{1fef}\u{115f}]{0,12}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn a_cut_text_fits(text in any::<String>(), max in 0_usize..40) {
            let cut = truncate(&text, max);
            prop_assert!(length(&cut) <= max);
            prop_assert!(length(&cut) >= cut.chars().count());
        }
    }
}
