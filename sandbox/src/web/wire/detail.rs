//! Everything about one entry of the wire.

use std::time::Duration;

use maud::{Markup, html};
use serde_json::Value;

use super::{curl, entry::Entry, milliseconds};
use crate::{
    Call, Delivery, DeliveryOutcome, Verdict, WebhookEvent,
    web::{parts::act, place::Place, site::Site},
};

/// How long Discord waits for an answer.
const LIMIT: Duration = Duration::from_secs(3);

/// Everything about one entry.
pub(super) fn detail(site: &Site, place: &Place, entry: Entry<'_>) -> Markup {
    let body = match entry {
        Entry::Call(call) => of_call(site, call),
        Entry::Delivery(delivery) => of_delivery(site, place, delivery),
        Entry::Event(event) => of_event(event),
    };
    html! { section class="detail" aria-label="The entry that is open" { (body) } }
}

fn of_call(site: &Site, call: &Call) -> Markup {
    html! {
        h3 { (call.method) " " (call.path) }
        p {
            @match (call.status, call.took) {
                (Some(status), _) => { "Status " strong { (status) } }
                (None, Some(_)) => { "The connection was dropped without an answer" }
                (None, None) => { "It is being answered" }
            }
            @if let Some(code) = call.code.filter(|code| *code != 0) { ", Discord’s code " strong { (code) } }
            @if let Some(took) = call.took { " after " (milliseconds(took)) }
            "; " (if call.took_effect { "it took effect." } else { "it changed nothing." })
        }
        @if let Some(reason) = &call.reason { p { "Audit-log reason: " (reason) } }
        @if !curl::is_by_secret(call) { (verdict(&call.verdict, "request")) }
        @if !call.headers.is_empty() {
            dl class="headers" { @for (name, value) in &call.headers { dt { (name) } dd { (value) } } }
        }
        (json("Request", call.body.as_ref()))
        (json("Answer", call.answer.as_ref()))
        (copy(&curl::of_call(&site.discord, call)))
    }
}

fn of_delivery(site: &Site, place: &Place, delivery: &Delivery) -> Markup {
    html! {
        h3 { (delivery.about) }
        @match &delivery.outcome {
            None => p { "The service hasn’t answered yet." },
            Some(outcome) => (outcome_line(outcome)),
        }
        (json("Payload", Some(&delivery.payload)))
        (json("Answer", delivery.outcome.as_ref().map(|outcome| &outcome.answer).filter(|answer| !answer.is_null())))
        (copy(&curl::of_delivery(&site.discord, delivery)))
        (act(place, "redeliver", &[("interaction", &delivery.interaction.to_string())], "button style-2", "Deliver it again"))
    }
}

fn of_event(event: &WebhookEvent) -> Markup {
    html! {
        h3 { (event.name) }
        ol class="attempts" {
            @for attempt in &event.attempts {
                li {
                    @match attempt.status {
                        Some(status) => { "Answered " strong { (status) } " after " (milliseconds(attempt.took)) }
                        None => { "Not answered within three seconds" }
                    }
                }
            }
        }
        @if !event.is_taken() { p class="hint" { "It is told again, ever more slowly, for ten minutes on the clock." } }
        (json("Payload", Some(&event.payload)))
    }
}

fn outcome_line(outcome: &DeliveryOutcome) -> Markup {
    let share = outcome.took.as_secs_f64() / LIMIT.as_secs_f64();
    html! {
        p { strong { (milliseconds(outcome.took)) } " of the 3,000 ms that Discord waits" }
        meter min="0" max="1" high="0.8" value=(format!("{share:.3}")) title="How much of the three seconds it took" {}
        @if let Some(failure) = &outcome.failure { p class="problem" { (failure) } }
        (verdict(&outcome.verdict, "answer"))
    }
}

/// What the official description says.
fn verdict(verdict: &Verdict, of: &str) -> Markup {
    html! {
        @match verdict {
            Verdict::Unchecked => p class="hint" { "Discord’s OpenAPI description isn’t at hand: set DISCORD_OPENAPI to check against it." },
            Verdict::Described(name) => p { "✓ The " (of) " is as Discord’s OpenAPI description has it: " code { (name) } },
            Verdict::Broken(violations) => {
                p class="problem" { "⚠ The " (of) " breaks Discord’s OpenAPI description:" }
                ul { @for violation in violations { li { (violation) } } }
            }
        }
    }
}

fn json(title: &str, value: Option<&Value>) -> Markup {
    let Some(value) = value else { return html! {} };
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    html! { details open id={ "json-" (title) } { summary { (title) } pre tabindex="0" { (text) } } }
}

fn copy(command: &str) -> Markup {
    html! {
        details class="curl" id="curl" { summary { "As a command" } pre tabindex="0" id="curl-text" { (command) } }
        button class="button style-2" data-copy=(command) { "Copy as curl" }
    }
}
