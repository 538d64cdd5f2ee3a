//! The windows about threads and pins.

use maud::{Markup, html};

use super::{
    chat::mark,
    message,
    parts::{act, app_badge, avatar, window},
    place::Place,
    scene::Scene,
};
use crate::{
    Message, Permissions, Snowflake,
    markdown::stamp,
    model::{ChannelKind, ChannelState, ThreadState},
};

/// What the viewer may do to the thread that is open.
struct May {
    /// Change its name, archive it and take it out of the archive.
    change: bool,
    /// Lock it.
    moderate: bool,
    add: bool,
    remove: bool,
}

impl May {
    fn of(scene: &Scene, here: &ChannelState, thread: &ThreadState) -> Self {
        let moderate = scene.held().contains(Permissions::MANAGE_THREADS);
        let private = here.kind == ChannelKind::PrivateThread;
        let owns = thread.owner == scene.viewer.id;
        let invites = moderate || !private || thread.invitable;
        let writes = scene.held().contains(Permissions::SEND_MESSAGES_IN_THREADS);
        Self {
            change: moderate || owns && !thread.locked,
            moderate,
            add: !thread.archived && invites && writes,
            remove: !thread.archived && (moderate || owns && private),
        }
    }
}

/// The thread that is open: how it stands, and who is in it.
pub(super) fn thread(scene: &Scene, place: &Place, here: &ChannelState) -> Markup {
    let Some(thread) = &here.thread else { return html! {} };
    let may = May::of(scene, here, thread);
    let body = html! {
        div class="card" {
            p class="hint" {
                (if here.kind == ChannelKind::PrivateThread { "A private thread" } else { "A thread" })
                " of " (scene.name_of(thread.owner)) "’s. It archives itself after " (quiet(thread.auto_archive_minutes)) " of quiet."
            }
            @if may.change { (name(place, here)) }
            (states(place, thread, &may))
            h3 { "In it – " (thread.members.len()) }
            ul class="members" { @for user in thread.members.keys() { li { (member(scene, place, *user, &may)) } } }
            @if may.add { (add(scene, place, thread)) }
            footer class="apart" { (act(place, "delete-channel", &[], "button style-4", "Delete this thread by hand")) }
        }
    };
    window(place, "thread-window", &here.name, &body)
}

fn quiet(minutes: u64) -> &'static str {
    match minutes {
        60 => "an hour",
        1_440 => "a day",
        4_320 => "three days",
        _ => "a week",
    }
}

fn name(place: &Place, here: &ChannelState) -> Markup {
    html! {
        form method="post" action=(place.act("rename")) data-turbo-action="replace" class="line" id="rename-form" data-keep {
            input name="name" required maxlength="100" value=(here.name) aria-label="Name";
            button class="button style-2" { "Rename" }
        }
    }
}

fn states(place: &Place, thread: &ThreadState, may: &May) -> Markup {
    let (archive, lock) = (!thread.archived, !thread.locked);
    let set = |archived: bool, locked: bool, label| {
        let fields = [("archived", yes(archived)), ("locked", yes(locked))];
        act(place, "set-thread", &fields, "button style-2", label)
    };
    html! {
        div class="row" {
            @if may.change { (set(archive, thread.locked, if archive { "Archive" } else { "Take out of the archive" })) }
            @if may.moderate { (set(thread.archived, lock, if lock { "Lock" } else { "Unlock" })) }
        }
    }
}

const fn yes(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

fn member(scene: &Scene, place: &Place, user: Snowflake, may: &May) -> Markup {
    let (own, name) = (user == scene.viewer.id, scene.name_of(user));
    let label = if own { "Leave".to_owned() } else { format!("Remove {name}") };
    html! {
        div class="member" {
            (avatar(scene, user)) " " span class="name" { (name) }
            @if user == scene.bot { " " (app_badge()) }
            @if own || may.remove { (act(place, "remove-from-thread", &[("user", &user.to_string())], "plain", &label)) }
        }
    }
}

fn add(scene: &Scene, place: &Place, thread: &ThreadState) -> Markup {
    let mut others: Vec<_> =
        scene.guild.guild.members.keys().filter(|id| !thread.members.contains_key(id)).collect();
    others.sort_by_key(|id| scene.name_of(**id));
    html! {
        @if !others.is_empty() {
            form method="post" action=(place.act("add-to-thread")) data-turbo-action="replace" class="line people-line" {
                select name="user" required aria-label="Somebody to add" {
                    option value="" { "Somebody to add" }
                    @for id in others { option value=(id) { (scene.name_of(*id)) } }
                }
                button class="button style-1" { "Add" }
            }
        }
    }
}

/// The threads of the channel that is open, archived ones too, and a form for a new one.
pub(super) fn all(scene: &Scene, place: &Place, here: &ChannelState) -> Markup {
    let threads: Vec<_> =
        scene.guild.channels.iter().filter(|c| c.kind.is_thread() && c.parent == Some(here.id)).collect();
    let body = html! {
        @if !threads.is_empty() {
            ul class="card" {
                @for thread in threads {
                    li class="member" {
                        span aria-hidden="true" { (mark(thread.kind)) }
                        a class="name" href=(place.channel(thread.guild, Some(thread.id)).href()) { (thread.name) }
                        @if thread.is_archived() { span class="state" { "Archived" } }
                        @if thread.is_locked() { span class="state" { "Locked" } }
                    }
                }
            }
        }
        (new(scene, place))
    };
    window(place, "threads", "Threads", &body)
}

fn new(scene: &Scene, place: &Place) -> Markup {
    let kinds = [
        (ChannelKind::PublicThread, "For whoever sees this channel", Permissions::CREATE_PUBLIC_THREADS),
        (ChannelKind::PrivateThread, "For those who are added", Permissions::CREATE_PRIVATE_THREADS),
    ];
    let kinds: Vec<_> = kinds.into_iter().filter(|(.., needed)| scene.held().contains(*needed)).collect();
    if kinds.is_empty() {
        return html! { p class="card hint" { "You may not make one here." } };
    }
    html! {
        form method="post" action=(place.act("new-thread")) data-turbo-action="replace" class="modal" id="thread-form" data-keep {
            div class="field" { label for="thread-name" { "A new thread" } input id="thread-name" name="name" required maxlength="100"; }
            div class="field" { label for="thread-kind" { "Kind" }
                select id="thread-kind" name="kind" {
                    @for (kind, about, _) in kinds { option value=(kind.number()) { (about) } }
                } }
            footer { button class="button style-1" { "Make it" } }
        }
    }
}

/// The messages that are pinned in the channel that is open, those that were pinned last coming first.
pub(super) fn pins(scene: &Scene, place: &Place) -> Markup {
    let pins = scene.pins();
    let body = html! {
        div class="card pins" {
            @if pins.is_empty() { p class="hint" { "Nothing is pinned here." } }
            @for one in pins { (pinned(scene, place, one)) }
        }
    };
    window(place, "pins", "Pinned messages", &body)
}

fn pinned(scene: &Scene, place: &Place, one: &Message) -> Markup {
    html! {
        article class="pin" {
            header {
                strong { (scene.name_of(one.author)) }
                span class="hint" { (stamp::sent(one.at, &scene.zone)) }
                a class="hint" href={ (place.plain().href()) "#message-" (one.id) } { "Go to it" }
            }
            (message::reading(scene, place, one))
            @if scene.may_pin() { (act(place, "unpin", &[("message", &one.id.to_string())], "plain", "Unpin")) }
        }
    }
}
