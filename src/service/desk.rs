//! What every interaction needs, whatever it is about: first answers, drafts, late answers, the command log.

use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};
use uuid::Uuid;

use super::{Ring, Service, ServiceError, work::Work};
pub use crate::store::follow_ups::FollowUpKind;
use crate::{
    domain::{actor::Actor, id::DraftId},
    store::{
        answers,
        command_log::{self, Entry},
        drafts::{self, Draft},
        follow_ups::{self, FollowUp},
    },
};

/// How long a draft is kept.
const DRAFT_LIFE: Duration = Duration::from_secs(24 * 3_600);
/// How long an interaction's token lives from now on, at the least: 15 minutes from the interaction, less what passed since. See
/// Discord Docs/Receiving and Responding/Followup Messages.
pub(super) const TOKEN_LIFE: Duration = Duration::from_secs(14 * 60);

/// What somebody typed into a form.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDraft {
    /// The form as it opens again, filled in.
    pub fields: Value,
    /// The form's identifier.
    pub form: String,
    /// The guild they typed it in.
    pub guild: Id<GuildMarker>,
    /// Who typed it.
    pub user: Id<UserMarker>,
}

/// What was kept of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptDraft {
    /// The form as it opens again, filled in.
    pub fields: Value,
    /// The form's identifier.
    pub form: String,
}

/// An answer that comes after its interaction was deferred.
#[derive(Clone, Debug)]
pub struct LateAnswer {
    /// The message.
    pub body: Value,
    /// Which message of the interaction's it is.
    pub kind: FollowUpKind,
    /// The request that it answers.
    pub request_id: String,
    /// What answers the interaction, for 15 minutes.
    pub token: SecretString,
}

/// What an answer is owed under that comes later.
pub(super) struct Pledge {
    /// When the interaction's token dies.
    pub(super) expires_at: Timestamp,
    /// The answer's identifier, with which its token is sealed.
    pub(super) id: Uuid,
    /// The interaction's token, encrypted.
    pub(super) sealed_token: Vec<u8>,
}

/// One use of a command, button or form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CommandLine {
    /// What was used.
    pub command: String,
    /// The guild; `None` in direct messages.
    pub guild: Option<Id<GuildMarker>>,
    /// What became of it.
    pub outcome: String,
    /// How long it took.
    pub took: Duration,
    /// Who used it.
    pub user: Id<UserMarker>,
}

impl Service {
    /// The answer that was kept under `key`.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn answered(&self, key: &str) -> Result<Option<Value>, ServiceError> {
        Ok(answers::get(self.store(), key).await?)
    }

    /// Whether the actor is an organiser of the guild's club; without a club, whether they hold Manage Server.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn is_organiser(&self, actor: &Actor) -> Result<bool, ServiceError> {
        let club = self.find_club(actor.guild).await?;
        Ok(club.map_or(actor.manage_guild, |club| actor.is_organiser(&club.settings)))
    }

    /// Keeps a form's input for a day.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn keep_draft(&self, draft: NewDraft) -> Result<DraftId, ServiceError> {
        let work = self.begin().await?;
        let id = DraftId::new(self.0.ids.uuid(work.now));
        let NewDraft { fields, form, guild, user } = draft;
        let expires_at = work.now.saturating_add(DRAFT_LIFE).unwrap_or(work.now);
        let draft = Draft { context: Value::Null, expires_at, fields, form, guild, id, user };
        drafts::put(&work.tx, draft, work.now).await?;
        work.tx.commit().await?;
        Ok(id)
    }

    /// A draft that the person kept in the guild; `None` when there is none such any more.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn draft(
        &self,
        draft: DraftId,
        whose: (Id<GuildMarker>, Id<UserMarker>),
    ) -> Result<Option<KeptDraft>, ServiceError> {
        let kept = drafts::of_person(self.store(), draft, whose, self.0.clock.now()).await?;
        Ok(kept.map(|Draft { fields, form, .. }| KeptDraft { fields, form }))
    }

    /// Takes an answer that comes late, and sees to it that it is sent.
    ///
    /// # Errors
    ///
    /// When its token can't be sealed, or the database fails.
    pub async fn late(&self, answer: LateAnswer) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        let until = work.now.saturating_add(TOKEN_LIFE).unwrap_or(work.now);
        let owed = self.owe(&work, answer, until).await?;
        work.tx.commit().await?;
        self.0.doorbell.ring(owed);
        Ok(())
    }

    /// Takes an answer together with what it tells of. Once both last, the ring that is returned has it sent; with a token that dies at
    /// `until`.
    pub(super) async fn owe(
        &self,
        work: &Work,
        answer: LateAnswer,
        until: Timestamp,
    ) -> Result<Ring, ServiceError> {
        let LateAnswer { body, kind, request_id, token } = answer;
        let Pledge { id, sealed_token, .. } = self.pledge(&token, work.now)?;
        let request = request_id.clone();
        let owed =
            FollowUp { body, expires_at: until, id, kind, request_id: request, sealed_token, tries: 0 };
        follow_ups::put(&work.tx, owed, work.now).await?;
        Ok(Ring::FollowUp { id, request_id })
    }

    /// What an answer is owed under that comes later.
    pub(super) fn pledge(&self, token: &SecretString, now: Timestamp) -> Result<Pledge, ServiceError> {
        let id = self.0.ids.uuid(now);
        Ok(Pledge {
            expires_at: now.saturating_add(TOKEN_LIFE).unwrap_or(now),
            id,
            sealed_token: self.0.sealer.seal(token.expose_secret(), &id.to_string())?,
        })
    }

    /// The token that a late answer is sent with.
    ///
    /// # Errors
    ///
    /// When it was sealed under another key, or for another answer.
    pub fn open_token(&self, owed: &FollowUp) -> Result<SecretString, ServiceError> {
        Ok(self.0.sealer.open(&owed.sealed_token, &owed.id.to_string())?)
    }

    /// Writes a line of the command log.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn log(&self, line: CommandLine) -> Result<(), ServiceError> {
        let at = self.0.clock.now();
        let CommandLine { command, guild, outcome, took, user } = line;
        let entry = Entry { at, command, guild, id: self.0.ids.uuid(at), outcome, took, user };
        Ok(command_log::write(self.store(), entry).await?)
    }
}
