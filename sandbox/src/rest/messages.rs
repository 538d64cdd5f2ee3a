//! Routes about the messages of a channel.

use std::time::Duration;

use serde_json::Value;

use super::{Answer, ApiError, Request, access, threads};
use crate::{
    Discord, Permissions, Snowflake, acts,
    compose::{self, Draft, Occasion},
    limits::Stamp,
    model::{ChannelKind, ChannelState, Message, State},
    permissions,
};

/// How long a nonce is remembered: "a few minutes".
const NONCE_LIFE: Duration = Duration::from_secs(300);
/// From which age on a message can't be edited often, how often, and in how long.
const OLD: Duration = Duration::from_secs(3600);
const LATE_EDITS_MAX: usize = 3;
const LATE_EDITS_WINDOW: Duration = Duration::from_secs(3600);

/// `POST /channels/{channel_id}/messages`
pub(super) fn create(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let channel = access::channel(discord, state, request)?.clone();
    let held = may_write(discord, state, request, &channel)?;
    let draft = Draft::new(&request.form()?, Occasion::Message)?;
    let known = draft.enforce_nonce.then(|| with_nonce(discord, state, channel.id, draft.nonce())).flatten();
    if let Some(known) = known {
        return Ok(Answer::ok(answer(discord, state, known)));
    }
    let id = state.id(discord.now());
    let mut message = Message::new(id, channel.id, channel.guild, discord.bot());
    draft.write(state, &mut message, held);
    message.flags &= !Message::EPHEMERAL;
    compose::post(state, message);
    Ok(Answer::ok(answer(discord, state, id)))
}

/// What the bot may do in a channel that it may write in.
fn may_write(
    discord: &Discord,
    state: &State,
    request: &Request,
    channel: &ChannelState,
) -> Result<Permissions, ApiError> {
    if channel.kind == ChannelKind::Category {
        return Err(ApiError::wrong_channel_type());
    }
    let thread = channel.kind.is_thread();
    let needed = if thread { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES };
    access::channel_with(discord, state, request, needed)?;
    let held = permissions::in_channel(state, channel, discord.bot());
    if channel.is_archived() && channel.is_locked() {
        return Err(ApiError::thread_archived());
    }
    not_locked(channel, held)?;
    if channel.is_archived() {
        threads::has_place(discord, state, channel.guild)?;
    }
    Ok(held)
}

/// A locked thread is for those who may manage it.
fn not_locked(channel: &ChannelState, held: Permissions) -> Result<(), ApiError> {
    if channel.is_locked() && !held.contains(Permissions::MANAGE_THREADS) {
        return Err(ApiError::new(400, 160_005, "Thread is locked"));
    }
    Ok(())
}

fn with_nonce(
    discord: &Discord,
    state: &State,
    channel: Snowflake,
    nonce: Option<&Value>,
) -> Option<Snowflake> {
    let nonce = nonce?;
    let now = discord.now();
    let fresh = |message: &&Message| {
        Duration::try_from(now.duration_since(message.at)).unwrap_or_default() < NONCE_LIFE
    };
    let mine = state.messages_of(channel).rev().take_while(fresh).filter(|m| m.author == discord.bot());
    mine.into_iter().find(|message| message.nonce.as_ref() == Some(nonce)).map(|message| message.id)
}

/// The message as its sender gets it: with its nonce.
fn answer(discord: &Discord, state: &State, id: Snowflake) -> Value {
    let Some(message) = state.messages.get(&id) else { return Value::Null };
    let mut body = message.json(state, discord.bot());
    if let Some(nonce) = &message.nonce {
        body["nonce"] = nonce.clone();
    }
    body
}

