//! Commands as they are registered: finding the one that was typed.

use serde_json::Value;

use super::{Person, Unavailable, unavailable};
use crate::{
    Permissions,
    interaction::components::{list, text},
    model::State,
    permissions::in_channel,
};

const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

/// A command that was found, down to the one that is run.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The registered command.
    pub(super) command: Value,
    /// The groups and the subcommand below it, outermost first.
    pub(super) below: Vec<Value>,
}

impl Found {
    /// The options that the innermost one takes.
    pub(super) fn options(&self) -> &[Value] {
        list(self.below.last().unwrap_or(&self.command), "options")
    }

    /// The option called `name`.
    pub(super) fn option(&self, name: &str) -> Option<&Value> {
        self.options().iter().find(|option| option["name"] == name)
    }
}

/// Finds the slash command of a path such as `event create`.
pub(super) fn find(state: &State, path: &str) -> Result<Found, Unavailable> {
    let mut words = path.trim_start_matches('/').split_whitespace();
    let name = words.next().unwrap_or_default();
    let of_name = |command: &&Value| command["name"] == name && command["type"].as_u64().unwrap_or(1) == 1;
    let Some(command) = state.commands.iter().find(of_name).cloned() else {
        return unavailable(format!("there is no command /{name}; there are: {}", names(&state.commands)));
    };
    let mut found = Found { command, below: Vec::new() };
    for word in words {
        let of_word = |option: &&Value| option["name"] == word && is_nested(option);
        let Some(next) = found.options().iter().find(of_word).cloned() else {
            return unavailable(format!(
                "/{path}: there is no {word}; there are: {}",
                names(found.options())
            ));
        };
        found.below.push(next);
    }
    if found.options().iter().any(is_nested) {
        return unavailable(format!("/{path} can't be sent itself; there are: {}", names(found.options())));
    }
    Ok(found)
}

/// Finds a user or message command by its name.
pub(super) fn find_in_menu(state: &State, kind: u64, name: &str) -> Result<Found, Unavailable> {
    let command =
        state.commands.iter().find(|command| command["name"] == name && command["type"] == kind).cloned();
    match command {
        Some(command) => Ok(Found { command, below: Vec::new() }),
        None => unavailable(format!("there is no {name} in the menu; there are: {}", names(&state.commands))),
    }
}

fn is_nested(option: &Value) -> bool {
    matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP))
}

fn names(of: &[Value]) -> String {
    let names: Vec<_> = of.iter().map(|one| text(one, "name")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

impl Person {
    /// Whether the command stands in this person's menu there: its `contexts` and `default_member_permissions`.
    pub(super) fn offered(
        &self,
        state: &State,
        found: &Found,
        origin: &crate::interaction::session::Origin,
    ) -> Result<(), Unavailable> {
        let name = text(&found.command, "name");
        let context = if origin.guild.is_some() { 0 } else { 1 };
        let contexts = found.command["contexts"].as_array();
        if contexts.is_some_and(|contexts| !contexts.contains(&Value::from(context))) {
            let place = if context == 0 { "a server" } else { "a direct message" };
            return unavailable(format!("/{name} is not offered in {place}"));
        }
        let needed = found.command["default_member_permissions"].as_str().and_then(|bits| bits.parse().ok());
        let (Some(needed), Some(channel)) = (needed, state.channels.get(&origin.channel)) else {
            return Ok(());
        };
        if origin.guild.is_none() {
            return Ok(());
        }
        let held = in_channel(state, channel, self.id);
        let enough = if needed == 0 { Permissions::ADMINISTRATOR } else { Permissions::from_bits(needed) };
        if held.contains(enough) {
            Ok(())
        } else {
            unavailable(format!("/{name} is hidden from {}", self.name))
        }
    }
}
