//! Routes about the threads of a channel, and what they have in common.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Answer, ApiError, Request, access};
use crate::{
    Discord, Permissions, Snowflake, acts,
    limits::ThreadForm,
    model::{ChannelKind, ChannelState, State},
    permissions,
};

/// How many archived threads are listed where nothing is said, and at least and at most.
const LISTED: u64 = 50;
const LISTED_MIN: u64 = 2;
const LISTED_MAX: u64 = 100;

/// `POST /channels/{channel_id}/threads`
pub(super) fn create(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let (guild, parent) = of_text_channel(discord, state, request)?;
    let body = request.form()?;
    let form = ThreadForm::read(&body)?;
    let needed = match form.kind {
        ChannelKind::PublicThread => Permissions::CREATE_PUBLIC_THREADS,
        _ => Permissions::CREATE_PRIVATE_THREADS,
    };
    access::channel_with(discord, state, request, needed)?;
    if !body.contains_key("type") {
        discord.complain(&request.route(), "a thread without a type, which is private only by default");
    }
    if form.kind == ChannelKind::PublicThread && body.contains_key("invitable") {
        discord.complain(&request.route(), "invitable means something in private threads only");
    }
    has_place(discord, state, Some(guild))?;
    let id = acts::create_thread(state, &access::act(discord, request), (guild, parent), form);
    let made = state.channels.get(&id).ok_or_else(ApiError::unknown_channel)?;
    Ok(Answer::created(shown(discord, state, made)))
}

/// The guild and the channel of a path, if threads can be in it.
fn of_text_channel(
    discord: &Discord,
    state: &State,
    request: &Request,
) -> Result<(Snowflake, Snowflake), ApiError> {
    let channel = access::channel(discord, state, request)?;
    match channel.guild.filter(|_| channel.kind == ChannelKind::Text) {
        Some(guild) => Ok((guild, channel.id)),
        None => Err(ApiError::wrong_channel_type()),
    }
}

/// Whether one more thread of a guild can be active.
pub(super) fn has_place(discord: &Discord, state: &State, guild: Option<Snowflake>) -> Result<(), ApiError> {
    let active = guild.map_or(0, |guild| state.active_threads(guild));
    if active < discord.0.options.active_threads { Ok(()) } else { Err(ApiError::threads_full()) }
}

/// A channel as the bot gets it: a thread that it is in comes with its membership.
pub(super) fn shown(discord: &Discord, state: &State, channel: &ChannelState) -> Value {
    let mut json = channel.json(state);
    if let Some(member) = channel.member_json(discord.bot()) {
        json["member"] = member;
    }
    json
}

/// Threads as Discord lists them, with the bot's memberships beside them.
pub(super) fn listed(discord: &Discord, state: &State, threads: &[&ChannelState], has_more: bool) -> Value {
    let members: Vec<Value> = threads.iter().filter_map(|thread| thread.member_json(discord.bot())).collect();
    let threads: Vec<Value> = threads.iter().map(|thread| thread.json(state)).collect();
    json!({ "threads": threads, "members": members, "has_more": has_more })
}

/// `GET /guilds/{guild_id}/threads/active`: every thread that isn't archived and that the bot sees, newest first.
pub(super) fn active(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?.id;
    let active = |thread: &&ChannelState| {
        thread.guild == Some(guild)
            && thread.kind.is_thread()
            && !thread.is_archived()
            && permissions::in_channel(state, thread, discord.bot()).contains(Permissions::VIEW_CHANNEL)
    };
    let active: Vec<&ChannelState> = state.channels.values().rev().filter(active).collect();
    Ok(Answer::ok(listed(discord, state, &active, false)))
}

/// `GET /channels/{channel_id}/threads/archived/public`
pub(super) fn archived_public(
    discord: &Discord,
    state: &mut State,
    request: &Request,
) -> Result<Answer, ApiError> {
    archived(discord, state, request, ChannelKind::PublicThread, Permissions::READ_MESSAGE_HISTORY)
}

/// `GET /channels/{channel_id}/threads/archived/private`
pub(super) fn archived_private(
    discord: &Discord,
    state: &mut State,
    request: &Request,
) -> Result<Answer, ApiError> {
    let needed = Permissions::READ_MESSAGE_HISTORY | Permissions::MANAGE_THREADS;
    archived(discord, state, request, ChannelKind::PrivateThread, needed)
}

/// The archived threads of a kind, those that were archived last coming first.
fn archived(
    discord: &Discord,
    state: &State,
    request: &Request,
    kind: ChannelKind,
    needed: Permissions,
) -> Result<Answer, ApiError> {
    let (_, parent) = of_text_channel(discord, state, request)?;
    access::channel_with(discord, state, request, needed)?;
    let limit = request.query_number("limit", LISTED_MIN, LISTED_MAX)?.unwrap_or(LISTED);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let before = request.query_time("before")?;
    let since = |thread: &ChannelState| thread.thread.as_ref().map_or(Timestamp::MIN, |t| t.archived_at);
    let mut found = state.threads_of(parent);
    found.retain(|thread| {
        thread.kind == kind && thread.is_archived() && before.is_none_or(|before| since(thread) < before)
    });
    found.sort_by_key(|thread| std::cmp::Reverse((since(thread), thread.id)));
    let has_more = found.len() > limit;
    found.truncate(limit);
    Ok(Answer::ok(listed(discord, state, &found, has_more)))
}