/// `GET /channels/{channel_id}/messages`: newest first.
pub(super) fn list(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let channel = access::channel(discord, state, request)?;
    if channel.kind == ChannelKind::Category {
        return Err(ApiError::wrong_channel_type());
    }
    let limit = request.query_number("limit", 1, 100)?.unwrap_or(50);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (before, after, around) =
        (request.query_id("before")?, request.query_id("after")?, request.query_id("around")?);
    if [before, after, around].into_iter().flatten().count() > 1 {
        discord.complain(&request.route(), "before, after and around are mutually exclusive");
    }
    if !permissions::in_channel(state, channel, discord.bot()).contains(Permissions::READ_MESSAGE_HISTORY) {
        return Ok(Answer::ok(Value::Array(Vec::new())));
    }
    let all: Vec<_> = state.messages_of(channel.id).collect();
    let chosen = choose(&all, (before, after, around), limit);
    Ok(Answer::ok(chosen.iter().rev().map(|message| message.json(state, discord.bot())).collect()))
}

/// Of messages from old to new: those next to one of the marks, or the newest.
fn choose<'m, 's>(
    all: &'m [&'s Message],
    (before, after, around): (Option<Snowflake>, Option<Snowflake>, Option<Snowflake>),
    limit: usize,
) -> &'m [&'s Message] {
    let place = |id: Snowflake| all.partition_point(|message| message.id < id);
    let (from, to) = match (before, after, around) {
        (_, Some(after), _) => {
            let from = all.partition_point(|message| message.id <= after);
            (from, from + limit)
        }
        (Some(before), ..) => (place(before).saturating_sub(limit), place(before)),
        (_, _, Some(around)) => {
            let from = place(around).saturating_sub(limit / 2);
            (from, from + limit)
        }
        _ => (all.len().saturating_sub(limit), all.len()),
    };
    all.get(from..to.min(all.len())).unwrap_or_default()
}

/// `GET /channels/{channel_id}/messages/{message_id}`
pub(super) fn get(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    access::channel_with(discord, state, request, Permissions::READ_MESSAGE_HISTORY)?;
    let message = access::message(discord, state, request)?;
    Ok(Answer::ok(message.json(state, discord.bot())))
}

/// `PATCH /channels/{channel_id}/messages/{message_id}`
pub(super) fn edit(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let channel = access::channel(discord, state, request)?.clone();
    let mut message = access::message(discord, state, request)?.clone();
    if message.author != discord.bot() {
        return Err(ApiError::new(403, 50005, "Cannot edit a message authored by another user"));
    }
    if channel.is_archived() {
        return Err(ApiError::thread_archived());
    }
    let held = permissions::in_channel(state, &channel, discord.bot());
    not_locked(&channel, held)?;
    let draft = Draft::edit(&request.form()?, &message, Occasion::Message)?;
    limit_late_edits(&mut message, discord.stamp())?;
    draft.write(state, &mut message, held);
    message.edited = Some(discord.now());
    compose::draw_in(state, &message, discord.now());
    let body = message.json(state, discord.bot());
    state.messages.insert(message.id, message);
    Ok(Answer::ok(body))
}

/// A message over an hour old takes only so many edits.
fn limit_late_edits(message: &mut Message, now: Stamp) -> Result<(), ApiError> {
    if Duration::try_from(now.at.duration_since(message.at)).unwrap_or_default() < OLD {
        return Ok(());
    }
    message.late_edits.retain(|stamp| stamp.age(now) < LATE_EDITS_WINDOW);
    if let (Some(first), true) = (message.late_edits.first(), message.late_edits.len() >= LATE_EDITS_MAX) {
        let left = LATE_EDITS_WINDOW.saturating_sub(first.age(now));
        let message =
            "Maximum number of edits to messages older than 1 hour reached. Try again later".to_owned();
        return Err(ApiError { code: 30046, message, ..ApiError::limited(left, false, "user") });
    }
    message.late_edits.push(now);
    Ok(())
}

/// `DELETE /channels/{channel_id}/messages/{message_id}`
pub(super) fn delete(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let channel = access::channel(discord, state, request)?.clone();
    let message = access::message(discord, state, request)?.clone();
    let held = permissions::in_channel(state, &channel, discord.bot());
    if message.author != discord.bot() && !held.contains(Permissions::MANAGE_MESSAGES) {
        return Err(ApiError::missing_permissions());
    }
    if channel.is_archived() {
        return Err(ApiError::thread_archived());
    }
    acts::delete_message(state, &access::act(discord, request), message.id);
    Ok(Answer::empty())
}
