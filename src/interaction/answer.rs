//! Answers: what a handler returns, what it declares beforehand, and the callback that Discord reads.
//!
//! See [Discord Docs/Interaction Callback Type](https://docs.discord.com/developers/interactions/receiving-and-responding).

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    domain::id::EventId,
    view::{
        message::{Audience, Body},
        modal::Modal,
    },
};

/// The most suggestions that Discord takes.
pub const MAX_CHOICES: usize = 25;
/// The most characters of a suggestion's name and value.
const MAX_CHOICE_LENGTH: usize = 100;
/// Only the person who acted sees the message.
const EPHEMERAL: u64 = 64;

const PONG: u64 = 1;
const MESSAGE: u64 = 4;
const DEFERRED_MESSAGE: u64 = 5;
const DEFERRED_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const COMPLETION: u64 = 8;
const MODAL: u64 = 9;

/// The manner in which a handler answers, known before it runs: how it is deferred when it takes long.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Declared {
    /// A message that only the person who acted sees.
    Ephemeral,
    /// A form. It can't be deferred, so its handler does one indexed read at most.
    Modal,
    /// A message that everybody sees.
    Public,
    /// The message that the button stands on changes.
    Update,
}

/// What a handler answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A whole callback that draws an event's card on the message that the button stands on. It stands in the store like
    /// [`Answer::Kept`]; too late to be given, it isn't sent: the card is drawn anew.
    Card {
        /// The callback.
        callback: Value,
        /// The event.
        event: EventId,
    },
    /// A whole callback that stands in the store under the call's key: a repeat gets it again, byte for byte.
    Kept(Value),
    /// A message.
    Message {
        /// What it shows.
        body: Body,
        /// Whether only the person who acted sees it.
        ephemeral: bool,
    },
    /// A form opens.
    Modal(Modal),
    /// A form opens again: the data of the answer that opened it.
    Reopened(Value),
    /// The message that the button stands on shows this instead.
    Update(Body),
}

/// A suggestion for an option.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Choice {
    /// What people read; cut at 100 characters.
    pub name: String,
    /// What the command gets.
    pub value: String,
}

/// Where an answer goes, which decides what Discord takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    /// To a slash command.
    Command,
    /// To a submitted form; `true` when a message's button opened it.
    Form(bool),
    /// To a button.
    Press,
}

/// The body of the HTTP response that answers an interaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback(Value);

/// A handler opened a form where none was declared, or where Discord takes none.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the handler opened a form where none was declared, or where Discord takes none")]
pub struct Misfit;

impl Answer {
    /// The message of `body` that only the person who acted sees.
    #[must_use]
    pub const fn ephemeral(body: Body) -> Self {
        Self::Message { body, ephemeral: true }
    }

    /// The message of `body` that everybody sees.
    #[must_use]
    pub const fn public(body: Body) -> Self {
        Self::Message { body, ephemeral: false }
    }

    /// The callback that gives this answer. What would change a message where there is none becomes a message of its own.
    ///
    /// # Errors
    ///
    /// When Discord doesn't take such an answer there.
    pub(super) fn callback(self, declared: Declared, place: Place) -> Result<Callback, Misfit> {
        match self {
            Self::Card { callback, .. } | Self::Kept(callback) => Ok(Callback(callback)),
            Self::Message { body, ephemeral } => Ok(Callback::message(&body, ephemeral)),
            // A form can't be deferred, so only who declared one may open it; and a form never opens another.
            Self::Modal(form) if declared == Declared::Modal && !place.is_form() => {
                Ok(Callback::modal(&form))
            }
            Self::Reopened(form) if declared == Declared::Modal && !place.is_form() => {
                Ok(Callback(json!({ "type": MODAL, "data": form })))
            }
            Self::Modal(_) | Self::Reopened(_) => Err(Misfit),
            Self::Update(body) if place.has_message() => Ok(Callback::update(&body)),
            Self::Update(body) => Ok(Callback::message(&body, true)),
        }
    }
}

impl Place {
    const fn is_form(self) -> bool {
        matches!(self, Self::Form(_))
    }

    /// Whether there is a message of ours that the answer can change.
    pub(super) const fn has_message(self) -> bool {
        matches!(self, Self::Press | Self::Form(true))
    }
}

impl Callback {
    /// A callback of that JSON, which is known to be one.
    #[must_use]
    pub(super) const fn new(json: Value) -> Self {
        Self(json)
    }

    /// Suggestions for the option being typed.
    #[must_use]
    pub fn choices(choices: Vec<Choice>) -> Self {
        let choices: Vec<Value> = choices.into_iter().filter_map(Choice::json).take(MAX_CHOICES).collect();
        Self(json!({ "type": COMPLETION, "data": { "choices": choices } }))
    }

    /// A message comes later.
    #[must_use]
    pub(super) fn deferred_message(ephemeral: bool) -> Self {
        if ephemeral {
            Self(json!({ "type": DEFERRED_MESSAGE, "data": { "flags": EPHEMERAL } }))
        } else {
            Self(json!({ "type": DEFERRED_MESSAGE }))
        }
    }

    /// The message that the button stands on changes later.
    #[must_use]
    pub(super) fn deferred_update() -> Self {
        Self(json!({ "type": DEFERRED_UPDATE }))
    }

    /// A message.
    #[must_use]
    pub fn message(body: &Body, ephemeral: bool) -> Self {
        let audience = if ephemeral { Audience::Ephemeral } else { Audience::Public };
        Self(json!({ "type": MESSAGE, "data": body.json(audience) }))
    }

    /// A form.
    #[must_use]
    pub fn modal(form: &Modal) -> Self {
        Self(json!({ "type": MODAL, "data": form.json() }))
    }

    /// We are here.
    #[must_use]
    pub fn pong() -> Self {
        Self(json!({ "type": PONG }))
    }

    /// The message that the button stands on changes.
    #[must_use]
    pub fn update(body: &Body) -> Self {
        Self(json!({ "type": UPDATE, "data": body.edit_json() }))
    }

    /// The JSON that Discord reads.
    #[must_use]
    pub const fn json(&self) -> &Value {
        &self.0
    }

    /// The same, to be kept.
    #[must_use]
    pub fn into_json(self) -> Value {
        self.0
    }

    /// Takes the callback apart: its message's JSON, and whether it changes the message that the button stands on.
    pub(super) fn into_message(mut self) -> Option<(Value, bool)> {
        let updates = self.0["type"] == UPDATE;
        if !updates && self.0["type"] != MESSAGE {
            return None;
        }
        Some((self.0.get_mut("data")?.take(), updates))
    }
}

impl IntoResponse for Callback {
    fn into_response(self) -> Response {
        Json(self.0).into_response()
    }
}

impl Choice {
    fn json(self) -> Option<Value> {
        let fits = !self.name.is_empty() && self.value.encode_utf16().count() <= MAX_CHOICE_LENGTH;
        fits.then(|| json!({ "name": cut(&self.name), "value": self.value }))
    }
}

/// The text's first characters within Discord's limit, counted as the strictest of its clients counts them.
fn cut(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= MAX_CHOICE_LENGTH
        })
        .collect()
}

/// A message's JSON for an edit: who sees the message was settled when it was first sent, and can't be said again.
pub(super) fn for_edit(mut body: Value) -> Value {
    if let Some(flags) = body.get("flags").and_then(Value::as_u64) {
        body["flags"] = (flags & !EPHEMERAL).into();
    }
    body
}
