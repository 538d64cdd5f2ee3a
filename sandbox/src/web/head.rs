//! The head of the channel that is open: what it is, who is in it, and what is pinned.

use maud::{Markup, html};

use super::{
    chat::mark,
    place::{Place, Window},
    scene::Scene,
    side,
    text::Reader,
};
use crate::{
    Permissions,
    model::{ChannelKind, ChannelState, ThreadState},
};

pub(super) fn head(scene: &Scene, place: &Place) -> Markup {
    html! {
        header class="head" {
            button class="icon only-narrow" popovertarget="nav" aria-label="Servers and channels" { "☰" }
            @match &scene.here {
                Some(here) => {
                    h1 { (title(scene, here)) }
                    @if let Some(topic) = here.topic.as_deref().filter(|topic| !topic.is_empty()) {
                        div class="topic" { (Reader::of(scene, place).text(topic)) }
                    }
                    @if let Some(thread) = &here.thread { (of_thread(place, thread)) }
                    ul class="tools" { (tools(scene, place, here)) }
                }
                None => h1 { "Simlane’s sandbox" },
            }
            (side::tabs(place))
        }
    }
}

fn title(scene: &Scene, here: &ChannelState) -> Markup {
    let name = if here.kind == ChannelKind::Dm { scene.name_of(scene.bot) } else { here.name.clone() };
    html! { span class="mark" aria-hidden="true" { (mark(here.kind)) } " " (name) }
}

/// How a thread stands, and who is in it.
fn of_thread(place: &Place, thread: &ThreadState) -> Markup {
    let count = thread.members.len();
    let members = format!("This thread: {count} {}", if count == 1 { "member" } else { "members" });
    html! {
        @if thread.archived || thread.locked {
            p class="states" {
                @if thread.archived { span class="state" { "Archived" } }
                @if thread.locked { span class="state" { "Locked" } }
            }
        }
        (opens(place, Window::Thread, &members, &html! { span aria-hidden="true" { "👤 " } (count) }))
    }
}

/// What leads to the windows about a channel.
fn tools(scene: &Scene, place: &Place, here: &ChannelState) -> Markup {
    let pins = scene.pins().len();
    let pinned = format!("Pinned messages: {pins}");
    let manages = here.guild.is_some() && scene.held().contains(Permissions::MANAGE_CHANNELS);
    html! {
        li { (opens(place, Window::Pins, &pinned, &html! { span aria-hidden="true" { "📌" } @if pins > 0 { (pins) } })) }
        @if here.kind == ChannelKind::Text {
            li { (opens(place, Window::Threads, "Threads", &html! { span aria-hidden="true" { "⤷" } })) }
        }
        @if manages && !here.kind.is_thread() {
            li { (opens(place, Window::Channel, "Change this channel by hand", &html! { span aria-hidden="true" { "⚙" } })) }
        }
    }
}

/// A mark that opens a window.
fn opens(place: &Place, window: Window, label: &str, mark: &Markup) -> Markup {
    html! {
        a class="icon" href=(place.with(|p| p.open = Some(window)).href()) data-turbo-action="replace"
            aria-label=(label) title=(label) { (mark) }
    }
}
