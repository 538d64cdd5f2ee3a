//! The names and texts that people give to things.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::text;

/// What kind of text a [`Text`] is: its limits.
pub trait Kind {
    /// The fewest characters, as [`text::length`] counts them.
    const MIN: usize;
    /// The most characters.
    const MAX: usize;
    /// Whether it may have several lines.
    const LINES: bool = false;
}

/// Text that is clean and within the limits of its kind.
///
/// It may still hold Markdown or `@everyone`: escape it where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String", bound = "K: Clone + Kind")]
pub struct Text<K> {
    text: String,
    kind: PhantomData<K>,
}

/// Why a typed text can't be the name that it was typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Something was typed, and nothing of it can be seen.
    #[error("only invisible characters")]
    Invisible,
    /// More characters than fit. Most emoji count as two or more.
    #[error("{length} characters, at most {max}")]
    TooLong {
        /// How many there are.
        length: usize,
        /// How many there may be.
        max: usize,
    },
}

impl<K: Kind> Text<K> {
    /// Cleans what was typed and holds it against the limits of its kind.
    ///
    /// # Errors
    /// When nothing visible is left of a text that mustn't be empty, or when it is too long.
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        let text = if K::LINES { text::clean_lines(typed) } else { text::clean(typed) };
        let length = text::length(&text);
        if length < K::MIN {
            return Err(if typed.trim().is_empty() { NameError::Empty } else { NameError::Invisible });
        }
        if length > K::MAX {
            return Err(NameError::TooLong { length, max: K::MAX });
        }
        Ok(Self { text, kind: PhantomData })
    }

    /// The first of these names that can be seen, cut to fit; the number where none can.
    #[must_use]
    pub fn first_of<'n>(names: impl IntoIterator<Item = &'n str>, number: u64) -> Self {
        let seen = |name: &str| Self::parse(&text::truncate(&text::clean(name), K::MAX)).ok();
        let first = names.into_iter().find_map(seen);
        first.unwrap_or_else(|| Self { text: number.to_string(), kind: PhantomData })
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there is none, as there may be of a [`Description`].
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Nothing.
impl Default for Description {
    fn default() -> Self {
        Self { text: String::new(), kind: PhantomData }
    }
}

impl<K> fmt::Display for Text<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<K: Kind> FromStr for Text<K> {
    type Err = NameError;

    fn from_str(typed: &str) -> Result<Self, NameError> {
        Self::parse(typed)
    }
}

impl<K: Kind> TryFrom<String> for Text<K> {
    type Error = NameError;

    fn try_from(typed: String) -> Result<Self, NameError> {
        Self::parse(&typed)
    }
}

impl<K> From<Text<K>> for String {
    fn from(name: Text<K>) -> Self {
        name.text
    }
}

/// The kinds of text.
pub mod kind {
    use super::Kind;

    /// Of a [`CarName`](super::CarName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Car {}
    /// Of a [`ClassName`](super::ClassName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Class {}
    /// Of a [`ClubName`](super::ClubName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Club {}
    /// Of a [`Description`](super::Description).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Description {}
    /// Of an [`EventName`](super::EventName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Event {}
    /// Of an [`ExternalId`](super::ExternalId).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum External {}
    /// Of a [`Note`](super::Note).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Note {}
    /// Of a [`Notice`](super::Notice).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Notice {}
    /// Of a [`PersonName`](super::PersonName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Person {}
    /// Of [`Requirements`](super::Requirements).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Requirements {}
    /// Of a [`RoleName`](super::RoleName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Role {}
    /// Of a [`SeriesName`](super::SeriesName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Series {}
    /// Of a [`TeamName`](super::TeamName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Team {}
    /// Of a [`TokenName`](super::TokenName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Token {}
    /// Of a [`TrackName`](super::TrackName).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Track {}

    impl Kind for Car {
        const MIN: usize = 1;
        const MAX: usize = 60;
    }
    impl Kind for Class {
        const MIN: usize = 1;
        const MAX: usize = 30;
    }
    impl Kind for Club {
        const MIN: usize = 1;
        const MAX: usize = 60;
    }
    impl Kind for Description {
        const MIN: usize = 0;
        const MAX: usize = 1000;
        const LINES: bool = true;
    }
    impl Kind for Event {
        const MIN: usize = 1;
        const MAX: usize = 80;
    }
    impl Kind for External {
        const MIN: usize = 1;
        const MAX: usize = 100;
    }
    impl Kind for Note {
        const MIN: usize = 1;
        const MAX: usize = 150;
    }
    impl Kind for Notice {
        const MIN: usize = 1;
        const MAX: usize = 500;
        const LINES: bool = true;
    }
    impl Kind for Person {
        const MIN: usize = 1;
        const MAX: usize = 80;
    }
    impl Kind for Requirements {
        const MIN: usize = 1;
        const MAX: usize = 300;
        const LINES: bool = true;
    }
    impl Kind for Role {
        const MIN: usize = 1;
        const MAX: usize = 40;
    }
    impl Kind for Series {
        const MIN: usize = 1;
        const MAX: usize = 60;
    }
    impl Kind for Team {
        const MIN: usize = 1;
        const MAX: usize = 50;
    }
    impl Kind for Token {
        const MIN: usize = 1;
        const MAX: usize = 60;
    }
    impl Kind for Track {
        const MIN: usize = 1;
        const MAX: usize = 50;
    }
}

/// What a car is called: 1–60 characters.
pub type CarName = Text<kind::Car>;
/// The name of a car class in an event: 1–30 characters.
pub type ClassName = Text<kind::Class>;
/// The name of a club: 1–60 characters.
pub type ClubName = Text<kind::Club>;
/// What an organiser tells about an event: 0–1000 characters on any number of lines.
pub type Description = Text<kind::Description>;
/// The name of an event: 1–80 characters.
pub type EventName = Text<kind::Event>;
/// What another system calls a thing of ours: 1–100 characters, compared as they are.
pub type ExternalId = Text<kind::External>;
/// What somebody adds to their sign-up: 1–150 characters.
pub type Note = Text<kind::Note>;
/// What whoever runs the service has to say to everybody: 1–500 characters on any number of lines.
pub type Notice = Text<kind::Notice>;
/// A name that a person goes by: 1–80 characters.
pub type PersonName = Text<kind::Person>;
/// What people need for an event, in words: 1–300 characters on any number of lines.
pub type Requirements = Text<kind::Requirements>;
/// The name of a role in a club: 1–40 characters.
pub type RoleName = Text<kind::Role>;
/// The name of a series: 1–60 characters.
pub type SeriesName = Text<kind::Series>;
/// The name of a team, of its role and of its thread: 1–50 characters.
pub type TeamName = Text<kind::Team>;
/// What people call a token of the API: 1–60 characters.
pub type TokenName = Text<kind::Token>;
/// The name of a track: 1–50 characters.
pub type TrackName = Text<kind::Track>;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_cleaned_and_counted() {
        assert_eq!(ClubName::parse(" Night\n Owls ").unwrap().as_str(), "Night Owls");
        assert_eq!(ClubName::parse(" \n"), Err(NameError::Empty));
        assert_eq!(ClubName::parse("\u{200b}\u{202e} \u{3164}"), Err(NameError::Invisible));
        assert_eq!(ClassName::parse(&"x".repeat(31)), Err(NameError::TooLong { length: 31, max: 30 }));
        assert_eq!(EventName::parse(&"🏁".repeat(100)), Err(NameError::TooLong { length: 200, max: 80 }));
        assert!(EventName::parse(&"🏁".repeat(40)).is_ok());
        assert_eq!(SeriesName::parse("@everyone كأس").unwrap().to_string(), "@everyone كأس");
    }

    #[test]
    fn somebody_always_has_a_name() {
        let first_of = |names: &[&str]| PersonName::first_of(names.iter().copied(), 7).to_string();
        assert_eq!(first_of(&["\u{200b}", " Ana\nP ", "ana"]), "Ana P");
        assert_eq!(first_of(&["", "\u{3164}"]), "7");
        assert!(text::length(&first_of(&[&"x\u{301}".repeat(90)])) <= 80);
    }

    #[test]
    fn a_description_may_be_empty_and_has_lines() {
        assert!(Description::parse("\u{200b}").unwrap().is_empty());
        assert_eq!(Description::parse("a\r\n\r\n\r\nb").unwrap().as_str(), "a\n\nb");
    }

    #[test]
    fn a_name_is_a_string_in_json_and_checked_on_its_way_in() {
        let name: TrackName = serde_json::from_str(r#"" Spa ""#).unwrap();
        assert_eq!(serde_json::to_string(&name).unwrap(), r#""Spa""#);
        assert!(serde_json::from_str::<TrackName>(r#""""#).is_err());
    }

    proptest! {
        #[test]
        fn what_was_parsed_parses_to_itself(typed in any::<String>()) {
            if let Ok(name) = EventName::parse(&typed) {
                prop_assert_eq!(EventName::parse(name.as_str()), Ok(name.clone()));
                prop_assert!((1..=80).contains(&text::length(name.as_str())));
            }
            if let Ok(text) = Description::parse(&typed) {
                prop_assert_eq!(text.to_string().parse(), Ok(text));
            }
        }
    }
}
