//! People: what they type, press and fill in, and what they get to see.
//!
//! A person acts as Discord's own client lets them: no command that is hidden from them, no button that isn't there, no form
//! with a required field left empty. Every act comes in two forms, one that panics with the reason when the client wouldn't
//! have let them, and `try_…`, which returns it.

mod command;
mod fields;
mod form;
mod options;
mod person;
mod press;
mod reply;
mod slash;
mod visible;
mod voice;

use std::fmt;

pub(crate) use command::{offered_commands, option_named, paths};
pub use form::ModalForm;
pub use options::OptionValue;
pub(crate) use options::of as option_type;
pub use person::Person;
pub use reply::{Reply, ReplyKind};
pub use slash::{Choice, Slash};
pub(crate) use visible::is_select;
pub use visible::{Button, modal_text};

/// Why the client doesn't let a person do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable(pub(crate) String);

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unavailable {}

/// What was done, or a failed test with the reason.
#[expect(clippy::panic, reason = "a test's assertion")]
#[track_caller]
pub(crate) fn expect<T>(what: Result<T, Unavailable>) -> T {
    match what {
        Ok(done) => done,
        Err(reason) => panic!("{reason}"),
    }
}

pub(crate) fn unavailable<T>(why: impl Into<String>) -> Result<T, Unavailable> {
    Err(Unavailable(why.into()))
}

#[cfg(test)]
pub(crate) mod stand_in;
#[cfg(test)]
mod tests;
