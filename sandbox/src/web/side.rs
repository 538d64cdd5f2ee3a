//! What stands beside the messages.

use maud::{Markup, html};

use super::{
    events, faults, members,
    place::{Place, Side},
    scene::Scene,
    site::Site,
    wire,
};

/// The sides there are, and what leads to each.
const TABS: [(Side, &str, &str); 4] = [
    (Side::Members, "👥", "Members"),
    (Side::Events, "📅", "Events"),
    (Side::Wire, "⇅", "Wire"),
    (Side::Faults, "⚡", "Faults"),
];

/// What leads to each side; pressed again it goes away.
pub(super) fn tabs(place: &Place) -> Markup {
    html! {
        ul class="tabs" {
            @for (side, mark, name) in TABS {
                @let open = place.side() == side;
                @let other = if open { Side::Nothing } else { side };
                // On a phone the members stand beside the messages only once they are asked for.
                @if open && place.params.side.is_none() {
                    li class="only-wide" { (tab(place, other, open, mark, name)) }
                    li class="only-narrow" { (tab(place, side, false, mark, name)) }
                } @else {
                    li { (tab(place, other, open, mark, name)) }
                }
            }
        }
    }
}

fn tab(place: &Place, to: Side, open: bool, mark: &str, name: &str) -> Markup {
    html! {
        a class="icon" href=(place.with(|p| (p.side, p.entry) = (Some(to), None)).href()) data-turbo-action="replace"
            aria-pressed=(open) role="button" title=(name) {
            span aria-hidden="true" { (mark) } span class="label" { (name) }
        }
    }
}

/// What stands beside the messages, if anything does.
pub(super) fn side(site: &Site, scene: &Scene, place: &Place) -> Markup {
    let (title, body) = match place.side() {
        Side::Nothing => return html! {},
        Side::Members => ("Members", members::list(scene, place)),
        Side::Events => ("Events", events::list(scene, place)),
        Side::Wire => ("The wire", wire::panel(site, scene, place)),
        Side::Faults => ("Faults", faults::panel(site, scene, place)),
    };
    let nothing = place.with(|params| (params.side, params.entry) = (Some(Side::Nothing), None));
    html! {
        aside id="side" class={ (place.side().name()) @if place.params.side.is_none() { " unasked" } } aria-label=(title) {
            header {
                h2 { (title) }
                a class="close" href=(nothing.href()) data-turbo-action="replace" aria-label="Close" { "✕" }
            }
            (body)
        }
    }
}
