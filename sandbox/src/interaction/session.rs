//! What Discord remembers of an interaction: who did what, its token, and what answered it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use crate::{Snowflake, limits::Stamp};

/// How long a token lives. See Discord Docs/Interactions/Receiving and Responding.
pub(crate) const TOKEN_LIFE: Duration = Duration::from_mins(15);
/// How long the first answer may take.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(3);

/// The types of interaction, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Ping = 1,
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    ModalSubmit = 5,
}

/// Who did something, and where.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) user: Snowflake,
    /// None in a conversation with the bot.
    pub(crate) guild: Option<Snowflake>,
    pub(crate) channel: Snowflake,
    /// The message whose component was used, also when that opened the modal that is now submitted.
    pub(crate) message: Option<Snowflake>,
}

/// How far an interaction has come.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Progress {
    /// No answer yet.
    Waiting,
    /// The answer came too late or was refused: the token is worth nothing.
    Failed,
    /// A message is there, or that of the component.
    Answered,
    /// "Thinking…", until the message is edited or a follow-up comes.
    Deferred,
    /// Choices or a modal were shown; there is no message.
    Shown,
}

/// One interaction.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: Snowflake,
    pub(crate) kind: Kind,
    pub(crate) token: String,
    /// What the person did, such as `/event create`.
    pub(crate) about: String,
    pub(crate) origin: Origin,
    pub(crate) since: Stamp,
    pub(crate) progress: Progress,
    /// What `@original` is.
    pub(crate) original: Option<Snowflake>,
    /// Whether a deferred answer was edited, or a follow-up came.
    pub(crate) settled: bool,
    pub(crate) followups: Vec<Snowflake>,
    /// The `interaction_metadata` of messages that answer it.
    pub(crate) metadata: Value,
    /// What was sent to the service, to send it again.
    pub(crate) sent: Sent,
}

/// A signed request, byte for byte.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    pub(crate) body: Vec<u8>,
    pub(crate) signature: String,
    pub(crate) timestamp: String,
}

impl Session {
    /// Whether its token can still be used at `now`.
    pub(crate) fn lives(&self, now: Stamp) -> bool {
        self.progress != Progress::Failed && self.since.age(now) < TOKEN_LIFE
    }

    /// Whether it came from a component, directly or through a modal, so that its message can be updated.
    pub(crate) fn has_message(&self) -> bool {
        self.origin.message.is_some()
    }
}

/// Every interaction that was delivered.
#[derive(Debug, Default)]
pub(crate) struct Interactions {
    sessions: BTreeMap<Snowflake, Session>,
}

impl Interactions {
    pub(crate) fn add(&mut self, session: Session) {
        self.sessions.insert(session.id, session);
    }

    pub(crate) fn get(&self, id: Snowflake) -> Option<&Session> {
        self.sessions.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: Snowflake) -> Option<&mut Session> {
        self.sessions.get_mut(&id)
    }

    /// The interaction with this token: a token begins with its interaction's id.
    pub(crate) fn by_token(&self, token: &str) -> Option<&Session> {
        let id = token.split_once('.')?.0.parse().ok()?;
        self.get(id).filter(|session| session.token == token)
    }
}
