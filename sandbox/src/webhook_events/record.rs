//! The record of webhook events.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

/// A webhook event that the service was told of.
#[derive(Clone, Debug)]
pub struct WebhookEvent {
    /// Its place among calls, deliveries and events together.
    pub order: u64,
    /// Its type, such as `APPLICATION_AUTHORIZED`.
    pub name: String,
    /// When it happened, on the sandbox's clock.
    pub at: Timestamp,
    /// What was sent.
    pub payload: Value,
    /// How often it was told, oldest first.
    pub attempts: Vec<WebhookAttempt>,
}

/// One time that a webhook event was told.
#[derive(Clone, Debug)]
pub struct WebhookAttempt {
    /// When, on the sandbox's clock.
    pub at: Timestamp,
    /// What the service answered; none if it was away, or took more than three seconds.
    pub status: Option<u16>,
    /// How long that took, in real time.
    pub took: Duration,
}

impl WebhookEvent {
    /// Whether the service has taken it, so that it isn't told again.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.attempts.last().is_some_and(WebhookAttempt::is_taken)
    }
}

impl WebhookAttempt {
    /// Whether the service has taken it.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}
