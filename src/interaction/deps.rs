//! What the handlers are given: the service, and what it doesn't know itself. It is the dispatcher's desk, too.

use serde_json::Value;

use super::{
    desk::{AnswerKey, CommandLog, Delivery, Desk, Install, KeptDraft, LateAnswer, NewDraft},
    failure::{BoxError, Failure},
    incoming::Context,
    table::Call,
};
use crate::{
    domain::{
        actor::Actor,
        id::{DraftId, EventId},
        refusal::Refusal,
    },
    service::{
        Ask, Rendered, Service, ServiceError, desk,
        desk::{CommandLine, FollowUpKind},
        guild::Sighting,
        link::PersonAsk,
    },
};

/// What the handlers are given.
#[derive(Clone, Debug)]
pub struct Deps {
    /// The use cases.
    pub service: Service,
    /// Where people read about the service: its public address.
    pub site: String,
}

impl Desk for Deps {
    async fn answered(&self, key: &AnswerKey) -> Result<Option<Value>, BoxError> {
        Ok(self.service.answered(key.as_str()).await?)
    }

    async fn admit_organiser(&self, actor: &Actor) -> Result<(), Failure> {
        self.service.organised_club(actor).await?;
        Ok(())
    }

    async fn keep_draft(&self, draft: NewDraft) -> Result<DraftId, BoxError> {
        let kept = desk::NewDraft {
            fields: draft.form.json(),
            form: draft.form.id().to_string(),
            guild: draft.guild.ok_or("forms are kept for members of a guild only")?,
            user: draft.user,
        };
        Ok(self.service.keep_draft(kept).await?)
    }

    async fn draft(&self, draft: DraftId, context: &Context) -> Result<Option<KeptDraft>, BoxError> {
        let Some(guild) = &context.guild else { return Ok(None) };
        let Some(kept) = self.service.draft(draft, (guild.id, context.user.id)).await? else {
            return Ok(None);
        };
        // A draft of a form that an older version had is as good as gone.
        let Ok(id) = kept.form.parse() else { return Ok(None) };
        Ok(Some(KeptDraft { id, json: kept.fields }))
    }

    async fn card_late(&self, event: EventId, context: &Context) -> Result<(), BoxError> {
        let Some(guild) = &context.guild else { return Ok(()) };
        Ok(self.service.settle_card(guild.id, event, context.request_id.as_str()).await?)
    }

    async fn late(&self, answer: LateAnswer) -> Result<(), BoxError> {
        let kind = match answer.delivery {
            Delivery::FollowUp => FollowUpKind::Message,
            Delivery::Original => FollowUpKind::Original,
        };
        let late = desk::LateAnswer {
            body: answer.body,
            kind,
            request_id: answer.request_id.to_string(),
            token: answer.token,
        };
        Ok(self.service.late(late).await?)
    }

    async fn log(&self, line: CommandLog) -> Result<(), BoxError> {
        let line = CommandLine {
            command: line.command,
            guild: line.guild,
            outcome: line.outcome.to_string(),
            took: line.took,
            user: line.user,
        };
        Ok(self.service.log(line).await?)
    }

    async fn saw(&self, context: &Context) -> Result<(), BoxError> {
        let Some(guild) = &context.guild else { return Ok(()) };
        let sighting = Sighting {
            installed_by: None,
            locale: guild.locale.clone(),
            name: None,
            permissions: Some(guild.app_permissions),
        };
        Ok(self.service.see_guild(guild.id, sighting, context.request_id.as_str()).await?)
    }

    fn removed(&self, request: &str) {
        self.service.lost_somewhere(request);
    }

    async fn installed(&self, install: Install, request: &str) -> Result<(), BoxError> {
        let Install { by, guild, locale, name } = install;
        let sighting = Sighting { installed_by: Some(by), locale, name, permissions: None };
        Ok(self.service.see_guild(guild, sighting, request).await?)
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Refused(refusal) => Self::Refused(refusal),
            error => Self::broken(error),
        }
    }
}

impl<I> Call<I> {
    /// The change of their own that this call's person asks for, wherever they are.
    pub(super) fn ask_alone<'a, T: ?Sized>(
        &'a self,
        render: &'a (dyn Fn(&T) -> Value + Sync),
    ) -> PersonAsk<'a, T> {
        PersonAsk {
            account: &self.context.user,
            guild: self.context.guild.as_ref().map(|guild| guild.id),
            key: self.key.as_str(),
            render,
            request_id: self.context.request_id.as_str(),
        }
    }

    /// The change that this call asks for, with how its outcome is answered.
    ///
    /// # Errors
    ///
    /// Refuses in direct messages.
    pub(super) fn ask<'a, T: ?Sized>(
        &'a self,
        render: &'a (dyn Fn(&T) -> Rendered + Sync),
    ) -> Result<Ask<'a, T>, Refusal> {
        Ok(Ask {
            actor: self.context.member()?,
            key: self.key.as_str(),
            received_at: self.context.received_at,
            render,
            request_id: self.context.request_id.as_str(),
        })
    }
}
