//! Routes about single channels.

use std::time::Duration;

use super::{Answer, ApiError, Request, access, overwrites, parents, threads};
use crate::{
    Discord, Permissions, acts,
    limits::{ChannelForm, Stamp},
    model::{ChannelKind, ChannelState, State},
};

/// Changes of a channel's name or topic, in how long.
const RENAMES_MAX: usize = 2;
const RENAMES_WINDOW: Duration = Duration::from_secs(600);

/// `GET /channels/{channel_id}`
pub(super) fn get(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    Ok(Answer::ok(threads::shown(discord, state, access::channel(discord, state, request)?)))
}

/// `PATCH /channels/{channel_id}`
pub(super) fn update(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let old = access::channel(discord, state, request)?.clone();
    let form = ChannelForm::read(&request.form()?, Some(old.kind))?;
    if old.kind.is_thread() {
        may_change_thread(discord, state, request, &old, &form)?;
    } else {
        may_change(discord, state, request, &old, &form)?;
    }
    limit_renames(state, discord.stamp(), &old, &form)?;
    acts::update_channel(state, &access::act(discord, request), old.id, form);
    let new = state.channels.get(&old.id).ok_or_else(ApiError::unknown_channel)?;
    Ok(Answer::ok(threads::shown(discord, state, new)))
}

fn may_change(
    discord: &Discord,
    state: &State,
    request: &Request,
    old: &ChannelState,
    form: &ChannelForm,
) -> Result<(), ApiError> {
    let guild = old.guild.ok_or_else(ApiError::missing_permissions)?;
    access::channel_with(discord, state, request, Permissions::MANAGE_CHANNELS)?;
    if let Some(overwrites) = &form.overwrites {
        access::channel_with(discord, state, request, Permissions::MANAGE_ROLES)?;
        overwrites::may_set_all(discord, state, guild, overwrites, Some(old))?;
    }
    let moved = form.parent.filter(|parent| *parent != old.parent).flatten();
    parents::check(discord, state, guild, Some(old.kind), moved)
}

/// An archived thread takes no edit unless the same edit un-archives it. Locking is for holders of Manage Threads, and so is
/// everything while it is locked; else its owner may change it too, and whoever is in it may un-archive it. See Discord
/// Docs/Topics/Threads, Editing & Deleting Threads.
fn may_change_thread(
    discord: &Discord,
    state: &State,
    request: &Request,
    old: &ChannelState,
    form: &ChannelForm,
) -> Result<(), ApiError> {
    let Some(thread) = &old.thread else { return Err(ApiError::missing_permissions()) };
    let managed = access::channel_with(discord, state, request, Permissions::MANAGE_THREADS).is_ok();
    let moderates = form.locked.is_some() || form.rate_limit_per_user.is_some();
    let returns = form.archived == Some(false);
    let edits = form.name.is_some() || form.auto_archive_minutes.is_some() || form.invitable.is_some();
    let owned = thread.owner == discord.bot() && !moderates;
    let inside = old.has_member(discord.bot()) && returns && !edits && !moderates;
    if !managed && (thread.locked || !(owned || inside)) {
        return Err(ApiError::missing_permissions());
    }
    let locks = form.locked.is_some_and(|locked| locked != thread.locked);
    if thread.archived && !returns && (edits || locks || form.rate_limit_per_user.is_some()) {
        return Err(ApiError::thread_archived());
    }
    if form.invitable.is_some() && old.kind == ChannelKind::PublicThread {
        discord.complain(&request.route(), "invitable means something in private threads only");
    }
    if thread.archived && returns { threads::has_place(discord, state, old.guild) } else { Ok(()) }
}

/// Names and topics change twice in ten minutes, which no header tells before.
fn limit_renames(
    state: &mut State,
    now: Stamp,
    old: &ChannelState,
    form: &ChannelForm,
) -> Result<(), ApiError> {
    let renamed = form.name.as_ref().is_some_and(|name| *name != old.name);
    let retopiced = form.topic.as_ref().is_some_and(|topic| *topic != old.topic);
    let Some(channel) = state.channels.get_mut(&old.id).filter(|_| renamed || retopiced) else {
        return Ok(());
    };
    channel.renames.retain(|stamp| stamp.age(now) < RENAMES_WINDOW);
    if let (Some(first), true) = (channel.renames.first(), channel.renames.len() >= RENAMES_MAX) {
        return Err(ApiError::limited(RENAMES_WINDOW.saturating_sub(first.age(now)), false, "user"));
    }
    channel.renames.push(now);
    Ok(())
}

/// `DELETE /channels/{channel_id}`
pub(super) fn delete(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let channel = access::channel(discord, state, request)?;
    let needed =
        if channel.kind.is_thread() { Permissions::MANAGE_THREADS } else { Permissions::MANAGE_CHANNELS };
    let id = access::channel_with(discord, state, request, needed)?.id;
    let body = access::channel(discord, state, request)?.json(state);
    acts::delete_channel(state, &access::act(discord, request), id);
    Ok(Answer::ok(body))
}
