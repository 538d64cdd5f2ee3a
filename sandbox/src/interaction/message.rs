//! The messages that answer interactions.

use serde_json::{Map, Value};

use super::session::{Kind, Session};
use crate::{
    Discord, Message, Permissions, Snowflake,
    compose::{Draft, Occasion, draw_in, post},
    model::State,
    permissions::in_channel,
    rest::ApiError,
};

/// The type of a message that answers a command.
const COMMAND_ANSWER: u64 = 20;
/// The type of a message that answers a component, which is a reply to its message.
const REPLY: u64 = 19;

/// Sends a message in answer to an interaction, or to follow one up.
pub(super) fn answer(
    discord: &Discord,
    state: &mut State,
    session: &Session,
    body: &Value,
) -> Result<Snowflake, ApiError> {
    let body = form(body)?;
    let draft = Draft::new(&body, Occasion::Answer)?;
    let mut message = blank(discord, state, session);
    let author = permissions(discord, state, &message);
    draft.write(state, &mut message, author);
    message.ephemeral_for = message.is_ephemeral().then_some(session.origin.user);
    Ok(post(state, message))
}

/// Shows "Thinking…".
pub(super) fn thinking(discord: &Discord, state: &mut State, session: &Session, data: &Value) -> Snowflake {
    let mut message = blank(discord, state, session);
    message.flags = Message::LOADING | (data["flags"].as_u64().unwrap_or_default() & Message::EPHEMERAL);
    message.ephemeral_for = message.is_ephemeral().then_some(session.origin.user);
    post(state, message)
}

/// Edits the message whose component was used.
pub(super) fn update(
    discord: &Discord,
    state: &mut State,
    session: &Session,
    body: &Value,
) -> Result<Snowflake, ApiError> {
    let id = session.origin.message.ok_or_else(ApiError::unknown_message)?;
    edit(discord, state, id, body)?;
    Ok(id)
}

/// Edits a message that answered an interaction.
pub(super) fn edit(
    discord: &Discord,
    state: &mut State,
    id: Snowflake,
    body: &Value,
) -> Result<(), ApiError> {
    let body = form(body)?;
    let Some(mut message) = state.messages.get(&id).cloned() else { return Err(ApiError::unknown_message()) };
    let thinking = message.flags & Message::LOADING != 0;
    let draft = Draft::edit(&body, &message, Occasion::Answer)?;
    let author = permissions(discord, state, &message);
    draft.write(state, &mut message, author);
    message.flags &= !Message::LOADING;
    if !thinking {
        message.edited = Some(discord.now());
    }
    draw_in(state, &message, discord.now());
    state.messages.insert(id, message);
    Ok(())
}

fn blank(discord: &Discord, state: &mut State, session: &Session) -> Message {
    let id = state.id(discord.now());
    let mut message = Message::new(id, session.origin.channel, session.origin.guild, discord.bot());
    message.kind = match session.kind {
        Kind::Component => REPLY,
        _ if session.has_message() => REPLY,
        _ => COMMAND_ANSWER,
    };
    message.interaction = Some(session.metadata.clone());
    message.webhook = Some(discord.application().id);
    message
}

fn permissions(discord: &Discord, state: &State, message: &Message) -> Permissions {
    let channel = state.channels.get(&message.channel);
    channel.map_or(Permissions::NONE, |channel| in_channel(state, channel, discord.bot()))
}

fn form(body: &Value) -> Result<Map<String, Value>, ApiError> {
    let invalid = || ApiError::new(400, 50109, "The request body contains invalid JSON.");
    body.as_object().cloned().ok_or_else(invalid)
}
