//! The clock's face.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    hands::{DAY_BEFORE, FAST, Pace, next_start},
    place::Place,
    scene::Scene,
    site::Site,
};
use crate::markdown::stamp;

/// What time it is, and ways to have it be another.
pub(super) fn face(site: &Site, scene: &Scene, place: &Place) -> Markup {
    let pace = site.hands.pace();
    let next = next_start(site, place.guild, place.channel);
    let time = scene.now.to_zoned(scene.zone.clone()).strftime("%a %-d %b %Y, %H:%M").to_string();
    let eve = next.and_then(|next| next.checked_sub(DAY_BEFORE).ok()).filter(|eve| *eve > scene.now);
    let title =
        next.map(|next| format!("The next start is {}", stamp::show(next, 'F', &scene.zone, scene.now)));
    let title = title.as_deref().unwrap_or("No race is ahead in this server");
    let says = match pace {
        Pace::Standing => "stands",
        Pace::Running => "runs",
        Pace::Fast => "runs fast",
    };
    html! {
        header id="clock" {
            p class="time" { span aria-hidden="true" { "⏱ " } time datetime=(scene.now.to_string()) { (time) } span class="hint" { " " (says) } }
            form method="post" action=(place.act("clock")) data-turbo-action="replace" {
                @if pace == Pace::Standing { button name="to" value="run" title="Let time pass as it does" { "▶ Run" } }
                @else { button name="to" value="stand" title="Stop the clock" { "⏸ Pause" } }
                button name="to" value="fast" aria-pressed=(pace == Pace::Fast) title="Let time pass fast; again for its own pace" { (FAST) "×" }
                button name="to" value="hour" title="An hour later" { "+1 h" }
                button name="to" value="day" title="A day later" { "+1 day" }
                button name="to" value="eve" disabled[eve.is_none()] title=(title) { "To T‑24 h" }
                button name="to" value="start" disabled[next.is_none()] title=(title) { "To green flag" }
                button name="to" value="now" disabled[scene.now >= Timestamp::now()] title="To the time that it really is, if that is later" { "Now" }
            }
        }
    }
}
