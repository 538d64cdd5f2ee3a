//! What the dispatcher needs of the service: the answers given before, who is an organiser, drafts, and where to hand what comes
//! late.

use std::{fmt, time::Duration};

use secrecy::SecretString;
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{ApplicationMarker, GuildMarker, InteractionMarker, UserMarker},
};

use super::{
    failure::{BoxError, Failure},
    incoming::{Context, RequestId},
};
use crate::{
    domain::{
        actor::Actor,
        id::{DraftId, EventId},
    },
    view::{custom_id::FormId, modal::Modal},
};

/// The service, as the dispatcher sees it. What handlers are given implements it.
pub trait Desk: Send + Sync + 'static {
    /// The callback that was stored under that key by whichever change came first.
    ///
    /// # Errors
    ///
    /// When it can't be told.
    fn answered(&self, key: &AnswerKey) -> impl Future<Output = Result<Option<Value>, BoxError>> + Send;

    /// Lets organisers of the guild's club through. Not asked about holders of Manage Server.
    ///
    /// # Errors
    ///
    /// Refuses everybody else, and where there is no club; fails when it can't be told.
    fn admit_organiser(&self, actor: &Actor) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Keeps a filled form for a while.
    ///
    /// # Errors
    ///
    /// When it can't be kept.
    fn keep_draft(&self, draft: NewDraft) -> impl Future<Output = Result<DraftId, BoxError>> + Send;

    /// A draft that the same person kept in the same guild (or in direct messages); `None` when there is none such any more.
    ///
    /// # Errors
    ///
    /// When it can't be read.
    fn draft(
        &self,
        draft: DraftId,
        context: &Context,
    ) -> impl Future<Output = Result<Option<KeptDraft>, BoxError>> + Send;

    /// Sees to it that an event's card shows how things stand, which an answer drew on it too late to be given.
    ///
    /// # Errors
    ///
    /// When it can't be taken.
    fn card_late(
        &self,
        event: EventId,
        context: &Context,
    ) -> impl Future<Output = Result<(), BoxError>> + Send;

    /// Takes an answer that comes after its deferral, and sees to it that Discord gets it.
    ///
    /// # Errors
    ///
    /// When it can't be taken.
    fn late(&self, answer: LateAnswer) -> impl Future<Output = Result<(), BoxError>> + Send;

    /// Takes a line for the command log. Called after the answer.
    ///
    /// # Errors
    ///
    /// When it can't be taken.
    fn log(&self, line: CommandLog) -> impl Future<Output = Result<(), BoxError>> + Send;

    /// Takes note of the guild in which something happened, and of what the application may do there. Called after the answer.
    ///
    /// # Errors
    ///
    /// When it can't be taken.
    fn saw(&self, context: &Context) -> impl Future<Output = Result<(), BoxError>> + Send;

    /// Has it found out which guild the application was removed from.
    fn removed(&self, request: &str);

    /// Takes note of a guild that the application was added to.
    ///
    /// # Errors
    ///
    /// When it can't be taken.
    fn installed(&self, install: Install, request: &str)
    -> impl Future<Output = Result<(), BoxError>> + Send;
}

/// The application was added to a guild.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Install {
    /// Who added it.
    pub by: Id<UserMarker>,
    /// The guild.
    pub guild: Id<GuildMarker>,
    /// The guild's preferred locale.
    pub locale: Option<String>,
    /// The guild's name.
    pub name: Option<String>,
}

/// Names the one answer that a state change gets, however often it is asked for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct AnswerKey(String);

impl AnswerKey {
    /// The key of a command, a button or a select: its own interaction.
    #[must_use]
    pub fn of_interaction(id: Id<InteractionMarker>) -> Self {
        Self(format!("i:{id}"))
    }

    /// The key of a form that somebody sends: the interaction that opened it, so that a form submitted twice is recognised.
    #[must_use]
    pub fn of_form(opened: Id<InteractionMarker>, by: Id<UserMarker>) -> Self {
        Self(format!("m:{opened}:{by}"))
    }

    /// Its text, at most 43 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A form's input that is to be kept: the form as it opens again, so that opening it takes one read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewDraft {
    /// The form, filled in.
    pub form: Modal,
    /// The guild in which it was filled in.
    pub guild: Option<Id<GuildMarker>>,
    /// Who filled it in.
    pub user: Id<UserMarker>,
}

/// A form's input that was kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeptDraft {
    /// What the form is for, with the interaction that had opened it.
    pub id: FormId,
    /// The data of the answer that opened it.
    pub json: Value,
}

/// An answer that comes after its deferral.
#[derive(Clone, Debug)]
pub struct LateAnswer {
    /// The application that the token belongs to.
    pub application: Id<ApplicationMarker>,
    /// The message's JSON.
    pub body: Value,
    /// What becomes of it.
    pub delivery: Delivery,
    /// What its log lines carry.
    pub request_id: RequestId,
    /// What answers the interaction; lives for 15 minutes since it was received.
    pub token: SecretString,
}

/// What becomes of a late answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Delivery {
    /// It becomes a message of its own (`POST /webhooks/{application}/{token}`).
    FollowUp,
    /// The original response changes (`PATCH …/messages/@original`): the deferred message, or the one that the button stands on.
    Original,
}

/// One line of the command log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CommandLog {
    /// The command's words (`event create`), or the verb of a button or form after its kind (`press signup`).
    pub command: String,
    /// The guild; `None` in direct messages.
    pub guild: Option<Id<GuildMarker>>,
    /// What came of it.
    pub outcome: Outcome,
    /// How long the handler took.
    pub took: Duration,
    /// Who acted.
    pub user: Id<UserMarker>,
}

/// What came of an interaction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// It was answered.
    Answered,
    /// An error on our side; the person got its reference.
    Failed,
    /// A form could not be opened in time; the person was asked to press again.
    Overrun,
    /// The handler panicked; the person got a reference.
    Panicked,
    /// It was refused.
    Refused,
    /// It got the answer that it had got before.
    Repeated,
}

impl Outcome {
    /// Its name in the log and in metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::Overrun => "overrun",
            Self::Panicked => "panicked",
            Self::Refused => "refused",
            Self::Repeated => "repeated",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
