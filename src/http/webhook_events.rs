//! `POST /webhook-events`: what Discord tells the application about itself.
//!
//! See [Discord Docs/Webhook Events](https://docs.discord.com/developers/events/webhook-events).

use axum::http::{StatusCode, header};
use serde::Deserialize;

use crate::interaction::verify::Signed;

#[derive(Deserialize)]
struct Envelope {
    event: Option<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
}

/// Acknowledges a signed event, and Discord's PING, with an empty 204.
pub(super) async fn receive(signed: Signed) -> (StatusCode, [(header::HeaderName, &'static str); 1]) {
    match serde_json::from_slice::<Envelope>(signed.body()) {
        Ok(Envelope { event: Some(event) }) => tracing::info!(event = event.name(), "webhook event"),
        Ok(Envelope { event: None }) => tracing::debug!("webhook events pinged"),
        Err(_) => tracing::warn!("unreadable webhook event"),
    }
    // Discord asks for a valid content type, of nothing.
    (StatusCode::NO_CONTENT, [(header::CONTENT_TYPE, "application/json")])
}

impl Event {
    /// The event's name as Discord's documentation has it.
    fn name(&self) -> &'static str {
        const KNOWN: [&str; 2] = ["APPLICATION_AUTHORIZED", "APPLICATION_DEAUTHORIZED"];
        KNOWN.into_iter().find(|known| *known == self.kind).unwrap_or("another")
    }
}
