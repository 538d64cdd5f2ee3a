//! Routes about the pinned messages of a channel.

use serde_json::{Value, json};

use super::{Answer, ApiError, Request, access};
use crate::{
    Discord, Message, Permissions, Snowflake, acts,
    model::{State, instant},
    permissions,
};

/// Pinned messages of a channel.
const PINS_MAX: usize = 250;
/// How many are listed where nothing is said, and at most.
const LISTED_MAX: u64 = 50;

/// `GET /channels/{channel_id}/messages/pins`: those that were pinned last come first.
pub(super) fn list(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let channel = access::channel(discord, state, request)?;
    let limit = request.query_number("limit", 1, LISTED_MAX)?.unwrap_or(LISTED_MAX);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let before = request.query_time("before")?;
    let held = permissions::in_channel(state, channel, discord.bot());
    let mut found = if held.contains(Permissions::READ_MESSAGE_HISTORY) {
        state.pinned_in(channel.id)
    } else {
        Vec::new()
    };
    found.retain(|(at, _)| before.is_none_or(|before| *at < before));
    let has_more = found.len() > limit;
    let items: Vec<Value> = found
        .iter()
        .take(limit)
        .map(|(at, message)| json!({ "pinned_at": instant(*at), "message": message.json(state, discord.bot()) }))
        .collect();
    Ok(Answer::ok(json!({ "items": items, "has_more": has_more })))
}

/// `PUT /channels/{channel_id}/messages/pins/{message_id}`
pub(super) fn pin(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let message = within_reach(discord, state, request)?;
    let (id, channel) = (message.id, message.channel);
    if message.is_system() {
        return Err(ApiError::new(403, 50021, "Cannot execute action on a system message"));
    }
    if message.pinned_at.is_none() && state.pinned_in(channel).len() >= PINS_MAX {
        let message = format!("Maximum number of pins reached for the channel ({PINS_MAX})");
        return Err(ApiError::new(400, 30003, &message));
    }
    acts::pin(state, &access::act(discord, request), id);
    Ok(Answer::empty())
}

/// `DELETE /channels/{channel_id}/messages/pins/{message_id}`
pub(super) fn unpin(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id: Snowflake = within_reach(discord, state, request)?.id;
    acts::unpin(state, &access::act(discord, request), id);
    Ok(Answer::empty())
}

/// The message of a path, if the bot may pin it.
fn within_reach<'s>(discord: &Discord, state: &'s State, request: &Request) -> Result<&'s Message, ApiError> {
    let channel = access::channel(discord, state, request)?;
    // Both sides of a conversation may pin what they like.
    let channel = match channel.guild {
        Some(_) => access::channel_with(discord, state, request, Permissions::PIN_MESSAGES)?,
        None => channel,
    };
    let archived = channel.is_archived();
    let message = access::message(discord, state, request)?;
    if archived { Err(ApiError::thread_archived()) } else { Ok(message) }
}
