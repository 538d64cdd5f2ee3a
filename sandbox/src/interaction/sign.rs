//! Signed requests to the service under test, as Discord makes them.

use ed25519_dalek::Signer;
use serde_json::{Value, json};

use super::session::Kind;
use crate::Discord;

/// What the service answered to a request, nothing made of it.
#[derive(Clone, Debug)]
pub struct RawAnswer {
    /// The status.
    pub status: u16,
    /// The `Content-Type` header, if there was one.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Why nothing came back from the service under test.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// Nobody called `deliver_to`.
    #[error("the sandbox was not told where the service is: call deliver_to")]
    Nowhere,
    /// The service is away, or closed the connection.
    #[error("the service could not be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
}

impl Discord {
    /// The signature, in hexadecimal digits, of a body at a time (the text of the `X-Signature-Timestamp` header).
    #[must_use]
    pub fn sign(&self, body: &[u8], timestamp: &str) -> String {
        let message = [timestamp.as_bytes(), body].concat();
        hex::encode(self.0.key.sign(&message).to_bytes())
    }

    /// The text of the `X-Signature-Timestamp` header for now.
    #[must_use]
    pub fn timestamp(&self) -> String {
        self.now().as_second().to_string()
    }

    /// Sends any bytes to `/interactions` with these signature headers, or without them.
    ///
    /// # Errors
    ///
    /// When the service is unknown or can't be reached.
    pub async fn deliver_raw(
        &self,
        body: impl Into<Vec<u8>>,
        signature: Option<&str>,
        timestamp: Option<&str>,
    ) -> Result<RawAnswer, DeliveryError> {
        self.post("/interactions", body.into(), signature, timestamp).await
    }

    /// Sends what Discord sends when the address is saved in the developer portal.
    ///
    /// # Errors
    ///
    /// When the service is unknown or can't be reached.
    pub async fn ping(&self) -> Result<RawAnswer, DeliveryError> {
        let id = self.with(|state| state.id(self.now()));
        let application = self.application();
        let user = json!({
            "id": application.bot_user_id, "username": "discord", "discriminator": "0", "global_name": null, "avatar": null,
        });
        let body = json!({
            "id": id, "application_id": application.id, "type": Kind::Ping as u64, "token": token(self, id), "version": 1,
            "user": user, "entitlements": [], "authorizing_integration_owners": {}, "attachment_size_limit": 10_485_760,
        });
        self.signed("/interactions", &body).await
    }

    /// Sends a webhook event, such as `APPLICATION_AUTHORIZED`, to `/webhook-events`; without one, the PING of saving the
    /// address. See Discord Docs/Events/Webhook Events.
    ///
    /// # Errors
    ///
    /// When the service is unknown or can't be reached.
    pub async fn webhook_event(&self, event: Option<(&str, Value)>) -> Result<RawAnswer, DeliveryError> {
        self.signed("/webhook-events", &self.event_body(event)).await
    }

    /// The body that tells of a webhook event, or of none.
    pub(crate) fn event_body(&self, event: Option<(&str, Value)>) -> Value {
        let mut body = json!({ "version": 1, "application_id": self.application().id, "type": 0 });
        if let Some((name, data)) = event {
            body["type"] = json!(1);
            body["event"] = json!({ "type": name, "timestamp": self.now().to_string(), "data": data });
        }
        body
    }

    /// Sends a signed body to the service.
    pub(crate) async fn signed(&self, path: &str, body: &Value) -> Result<RawAnswer, DeliveryError> {
        let (body, timestamp) = (body.to_string().into_bytes(), self.timestamp());
        let signature = self.sign(&body, &timestamp);
        self.post(path, body, Some(&signature), Some(&timestamp)).await
    }

    /// A POST to the service, with Discord's headers.
    pub(super) async fn post(
        &self,
        path: &str,
        body: Vec<u8>,
        signature: Option<&str>,
        timestamp: Option<&str>,
    ) -> Result<RawAnswer, DeliveryError> {
        let service = self.delivers_to().ok_or(DeliveryError::Nowhere)?;
        let mut request = self.0.http.post(format!("{service}{path}")).body(body);
        request = request.header("content-type", "application/json");
        request = request.header("user-agent", "Discord-Interactions/1.0 (+https://discord.com)");
        if let Some(signature) = signature {
            request = request.header("x-signature-ed25519", signature);
        }
        if let Some(timestamp) = timestamp {
            request = request.header("x-signature-timestamp", timestamp);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let content_type =
            response.headers().get("content-type").and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(RawAnswer { status, content_type, body: response.bytes().await?.to_vec() })
    }
}

/// An interaction's token: its id, and what only the holder of the key can know.
pub(super) fn token(discord: &Discord, id: crate::Snowflake) -> String {
    format!("{id}.{}", discord.sign(b"token", &id.to_string()))
}
