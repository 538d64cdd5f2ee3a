//! The values of a command's options, checked as the client checks them.

use serde_json::{Value, json};

use super::command::Found;
use super::{Person, Unavailable, unavailable};
use crate::{
    Attachment, Channel, Role, Snowflake,
    interaction::{
        components::{list, text},
        resolved::Chosen,
    },
};

/// The value of an option.
#[derive(Clone, Debug, PartialEq)]
pub enum OptionValue {
    /// Text; for an option with choices the name or the value of one of them.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A person.
    User(Snowflake),
    /// A channel.
    Channel(Snowflake),
    /// A role.
    Role(Snowflake),
    /// A file.
    Attachment(Attachment),
}

impl OptionValue {
    /// The value of an option as a person types or chooses it in a field of plain text.
    pub(crate) fn typed(option: &Value, typed: &str) -> Self {
        let id = || typed.parse().ok();
        let read = match option["type"].as_u64() {
            Some(of::INTEGER) => typed.parse().ok().map(Self::Integer),
            Some(of::NUMBER) => typed.parse().ok().map(Self::Number),
            Some(of::BOOLEAN) => typed.parse().ok().map(Self::Boolean),
            Some(of::USER) => id().map(Self::User),
            Some(of::CHANNEL) => id().map(Self::Channel),
            Some(of::ROLE) => id().map(Self::Role),
            _ => None,
        };
        read.unwrap_or_else(|| Self::Text(typed.to_owned()))
    }
}

impl From<&str> for OptionValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for OptionValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for OptionValue {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for OptionValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<i32> for OptionValue {
    fn from(number: i32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<f64> for OptionValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for OptionValue {
    fn from(yes: bool) -> Self {
        Self::Boolean(yes)
    }
}

impl From<&Person> for OptionValue {
    fn from(person: &Person) -> Self {
        Self::User(person.id)
    }
}

impl From<&Channel> for OptionValue {
    fn from(channel: &Channel) -> Self {
        Self::Channel(channel.id)
    }
}

impl From<&Role> for OptionValue {
    fn from(role: &Role) -> Self {
        Self::Role(role.id)
    }
}

impl From<Attachment> for OptionValue {
    fn from(attachment: Attachment) -> Self {
        Self::Attachment(attachment)
    }
}

/// Discord's numbers of option types.
pub(crate) mod of {
    pub(crate) const STRING: u64 = 3;
    pub(crate) const INTEGER: u64 = 4;
    pub(crate) const BOOLEAN: u64 = 5;
    pub(crate) const USER: u64 = 6;
    pub(crate) const CHANNEL: u64 = 7;
    pub(crate) const ROLE: u64 = 8;
    pub(crate) const MENTIONABLE: u64 = 9;
    pub(crate) const NUMBER: u64 = 10;
    pub(crate) const ATTACHMENT: u64 = 11;
}

/// The `options` of the innermost command, and what the ids in them stand for. Files are uploaded when the command is sent, not
/// while it is typed.
pub(super) fn read(
    found: &Found,
    given: &[(String, OptionValue)],
    partial: bool,
    mut upload: impl FnMut(&Attachment) -> Snowflake,
) -> Result<(Vec<Value>, Chosen), Unavailable> {
    let mut chosen = Chosen::default();
    let mut options = Vec::new();
    for (name, value) in given {
        let Some(option) = found.option(name) else {
            let known: Vec<_> = found.options().iter().map(|option| text(option, "name")).collect();
            return unavailable(format!("there is no option {name}; there are: {}", known.join(", ")));
        };
        let sent = match value {
            OptionValue::Attachment(_) if partial => continue,
            OptionValue::Attachment(file) if option["type"] == of::ATTACHMENT => {
                let id = upload(file);
                chosen.attachments.push(id);
                json!(id)
            }
            _ => {
                one(option, value, &mut chosen).map_err(|why| Unavailable(format!("option {name}: {why}")))?
            }
        };
        options.push(json!({ "name": name, "type": option["type"], "value": sent }));
    }
    let missing = found
        .options()
        .iter()
        .find(|o| o["required"] == true && !given.iter().any(|(name, _)| o["name"] == name.as_str()));
    match missing {
        Some(option) if !partial => unavailable(format!("the option {} is required", text(option, "name"))),
        _ => Ok((options, chosen)),
    }
}

/// Wraps the innermost options into their subcommand and group.
pub(super) fn wrap(found: &Found, options: Vec<Value>) -> Vec<Value> {
    found.below.iter().rev().fold(options, |inner, option| {
        vec![json!({ "name": option["name"], "type": option["type"], "options": inner })]
    })
}

fn one(option: &Value, value: &OptionValue, chosen: &mut Chosen) -> Result<Value, String> {
    match (option["type"].as_u64().unwrap_or_default(), value) {
        (_, OptionValue::Text(_) | OptionValue::Integer(_)) if !list(option, "choices").is_empty() => {
            choice(option, value)
        }
        (of::STRING, OptionValue::Text(text)) => string(option, text),
        (of::INTEGER, OptionValue::Integer(number)) => ranged(option, *number as f64).map(|()| json!(number)),
        (of::NUMBER, OptionValue::Integer(number)) => ranged(option, *number as f64).map(|()| json!(number)),
        (of::NUMBER, OptionValue::Number(number)) => ranged(option, *number).map(|()| json!(number)),
        (of::BOOLEAN, OptionValue::Boolean(yes)) => Ok(json!(yes)),
        (of::USER | of::MENTIONABLE, OptionValue::User(id)) => {
            chosen.users.push(*id);
            Ok(json!(id))
        }
        (of::ROLE | of::MENTIONABLE, OptionValue::Role(id)) => {
            chosen.roles.push(*id);
            Ok(json!(id))
        }
        (of::CHANNEL, OptionValue::Channel(id)) => {
            chosen.channels.push(*id);
            Ok(json!(id))
        }
        (of, value) => Err(format!("is of type {of}, and does not take {value:?}")),
    }
}

fn choice(option: &Value, value: &OptionValue) -> Result<Value, String> {
    let wanted = match value {
        OptionValue::Integer(number) => json!(number),
        OptionValue::Text(text) => json!(text),
        other => return Err(format!("does not take {other:?}")),
    };
    let choices = list(option, "choices");
    let found = choices.iter().find(|choice| choice["value"] == wanted || choice["name"] == wanted);
    found.map(|choice| choice["value"].clone()).ok_or_else(|| format!("{wanted} is not among its choices"))
}

fn string(option: &Value, text: &str) -> Result<Value, String> {
    let length = text.chars().count() as u64;
    let (min, max) =
        (option["min_length"].as_u64().unwrap_or(0), option["max_length"].as_u64().unwrap_or(6000));
    if length < min || length > max {
        return Err(format!("takes {min} to {max} characters, not {length}"));
    }
    Ok(json!(text))
}

fn ranged(option: &Value, number: f64) -> Result<(), String> {
    let (min, max) = (option["min_value"].as_f64(), option["max_value"].as_f64());
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        return Err(format!("does not take {number}"));
    }
    Ok(())
}
