//! Routes about global commands.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{Answer, ApiError, Request};
use crate::{Discord, Snowflake, limits, model::State};

/// New commands in a day.
const CREATES_MAX: usize = 200;
const DAY: Duration = Duration::from_secs(86_400);

/// `GET /applications/{application_id}/commands`
pub(super) fn list(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    own(discord, request)?;
    Ok(Answer::ok(Value::Array(state.commands.clone())))
}

/// `PUT /applications/{application_id}/commands`: replaces them all. One of the same type and name keeps its id.
pub(super) fn overwrite(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    own(discord, request)?;
    let Some(Value::Array(sent)) = &request.body else {
        return Err(ApiError::new(400, 50109, "The request body contains invalid JSON."));
    };
    limits::commands(sent).finish()?;
    let objects: Vec<_> = sent.iter().filter_map(Value::as_object).collect();
    let now = discord.stamp();
    let new = objects.iter().filter(|command| known(state, command).is_none()).count();
    state.command_creates.retain(|stamp| stamp.age(now) < DAY);
    if state.command_creates.len() + new > CREATES_MAX {
        let message = "Max number of daily application command creates has been reached (200)";
        return Err(ApiError::new(400, 30034, message));
    }
    state.command_creates.extend(std::iter::repeat_n(now, new));
    let commands: Vec<_> = objects.into_iter().map(|command| registered(discord, state, command)).collect();
    state.commands.clone_from(&commands);
    Ok(Answer::ok(Value::Array(commands)))
}

fn own(discord: &Discord, request: &Request) -> Result<(), ApiError> {
    let own = request.id("application_id")? == discord.application().id;
    if own {
        Ok(())
    } else {
        Err(ApiError::new(403, 20012, "You are not authorized to perform this action on this application"))
    }
}

fn kind(command: &Map<String, Value>) -> u64 {
    command.get("type").and_then(Value::as_u64).unwrap_or(1)
}

/// The registered command of the same type and name.
fn known<'s>(state: &'s State, command: &Map<String, Value>) -> Option<&'s Value> {
    state
        .commands
        .iter()
        .find(|old| old["type"] == kind(command) && Some(&old["name"]) == command.get("name"))
}

/// A command as Discord keeps and returns it.
fn registered(discord: &Discord, state: &mut State, command: &Map<String, Value>) -> Value {
    let fresh: Snowflake = state.id(discord.now());
    let known = known(state, command);
    let id = known.map_or_else(|| json!(fresh), |old| old["id"].clone());
    let mut made = command.clone();
    made.retain(|_, value| !value.is_null());
    let kind = kind(command);
    let permissions = command.get("default_member_permissions").filter(|value| !value.is_null());
    let permissions =
        permissions.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    made.insert("id".to_owned(), id);
    made.insert("version".to_owned(), json!(fresh));
    made.insert("application_id".to_owned(), json!(discord.application().id));
    made.insert("type".to_owned(), json!(kind));
    made.insert("default_member_permissions".to_owned(), json!(permissions));
    for (name, default) in [
        ("description", json!("")),
        ("nsfw", json!(false)),
        ("name_localizations", Value::Null),
        ("description_localizations", Value::Null),
        ("integration_types", json!([0])),
        ("contexts", Value::Null),
        ("dm_permission", json!(true)),
    ] {
        made.entry(name).or_insert(default);
    }
    let made = Value::Object(made);
    // The version changes with the command only.
    let same = |old: &&Value| {
        let without = |value: &Value| {
            let mut value = value.clone();
            value["version"] = Value::Null;
            value
        };
        without(old) == without(&made)
    };
    known.filter(same).cloned().unwrap_or(made)
}
