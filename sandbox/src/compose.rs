//! Making and editing messages, whoever asks for it: REST, an answer to an interaction, a person.
//!
//! A body is read into a [`Draft`], which holds it to Discord's limits; the draft is then written onto a message.

mod mentions;
mod threads;

use jiff::Timestamp;
use serde_json::{Map, Value};

pub(crate) use mentions::Allowed;
pub(crate) use threads::draw_in;

use crate::{
    Permissions, Snowflake,
    limits::{Form, MessageLimits, message_limits},
    model::{Message, State},
    rest::{ApiError, FormErrors},
};

/// What a body says about a message; what was left out is `None`.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    content: Option<String>,
    embeds: Option<Vec<Value>>,
    components: Option<Vec<Value>>,
    attachments: Option<Vec<Value>>,
    flags: Option<u64>,
    nonce: Option<Value>,
    /// Whether the same nonce again is the same message again.
    pub(crate) enforce_nonce: bool,
    allowed: Allowed,
}

/// What a message is made for, which decides its defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// A message of the bot's own accord.
    Message,
    /// An answer to an interaction, or a follow-up: only mentions of people count by default.
    Answer,
}

impl Draft {
    /// Reads the body of a new message.
    pub(crate) fn new(body: &Map<String, Value>, occasion: Occasion) -> Result<Self, ApiError> {
        let v2 = body.get("flags").and_then(Value::as_u64).unwrap_or_default() & Message::COMPONENTS_V2 != 0;
        let draft = Self::read(body, MessageLimits { v2, was_v2: false }, occasion)?;
        let nothing = |list: &Option<Vec<Value>>| list.as_ref().is_none_or(Vec::is_empty);
        let wordless = draft.content.as_deref().is_none_or(|content| content.trim().is_empty());
        if wordless && nothing(&draft.embeds) && nothing(&draft.components) && nothing(&draft.attachments) {
            return Err(ApiError::new(400, 50006, "Cannot send an empty message"));
        }
        Ok(draft)
    }

    /// Reads the body of an edit of a message.
    pub(crate) fn edit(
        body: &Map<String, Value>,
        old: &Message,
        occasion: Occasion,
    ) -> Result<Self, ApiError> {
        let flags = body.get("flags").and_then(Value::as_u64).unwrap_or(old.flags);
        let limits = MessageLimits {
            v2: (flags | old.flags) & Message::COMPONENTS_V2 != 0,
            was_v2: old.is_components_v2(),
        };
        Self::read(body, limits, occasion)
    }

    fn read(body: &Map<String, Value>, limits: MessageLimits, occasion: Occasion) -> Result<Self, ApiError> {
        let mut errors = FormErrors::default();
        let mut form = Form::new(body, "", &mut errors);
        message_limits(&mut form, limits);
        let list = |name: &str| match body.get(name) {
            Some(Value::Array(list)) => Some(list.clone()),
            Some(_) => Some(Vec::new()),
            None => None,
        };
        let draft = Self {
            content: body.get("content").map(|content| content.as_str().unwrap_or_default().to_owned()),
            embeds: list("embeds"),
            components: list("components"),
            attachments: list("attachments"),
            flags: form.number("flags", 0, i32::MAX as u64),
            nonce: body.get("nonce").filter(|nonce| !nonce.is_null()).cloned(),
            enforce_nonce: form.boolean("enforce_nonce").unwrap_or_default(),
            allowed: Allowed::read(&mut form, occasion),
        };
        errors.finish()?;
        Ok(draft)
    }

    /// The sender's own mark on it.
    pub(crate) fn nonce(&self) -> Option<&Value> {
        self.nonce.as_ref()
    }

    /// Writes what was sent onto a message, and works out whom it mentions with the permissions its author has there.
    /// Neither its ephemeral flag nor its Components V2 flag ever goes away.
    pub(crate) fn write(self, state: &State, message: &mut Message, author: Permissions) {
        let lasting = message.flags & (Message::EPHEMERAL | Message::COMPONENTS_V2);
        message.flags = self.flags.unwrap_or(message.flags) | lasting;
        message.content = self.content.unwrap_or_else(|| std::mem::take(&mut message.content));
        message.embeds = self.embeds.unwrap_or_else(|| std::mem::take(&mut message.embeds));
        message.components = self.components.unwrap_or_else(|| std::mem::take(&mut message.components));
        message.attachments = self.attachments.unwrap_or_else(|| std::mem::take(&mut message.attachments));
        if message.is_components_v2() {
            message.content.clear();
            message.embeds.clear();
        }
        message.nonce = self.nonce.or_else(|| message.nonce.take());
        message.mentions = self.allowed.mentions(state, message, author);
    }
}

/// Works out whom a person's message mentions: whomever it names.
fn mention(state: &State, message: &mut Message, author: Permissions) {
    message.mentions = Allowed::anybody().mentions(state, message, author);
}

/// Writes a person's message into a channel, with the permissions that they have there.
pub(crate) fn say(
    state: &mut State,
    (at, channel, author): (Timestamp, Snowflake, Snowflake),
    held: Permissions,
    text: &str,
) -> Message {
    let guild = state.channels.get(&channel).and_then(|channel| channel.guild);
    let mut message = Message::new(state.id(at), channel, guild, author);
    text.clone_into(&mut message.content);
    mention(state, &mut message, held);
    post(state, message.clone());
    message
}

/// Puts a new message into its channel. A thread that was archived is so no longer, and has new members perhaps.
pub(crate) fn post(state: &mut State, message: Message) -> Snowflake {
    if message.ephemeral_for.is_none()
        && let Some(thread) = state.channels.get_mut(&message.channel).and_then(|c| c.thread.as_mut())
    {
        thread.set_archived(false, message.at);
    }
    draw_in(state, &message, message.at);
    put(state, message)
}

fn put(state: &mut State, message: Message) -> Snowflake {
    let id = message.id;
    if message.ephemeral_for.is_none()
        && let Some(channel) = state.channels.get_mut(&message.channel)
    {
        channel.last_message = Some(id);
        if let Some(thread) = &mut channel.thread {
            thread.sent += 1;
        }
    }
    state.messages.insert(id, message);
    id
}

/// Has Discord write a message of its own about something that somebody did in a channel.
pub(crate) fn tell(
    state: &mut State,
    (at, channel, by): (Timestamp, Snowflake, Snowflake),
    kind: u64,
    fill: impl FnOnce(&mut Message),
) {
    let guild = state.channels.get(&channel).and_then(|channel| channel.guild);
    let mut message = Message { kind, ..Message::new(state.id(at), channel, guild, by) };
    fill(&mut message);
    put(state, message);
}
