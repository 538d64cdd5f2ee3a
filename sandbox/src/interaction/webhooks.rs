//! The routes under `/webhooks/{webhook_id}/{webhook_token}` and `/interactions/{interaction_id}/{interaction_token}/callback`.
//!
//! Every function here has the shape of a `rest::Handler`; the route table names them.

use serde_json::Value;

use super::answer;
use super::message;
use super::session::{Progress, Session};
use crate::{
    Discord, Snowflake,
    attachments::receive,
    model::State,
    rest::{Answer, ApiError, Request},
};

/// `POST /interactions/{interaction_id}/{interaction_token}/callback`
pub(crate) fn callback(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let unknown = || ApiError::new(404, 10062, "Unknown interaction");
    let id = request.id("interaction_id")?;
    let session =
        state.interactions.get(id).filter(|session| session.token == request.param("interaction_token"));
    let session = session.ok_or_else(unknown)?;
    match session.progress {
        Progress::Waiting => {}
        Progress::Failed => return Err(unknown()),
        _ => return Err(ApiError::new(400, 40060, "Interaction has already been acknowledged.")),
    }
    let body = request.body.clone().unwrap_or_default();
    let effect = answer::apply(discord, state, id, &body, &request.route());
    let effect = effect
        .map_err(|wrong| ApiError::new(400, 50035, &format!("Invalid Form Body: {}", wrong.join("; "))))?;
    match state.interactions.get(id) {
        Some(session) if request.query("with_response") == Some("true") => {
            Ok(Answer::ok(answer::callback_json(state, session, &effect, discord.bot())))
        }
        _ => Ok(Answer::empty()),
    }
}

/// `POST /webhooks/{webhook_id}/{webhook_token}`
pub(crate) fn execute(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let session = session(discord, state, request)?;
    let body = with_files(discord, state, (request, session.origin.channel), &[])?;
    let id = match session.original {
        // Right after a deferral a follow-up edits "Thinking…". See Discord Docs, Create Followup Message.
        Some(original) if session.progress == Progress::Deferred => {
            message::edit(discord, state, original, &body)?;
            original
        }
        _ => {
            let id = message::answer(discord, state, &session, &body)?;
            change(state, session.id, |session| session.followups.push(id));
            id
        }
    };
    settle(state, session.id);
    answer_with(discord, state, id)
}

/// `GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}`, `@original` among the ids
pub(crate) fn get_message(
    discord: &Discord,
    state: &mut State,
    request: &Request,
) -> Result<Answer, ApiError> {
    let session = session(discord, state, request)?;
    let id = target(state, &session, request)?;
    answer_with(discord, state, id)
}

/// `PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}`, `@original` among the ids
pub(crate) fn edit_message(
    discord: &Discord,
    state: &mut State,
    request: &Request,
) -> Result<Answer, ApiError> {
    let session = session(discord, state, request)?;
    let id = target(state, &session, request)?;
    let had = state.messages.get(&id).map(|message| message.attachments.clone()).unwrap_or_default();
    let body = with_files(discord, state, (request, session.origin.channel), &had)?;
    message::edit(discord, state, id, &body)?;
    if session.original == Some(id) {
        settle(state, session.id);
    }
    answer_with(discord, state, id)
}

/// `DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}`, `@original` among the ids
pub(crate) fn delete_message(
    discord: &Discord,
    state: &mut State,
    request: &Request,
) -> Result<Answer, ApiError> {
    let session = session(discord, state, request)?;
    let id = target(state, &session, request)?;
    state.messages.remove(&id);
    settle(state, session.id);
    Ok(Answer::empty())
}

/// The body of a message, with the files that came with it.
fn with_files(
    discord: &Discord,
    state: &mut State,
    (request, channel): (&Request, Snowflake),
    had: &[Value],
) -> Result<Value, ApiError> {
    let mut body = request.form()?;
    receive(discord, state, channel, (&mut body, &request.files), had)?;
    Ok(Value::Object(body))
}

/// The interaction whose token this is, if it can still be used.
fn session(discord: &Discord, state: &State, request: &Request) -> Result<Session, ApiError> {
    let unknown = || ApiError::new(404, 10015, "Unknown Webhook");
    if request.id("webhook_id")? != discord.application().id {
        return Err(unknown());
    }
    let session = state.interactions.by_token(request.param("webhook_token")).ok_or_else(unknown)?;
    if !session.lives(discord.stamp()) {
        return Err(ApiError::new(401, 50027, "Invalid Webhook Token"));
    }
    // Before the first answer there is nothing that could be followed up.
    if session.progress == Progress::Waiting { Err(unknown()) } else { Ok(session.clone()) }
}

/// The message that the path names: one of this interaction's, and still there.
fn target(state: &State, session: &Session, request: &Request) -> Result<Snowflake, ApiError> {
    let id = match request.param("message_id") {
        "@original" | "" => session.original,
        _ => Some(request.id("message_id")?)
            .filter(|id| session.original == Some(*id) || session.followups.contains(id)),
    };
    id.filter(|id| state.messages.contains_key(id)).ok_or_else(ApiError::unknown_message)
}

fn settle(state: &mut State, id: Snowflake) {
    change(state, id, |session| {
        session.settled = true;
        if session.progress == Progress::Deferred {
            session.progress = Progress::Answered;
        }
    });
}

fn change(state: &mut State, id: Snowflake, act: impl FnOnce(&mut Session)) {
    if let Some(session) = state.interactions.get_mut(id) {
        act(session);
    }
}

fn answer_with(discord: &Discord, state: &State, id: Snowflake) -> Result<Answer, ApiError> {
    let message = state.messages.get(&id).ok_or_else(ApiError::unknown_message)?;
    Ok(Answer::ok(message.json(state, discord.bot())))
}
