//! The values of a body, read one by one, so that everything that is wrong is told at once.

use super::problem::{FieldError, Problem};
use crate::domain::{
    channel_name::PatternError,
    class_list::{BadCapacity, Capacity},
    duration::{LengthError, RaceLength},
    name::NameError,
    reminder::{Offset, OffsetError, Offsets},
    team::BadNumber,
    terms::{BadCutoff, Cutoff},
    zone::UnknownZone,
};

/// What was wrong so far.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<FieldError>);

impl Fields {
    /// The value that stands there, if it could be read.
    pub(super) fn take<T>(&mut self, pointer: impl Into<String>, read: Result<T, impl Words>) -> Option<T> {
        read.map_err(|error| self.fault(pointer, error.words())).ok()
    }

    /// Takes note of what is wrong with the value that stands there.
    pub(super) fn fault(&mut self, pointer: impl Into<String>, detail: impl Into<String>) {
        self.0.push(FieldError::new(pointer, detail));
    }

    /// The whole.
    ///
    /// # Errors
    ///
    /// When something was wrong.
    pub(super) fn finish<T>(self, whole: Option<T>) -> Result<T, Problem> {
        match whole {
            Some(whole) if self.0.is_empty() => Ok(whole),
            _ => Err(Problem::Invalid(self.0)),
        }
    }
}

/// What says in words what is wrong with a value.
pub(super) trait Words {
    /// What is wrong, and what to send instead.
    fn words(&self) -> String;
}

impl Words for String {
    fn words(&self) -> String {
        self.clone()
    }
}

impl Words for NameError {
    fn words(&self) -> String {
        match self {
            Self::Empty => "It’s empty.".to_owned(),
            Self::Invisible => "Nothing of it can be seen. Send letters, digits or emoji.".to_owned(),
            Self::TooLong { length, max } => format!("It’s {length} characters long, {max} at most."),
        }
    }
}

impl Words for UnknownZone {
    fn words(&self) -> String {
        let near = self.near.join(", ");
        let guess = if near.is_empty() { String::new() } else { format!(" Did you mean one of {near}?") };
        format!("There is no such time zone. Send an IANA name, such as Europe/Berlin.{guess}")
    }
}

impl Words for BadCapacity {
    fn words(&self) -> String {
        format!("Send a whole number from {} to {}.", Capacity::MIN, Capacity::MAX)
    }
}

impl Words for BadNumber {
    fn words(&self) -> String {
        "Send one to three digits, such as 7 or 07.".to_owned()
    }
}

impl Words for BadCutoff {
    fn words(&self) -> String {
        format!("Send whole minutes from 0 to {}.", Cutoff::MAX.as_minutes())
    }
}

impl Words for LengthError {
    fn words(&self) -> String {
        format!("Send whole minutes from {} to {}.", RaceLength::MIN.minutes(), RaceLength::MAX.minutes())
    }
}

impl Words for PatternError {
    fn words(&self) -> String {
        format!("It’s no naming pattern: {self}. Send one such as {{series}} {{event}} {{date}}.")
    }
}

impl Words for OffsetError {
    fn words(&self) -> String {
        match self {
            Self::TooMany { count } => format!("{count} are too many: {} at most.", Offsets::MOST),
            Self::TooClose { .. } | Self::TooEarly { .. } | Self::Unreadable { .. } => {
                format!("Send whole minutes from {} to {}.", Offset::MIN.minutes(), Offset::MAX.minutes())
            }
        }
    }
}
