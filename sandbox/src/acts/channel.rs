//! Making, changing and deleting channels.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    Message, Snowflake,
    audit::{Act, What, action, change},
    compose,
    limits::ChannelForm,
    model::{ChannelKind, ChannelState, Overwrite, State, ThreadState},
};

/// Makes a channel. Without overwrites of its own it takes those of its category.
pub(crate) fn create_channel(state: &mut State, act: &Act, guild: Snowflake, form: ChannelForm) -> Snowflake {
    let id = state.id(act.at);
    let kind = form.kind.unwrap_or(ChannelKind::Text);
    let parent = form.parent.flatten();
    let mut channel = ChannelState::new(id, Some(guild), kind, form.name.as_deref().unwrap_or_default());
    channel.position = form.position.unwrap_or_else(|| next_position(state, guild, kind));
    channel.overwrites = overwrites_of(state, parent);
    apply(&mut channel, form, act.at);
    let changes = created(&channel);
    state.channels.insert(id, channel);
    act.record(state, guild, action::CHANNEL_CREATE, id, What::changed(changes));
    id
}

fn next_position(state: &State, guild: Snowflake, kind: ChannelKind) -> u64 {
    let same = state.channels.values().filter(|c| c.guild == Some(guild) && c.kind == kind);
    same.map(|channel| channel.position + 1).max().unwrap_or_default()
}

fn overwrites_of(state: &State, category: Option<Snowflake>) -> Vec<Overwrite> {
    category.and_then(|id| state.channels.get(&id)).map(|c| c.overwrites.clone()).unwrap_or_default()
}

/// Sets what a form says, and nothing else.
fn apply(channel: &mut ChannelState, form: ChannelForm, at: Timestamp) {
    channel.name = form.name.unwrap_or_else(|| std::mem::take(&mut channel.name));
    channel.topic = form.topic.unwrap_or_else(|| channel.topic.take()).filter(|topic| !topic.is_empty());
    channel.parent = form.parent.unwrap_or(channel.parent);
    channel.position = form.position.unwrap_or(channel.position);
    channel.overwrites = form.overwrites.unwrap_or_else(|| std::mem::take(&mut channel.overwrites));
    channel.nsfw = form.nsfw.unwrap_or(channel.nsfw);
    channel.bitrate = form.bitrate.unwrap_or(channel.bitrate);
    channel.user_limit = form.user_limit.unwrap_or(channel.user_limit);
    channel.rate_limit_per_user = form.rate_limit_per_user.unwrap_or(channel.rate_limit_per_user);
    if let Some(thread) = &mut channel.thread {
        thread.set_archived(form.archived.unwrap_or(thread.archived), at);
        thread.locked = form.locked.unwrap_or(thread.locked);
        thread.invitable = form.invitable.unwrap_or(thread.invitable);
        if let Some(minutes) = form.auto_archive_minutes.filter(|m| *m != thread.auto_archive_minutes) {
            (thread.auto_archive_minutes, thread.archived_at) = (minutes, at);
        }
    }
}

/// What the log says of a new channel. Its category isn't among it, as with the real one.
fn created(channel: &ChannelState) -> Vec<Value> {
    let overwrites: Vec<_> = channel.overwrites.iter().map(Overwrite::json).collect();
    let new = |key, value| json!({ "key": key, "new_value": value });
    vec![
        new("name", json!(channel.name)),
        new("type", json!(channel.kind.number())),
        new("permission_overwrites", json!(overwrites)),
        new("nsfw", json!(channel.nsfw)),
        new("rate_limit_per_user", json!(channel.rate_limit_per_user)),
    ]
}

/// Changes a channel.
pub(crate) fn update_channel(state: &mut State, act: &Act, id: Snowflake, form: ChannelForm) {
    let Some(old) = state.channels.get(&id).cloned() else { return };
    let mut new = old.clone();
    let overwrites = form.overwrites.clone();
    apply(&mut new, form, act.at);
    let changes: Vec<_> = [
        change("name", Some(json!(old.name)), Some(json!(new.name))),
        change("topic", old.topic.as_ref().map(|t| json!(t)), new.topic.as_ref().map(|t| json!(t))),
        change("nsfw", Some(json!(old.nsfw)), Some(json!(new.nsfw))),
        change("bitrate", Some(json!(old.bitrate)), Some(json!(new.bitrate))),
        change("user_limit", Some(json!(old.user_limit)), Some(json!(new.user_limit))),
        change(
            "rate_limit_per_user",
            Some(json!(old.rate_limit_per_user)),
            Some(json!(new.rate_limit_per_user)),
        ),
    ]
    .into_iter()
    .chain(thread_changes(old.thread.as_ref(), new.thread.as_ref()))
    .flatten()
    .collect();
    let renamed = (old.kind.is_thread() && old.name != new.name).then(|| new.name.clone());
    let guild = new.guild;
    new.overwrites = old.overwrites;
    state.channels.insert(id, new);
    let action = if old.kind.is_thread() { action::THREAD_UPDATE } else { action::CHANNEL_UPDATE };
    if let (Some(guild), false) = (guild, changes.is_empty()) {
        act.record(state, guild, action, id, What::changed(changes));
    }
    if let Some(overwrites) = overwrites {
        replace_overwrites(state, act, id, overwrites);
    }
    if let Some(name) = renamed {
        compose::tell(state, (act.at, id, act.by), Message::NAME_CHANGE, |message| message.content = name);
    }
}

fn thread_changes(old: Option<&ThreadState>, new: Option<&ThreadState>) -> [Option<Value>; 4] {
    let of = |key: &str, read: fn(&ThreadState) -> Value| change(key, old.map(read), new.map(read));
    [
        of("archived", |thread| json!(thread.archived)),
        of("locked", |thread| json!(thread.locked)),
        of("auto_archive_duration", |thread| json!(thread.auto_archive_minutes)),
        of("invitable", |thread| json!(thread.invitable)),
    ]
}

fn replace_overwrites(state: &mut State, act: &Act, id: Snowflake, wanted: Vec<Overwrite>) {
    let had = state.channels.get(&id).map(|channel| channel.overwrites.clone()).unwrap_or_default();
    for gone in had.iter().filter(|had| !wanted.iter().any(|wanted| wanted.id == had.id)) {
        super::delete_overwrite(state, act, id, gone.id);
    }
    for overwrite in wanted {
        super::put_overwrite(state, act, id, overwrite);
    }
}

/// Deletes a channel with its messages and threads; the channels of a category are left without one.
pub(crate) fn delete_channel(state: &mut State, act: &Act, id: Snowflake) -> Option<ChannelState> {
    let channel = state.channels.remove(&id)?;
    state.voice.retain(|_, connected| *connected != id);
    state.messages.retain(|_, message| message.channel != id);
    let threads: Vec<_> = state.threads_of(id).iter().map(|thread| thread.id).collect();
    for thread in threads {
        state.channels.remove(&thread);
        state.messages.retain(|_, message| message.channel != thread);
    }
    for child in state.channels.values_mut().filter(|child| child.parent == Some(id)) {
        child.parent = None;
    }
    if let Some(guild) = channel.guild {
        let action = if channel.kind.is_thread() { action::THREAD_DELETE } else { action::CHANNEL_DELETE };
        let old = |key, value| json!({ "key": key, "old_value": value });
        let changes = vec![old("name", json!(channel.name)), old("type", json!(channel.kind.number()))];
        act.record(state, guild, action, id, What::changed(changes));
    }
    Some(channel)
}
