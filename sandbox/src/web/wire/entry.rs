//! An entry of the wire: what it is called, how it ended, and whether a search finds it.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    Call, Delivery, Verdict, WebhookEvent,
    web::place::{Only, Place},
};

/// Something that went over the wire.
#[derive(Clone, Copy)]
pub(super) enum Entry<'a> {
    Call(&'a Call),
    Delivery(&'a Delivery),
    Event(&'a WebhookEvent),
}

impl Entry<'_> {
    pub(super) const fn order(&self) -> u64 {
        match self {
            Self::Call(call) => call.order,
            Self::Delivery(delivery) => delivery.order,
            Self::Event(event) => event.order,
        }
    }

    pub(super) const fn at(&self) -> Timestamp {
        match self {
            Self::Call(call) => call.at,
            Self::Delivery(delivery) => delivery.at,
            Self::Event(event) => event.at,
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Call(call) => &call.route,
            Self::Delivery(delivery) => &delivery.about,
            Self::Event(event) => &event.name,
        }
    }

    pub(super) fn took(&self) -> Option<Duration> {
        match self {
            Self::Call(call) => call.took,
            Self::Delivery(delivery) => delivery.outcome.as_ref().map(|outcome| outcome.took),
            Self::Event(event) => event.attempts.last().map(|attempt| attempt.took),
        }
    }

    /// How it ended, in a word, and whether that is well.
    pub(super) fn ended(&self) -> (String, bool) {
        match self {
            Self::Call(Call { status: Some(status), .. }) => (status.to_string(), *status < 400),
            Self::Call(Call { took: Some(_), .. }) => ("dropped".to_owned(), false),
            Self::Call(_) => ("waiting".to_owned(), true),
            Self::Delivery(Delivery { outcome: None, .. }) => ("waiting".to_owned(), true),
            Self::Delivery(Delivery { outcome: Some(outcome), .. }) => match &outcome.failure {
                Some(_) => ("failed".to_owned(), false),
                None => (answer_type(&outcome.answer).to_owned(), true),
            },
            Self::Event(event) => match event.attempts.last() {
                None => ("waiting".to_owned(), true),
                Some(last) => {
                    let status = last.status.map_or_else(|| "away".to_owned(), |status| status.to_string());
                    (status, last.is_taken())
                }
            },
        }
    }

    pub(super) const fn verdict(&self) -> &Verdict {
        match self {
            Self::Call(call) => &call.verdict,
            Self::Delivery(Delivery { outcome: Some(outcome), .. }) => &outcome.verdict,
            Self::Delivery(_) | Self::Event(_) => &Verdict::Unchecked,
        }
    }

    pub(super) fn fits(&self, place: &Place) -> bool {
        let of_kind = match place.params.only {
            Only::All => true,
            Only::Calls => matches!(self, Self::Call(_)),
            Only::Interactions => matches!(self, Self::Delivery(_) | Self::Event(_)),
            Only::Problems => !self.ended().1 || matches!(self.verdict(), Verdict::Broken(_)),
        };
        of_kind && self.says(&place.params.q.to_lowercase())
    }

    /// Whether its name, path or payload has this in it.
    fn says(&self, wanted: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(wanted);
        let in_json = |value: Option<&Value>| value.is_some_and(|value| has(&value.to_string()));
        wanted.is_empty()
            || has(self.name())
            || has(&self.ended().0)
            || match self {
                Self::Call(call) => {
                    has(&call.path) || in_json(call.body.as_ref()) || in_json(call.answer.as_ref())
                }
                Self::Delivery(delivery) => {
                    in_json(Some(&delivery.payload))
                        || in_json(delivery.outcome.as_ref().map(|outcome| &outcome.answer))
                }
                Self::Event(event) => in_json(Some(&event.payload)),
            }
    }
}

/// What an answer to an interaction is called.
fn answer_type(answer: &Value) -> &'static str {
    match answer["type"].as_u64() {
        Some(4) => "message",
        Some(5) => "deferred",
        Some(6) => "deferred update",
        Some(7) => "update",
        Some(8) => "choices",
        Some(9) => "form",
        _ => "by callback",
    }
}
