//! The windows in which things are made and changed by hand.

use maud::{Markup, html};

use super::{
    events, form, members,
    parts::{act, window},
    place::{Place, Window},
    scene::Scene,
    site::Site,
    threads,
};
use crate::model::{ChannelKind, ChannelState};

/// The window in front of everything, if there is one.
pub(super) fn open(site: &Site, scene: &Scene, place: &Place) -> Markup {
    match place.params.open {
        None => html! {},
        Some(Window::Form(id)) => match site.desk.form(id) {
            Some(form) => form::modal(scene, place, id, &form),
            None => html! {},
        },
        Some(Window::Member(id)) => members::card(scene, place, id),
        Some(Window::People) => members::people(scene, place),
        Some(Window::Schedule) => events::schedule(scene, place),
        Some(Window::Server) => server(place),
        Some(Window::NewChannel) => new_channel(scene, place),
        Some(Window::Channel) => about_here(scene, |here| channel(place, here)),
        Some(Window::Thread) => about_here(scene, |here| threads::thread(scene, place, here)),
        Some(Window::Threads) => about_here(scene, |here| threads::all(scene, place, here)),
        Some(Window::Pins) => threads::pins(scene, place),
    }
}

/// A window about the channel that is open, if one is.
fn about_here(scene: &Scene, draw: impl FnOnce(&ChannelState) -> Markup) -> Markup {
    scene.here.as_ref().map_or_else(|| html! {}, draw)
}

fn server(place: &Place) -> Markup {
    let body = html! {
        form method="post" action=(place.act("new-server")) data-turbo-action="replace" class="modal" id="server-form" data-keep {
            p { "A new server of yours, with Simlane installed." }
            div class="field" { label for="server-name" { "Name" } input id="server-name" name="name" required minlength="2" maxlength="100"; }
            footer { button class="button style-1" { "Make it" } }
        }
    };
    window(place, "server", "Add a server", &body)
}

fn new_channel(scene: &Scene, place: &Place) -> Markup {
    let categories = scene.guild.channels.iter().filter(|channel| channel.kind == ChannelKind::Category);
    let body = html! {
        form method="post" action=(place.act("new-channel")) data-turbo-action="replace" class="modal" id="channel-form" data-keep {
            div class="field" { label for="channel-kind" { "Kind" }
                select id="channel-kind" name="kind" {
                    option value="0" { "Text" } option value="2" { "Voice" } option value="4" { "Category" }
                } }
            div class="field" { label for="channel-name" { "Name" } input id="channel-name" name="name" required maxlength="100"; }
            div class="field" { label for="channel-category" { "Category" }
                select id="channel-category" name="category" {
                    option value="" { "None" }
                    @for category in categories { option value=(category.id) { (category.name) } }
                } }
            footer { button class="button style-1" { "Make it" } }
        }
    };
    window(place, "new-channel", "Make a channel by hand", &body)
}

/// What a moderator does to a channel by hand.
fn channel(place: &Place, here: &ChannelState) -> Markup {
    let body = html! {
        form method="post" action=(place.act("rename")) data-turbo-action="replace" class="modal" id="rename-form" data-keep {
            div class="field" { label for="new-name" { "Name" } input id="new-name" name="name" required maxlength="100" value=(here.name); }
            footer { button class="button style-1" { "Rename" } }
        }
        footer class="apart" { (act(place, "delete-channel", &[], "button style-4", "Delete this channel by hand")) }
    };
    window(place, "channel-window", &here.name, &body)
}
