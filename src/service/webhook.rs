//! Webhooks, by which a club's site hears of changes by itself.

mod message;

use secrecy::SecretString;
use serde_json::{Value, json};

pub use self::message::{Errand, Message, Onward};
use super::{Service, ServiceError, audit::Deed};
use crate::{
    domain::{
        id::{ClubId, WebhookId},
        refusal::Refusal,
        webhook::{MAX_WEBHOOKS, Webhook, WebhookKinds},
    },
    store::{audit::Doer, clubs, webhooks},
};

/// A webhook that somebody wants.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewWebhook {
    /// What it wants to hear of; something.
    pub kinds: WebhookKinds,
    /// Where it is told.
    pub url: String,
}

/// A fresh webhook.
#[derive(Clone, Debug)]
pub struct MadeWebhook {
    /// What its messages are signed with. It is shown now and never again.
    pub secret: SecretString,
    /// What else is kept of it.
    pub webhook: Webhook,
}

impl Service {
    /// A club's webhooks, the oldest first: those after that one.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn webhooks(
        &self,
        club: ClubId,
        after: Option<WebhookId>,
        limit: u64,
    ) -> Result<Vec<Webhook>, ServiceError> {
        clubs::name(self.store(), club).await?.ok_or(Refusal::NoClub)?;
        Ok(webhooks::of_club(self.store(), club, after, limit).await?)
    }

    /// Makes a webhook for a club; `None` where it has as many as it may have.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn make_webhook(
        &self,
        club: ClubId,
        new: NewWebhook,
        by: Doer,
        request_id: &str,
    ) -> Result<Option<MadeWebhook>, ServiceError> {
        let work = self.begin().await?;
        clubs::lock_by_id(&work.tx, club).await?.ok_or(Refusal::NoClub)?;
        if webhooks::number_of(&work.tx, club).await? >= MAX_WEBHOOKS {
            return Ok(None);
        }
        let webhook = Webhook {
            club,
            created_at: work.now,
            delivered_at: None,
            disabled: None,
            failing_since: None,
            id: WebhookId::new(self.0.ids.uuid(work.now)),
            kinds: new.kinds,
            last_error: None,
            url: new.url,
        };
        let (secret, sealed) = self.draw_secret(webhook.id)?;
        webhooks::put(&work.tx, &webhook, sealed).await?;
        let after = Some(told(&webhook));
        let deed = Deed { action: "webhook.create", after, before: None, subject: webhook.id.to_string() };
        self.audit_by(&work, by, club, deed).await?;
        self.commit(work, request_id).await?;
        Ok(Some(MadeWebhook { secret, webhook }))
    }

    /// Deletes a club's webhook, with all that it is yet to hear; `false` where the club has no such webhook.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn delete_webhook(
        &self,
        club: ClubId,
        id: WebhookId,
        by: Doer,
        request_id: &str,
    ) -> Result<bool, ServiceError> {
        let work = self.begin().await?;
        if !webhooks::delete(&work.tx, club, id).await? {
            return Ok(false);
        }
        let deed = Deed { action: "webhook.delete", after: None, before: None, subject: id.to_string() };
        self.audit_by(&work, by, club, deed).await?;
        self.commit(work, request_id).await?;
        Ok(true)
    }
}

/// What the audit log tells of a webhook.
fn told(webhook: &Webhook) -> Value {
    json!({ "events": webhook.kinds, "url": webhook.url })
}
