//! A change that somebody asks for, with what its answer needs.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::{Id, marker::MessageMarker};

use crate::domain::actor::Actor;

/// A change that somebody asks for. Its answer is rendered from the outcome inside the transaction, so that both are of one
/// state of affairs, and is kept under its key.
#[derive(Clone, Copy)]
pub struct Ask<'a, T: ?Sized> {
    /// Who asks.
    pub actor: &'a Actor,
    /// The key that the answer is kept under. Whoever asks again gets the answer of the first.
    pub key: &'a str,
    /// When the question arrived.
    pub received_at: Timestamp,
    /// Turns the outcome into the answer.
    pub render: &'a (dyn Fn(&T) -> Rendered + Sync),
    /// What the log lines of the work it causes carry.
    pub request_id: &'a str,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// The whole callback.
    pub callback: Value,
    /// The event's card, where the callback changes the message that the person pressed into it.
    pub card: Option<ShownCard>,
}

/// A card that an answer draws.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ShownCard {
    /// The hash of its body.
    pub hash: String,
    /// The message that it is drawn on.
    pub message: Id<MessageMarker>,
    /// The version of the views that drew it.
    pub view_version: u32,
}

impl From<Value> for Rendered {
    fn from(callback: Value) -> Self {
        Self { callback, card: None }
    }
}

impl<T: ?Sized> fmt::Debug for Ask<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask").field("actor", self.actor).field("key", &self.key).finish_non_exhaustive()
    }
}
