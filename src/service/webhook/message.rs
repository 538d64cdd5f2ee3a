//! What webhooks are told, as <https://www.standardwebhooks.com> has it: a message that says what has changed, signed, with an identifier
//! that stays the same however often it is sent.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::super::{Service, ServiceError};
use crate::{
    base::{
        digest::{digest, sign},
        seal::SealError,
    },
    domain::{
        id::WebhookId,
        webhook::{Change, Disabled, Next, Received, Webhook},
    },
    store::webhooks::{self, Claimed, Told},
};

/// What every secret begins with.
const PREFIX: &str = "whsec_";
/// What is noted of a webhook that a site says is gone.
const GONE: &str = "status 410";
/// What is noted of a webhook whose secret can't be opened.
const SEALED: &str = "the key that its secret was sealed with is gone";

/// A message to a site, ready to be sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// Its body: JSON.
    pub body: String,
    /// Its identifier; the same when it is sent again.
    pub id: String,
    /// Its signature.
    pub signature: String,
    /// When it is sent, in unix seconds.
    pub timestamp: i64,
    /// Where it goes.
    pub url: String,
}

/// A message, and what is known of whom it goes to.
#[derive(Clone, Debug)]
pub struct Errand {
    change: Change,
    claimed: Claimed,
    /// The message.
    pub message: Message,
}

/// How it goes on with a webhook.
#[derive(Clone, Debug)]
pub enum Onward {
    /// Nothing is to be told now, or somebody else tells it.
    Over,
    /// This is to be told.
    Tell(Box<Errand>),
}

impl Service {
    /// A fresh secret of a webhook, and the same sealed.
    pub(super) fn draw_secret(&self, id: WebhookId) -> Result<(SecretString, Vec<u8>), SealError> {
        let secret = format!("{PREFIX}{}", STANDARD.encode(self.0.ids.bytes::<32>()));
        let sealed = self.0.sealer.seal(&secret, &row(id))?;
        Ok((secret.into(), sealed))
    }

    /// Takes what a webhook is to hear first, for `claim`, which has to outlast telling it. One message at a time goes to a webhook.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn take_errand(&self, id: WebhookId, claim: Duration) -> Result<Onward, ServiceError> {
        let Some(claimed) = webhooks::claim(self.store(), id, claim).await? else { return Ok(Onward::Over) };
        let now = self.0.clock.now();
        let Some(change) = webhooks::due(self.store(), id, now).await? else {
            webhooks::release(self.store(), &claimed).await?;
            return Ok(Onward::Over);
        };
        let secret = self.0.sealer.open(&claimed.sealed_secret, &row(id)).ok();
        let Some(message) = secret.and_then(|secret| message(&claimed.webhook, &change, &secret, now)) else {
            tracing::error!(webhook = %id, "a webhook is switched off: its secret can't be opened");
            self.switch_off(&claimed, (Disabled::Sealed, SEALED)).await?;
            return Ok(Onward::Over);
        };
        Ok(Onward::Tell(Box::new(Errand { change, claimed, message })))
    }

    /// Writes down what a site made of a message, and says when the webhook is to hear the next one, if there is one.
    ///
    /// # Errors
    ///
    /// When the database fails. The message is sent again then, once the claim has run out.
    pub async fn end_errand(
        &self,
        errand: &Errand,
        received: &Received,
    ) -> Result<Option<Timestamp>, ServiceError> {
        let Errand { change, claimed, .. } = errand;
        let (webhook, now) = (&claimed.webhook, self.0.clock.now());
        let told = match received {
            Received::Taken => Told::Taken,
            Received::Gone => {
                tracing::info!(webhook = %webhook.id, "a webhook is switched off: the site says that it is gone");
                self.switch_off(claimed, (Disabled::Gone, GONE)).await?;
                return Ok(None);
            }
            Received::Failed(why) => {
                match change.next(webhook.failing_since.unwrap_or(now), now, self.0.ids.fraction()) {
                    Next::GiveUp => Told::GivenUp(why),
                    Next::Retry(at) => Told::Later(at, why),
                    Next::SwitchOff => {
                        tracing::info!(webhook = %webhook.id, "a webhook is switched off: it has failed for days");
                        self.switch_off(claimed, (Disabled::Failing, why)).await?;
                        return Ok(None);
                    }
                }
            }
        };
        if let Told::GivenUp(error) = told {
            tracing::warn!(webhook = %webhook.id, event = %change.event, error, "a site isn't told of a change any more");
        }
        let work = self.begin().await?;
        webhooks::told(&work.tx, claimed, change, told, now).await?;
        let next = webhooks::next_at(&work.tx, webhook.id).await?;
        work.tx.commit().await?;
        Ok(next)
    }

    async fn switch_off(&self, claimed: &Claimed, why: (Disabled, &str)) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        webhooks::switch_off(&work.tx, claimed, why, work.now).await?;
        Ok(work.tx.commit().await?)
    }
}

/// The row that a secret is sealed for.
fn row(id: WebhookId) -> String {
    format!("webhook {id}")
}

/// A change as it is told; `None` for what is no secret of ours. All but its time and signature is the same when it is told again.
fn message(webhook: &Webhook, change: &Change, secret: &SecretString, now: Timestamp) -> Option<Message> {
    let key = STANDARD.decode(secret.expose_secret().strip_prefix(PREFIX)?).ok()?;
    let Change { at, event, kind, sequence, .. } = change;
    let data = json!({ "club_id": webhook.club, "event_id": event, "sequence": sequence });
    let body = json!({ "data": data, "timestamp": at, "type": kind.name() }).to_string();
    let named = digest(&format!("{}/{event}/{}/{sequence}", webhook.id, kind.name()));
    let id = format!("msg_{}", &named[..32]);
    let timestamp = now.as_second();
    let signature = format!("v1,{}", STANDARD.encode(sign(&key, &format!("{id}.{timestamp}.{body}"))));
    Some(Message { body, id, signature, timestamp, url: webhook.url.clone() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        id::{ClubId, EventId},
        webhook::WebhookKind,
    };

    fn told(sequence: u64, second: i64) -> Message {
        let at = Timestamp::from_second(1_674_087_231).unwrap();
        let webhook = Webhook {
            club: ClubId::new(Uuid::from_u128(1)),
            created_at: at,
            delivered_at: None,
            disabled: None,
            failing_since: None,
            id: WebhookId::new(Uuid::from_u128(2)),
            kinds: [WebhookKind::Team].into(),
            last_error: None,
            url: "https://club.example/hook".to_owned(),
        };
        let event = EventId::new(Uuid::from_u128(3));
        let change = Change { at, event, kind: WebhookKind::Team, sequence, tries: 0 };
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned().into();
        message(&webhook, &change, &secret, Timestamp::from_second(second).unwrap()).unwrap()
    }

    #[test]
    fn a_message_is_the_same_when_it_is_sent_again() {
        let (first, again, next) = (told(7, 1_700_000_000), told(7, 1_700_000_900), told(8, 1_700_000_900));
        assert_eq!((&first.id, &first.body), (&again.id, &again.body));
        assert_ne!(first.signature, again.signature);
        assert!(next.id != first.id && next.body != first.body);
        assert_eq!(
            first.body,
            r#"{"data":{"club_id":"00000000-0000-0000-0000-000000000001","event_id":"00000000-0000-0000-0000-000000000003","sequence":7},"timestamp":"2023-01-19T00:13:51Z","type":"team.changed"}"#
        );
    }

    /// The example of the specification: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.
    #[test]
    fn the_signature_is_that_of_the_specification() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        assert_eq!(STANDARD.encode(sign(&key, signed)), "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
