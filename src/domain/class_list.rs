//! The classes of an event, typed one a line: `GT3 x 20`.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::name::{ClassName, NameError};
use super::text;

/// How many places a class has: 1–500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Capacity(u16);

/// A number of places that no class can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} places, not 1 to 500")]
pub struct BadCapacity(pub u64);

impl Capacity {
    /// The fewest places.
    pub const MIN: Self = Self(1);
    /// The most places.
    pub const MAX: Self = Self(500);

    /// So many places.
    ///
    /// # Errors
    /// When that is none or more than 500.
    pub fn new(places: u64) -> Result<Self, BadCapacity> {
        let capacity = u16::try_from(places).map(Self).map_err(|_| BadCapacity(places))?;
        (Self::MIN..=Self::MAX).contains(&capacity).then_some(capacity).ok_or(BadCapacity(places))
    }

    /// The number of places.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u64> for Capacity {
    type Error = BadCapacity;

    fn try_from(places: u64) -> Result<Self, BadCapacity> {
        Self::new(places)
    }
}

impl From<Capacity> for u64 {
    fn from(capacity: Capacity) -> Self {
        capacity.0.into()
    }
}

/// A class as it was typed, not yet of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassDraft {
    /// How many may be in; without it, everyone.
    pub capacity: Option<Capacity>,
    /// What it is called; only an event's sole class may have no name.
    pub name: Option<ClassName>,
}

/// An event's classes: one to ten, in the order typed, no two of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes(Vec<ClassDraft>);

/// A line that can't be a class, and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct BadLine {
    /// What is wrong.
    pub fault: ClassFault,
    /// Which line of the field, from 1.
    pub line: usize,
    /// What was typed there.
    pub typed: String,
}

/// What is wrong with a line of the classes field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClassFault {
    /// Its number of places is none, over 500, or no whole number.
    #[error("{typed:?} places")]
    Capacity {
        /// Whether only a space stands before the number, which then may belong to the name (`Porsche 911`):
        /// `Porsche 911 x any` makes that clear.
        after_space: bool,
        /// The number, as typed.
        typed: String,
    },
    /// A line above has the same name, in whatever case.
    #[error("same name as line {first}")]
    Duplicate {
        /// That line, from 1.
        first: usize,
    },
    /// Its name is too long.
    #[error(transparent)]
    Name(#[from] NameError),
    /// An `x` with nothing after it.
    #[error("no number of places")]
    NoCapacity,
    /// Only a number of places, although there are other classes.
    #[error("no name")]
    NoName,
    /// More classes than [`Classes::MAX`]; this is the first too many.
    #[error("too many classes")]
    TooMany,
}

impl Classes {
    /// The most classes that an event has.
    pub const MAX: usize = 10;

    /// Reads the classes field.
    ///
    /// A line is a name, or a name and its places: `GT3 x 20`, `GT3 × 20`, `GT3: 20`, `GT3 20`; `GT3 x any` is `GT3`
    /// without a limit. A bare number is one class without a name, and an empty field one without a limit either.
    ///
    /// # Errors
    /// Every line that is wrong, in their order.
    pub fn parse(typed: &str) -> Result<Self, Vec<BadLine>> {
        let entries = entries(typed);
        if entries.is_empty() {
            return Ok(Self::default());
        }
        let mut reader = Reader { alone: entries.len() == 1, ..Reader::default() };
        for (line, typed) in entries {
            match reader.read(line, &typed) {
                Ok(class) => reader.classes.extend(class),
                Err(fault) => reader.bad.push(BadLine { fault, line, typed }),
            }
        }
        if reader.bad.is_empty() { Ok(Self(reader.classes)) } else { Err(reader.bad) }
    }

    /// The classes of something that was an event's once; `None` for none, or more than [`Classes::MAX`].
    #[must_use]
    pub fn of(classes: Vec<ClassDraft>) -> Option<Self> {
        (1..=Self::MAX).contains(&classes.len()).then_some(Self(classes))
    }

    /// The classes, at least one.
    #[must_use]
    pub fn as_slice(&self) -> &[ClassDraft] {
        &self.0
    }
}

/// One class without a name or a limit.
impl Default for Classes {
    fn default() -> Self {
        Self(vec![ClassDraft::default()])
    }
}

