//! Reads variables through a lookup and collects what is wrong with them.

use super::fault::{Fault, Faults};

/// An environment that is being read. Blank values count as unset: hosts and `.env` files leave them behind.
pub(super) struct Env<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<Fault>,
}

impl<'a> Env<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup, faults: Vec::new() }
    }

    /// The trimmed value, if it is set and not blank.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let value = (self.lookup)(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// A value that must be there. `None` means that a fault was recorded.
    pub(super) fn required<T>(
        &mut self,
        name: &'static str,
        example: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some(value) = self.value(name) else {
            self.fault(name, "is not set", example);
            return None;
        };
        self.parsed(name, example, parse(&value))
    }

    /// A value that may be missing. The outer `None` means that a fault was recorded.
    #[allow(clippy::option_option, reason = "the two levels say different things: faulty, and unset")]
    pub(super) fn optional<T>(
        &mut self,
        name: &'static str,
        example: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<Option<T>> {
        match self.value(name) {
            None => Some(None),
            Some(value) => self.parsed(name, example, parse(&value)).map(Some),
        }
    }

    /// A value with a default, which goes through the same parser.
    pub(super) fn or_default<T>(
        &mut self,
        name: &'static str,
        default: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.value(name).unwrap_or_else(|| default.to_owned());
        self.parsed(name, default, parse(&value))
    }

    pub(super) fn fault(&mut self, name: &'static str, problem: impl Into<String>, example: &'static str) {
        self.faults.push(Fault { name, problem: problem.into(), example });
    }

    /// The whole, or everything that is wrong with it.
    pub(super) fn finish<T>(self, whole: Option<T>) -> Result<T, Faults> {
        match whole {
            Some(whole) if self.faults.is_empty() => Ok(whole),
            _ => Err(Faults(self.faults)),
        }
    }

    fn parsed<T>(
        &mut self,
        name: &'static str,
        example: &'static str,
        parsed: Result<T, String>,
    ) -> Option<T> {
        parsed.map_err(|problem| self.fault(name, problem, example)).ok()
    }
}
