//! What somebody says about a value that may be missing.

use serde::{Deserialize, Deserializer};

/// What becomes of a value that may be missing. In JSON a field that isn't there keeps it, and `null` takes it away.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Patch<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is that from now on; `None` takes it away.
    Set(Option<T>),
}

impl<T> Patch<T> {
    /// The value as it is then.
    pub fn apply(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Set(after) => after,
        }
    }

    /// Sets the value if there is one, and else keeps it.
    pub fn set(after: Option<T>) -> Self {
        after.map_or(Self::Keep, |after| Self::Set(Some(after)))
    }

    /// The same of a value that is read from this one; `None` where it can't be read.
    pub fn read<U>(self, read: impl FnOnce(T) -> Option<U>) -> Option<Patch<U>> {
        match self {
            Self::Keep => Some(Patch::Keep),
            Self::Set(None) => Some(Patch::Set(None)),
            Self::Set(Some(value)) => read(value).map(|value| Patch::Set(Some(value))),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(Self::Set)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Body {
        #[serde(default)]
        value: Patch<u8>,
    }

    #[test]
    fn what_is_missing_stays_and_null_takes_away() {
        let read = |json: &str| serde_json::from_str::<Body>(json).unwrap().value;
        assert_eq!(read("{}").apply(Some(1)), Some(1));
        assert_eq!(read(r#"{"value": null}"#).apply(Some(1)), None);
        assert_eq!(read(r#"{"value": 2}"#).apply(Some(1)), Some(2));
        assert_eq!(Patch::set(None::<u8>).apply(Some(1)), Some(1));
        assert_eq!(Patch::Set(Some(1)).read(|_| None::<u8>), None);
    }
}
