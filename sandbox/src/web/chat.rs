//! The channel that is open: its head, its messages, and where people write.

use std::time::Duration;

use maud::{Markup, html};

use super::{
    composer::composer, desk::Notice, head::head, message::message, parts::act, place::Place, scene::Scene,
};
use crate::{
    Message, Permissions,
    markdown::stamp,
    model::{ChannelKind, ChannelState},
};

/// Messages of one author within this time stand below one head.
const TOGETHER: Duration = Duration::from_secs(7 * 60);

/// The middle of the page.
pub(super) fn chat(scene: &Scene, place: &Place, notices: &[Notice]) -> Markup {
    html! {
        main id="chat" {
            (head(scene, place))
            @match &scene.here {
                Some(here) => (channel(scene, place, here, notices)),
                None => (nowhere(scene, place, notices)),
            }
        }
    }
}

/// The mark before a channel's name.
pub(super) const fn mark(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Text => "#",
        ChannelKind::Voice => "🔊",
        ChannelKind::Category => "▾",
        ChannelKind::Dm => "@",
        ChannelKind::PublicThread => "⤷",
        ChannelKind::PrivateThread => "🔒",
    }
}

fn channel(scene: &Scene, place: &Place, here: &ChannelState, notices: &[Notice]) -> Markup {
    let messages = &scene.guild.messages;
    html! {
        div id="messages" data-scroll=(here.id) tabindex="0" role="log" aria-label="Messages" {
            @if here.kind == ChannelKind::Voice { (voice(scene, place, here)) }
            @if messages.is_empty() && notices.is_empty() {
                (nothing_yet(scene))
            }
            @for (index, one) in messages.iter().enumerate() {
                @let before = index.checked_sub(1).and_then(|before| messages.get(before));
                @if before.is_none_or(|before| day(scene, before) != day(scene, one)) {
                    p class="day" { span { (day(scene, one)) } }
                }
                (message(scene, place, one, before.is_some_and(|before| follows(before, one))))
            }
            @for notice in notices { (said(place, notice)) }
        }
        (composer(scene, place, here))
    }
}

/// An empty channel; to whoever manages a server in which nothing has happened, it says how to begin.
fn nothing_yet(scene: &Scene) -> Markup {
    let begins = scene.powers.contains(Permissions::MANAGE_GUILD)
        && !scene.guild.channels.iter().any(|channel| channel.last_message.is_some());
    html! {
        div class="empty" {
            p { "Nothing has been written here yet." }
            @if begins {
                p {
                    "You are " strong { (scene.viewer.display_name()) } ", who manages this server. Type "
                    code { "/club setup" } " below to create its club, then " code { "/series create" } " and "
                    code { "/event create" } ". Your name at the bottom left makes you somebody else, and the clock "
                    "above takes you to the race."
                }
            }
        }
    }
}

fn day(scene: &Scene, message: &Message) -> String {
    stamp::show(message.at, 'D', &scene.zone, scene.now)
}

/// Whether a message stands below the head of the one before it.
fn follows(before: &Message, message: &Message) -> bool {
    let near = Duration::try_from(message.at.duration_since(before.at)).is_ok_and(|apart| apart < TOGETHER);
    near && before.author == message.author
        && !before.is_system()
        && message.interaction.is_none()
        && before.is_ephemeral() == message.is_ephemeral()
}

/// What the client itself has to say.
fn said(place: &Place, notice: &Notice) -> Markup {
    html! {
        article class="notice" role="alert" id={ "notice-" (notice.id) } {
            p { strong { (notice.title) } }
            @if notice.reason.starts_with("http") {
                p { a href=(notice.reason) target="_blank" rel="noopener" { (notice.reason) } }
            } @else { p class="hint" { (notice.reason) } }
            (act(place, "forget", &[("notice", &notice.id.to_string())], "plain", "Dismiss"))
        }
    }
}

fn voice(scene: &Scene, place: &Place, here: &ChannelState) -> Markup {
    let inside = scene.connected(here.id).any(|user| user == scene.viewer.id);
    let count = scene.connected(here.id).count() as u64;
    let full =
        here.user_limit > 0 && count >= here.user_limit && !scene.held().contains(Permissions::MOVE_MEMBERS);
    let may = scene.held().contains(Permissions::CONNECT);
    html! {
        section class="voice" {
            p {
                (count) @if here.user_limit > 0 { " of " (here.user_limit) } " connected"
                @if here.bitrate > 0 { span class="hint" { " · " (here.bitrate / 1000) " kbit/s" } }
            }
            @if inside { (act(place, "leave-voice", &[], "button style-4", "Disconnect")) }
            @else if !may { p class="hint" { "🔒 You can see this channel, but you may not join it." } }
            @else if full { p class="hint" { "This channel is full." } }
            @else { (act(place, "join-voice", &[], "button style-3", "Join voice")) }
        }
    }
}

/// Where no channel is open, or none that the viewer sees.
fn nowhere(scene: &Scene, place: &Place, notices: &[Notice]) -> Markup {
    let name = scene.viewer.display_name();
    html! {
        div id="messages" class="nowhere" {
            @if place.guild.is_some() && !scene.belongs {
                h2 { (name) " isn’t in " (scene.guild.guild.name) }
                p { "They see nothing of it. Their conversation with Simlane goes on." }
                (act(place, "join-server", &[], "button style-1", "Join the server"))
                a class="button style-2" href=(place.channel(None, None).href()) { "Direct messages" }
            } @else if place.guild.is_none() {
                h2 { "Direct messages" }
                p { "Commands that work without a server can be tried in a conversation with Simlane." }
                (act(place, "open-conversation", &[], "button style-1", "Write to Simlane"))
            } @else {
                h2 { "There is nothing to see here" }
                p { "This channel is gone, or " (name) " may not see it." }
            }
            @for notice in notices { (said(place, notice)) }
        }
    }
}
