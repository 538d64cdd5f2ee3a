//! The fields of a form that was sent.

use std::str::FromStr;

use crate::people::Unavailable;

/// The fields of a form that was sent, in order; a name can come more than once.
#[derive(Clone, Debug)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) const fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first value of a name without the space around it, empty if there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a name exactly as it was typed, empty if there is none.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value of a name that isn't empty.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, value)| known == name && !value.is_empty())
            .map(|(_, v)| v.as_str())
    }

    /// Every field whose name begins so, without that beginning.
    pub(super) fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// The first value of a name, as something else.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> Result<T, Unavailable> {
        let value = self.get(name);
        value.parse().map_err(|_| Unavailable(format!("{value:?} can’t be taken for {name}.")))
    }
}
