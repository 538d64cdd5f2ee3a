//! What came back to a person who did something.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::{ModalForm, Person, Unavailable, expect, modal_text};
use crate::{
    Discord, Message, Snowflake,
    interaction::{AnswerType, Effect, deliver::Outcome},
};

/// How long a deferred answer may take, in real time, before a test gives up.
const SETTLED_WITHIN: Duration = Duration::from_secs(30);
/// How long the message of a deferred update may take to change.
const UPDATED_WITHIN: Duration = Duration::from_secs(3);

/// The kinds of reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyKind {
    /// A message, or one that only this person sees.
    Message,
    /// "Thinking…"; see [`Reply::settled`].
    Deferred,
    /// The message with the component was edited.
    Update,
    /// Nothing yet; the message with the component may be edited later.
    UpdateDeferred,
    /// A form.
    Modal,
    /// The application did not respond.
    Failed,
}

/// What came back to a person who did something.
#[derive(Clone, Debug)]
pub struct Reply {
    person: Person,
    outcome: Outcome,
    about: String,
    /// The message as it was when the reply came.
    message: Option<Message>,
}

impl Reply {
    pub(super) fn new(person: &Person, outcome: Outcome, about: String) -> Self {
        let mut reply = Self { person: person.clone(), outcome, about, message: None };
        reply.message = reply.current();
        reply
    }

    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> ReplyKind {
        match &self.outcome.effect {
            Ok(Effect::Sent(_) | Effect::Seen(AnswerType::Message)) => ReplyKind::Message,
            Ok(Effect::Deferred(_) | Effect::Seen(AnswerType::DeferredMessage)) => ReplyKind::Deferred,
            Ok(Effect::Updated(_) | Effect::Seen(AnswerType::Update)) => ReplyKind::Update,
            Ok(Effect::UpdateDeferred | Effect::Seen(_)) => ReplyKind::UpdateDeferred,
            Ok(Effect::Modal(_)) => ReplyKind::Modal,
            Ok(Effect::Choices(_)) | Err(_) => ReplyKind::Failed,
        }
    }

    /// Why the application did not respond, if it didn't.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.outcome.effect.as_ref().err().map(String::as_str)
    }

    /// The answer exactly as the service sent it; null if there was none.
    #[must_use]
    pub const fn answer(&self) -> &Value {
        &self.outcome.answer
    }

    /// How long the service took, in real time.
    #[must_use]
    pub const fn took(&self) -> Duration {
        self.outcome.took
    }

    /// The interaction's id.
    #[must_use]
    pub const fn interaction(&self) -> Snowflake {
        self.outcome.interaction
    }

    /// All the text that the person reads: of the message as the reply left it, of the form, or why there is none.
    #[must_use]
    pub fn text(&self) -> String {
        match (&self.outcome.effect, &self.message) {
            (Err(why), _) => format!("The application did not respond ({why})"),
            (Ok(Effect::Modal(modal)), _) => modal_text(modal),
            (Ok(_), Some(message)) => message.text(),
            (Ok(_), None) => String::new(),
        }
    }

    /// Whether only this person sees it.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.message.as_ref().is_some_and(Message::is_ephemeral)
    }

    /// The message that was sent or edited, as the reply left it.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    #[track_caller]
    pub fn message(&self) -> Message {
        expect(self.try_message())
    }

    /// The message that was sent or edited, as the reply left it, if there is one.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn try_message(&self) -> Result<Message, Unavailable> {
        self.message.clone().ok_or_else(|| self.instead("no message came back"))
    }

    /// The form that opened.
    ///
    /// # Panics
    ///
    /// When none did.
    #[track_caller]
    pub fn modal(&self) -> ModalForm {
        expect(self.try_modal())
    }

    /// The form that opened, if one did.
    ///
    /// # Errors
    ///
    /// When none did.
    pub fn try_modal(&self) -> Result<ModalForm, Unavailable> {
        match &self.outcome.effect {
            Ok(Effect::Modal(modal)) => Ok(ModalForm::new(&self.person, self.outcome.interaction, modal)),
            _ => Err(self.instead("no form opened")),
        }
    }

    /// What wasn't there, and what came back in its place.
    fn instead(&self, missing: &str) -> Unavailable {
        Unavailable(format!("{}: {missing}, but {:?}: {}", self.about, self.kind(), self.text()))
    }

    /// The messages that followed up so far, oldest first.
    #[must_use]
    pub fn followups(&self) -> Vec<Message> {
        self.person.discord.with(|state| {
            let session = state.interactions.get(self.outcome.interaction);
            let ids = session.map(|session| session.followups.clone()).unwrap_or_default();
            ids.iter().filter_map(|id| state.messages.get(id).cloned()).collect()
        })
    }

    /// Waits, in real time, until a deferred answer was edited or followed up, and returns the reply as it is then. What
    /// wasn't deferred is returned at once, and the message of a deferred update as it stands if nothing comes in three seconds:
    /// its app may have changed it in another way.
    ///
    /// # Panics
    ///
    /// When the message that was promised doesn't come in 30 seconds.
    #[expect(clippy::panic, reason = "a test's assertion")]
    pub async fn settled(&self) -> Self {
        let deferred = self.kind() == ReplyKind::Deferred;
        let within = match self.kind() {
            ReplyKind::Deferred => SETTLED_WITHIN,
            ReplyKind::UpdateDeferred => UPDATED_WITHIN,
            _ => Duration::ZERO,
        };
        let until = Instant::now() + within;
        while Instant::now() < until && !self.is_settled() {
            sleep(Duration::from_millis(10)).await;
        }
        assert!(!deferred || self.is_settled(), "{}: the deferred answer never came", self.about);
        let mut settled = self.clone();
        settled.message = self.current();
        if settled.message.is_none() && deferred {
            panic!("{}: the deferred answer was deleted", self.about);
        }
        settled
    }

    fn is_settled(&self) -> bool {
        let id = self.outcome.interaction;
        self.person.discord.with(|state| state.interactions.get(id).is_some_and(|session| session.settled))
    }

    /// The message as it is now; of an answer that came again, the message that it would have been.
    fn current(&self) -> Option<Message> {
        let discord = &self.person.discord;
        match &self.outcome.effect {
            Ok(Effect::Sent(id) | Effect::Deferred(id) | Effect::Updated(id)) => {
                discord.with(|state| state.messages.get(id).cloned())
            }
            Ok(Effect::UpdateDeferred) => discord.with(|state| {
                let original = state.interactions.get(self.outcome.interaction)?.original?;
                state.messages.get(&original).cloned()
            }),
            Ok(Effect::Seen(_)) => Some(self.shown()),
            _ => None,
        }
    }

    fn shown(&self) -> Message {
        let data = &self.outcome.answer["data"];
        let nowhere = Snowflake::new(0);
        let mut message = Message::new(self.outcome.interaction, nowhere, None, self.person.discord.bot());
        message.content = data["content"].as_str().unwrap_or_default().to_owned();
        message.flags = data["flags"].as_u64().unwrap_or_default();
        message.components = data["components"].as_array().cloned().unwrap_or_default();
        message.embeds = data["embeds"].as_array().cloned().unwrap_or_default();
        message
    }
}

impl Discord {
    /// Delivers the interaction of a reply once more, byte for byte. The answer is only looked at: Discord has one already.
    pub async fn redeliver(&self, reply: &Reply) -> Reply {
        let outcome = self.interact_again(reply.outcome.interaction).await;
        Reply::new(&reply.person, outcome, format!("{} again", reply.about))
    }
}
