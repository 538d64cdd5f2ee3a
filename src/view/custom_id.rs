//! What a button, a select or a form of ours carries: a `custom_id` of at most 100 characters.
//!
//! It reads `1:<verb>:<arguments…>`; the number is the version of this grammar. Ids are in their short form. Nothing in it is
//! trusted: whoever acts on it looks each id up within the actor's club.

mod form;
mod press;
pub mod verb;
mod word;

use std::fmt::Write;

use thiserror::Error;
use twilight_model::id::Id;

pub use self::{
    form::{Form, FormId, MAX_TRACK},
    press::{CrewPress, Press, RoomPress, TeamPress},
    word::{CalendarOf, List, SettingsGroup, Showing, members_of, members_word},
};
use crate::domain::id::Key;

/// The version of the grammar.
const VERSION: &str = "1";

/// The most characters of a `custom_id`.
pub const MAX_LENGTH: usize = 100;

/// A `custom_id` of another version, or none of ours.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("not a custom id of this version")]
pub struct Outdated;

/// Writes a `custom_id` argument by argument.
struct Writer(String);

impl Writer {
    fn new(verb: &str) -> Self {
        Self(format!("{VERSION}:{verb}"))
    }

    fn word(mut self, word: &str) -> Self {
        self.0.push(':');
        self.0.push_str(word);
        self
    }

    fn key<K>(self, key: Key<K>) -> Self {
        self.word(&key.short())
    }

    fn optional_key<K>(self, key: Option<Key<K>>) -> Self {
        match key {
            Some(key) => self.key(key),
            None => self.word(""),
        }
    }

    fn number(mut self, number: u64) -> Self {
        // Writing to a string can't fail.
        let _ = write!(self.0, ":{number:x}");
        self
    }
}

/// Reads a `custom_id` argument by argument.
struct Reader<'t>(Option<&'t str>);

impl<'t> Reader<'t> {
    /// The verb, and a reader of what follows it.
    fn new(text: &'t str) -> Result<(&'t str, Self), Outdated> {
        let (version, rest) = text.split_once(':').ok_or(Outdated)?;
        if version != VERSION {
            return Err(Outdated);
        }
        let mut reader = Self(Some(rest));
        let verb = reader.word()?;
        Ok((verb, reader))
    }

    fn word(&mut self) -> Result<&'t str, Outdated> {
        let text = self.0.ok_or(Outdated)?;
        let (word, rest) = text.split_once(':').map_or((text, None), |(word, rest)| (word, Some(rest)));
        self.0 = rest;
        Ok(word)
    }

    fn key<K>(&mut self) -> Result<Key<K>, Outdated> {
        Key::from_short(self.word()?).ok_or(Outdated)
    }

    fn optional_key<K>(&mut self) -> Result<Option<Key<K>>, Outdated> {
        match self.word()? {
            "" => Ok(None),
            word => Key::from_short(word).map(Some).ok_or(Outdated),
        }
    }

    fn number(&mut self) -> Result<u64, Outdated> {
        u64::from_str_radix(self.word()?, 16).map_err(|_| Outdated)
    }

    /// A number of fewer bits.
    fn small<N: TryFrom<u64>>(&mut self) -> Result<N, Outdated> {
        self.number()?.try_into().map_err(|_| Outdated)
    }

    fn snowflake<M>(&mut self) -> Result<Id<M>, Outdated> {
        Id::new_checked(self.number()?).ok_or(Outdated)
    }

    /// Everything that is left, colons included.
    fn rest(&mut self) -> Result<&'t str, Outdated> {
        self.0.take().ok_or(Outdated)
    }

    /// `value`, if nothing is left.
    fn end<T>(self, value: T) -> Result<T, Outdated> {
        if self.0.is_none() { Ok(value) } else { Err(Outdated) }
    }
}
