//! Routes about who is in a thread.

use serde_json::Value;

use super::{Answer, ApiError, Request, access};
use crate::{
    Discord, MembersIntent, Permissions, Snowflake, acts,
    model::{ChannelKind, ChannelState, State, THREAD_MEMBERS_MAX},
    permissions,
};

/// How many members are listed at most, where they come with what the guild knows of them.
const LISTED_MAX: u64 = 100;

/// `PUT /channels/{channel_id}/thread-members/@me`
pub(super) fn join(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let thread = active(discord, state, request)?;
    enter(state, &access::act(discord, request), &thread, discord.bot())
}

/// `PUT /channels/{channel_id}/thread-members/{user_id}`
pub(super) fn add(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let thread = active(discord, state, request)?;
    let user = request.id("user_id")?;
    let held = access::channel_with(discord, state, request, Permissions::SEND_MESSAGES_IN_THREADS)
        .map(|thread| permissions::in_channel(state, thread, discord.bot()))?;
    let closed =
        thread.kind == ChannelKind::PrivateThread && thread.thread.as_ref().is_some_and(|t| !t.invitable);
    if closed && !held.contains(Permissions::MANAGE_THREADS) {
        return Err(ApiError::missing_permissions());
    }
    if !state.users.contains_key(&user) {
        return Err(ApiError::unknown_user());
    }
    let guild =
        thread.guild.and_then(|guild| state.guilds.get(&guild)).ok_or_else(ApiError::unknown_guild)?;
    if !guild.members.contains_key(&user) {
        return Err(ApiError::unknown_member());
    }
    if !state.sees_parent(&thread, user) {
        return Err(ApiError::missing_access());
    }
    enter(state, &access::act(discord, request), &thread, user)
}

fn enter(
    state: &mut State,
    act: &crate::audit::Act,
    thread: &ChannelState,
    user: Snowflake,
) -> Result<Answer, ApiError> {
    let inside = thread.thread.as_ref().map_or(0, |thread| thread.members.len());
    if !thread.has_member(user) && inside >= THREAD_MEMBERS_MAX {
        let message =
            format!("Maximum number of thread participants has been reached ({THREAD_MEMBERS_MAX})");
        return Err(ApiError::new(400, 30033, &message));
    }
    acts::add_to_thread(state, act, thread.id, user);
    Ok(Answer::empty())
}

/// `DELETE /channels/{channel_id}/thread-members/@me`
pub(super) fn leave(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let thread = active(discord, state, request)?.id;
    take_out(state, &access::act(discord, request), thread, discord.bot())
}

/// `DELETE /channels/{channel_id}/thread-members/{user_id}`: for whoever may manage the thread, or owns a private one.
pub(super) fn remove(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let thread = active(discord, state, request)?;
    let user = request.id("user_id")?;
    let owned = thread.kind == ChannelKind::PrivateThread
        && thread.thread.as_ref().is_some_and(|thread| thread.owner == discord.bot());
    if !owned {
        access::channel_with(discord, state, request, Permissions::MANAGE_THREADS)?;
    }
    take_out(state, &access::act(discord, request), thread.id, user)
}

fn take_out(
    state: &mut State,
    act: &crate::audit::Act,
    thread: Snowflake,
    user: Snowflake,
) -> Result<Answer, ApiError> {
    if acts::remove_from_thread(state, act, thread, user) {
        Ok(Answer::empty())
    } else {
        Err(ApiError::unknown_member())
    }
}

/// `GET /channels/{channel_id}/thread-members/{user_id}`
pub(super) fn get(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let thread = of_path(discord, state, request)?;
    let with_member = request.query("with_member") == Some("true");
    let member = one(state, thread, request.id("user_id")?, with_member);
    member.map(Answer::ok).ok_or_else(ApiError::unknown_member)
}

/// `GET /channels/{channel_id}/thread-members`: all of them, but a page in the order of their ids where the guild's members are
/// asked for as well.
pub(super) fn list(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let thread = of_path(discord, state, request)?;
    if state.portal.members_intent == MembersIntent::Off {
        return Err(ApiError::missing_access());
    }
    let with_member = request.query("with_member") == Some("true");
    let limit = request.query_number("limit", 1, LISTED_MAX)?;
    let after = request.query_id("after")?;
    if !with_member && (limit.is_some() || after.is_some()) {
        discord.complain(&request.route(), "limit and after do nothing without with_member");
    }
    let members = thread.thread.iter().flat_map(|thread| thread.members.keys().copied());
    let page: Vec<Snowflake> = if with_member {
        let limit = usize::try_from(limit.unwrap_or(LISTED_MAX)).unwrap_or(usize::MAX);
        members.filter(|id| after.is_none_or(|after| *id > after)).take(limit).collect()
    } else {
        members.collect()
    };
    Ok(Answer::ok(page.into_iter().filter_map(|user| one(state, thread, user, with_member)).collect()))
}

fn one(state: &State, thread: &ChannelState, user: Snowflake, with_member: bool) -> Option<Value> {
    let mut json = thread.member_json(user)?;
    if with_member {
        let guild = thread.guild.and_then(|guild| state.guilds.get(&guild))?;
        json["member"] = guild.members.get(&user)?.json(state.users.get(&user)?);
    }
    Some(json)
}

/// The thread of a path.
fn of_path<'s>(discord: &Discord, state: &'s State, request: &Request) -> Result<&'s ChannelState, ApiError> {
    let channel = access::channel(discord, state, request)?;
    if channel.kind.is_thread() { Ok(channel) } else { Err(ApiError::wrong_channel_type()) }
}

/// The thread of a path: nobody enters or leaves an archived one.
fn active(discord: &Discord, state: &State, request: &Request) -> Result<ChannelState, ApiError> {
    let thread = of_path(discord, state, request)?;
    if thread.is_archived() { Err(ApiError::thread_archived()) } else { Ok(thread.clone()) }
}
