//! The record of every interaction and webhook event, and what the official description says of what went over the wire.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::watch;

use crate::{Snowflake, WebhookAttempt, WebhookEvent, discord::lock};

/// What the description of Discord's API says of a request or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody asked: the sandbox has no description.
    Unchecked,
    /// It is as described, under this name.
    Described(String),
    /// It breaks the description, here.
    Broken(Vec<String>),
}

/// An interaction that was delivered to the service.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its place among calls and deliveries together.
    pub order: u64,
    /// The interaction.
    pub interaction: Snowflake,
    /// What the person did, such as `/event create`.
    pub about: String,
    /// Who did it.
    pub user: Snowflake,
    /// The guild that it was done in.
    pub guild: Option<Snowflake>,
    /// When, on the sandbox's clock.
    pub at: Timestamp,
    /// What was sent.
    pub payload: Value,
    /// What came of it; none while the service thinks.
    pub outcome: Option<DeliveryOutcome>,
}

/// What came of an interaction.
#[derive(Clone, Debug)]
pub struct DeliveryOutcome {
    /// The answer as it was sent, null if there was none.
    pub answer: Value,
    /// Why the person reads that the application did not respond, if they do.
    pub failure: Option<String>,
    /// How long the service took, in real time. Discord waits for three seconds.
    pub took: Duration,
    /// What the description says of the answer.
    pub verdict: Verdict,
}

/// Every interaction and webhook event, and who wants to know when something happens.
#[derive(Debug)]
pub(crate) struct Records {
    order: AtomicU64,
    deliveries: Mutex<Vec<Delivery>>,
    events: Mutex<Vec<WebhookEvent>>,
    last_user: Mutex<Option<Snowflake>>,
    changes: watch::Sender<u64>,
}

impl Default for Records {
    fn default() -> Self {
        Self {
            order: AtomicU64::new(0),
            deliveries: Mutex::default(),
            events: Mutex::default(),
            last_user: Mutex::default(),
            changes: watch::Sender::new(0),
        }
    }
}

impl Records {
    /// The next place among calls and deliveries.
    pub(crate) fn next(&self) -> u64 {
        self.order.fetch_add(1, Ordering::Relaxed)
    }

    /// Somebody uses the application, or decides on what it may do.
    pub(crate) fn uses(&self, user: Snowflake) {
        *lock(&self.last_user) = Some(user);
    }

    /// Who did so last.
    pub(crate) fn last_user(&self) -> Option<Snowflake> {
        *lock(&self.last_user)
    }

    pub(crate) fn begin(&self, delivery: Delivery) {
        self.uses(delivery.user);
        lock(&self.deliveries).push(delivery);
        self.changed();
    }

    pub(crate) fn end(&self, order: u64, outcome: DeliveryOutcome) {
        let mut deliveries = lock(&self.deliveries);
        if let Some(delivery) = deliveries.iter_mut().rev().find(|delivery| delivery.order == order) {
            delivery.outcome = Some(outcome);
        }
        drop(deliveries);
        self.changed();
    }

    pub(crate) fn begin_event(&self, event: WebhookEvent) {
        lock(&self.events).push(event);
        self.changed();
    }

    pub(crate) fn add_attempt(&self, order: u64, attempt: WebhookAttempt) {
        let mut events = lock(&self.events);
        if let Some(event) = events.iter_mut().rev().find(|event| event.order == order) {
            event.attempts.push(attempt);
        }
        drop(events);
        self.changed();
    }

    pub(crate) fn events(&self) -> Vec<WebhookEvent> {
        lock(&self.events).clone()
    }

    /// The newest deliveries that are wanted, newest first, so many at most.
    pub(crate) fn newest(&self, most: usize, wanted: impl Fn(&Delivery) -> bool) -> Vec<Delivery> {
        lock(&self.deliveries).iter().rev().filter(|delivery| wanted(delivery)).take(most).cloned().collect()
    }

    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        lock(&self.deliveries).clone()
    }

    /// Tells whoever watches that something may look different now.
    pub(crate) fn changed(&self) {
        self.changes.send_modify(|revision| *revision += 1);
    }

    /// A number that grows with everything that happens.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}
