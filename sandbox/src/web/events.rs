//! The scheduled events of a guild.

use maud::{Markup, html};

use super::{
    parts::{act, window},
    place::{Place, Window},
    scene::Scene,
};
use crate::{
    Permissions,
    markdown::stamp,
    model::{EventPlace, EventStatus, ScheduledEvent},
};

/// The events that aren't over.
pub(super) fn list(scene: &Scene, place: &Place) -> Markup {
    let ahead: Vec<_> = scene.events.iter().filter(|event| !event.is_finished(scene.now)).collect();
    html! {
        div class="scrolls" {
            @if ahead.is_empty() { p class="hint" { "No events are scheduled." } }
            @for event in ahead { (one(scene, place, event)) }
            @if place.guild.is_some() && scene.powers.contains(Permissions::CREATE_EVENTS) {
                a class="button style-2" href=(place.with(|p| p.open = Some(Window::Schedule)).href()) data-turbo-action="replace" {
                    "Schedule one by hand"
                }
            }
        }
    }
}

fn one(scene: &Scene, place: &Place, event: &ScheduledEvent) -> Markup {
    let time = |style| stamp::show(event.starts, style, &scene.zone, scene.now);
    let interested = event.interested.contains(&scene.viewer.id);
    let id = event.id.to_string();
    html! {
        article class="event" {
            p class=(if event.status(scene.now) == EventStatus::Active { "when on" } else { "when" }) {
                @if event.status(scene.now) == EventStatus::Active { "On now" } @else { (time('f')) " · " (time('R')) }
            }
            h3 { (event.name) }
            @if !event.description.is_empty() { p { (event.description) } }
            p class="hint" { (whereabouts(scene, event)) " · by " (scene.name_of(event.creator)) " · " (event.interested.len()) " interested" }
            div class="row" {
                (act(place, "interest", &[("event", &id)], "button style-2", if interested { "✓ Interested" } else { "Interested" }))
                @if scene.powers.contains(Permissions::CREATE_EVENTS) {
                    (act(place, "unschedule", &[("event", &id)], "button style-4", "Delete"))
                }
            }
        }
    }
}

fn whereabouts(scene: &Scene, event: &ScheduledEvent) -> String {
    match &event.place {
        EventPlace::External(place) => format!("📍 {place}"),
        EventPlace::Voice(channel) => scene.names().link(*channel),
    }
}

/// A form for a new one.
pub(super) fn schedule(scene: &Scene, place: &Place) -> Markup {
    let local = |hours: i64| {
        let at = scene.now.checked_add(jiff::SignedDuration::from_hours(hours)).unwrap_or(scene.now);
        at.to_zoned(scene.zone.clone()).strftime("%Y-%m-%dT%H:00").to_string()
    };
    let body = html! {
        form method="post" action=(place.act("schedule")) data-turbo-action="replace" class="modal" id="schedule-form" data-keep {
            div class="field" { label for="event-name" { "Name" } input id="event-name" name="name" required maxlength="100"; }
            div class="field" { label for="event-place" { "Place" } input id="event-place" name="place" required maxlength="100"; }
            div class="field" { label for="event-starts" { "Start, in " (scene.viewer.zone) }
                input id="event-starts" name="starts" type="datetime-local" required value=(local(24)); }
            div class="field" { label for="event-ends" { "End" }
                input id="event-ends" name="ends" type="datetime-local" required value=(local(26)); }
            div class="field" { label for="event-about" { "Description" } textarea id="event-about" name="description" maxlength="1000" {} }
            footer { button class="button style-1" { "Schedule" } }
        }
    };
    window(place, "schedule", "Schedule an event", &body)
}
