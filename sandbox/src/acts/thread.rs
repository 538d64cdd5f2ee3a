//! Making threads, and bringing people into them and out of them.

use serde_json::{Value, json};

use crate::{
    Message, Snowflake,
    audit::{Act, What, action},
    compose,
    limits::ThreadForm,
    model::{ChannelKind, ChannelState, State, ThreadState},
};

/// Makes a thread in a channel of a guild; whoever makes it owns it and is in it.
pub(crate) fn create_thread(
    state: &mut State,
    act: &Act,
    (guild, parent): (Snowflake, Snowflake),
    form: ThreadForm,
) -> Snowflake {
    let id = state.id(act.at);
    let ThreadForm { kind, name, invitable, auto_archive_minutes, rate_limit_per_user } = form;
    let thread = ThreadState {
        owner: act.by,
        archived: false,
        locked: false,
        invitable,
        auto_archive_minutes,
        archived_at: act.at,
        members: [(act.by, act.at)].into(),
        sent: 0,
    };
    let channel = ChannelState {
        parent: Some(parent),
        rate_limit_per_user,
        thread: Some(thread),
        ..ChannelState::new(id, Some(guild), kind, &name)
    };
    let changes = created(&channel);
    state.channels.insert(id, channel);
    act.record(state, guild, action::THREAD_CREATE, id, What::changed(changes));
    id
}

/// What the log says of a new thread.
fn created(channel: &ChannelState) -> Vec<Value> {
    let new = |key, value| json!({ "key": key, "new_value": value });
    let mut changes = vec![
        new("name", json!(channel.name)),
        new("type", json!(channel.kind.number())),
        new("rate_limit_per_user", json!(channel.rate_limit_per_user)),
    ];
    if let Some(thread) = &channel.thread {
        changes.extend([
            new("archived", json!(thread.archived)),
            new("locked", json!(thread.locked)),
            new("auto_archive_duration", json!(thread.auto_archive_minutes)),
        ]);
        if channel.kind == ChannelKind::PrivateThread {
            changes.push(new("invitable", json!(thread.invitable)));
        }
    }
    changes
}

/// Adds somebody to a thread, which says so if somebody else did it; whether they weren't in it.
pub(crate) fn add_to_thread(state: &mut State, act: &Act, thread: Snowflake, user: Snowflake) -> bool {
    let added = state.enter_thread(act.at, thread, user);
    if added {
        tell(state, act, thread, user, Message::RECIPIENT_ADD);
    }
    added
}

/// Takes somebody out of a thread, which says so if somebody else did it; whether they were in it.
pub(crate) fn remove_from_thread(state: &mut State, act: &Act, thread: Snowflake, user: Snowflake) -> bool {
    let found = state.channels.get_mut(&thread).and_then(|channel| channel.thread.as_mut());
    let removed = found.is_some_and(|thread| thread.members.remove(&user).is_some());
    if removed {
        tell(state, act, thread, user, Message::RECIPIENT_REMOVE);
    }
    removed
}

fn tell(state: &mut State, act: &Act, thread: Snowflake, user: Snowflake, kind: u64) {
    if user != act.by {
        let whom = |message: &mut Message| message.mentions.users.push(user);
        compose::tell(state, (act.at, thread, act.by), kind, whom);
    }
}
