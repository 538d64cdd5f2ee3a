//! The wire: every interaction, webhook event and REST call, newest first.

mod curl;
mod detail;
mod entry;

use std::time::Duration;

use jiff::Timestamp;
use maud::{Markup, html};

use self::entry::Entry;
use super::{
    place::{Only, Place},
    scene::Scene,
    site::Site,
};
use crate::{Complaint, Verdict};

/// Entries that are shown at once.
const SHOWN: usize = 200;

/// The panel: a search and what was found, an entry that is looked at with everything about it.
pub(super) fn panel(site: &Site, scene: &Scene, place: &Place) -> Markup {
    let calls = site.discord.0.calls.newest(SHOWN, |call| Entry::Call(call).fits(place));
    let deliveries = site.discord.0.records.newest(SHOWN, |delivery| Entry::Delivery(delivery).fits(place));
    let mut events = site.discord.webhook_events();
    events.retain(|event| Entry::Event(event).fits(place));
    let told = deliveries.iter().map(Entry::Delivery).chain(events.iter().map(Entry::Event));
    let mut entries: Vec<_> = calls.iter().map(Entry::Call).chain(told).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.order()));
    html! {
        (search(place))
        (complaints(&site.discord.complaints()))
        ol class="entries" {
            @for entry in entries.iter().take(SHOWN) {
                li {
                    (line(scene, place, *entry))
                    @if place.params.entry == Some(entry.order()) { (detail::detail(site, place, *entry)) }
                }
            }
        }
        @if entries.is_empty() { p class="hint" { "Nothing here fits." } }
        @if entries.len() > SHOWN { p class="hint" { "These are the newest " (SHOWN) "." } }
    }
}

fn search(place: &Place) -> Markup {
    let only = [
        (Only::All, "Everything"),
        (Only::Interactions, "Interactions and events"),
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

fn line(scene: &Scene, place: &Place, entry: Entry<'_>) -> Markup {
    let open = place.params.entry == Some(entry.order());
    let to = (!open).then_some(entry.order());
    let (ended, well) = entry.ended();
    let (mark, kind) = match entry {
        Entry::Call(_) => ("←", "REST call"),
        Entry::Delivery(_) => ("→", "interaction"),
        Entry::Event(_) => ("→", "webhook event"),
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
