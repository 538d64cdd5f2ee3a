//! Codes that the club's site shows, and people type to say who they are: eight letters and digits that can't be mistaken for each
//! other, in two groups. See <https://www.crockford.com/base32.html>.

use std::{fmt, str::FromStr};

/// How many letters and digits a code has: 40 bits.
const LENGTH: usize = 8;

/// A code.
#[derive(Clone, Eq, PartialEq)]
pub struct LinkCode(String);

/// What was typed can't be a code.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not eight letters and digits, such as K7QF-2M9X")]
pub struct NotACode;

impl LinkCode {
    /// A code of the first eight of these letters and digits.
    #[must_use]
    pub fn new(letters: &str) -> Self {
        Self(letters.chars().filter_map(read).take(LENGTH).collect())
    }

    /// Its letters and digits without the dash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LinkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at_checked(LENGTH / 2).unwrap_or((&self.0, ""));
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for LinkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkCode")
    }
}

impl FromStr for LinkCode {
    type Err = NotACode;

    fn from_str(typed: &str) -> Result<Self, NotACode> {
        let letters =
            typed.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '–' | '_'));
        let letters: Option<String> = letters.map(read).collect();
        letters.filter(|letters| letters.len() == LENGTH).map(Self).ok_or(NotACode)
    }
}

/// A letter or digit of a code, whatever its case; those that look like another stand for it.
const fn read(letter: char) -> Option<char> {
    let letter = letter.to_ascii_uppercase();
    match letter {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        'U' => None,
        '0'..='9' | 'A'..='Z' => Some(letter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code: LinkCode = "K7QF-2M91".parse().unwrap();
        for typed in ["k7qf2m9l", " K7QF – 2M9I ", "k7qf_2m91"] {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
        for typed in ["", "K7QF", "K7QF-2M9U", "K7QF-2M9XX", "ключ-кода"] {
            assert_eq!(typed.parse::<LinkCode>(), Err(NotACode), "{typed}");
        }
        assert_eq!(format!("{code} {code:?}"), "K7QF-2M91 LinkCode");
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(letters in "[0-9A-HJKMNP-TV-Z]{8}") {
            let code = LinkCode::new(&letters);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }
    }
}
