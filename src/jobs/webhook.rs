//! Webhooks: clubs' sites are told what has changed, one message at a time for each.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use crate::{
    domain::id::WebhookId,
    service::{
        Service, ServiceError,
        webhook::{Message, Onward},
    },
    site::{Call, SitePort},
};

/// Tells webhooks what they have to hear.
#[derive(Clone)]
pub struct Webhooks {
    /// For how long a worker has a webhook to itself: longer than a call may take.
    claim: Duration,
    service: Service,
    site: Arc<dyn SitePort>,
}

impl Webhooks {
    /// What tells webhooks, each of which a worker has to itself for `claim`.
    #[must_use]
    pub const fn new(claim: Duration, service: Service, site: Arc<dyn SitePort>) -> Self {
        Self { claim, service, site }
    }

    /// Tells a webhook what it is to hear first. When the next thing is due, if something was told and there is one.
    ///
    /// # Errors
    ///
    /// When the database fails. The sweep has it told then, once the claim has run out.
    pub async fn tell(&self, id: WebhookId) -> Result<Option<Timestamp>, ServiceError> {
        let errand = match self.service.take_errand(id, self.claim).await? {
            Onward::Tell(errand) => errand,
            Onward::Over => return Ok(None),
        };
        let received = self.site.post(call(&errand.message)).await;
        self.service.end_errand(&errand, &received).await
    }
}

fn call(message: &Message) -> Call<'_> {
    let headers = [
        ("webhook-id", message.id.clone()),
        ("webhook-timestamp", message.timestamp.to_string()),
        ("webhook-signature", message.signature.clone()),
    ];
    Call { body: &message.body, headers, url: &message.url }
}
