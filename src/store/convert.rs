//! Between rows and what they mean.

use std::fmt::Display;

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use twilight_model::id::Id;

use super::error::StoreError;

/// An instant as the database keeps it: whole milliseconds since the unix epoch.
pub(super) fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// A snowflake as the database keeps it: its 64 bits read as signed.
pub(super) const fn flake<M>(id: Id<M>) -> i64 {
    id.get().cast_signed()
}

/// The word for a value without fields, as its serde name.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// A list or a record as the database keeps it.
pub(super) fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A counter as the database keeps it.
pub(super) fn count(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A row that is being read, for the error that names it.
pub(super) struct Row<'r> {
    table: &'static str,
    id: &'r dyn Display,
}

impl<'r> Row<'r> {
    pub(super) const fn new(table: &'static str, id: &'r dyn Display) -> Self {
        Self { table, id }
    }

    pub(super) fn corrupt(&self, column: &str, why: impl Display) -> StoreError {
        StoreError::Corrupt { id: self.id.to_string(), table: self.table, what: format!("{column}: {why}") }
    }

    pub(super) fn at(&self, column: &str, ms: i64) -> Result<Timestamp, StoreError> {
        Timestamp::from_millisecond(ms).map_err(|error| self.corrupt(column, error))
    }

    pub(super) fn at_opt(&self, column: &str, ms: Option<i64>) -> Result<Option<Timestamp>, StoreError> {
        ms.map(|ms| self.at(column, ms)).transpose()
    }

    pub(super) fn flake<M>(&self, column: &str, bits: i64) -> Result<Id<M>, StoreError> {
        Id::new_checked(bits.cast_unsigned()).ok_or_else(|| self.corrupt(column, "0 is no snowflake"))
    }

    pub(super) fn flake_opt<M>(&self, column: &str, bits: Option<i64>) -> Result<Option<Id<M>>, StoreError> {
        bits.map(|bits| self.flake(column, bits)).transpose()
    }

    /// Reads what [`word`] wrote.
    pub(super) fn word<T: DeserializeOwned>(&self, column: &str, word: &str) -> Result<T, StoreError> {
        serde_json::from_value(Value::from(word)).map_err(|error| self.corrupt(column, error))
    }

    /// A number within the bounds of its type.
    pub(super) fn number<N, T>(&self, column: &str, number: N) -> Result<T, StoreError>
    where
        T: TryFrom<N>,
        T::Error: Display,
    {
        T::try_from(number).map_err(|error| self.corrupt(column, error))
    }

    /// A value that its own type reads.
    pub(super) fn parsed<T, E: Display>(&self, column: &str, parsed: Result<T, E>) -> Result<T, StoreError> {
        parsed.map_err(|error| self.corrupt(column, error))
    }
}
