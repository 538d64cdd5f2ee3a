//! Routes about single channels.

use std::time::Duration;

use super::{Answer, ApiError, Request, access, overwrites, parents};
use crate::{
    Discord, Permissions, acts,
    limits::{ChannelForm, Stamp},
    model::{ChannelState, State},
};

/// Changes of a channel's name or topic, in how long.
const RENAMES_MAX: usize = 2;
const RENAMES_WINDOW: Duration = Duration::from_secs(600);

/// `GET /channels/{channel_id}`
pub(super) fn get(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    Ok(Answer::ok(access::channel(discord, state, request)?.json(state)))
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
    Ok(Answer::ok(new.json(state)))
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

/// An archived thread takes no edit unless the same edit un-archives it; archiving and locking is for holders of Manage
/// Threads, and for the thread's owner while it isn't locked.
fn may_change_thread(
    discord: &Discord,
    state: &State,
    request: &Request,
    old: &ChannelState,
    form: &ChannelForm,
) -> Result<(), ApiError> {
    let Some(thread) = &old.thread else { return Err(ApiError::missing_permissions()) };
    let managed = access::channel_with(discord, state, request, Permissions::MANAGE_THREADS).is_ok();
    let owned = thread.owner == discord.bot() && !thread.locked && form.locked.is_none();
    if !managed && !owned {
        return Err(ApiError::missing_permissions());
    }
    let edits = form.name.is_some()
        || form.auto_archive_minutes.is_some()
        || form.invitable.is_some()
        || form.rate_limit_per_user.is_some();
    if thread.archived && form.archived != Some(false) && edits {
        return Err(ApiError::new(400, 50083, "Thread is archived"));
    }
    Ok(())
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
