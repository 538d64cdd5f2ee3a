//! The servers, the channels of the one that is open, and who looks at them.

use maud::{Markup, html};

use super::{
    chat::mark,
    parts::{avatar, flag, initial},
    place::{Place, Side, Window},
    scene::{News, Scene},
};
use crate::{
    Permissions, Snowflake,
    markdown::stamp,
    model::{ChannelKind, ChannelState},
};

/// Everything that leads somewhere else.
pub(super) fn nav(scene: &Scene, place: &Place) -> Markup {
    html! {
        nav id="nav" popover aria-label="Servers and channels" {
            (rail(scene, place))
            div id="channels" {
                header { h2 { (if place.guild.is_some() { scene.guild.guild.name.as_str() } else { "Direct messages" }) } }
                div class="list" {
                    @if place.guild.is_some() { (guild(scene, place)) } @else { (conversations(scene, place)) }
                }
                (you(scene, place))
            }
        }
    }
}

fn rail(scene: &Scene, place: &Place) -> Markup {
    html! {
        ul id="rail" {
            li {
                a class="server app" href=(place.channel(None, None).href()) title="Direct messages"
                    aria-current=[place.guild.is_none().then_some("page")] { (flag()) span class="unseen" { "Direct messages" } }
            }
            @for server in &scene.servers {
                li class=(news_class(server.news)) {
                    a class="server" href={ (place.channel(Some(server.id), None).href()) } title=(server.name)
                        aria-current=[(place.guild == Some(server.id)).then_some("page")] {
                        (initials(&server.name)) span class="unseen" { (server.name) }
                    }
                    (mentions(server.news))
                }
            }
            li {
                a class="server new" href=(place.with(|p| p.open = Some(Window::Server)).href()) data-turbo-action="replace"
                    title="Add a server" { "+" span class="unseen" { "Add a server" } }
            }
        }
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(3).collect()
}

const fn news_class(news: News) -> &'static str {
    if news.unread { "unread" } else { "" }
}

fn mentions(news: News) -> Markup {
    html! {
        @if news.mentions > 0 {
            span class="count" { (news.mentions) span class="unseen" { " mentions" } }
        } @else if news.unread { span class="unseen" { " unread" } }
    }
}

fn guild(scene: &Scene, place: &Place) -> Markup {
    let manages = scene.powers.contains(Permissions::MANAGE_CHANNELS);
    let ahead = scene.events.iter().filter(|event| !event.is_finished(scene.now)).count();
    html! {
        ul {
            li {
                a class="channel" href=(place.plain().with(|p| p.side = Some(Side::Events)).href()) data-turbo-action="replace" {
                    span class="mark" aria-hidden="true" { "📅" } " Events"
                    @if ahead > 0 { span class="count quiet" { (ahead) } }
                }
            }
            (below(scene, place, None))
            @for category in scene.guild.channels.iter().filter(|channel| channel.kind == ChannelKind::Category) {
                li class="category" {
                    details open id={ "category-" (category.id) } {
                        summary { (category.name) }
                        ul { (below(scene, place, Some(category.id))) }
                    }
                }
            }
            @if manages {
                li {
                    a class="channel new" href=(place.with(|p| p.open = Some(Window::NewChannel)).href()) data-turbo-action="replace" {
                        span class="mark" aria-hidden="true" { "+" } " Make a channel by hand"
                    }
                }
            }
        }
    }
}

/// The channels in a category, or outside of any.
fn below(scene: &Scene, place: &Place, parent: Option<Snowflake>) -> Markup {
    let here = |channel: &&ChannelState| {
        channel.parent == parent && channel.kind != ChannelKind::Category && !channel.kind.is_thread()
    };
    html! {
        @for one in scene.guild.channels.iter().filter(here) {
            (channel(scene, place, one))
            @for thread in scene.guild.channels.iter().filter(|c| c.kind.is_thread() && c.parent == Some(one.id)) {
                @if !thread.is_archived() || place.channel == Some(thread.id) { (channel(scene, place, thread)) }
            }
        }
    }
}

fn channel(scene: &Scene, place: &Place, channel: &ChannelState) -> Markup {
    let open = place.channel == Some(channel.id);
    let Some(seen) = scene.channels.get(&channel.id) else { return html! {} };
    let news = if open { News::default() } else { seen.news };
    let hidden = channel
        .overwrite(scene.guild.guild.everyone())
        .is_some_and(|o| o.deny.contains(Permissions::VIEW_CHANNEL));
    let locked = channel.kind == ChannelKind::Voice && !seen.held.contains(Permissions::CONNECT);
    html! {
        li class={ (news_class(news)) @if channel.kind.is_thread() { " thread" } } {
            div class="way" { a class="channel" href=(place.channel(channel.guild, Some(channel.id)).href()) aria-current=[open.then_some("page")]
                data-channel=(channel.name) {
                span class="mark" aria-hidden="true" { (mark(channel.kind)) } " "
                span class="name" { (channel.name) }
                @if hidden { span class="lock" title="Not everybody sees it" { "🔒" } }
                @if locked { span class="lock" title="You may not join it" { "🚫" } }
                @if channel.kind == ChannelKind::Voice && channel.user_limit > 0 {
                    span class="hint" { (scene.connected(channel.id).count()) "/" (channel.user_limit) }
                }
                (mentions(news))
            }
            @if channel.kind == ChannelKind::Voice { (enter(scene, place, channel, locked)) } }
            @if channel.kind == ChannelKind::Voice { (connected(scene, channel.id)) }
        }
    }
}

/// The way into a voice channel, or out of it.
fn enter(scene: &Scene, place: &Place, channel: &ChannelState, locked: bool) -> Markup {
    let inside = scene.connected(channel.id).any(|user| user == scene.viewer.id);
    let (act, word) = if inside { ("leave-voice", "Leave") } else { ("join-voice", "Join") };
    html! {
        @if inside || !locked {
            form method="post" action=(place.act(act)) data-turbo-action="replace" {
                button class="plain" name="channel" value=(channel.id) { (word) span class="unseen" { " " (channel.name) } }
            }
        }
    }
}

fn connected(scene: &Scene, channel: Snowflake) -> Markup {
    let people: Vec<_> = scene.connected(channel).collect();
    html! {
        @if !people.is_empty() {
            ul class="connected" {
                @for user in people { li { (avatar(scene, user)) " " (scene.name_of(user)) } }
            }
        }
    }
}

fn conversations(scene: &Scene, place: &Place) -> Markup {
    html! {
        ul {
            @for channel in &scene.guild.channels {
                @let open = place.channel == Some(channel.id);
                li {
                    a class="channel" href=(place.channel(None, Some(channel.id)).href()) aria-current=[open.then_some("page")] {
                        (avatar(scene, scene.bot)) " " (scene.name_of(scene.bot))
                    }
                }
            }
        }
    }
}

/// Who looks, and the way to be somebody else.
fn you(scene: &Scene, place: &Place) -> Markup {
    let viewer = &scene.viewer;
    html! {
        a id="you" href=(place.with(|p| p.open = Some(Window::People)).href()) data-turbo-action="replace" title="Be somebody else" {
            (initial(viewer.display_name(), viewer.id))
            span class="who" {
                strong { (viewer.display_name()) }
                span class="hint" { (viewer.zone) ", " (stamp::show(scene.now, 't', &scene.zone, scene.now)) }
            }
            span aria-hidden="true" class="swap" { "⇄" }
            span class="unseen" { " – be somebody else" }
        }
    }
}
