//! Which answers Discord takes to which interaction. See Discord Docs/Interactions/Receiving and Responding.

use serde_json::Value;

use super::components::{list, text};
use super::modal_rules;
use super::session::{Kind, Session};
use crate::{Message, rest::FormErrors};

const SUPPRESS_EMBEDS: u64 = 1 << 2;
const VOICE_MESSAGE: u64 = 1 << 13;

/// The types of answer, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerType {
    Message = 4,
    DeferredMessage = 5,
    DeferredUpdate = 6,
    Update = 7,
    Choices = 8,
    Modal = 9,
}

impl AnswerType {
    fn of(answer: &Value) -> Option<Self> {
        Some(match answer["type"].as_u64()? {
            4 => Self::Message,
            5 => Self::DeferredMessage,
            6 => Self::DeferredUpdate,
            7 => Self::Update,
            8 => Self::Choices,
            9 => Self::Modal,
            _ => return None,
        })
    }
}

/// The type of an answer that Discord takes, or everything that is wrong with it. The message in it is checked by whoever
/// makes or edits one of it.
pub(super) fn check(session: &Session, answer: &Value) -> Result<AnswerType, Vec<String>> {
    let Some(of) = AnswerType::of(answer) else {
        return Err(vec![format!("there is no answer of type {}", answer["type"])]);
    };
    if let Some(why) = refusal(session, of) {
        return Err(vec![why.to_owned()]);
    }
    let data = &answer["data"];
    let mut errors = FormErrors::default();
    match of {
        AnswerType::Message => flags(
            &mut errors,
            data,
            SUPPRESS_EMBEDS
                | VOICE_MESSAGE
                | Message::EPHEMERAL
                | Message::COMPONENTS_V2
                | Message::SUPPRESS_NOTIFICATIONS,
        ),
        AnswerType::DeferredMessage => flags(&mut errors, data, Message::EPHEMERAL),
        AnswerType::DeferredUpdate => {}
        AnswerType::Update => {
            flags(&mut errors, data, SUPPRESS_EMBEDS | Message::EPHEMERAL | Message::COMPONENTS_V2)
        }
        AnswerType::Choices => choices(&mut errors, data),
        AnswerType::Modal => errors = modal_rules::check(data),
    }
    if errors.is_empty() { Ok(of) } else { Err(errors.lines()) }
}

fn refusal(session: &Session, of: AnswerType) -> Option<&'static str> {
    match (session.kind, of) {
        (Kind::Autocomplete, AnswerType::Choices) => None,
        (Kind::Autocomplete, _) => Some("an autocomplete is answered with choices only"),
        (_, AnswerType::Choices) => Some("choices answer an autocomplete only"),
        (Kind::ModalSubmit, AnswerType::Modal) => Some("a modal can't be answered with another modal"),
        (_, AnswerType::Update | AnswerType::DeferredUpdate) if !session.has_message() => {
            Some("there is no message to update: it was no component")
        }
        _ => None,
    }
}

fn flags(errors: &mut FormErrors, data: &Value, allowed: u64) {
    let given = data["flags"].as_u64().unwrap_or_default();
    if given & !allowed != 0 {
        errors.add(
            "data.flags",
            "BITFIELD_INVALID",
            format!("The flags {} can't be set here", given & !allowed),
        );
    }
}

fn choices(errors: &mut FormErrors, data: &Value) {
    if !data["choices"].is_array() {
        return errors.required("data.choices");
    }
    let choices = list(data, "choices");
    if choices.len() > 25 {
        errors.add("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    for (index, choice) in choices.iter().enumerate() {
        errors.length(&format!("data.choices.{index}.name"), text(choice, "name"), 1, 100);
        match &choice["value"] {
            Value::String(value) => errors.length(&format!("data.choices.{index}.value"), value, 1, 100),
            Value::Number(_) => {}
            _ => errors.required(&format!("data.choices.{index}.value")),
        }
    }
}