/// The classes as [`Classes::parse`] reads them back.
impl fmt::Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, class) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            match (&class.name, class.capacity) {
                (None, None) => {}
                (None, Some(capacity)) => write!(f, "{capacity}")?,
                (Some(name), Some(capacity)) => write!(f, "{name} x {capacity}")?,
                (Some(name), None) if is_read(name.as_str(), name) => write!(f, "{name}")?,
                (Some(name), None) => write!(f, "{name} x any")?,
            }
        }
        Ok(())
    }
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    /// Whether the field holds only one class.
    alone: bool,
    bad: Vec<BadLine>,
    classes: Vec<ClassDraft>,
    count: usize,
    /// The names so far, folded, with their lines.
    names: Vec<(String, usize)>,
}

impl Reader {
    /// Reads one class; nothing is left of those after the first too many.
    fn read(&mut self, line: usize, typed: &str) -> Result<Option<ClassDraft>, ClassFault> {
        self.count += 1;
        if self.count > Classes::MAX {
            return if self.count == Classes::MAX + 1 { Err(ClassFault::TooMany) } else { Ok(None) };
        }
        let (name, capacity) = split(typed)?;
        let name = name.trim_end_matches([',', ' ']);
        if name.is_empty() {
            return if self.alone {
                Ok(Some(ClassDraft { capacity, name: None }))
            } else {
                Err(ClassFault::NoName)
            };
        }
        let name = ClassName::parse(name)?;
        if !is_read(&format!("{name} x any"), &name) {
            return Err(ClassFault::NoName);
        }
        let key = text::fold(name.as_str());
        if let Some((_, first)) = self.names.iter().find(|(known, _)| *known == key) {
            return Err(ClassFault::Duplicate { first: *first });
        }
        self.names.push((key, line));
        Ok(Some(ClassDraft { capacity, name: Some(name) }))
    }
}

/// What is typed for each class, with its line: lines without their bullets, split at commas between words.
fn entries(typed: &str) -> Vec<(usize, String)> {
    let mut entries = Vec::new();
    for (at, line) in text::lines(typed).iter().enumerate() {
        let parts = line.split(", ").flat_map(|part| part.split(';'));
        let parts = parts.map(|part| strip_bullets(part.trim_end_matches(',')).trim());
        entries.extend(parts.filter(|part| !part.is_empty()).map(|part| (at + 1, part.to_owned())));
    }
    entries
}

/// Whether a line is read as a class of that name without a limit.
fn is_read(line: &str, name: &ClassName) -> bool {
    entries(line) == [(1, line.to_owned())] && split(line) == Ok((name.as_str(), None))
}

fn strip_bullets(line: &str) -> &str {
    let mut line = line.trim();
    while let Some(rest) = line.strip_prefix(['-', '*', '•', '–']).filter(|rest| rest.starts_with(' ')) {
        line = rest.trim();
    }
    line
}

/// The name and the places on a line.
fn split(typed: &str) -> Result<(&str, Option<Capacity>), ClassFault> {
    if let Some((name, tail)) = at_separator(typed) {
        let no_limit = matches!(tail.to_lowercase().as_str(), "any" | "no limit" | "unlimited" | "∞");
        if tail.is_empty() {
            return Err(ClassFault::NoCapacity);
        } else if no_limit {
            return Ok((name, None));
        } else if begins_number(tail) {
            return Ok((name, Some(places(tail, false)?)));
        }
    }
    let (name, last) = typed.rsplit_once(' ').unwrap_or(("", typed));
    let is_number = begins_number(last)
        && last.chars().skip(1).all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\''));
    if is_number { Ok((name.trim(), Some(places(last, !name.is_empty())?))) } else { Ok((typed, None)) }
}

/// What stands before and after the last `:` or `×`, or `x` that is a word or begins a number.
fn at_separator(typed: &str) -> Option<(&str, &str)> {
    let (at, separator) = typed.char_indices().rev().find(|(at, c)| {
        let (before, after) = (&typed[..*at], &typed[at + c.len_utf8()..]);
        let is_word =
            before.ends_with(' ') && (after.is_empty() || after.starts_with(' ') || begins_number(after));
        matches!(c, ':' | '×') || (matches!(c, 'x' | 'X' | '*') && is_word)
    })?;
    Some((typed[..at].trim(), typed[at + separator.len_utf8()..].trim()))
}

fn begins_number(text: &str) -> bool {
    text.strip_prefix(['-', '+']).unwrap_or(text).starts_with(|c: char| c.is_ascii_digit())
}

fn places(typed: &str, after_space: bool) -> Result<Capacity, ClassFault> {
    let capacity = typed.parse().ok().and_then(|places| Capacity::new(places).ok());
    capacity.ok_or_else(|| ClassFault::Capacity { after_space, typed: typed.to_owned() })
}

#[cfg(test)]
mod tests;
