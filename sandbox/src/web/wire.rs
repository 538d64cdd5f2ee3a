//! The wire: every interaction and every REST call, newest first.

mod curl;

use std::time::Duration;

use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use super::{
    parts::act,
    place::{Only, Place},
    scene::Scene,
    site::Site,
};
use crate::{Call, Complaint, Delivery, DeliveryOutcome, Verdict};

/// Entries that are shown at once.
const SHOWN: usize = 200;
/// How long Discord waits for an answer.
const LIMIT: Duration = Duration::from_secs(3);

/// Something that went over the wire.
enum Entry {
    Call(Call),
    Delivery(Delivery),
}

/// The panel: a search and what was found, an entry that is looked at with everything about it.
pub(super) fn panel(site: &Site, scene: &Scene, place: &Place) -> Markup {
    let entries = entries(site, place);
    html! {
        (search(place))
        (complaints(&site.discord.complaints()))
        ol class="entries" {
            @for entry in entries.iter().take(SHOWN) {
                li {
                    (line(scene, place, entry))
                    @if place.params.entry == Some(entry.order()) { (detail(site, place, entry)) }
                }
            }
        }
        @if entries.is_empty() { p class="hint" { "Nothing here fits." } }
        @if entries.len() > SHOWN { p class="hint" { "The newest " (SHOWN) " of " (entries.len()) "." } }
    }
}

fn entries(site: &Site, place: &Place) -> Vec<Entry> {
    let calls = site.discord.calls().into_iter().map(Entry::Call);
    let deliveries = site.discord.deliveries().into_iter().map(Entry::Delivery);
    let mut entries: Vec<_> = calls.chain(deliveries).filter(|entry| entry.fits(place)).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.order()));
    entries
}

impl Entry {
    const fn order(&self) -> u64 {
        match self {
            Self::Call(call) => call.order,
            Self::Delivery(delivery) => delivery.order,
        }
    }

    const fn at(&self) -> Timestamp {
        match self {
            Self::Call(call) => call.at,
            Self::Delivery(delivery) => delivery.at,
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Call(call) => &call.route,
            Self::Delivery(delivery) => &delivery.about,
        }
    }

    fn took(&self) -> Option<Duration> {
        match self {
            Self::Call(call) => call.took,
            Self::Delivery(delivery) => delivery.outcome.as_ref().map(|outcome| outcome.took),
        }
    }

    /// How it ended, in a word, and whether that is well.
    fn ended(&self) -> (String, bool) {
        match self {
            Self::Call(Call { status: Some(status), .. }) => (status.to_string(), *status < 400),
            Self::Call(_) => ("no answer".to_owned(), false),
            Self::Delivery(Delivery { outcome: None, .. }) => ("waiting".to_owned(), true),
            Self::Delivery(Delivery { outcome: Some(outcome), .. }) => match &outcome.failure {
                Some(_) => ("failed".to_owned(), false),
                None => (answer_type(&outcome.answer).to_owned(), true),
            },
        }
    }

    const fn verdict(&self) -> &Verdict {
        match self {
            Self::Call(call) => &call.verdict,
            Self::Delivery(Delivery { outcome: Some(outcome), .. }) => &outcome.verdict,
            Self::Delivery(_) => &Verdict::Unchecked,
        }
    }

    fn fits(&self, place: &Place) -> bool {
        let of_kind = match place.params.only {
            Only::All => true,
            Only::Calls => matches!(self, Self::Call(_)),
            Only::Interactions => matches!(self, Self::Delivery(_)),
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

fn search(place: &Place) -> Markup {
    let only = [
        (Only::All, "Everything"),
        (Only::Interactions, "Interactions"),
        (Only::Calls, "REST calls"),
        (Only::Problems, "Problems"),
    ];
    html! {
        form class="search" id="wire-search" method="get" action=(place.with(|p| (p.q, p.only) = Default::default()).href())
            data-turbo-action="replace" data-keep {
            input type="hidden" name="side" value="wire";
            input type="search" name="q" value=(place.params.q) placeholder="Route, command or payload" aria-label="Search the wire";
            select name="only" aria-label="What is shown" data-send {
                @for (value, label) in only {
                    option value=(value.name()) selected[value == place.params.only] { (label) }
                }
            }
            button class="button style-2" { "Search" }
        }
    }
}

/// What the real Discord would not have liked.
fn complaints(complaints: &[Complaint]) -> Markup {
    html! {
        @if !complaints.is_empty() {
            details class="complaints" id="complaints" {
                summary { (complaints.len()) " things that Discord would not have liked" }
                ul { @for complaint in complaints.iter().rev().take(20) { li { (complaint.about) ": " (complaint.what) } } }
            }
        }
    }
}

fn line(scene: &Scene, place: &Place, entry: &Entry) -> Markup {
    let open = place.params.entry == Some(entry.order());
    let to = (!open).then_some(entry.order());
    let (ended, well) = entry.ended();
    let (mark, kind) = match entry {
        Entry::Call(_) => ("←", "REST call"),
        Entry::Delivery(_) => ("→", "interaction"),
    };
    let broken = matches!(entry.verdict(), Verdict::Broken(_));
    html! {
        a href=(place.with(|p| p.entry = to).href()) data-turbo-action="replace" aria-expanded=(open) {
            span class="mark" title=(kind) { (mark) span class="unseen" { (kind) } }
            span class="time" { (clock_time(scene, entry.at())) }
            span class="what" { (entry.name()) }
            span class=(if well { "ended" } else { "ended off" }) { (if well { "" } else { "✗ " }) (ended) }
            @if broken { span class="ended off" title="It breaks the official description" { "⚠ spec" } }
            span class="took" { (entry.took().map_or_else(String::new, milliseconds)) }
        }
    }
}

fn clock_time(scene: &Scene, at: Timestamp) -> String {
    at.to_zoned(scene.zone.clone()).strftime("%H:%M:%S").to_string()
}

fn milliseconds(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1_000.0)
}

/// Everything about one entry.
fn detail(site: &Site, place: &Place, entry: &Entry) -> Markup {
    let body = match entry {
        Entry::Call(call) => of_call(site, call),
        Entry::Delivery(delivery) => of_delivery(site, place, delivery),
    };
    html! { section class="detail" aria-label="The entry that is open" { (body) } }
}

fn of_call(site: &Site, call: &Call) -> Markup {
    html! {
        h3 { (call.method) " " (call.path) }
        p {
            @match call.status {
                Some(status) => { "Status " strong { (status) } }
                None => { "The connection was dropped without an answer" }
            }
            @if let Some(code) = call.code.filter(|code| *code != 0) { ", Discord’s code " strong { (code) } }
            @if let Some(took) = call.took { " after " (milliseconds(took)) }
            "; " (if call.took_effect { "it took effect." } else { "it changed nothing." })
        }
        @if let Some(reason) = &call.reason { p { "Audit-log reason: " (reason) } }
        (verdict(&call.verdict, "request"))
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
