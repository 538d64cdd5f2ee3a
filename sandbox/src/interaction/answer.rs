//! What an answer to an interaction does.

use serde_json::{Value, json};

use super::components::list;
use super::message;
use super::rules::{self, AnswerType};
use super::session::{Kind, Progress, Session};
use crate::{Discord, Message, Snowflake, model::State, rest::ApiError};

/// What came of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// A message was sent.
    Sent(Snowflake),
    /// "Thinking…" was shown, in a message that will be edited.
    Deferred(Snowflake),
    /// The message of the component was edited.
    Updated(Snowflake),
    /// The message of the component will be edited later, or never.
    UpdateDeferred,
    /// Choices were offered.
    Choices(Vec<Value>),
    /// A modal was opened.
    Modal(Value),
    /// A repeated answer, which the real Discord would not even read.
    Seen(AnswerType),
}

/// Carries an answer out. The error says everything that Discord would not take.
pub(super) fn apply(
    discord: &Discord,
    state: &mut State,
    id: Snowflake,
    answer: &Value,
    about: &str,
) -> Result<Effect, Vec<String>> {
    let Some(session) = state.interactions.get(id).cloned() else {
        return Err(vec!["Unknown interaction".to_owned()]);
    };
    if session.progress != Progress::Waiting {
        return Err(vec!["Interaction has already been acknowledged.".to_owned()]);
    }
    let of = rules::check(&session, answer)?;
    let data = &answer["data"];
    // What is mentioned by default changes with every edit, so it is to be said.
    let of_message = matches!(of, AnswerType::Message | AnswerType::Update);
    if of_message && !data["allowed_mentions"].is_object() {
        discord.complain(about, "a message without allowed_mentions");
    }
    let effect = match of {
        AnswerType::Message => message::answer(discord, state, &session, data).map(Effect::Sent),
        AnswerType::DeferredMessage => {
            Ok(Effect::Deferred(message::thinking(discord, state, &session, data)))
        }
        AnswerType::DeferredUpdate => Ok(Effect::UpdateDeferred),
        AnswerType::Update => message::update(discord, state, &session, data).map(Effect::Updated),
        AnswerType::Choices => Ok(Effect::Choices(list(data, "choices").to_vec())),
        AnswerType::Modal => Ok(Effect::Modal(data.clone())),
    };
    let effect = effect.map_err(|error| lines(&error))?;
    if let Some(session) = state.interactions.get_mut(id) {
        note(session, &effect);
    }
    Ok(effect)
}

/// Notes in the session what its answer was.
fn note(session: &mut Session, effect: &Effect) {
    (session.progress, session.original) = match effect {
        Effect::Sent(id) | Effect::Updated(id) => (Progress::Answered, Some(*id)),
        Effect::Deferred(id) => (Progress::Deferred, Some(*id)),
        Effect::UpdateDeferred => (Progress::Answered, session.origin.message),
        Effect::Choices(_) | Effect::Modal(_) | Effect::Seen(_) => (Progress::Shown, None),
    };
}

/// What an answer that was given by the callback route did.
pub(super) fn of_callback(state: &State, id: Snowflake) -> Result<Effect, String> {
    let session = state.interactions.get(id).ok_or("Unknown interaction")?;
    let original = session.original.ok_or("a modal or choices can only be given in the response here")?;
    Ok(match session.progress {
        Progress::Deferred => Effect::Deferred(original),
        _ if session.origin.message == Some(original) => Effect::Updated(original),
        _ => Effect::Sent(original),
    })
}

/// What an answer is that comes a second time: it does nothing, but it can be looked at.
pub(super) fn seen(of: AnswerType, answer: &Value) -> Effect {
    match of {
        AnswerType::Modal => Effect::Modal(answer["data"].clone()),
        AnswerType::Choices => Effect::Choices(list(&answer["data"], "choices").to_vec()),
        other => Effect::Seen(other),
    }
}

/// Every line of an error.
fn lines(error: &ApiError) -> Vec<String> {
    match &error.errors {
        Some(errors) => vec![format!("{} {errors}", error.message)],
        None => vec![error.message.clone()],
    }
}

/// The body of a callback's answer that asked `with_response`.
pub(super) fn callback_json(state: &State, session: &Session, effect: &Effect, bot: Snowflake) -> Value {
    let message = session.original.and_then(|id| state.messages.get(&id));
    let mut interaction = json!({ "id": session.id, "type": session.kind as u64 });
    if let Some(message) = message {
        interaction["response_message_id"] = json!(message.id);
        interaction["response_message_loading"] = json!(message.flags & Message::LOADING != 0);
        interaction["response_message_ephemeral"] = json!(message.flags & Message::EPHEMERAL != 0);
    }
    let of = match effect {
        Effect::Sent(_) => 4,
        Effect::Updated(_) if session.kind != Kind::Command => 7,
        _ => return json!({ "interaction": interaction }),
    };
    let resource = json!({ "type": of, "message": message.map(|message| message.json(state, bot)) });
    json!({ "interaction": interaction, "resource": resource })
}
