//! Commands as they are registered: finding the one that was typed.

use serde_json::Value;

use super::{Person, Unavailable, unavailable};
use crate::{
    Permissions, Snowflake,
    interaction::{
        components::{list, text},
        session::Origin,
    },
    model::{ChannelState, State},
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
    /// Whether the command stands in this person's menu there.
    pub(super) fn offered(&self, state: &State, found: &Found, origin: &Origin) -> Result<(), Unavailable> {
        let Some(channel) = state.channels.get(&origin.channel) else { return Ok(()) };
        let name = text(&found.command, "name");
        match hidden(state, &found.command, channel, self.id) {
            None => Ok(()),
            Some(Hidden::There) => {
                let place = if channel.guild.is_some() { "a server" } else { "a direct message" };
                unavailable(format!("/{name} is not offered in {place}"))
            }
            Some(Hidden::FromThem) => unavailable(format!("/{name} is hidden from {}", self.name)),
        }
    }
}

/// Why a command isn't in somebody's menu.
enum Hidden {
    There,
    FromThem,
}

/// Whether a command's `contexts` and `default_member_permissions` keep it out of a user's menu in a channel.
fn hidden(state: &State, command: &Value, channel: &ChannelState, user: Snowflake) -> Option<Hidden> {
    let context = if channel.guild.is_some() { 0 } else { 1 };
    let contexts = command["contexts"].as_array();
    if contexts.is_some_and(|contexts| !contexts.contains(&Value::from(context))) {
        return Some(Hidden::There);
    }
    let needed = command["default_member_permissions"].as_str().and_then(|bits| bits.parse().ok());
    let needed = needed.filter(|_| channel.guild.is_some())?;
    let enough = if needed == 0 { Permissions::ADMINISTRATOR } else { Permissions::from_bits(needed) };
    (!in_channel(state, channel, user).contains(enough)).then_some(Hidden::FromThem)
}

/// The commands of every kind in a user's menu in a channel, as they are registered.
pub(crate) fn offered_commands(state: &State, channel: &ChannelState, user: Snowflake) -> Vec<Value> {
    let here = !channel.is_archived()
        && in_channel(state, channel, user).contains(Permissions::USE_APPLICATION_COMMANDS);
    let offered = state.commands.iter().filter(|command| hidden(state, command, channel, user).is_none());
    offered.filter(|_| here).cloned().collect()
}

/// The commands that can be sent of these: paths such as `event create`, each with what stands for it in the registry.
pub(crate) fn paths(commands: &[Value]) -> Vec<(String, &Value)> {
    let mut paths = Vec::new();
    for command in commands.iter().filter(|command| command["type"].as_u64().unwrap_or(1) == 1) {
        collect(text(command, "name").to_owned(), command, &mut paths);
    }
    paths
}

/// The option of a command's path as it is registered.
pub(crate) fn option_named(state: &State, path: &str, name: &str) -> Result<Value, Unavailable> {
    let found = find(state, path)?;
    found.option(name).cloned().ok_or_else(|| Unavailable(format!("/{path}: there is no option {name}")))
}

fn collect<'a>(path: String, command: &'a Value, paths: &mut Vec<(String, &'a Value)>) {
    let nested: Vec<_> = list(command, "options").iter().filter(|option| is_nested(option)).collect();
    if nested.is_empty() {
        paths.push((path, command));
        return;
    }
    for option in nested {
        collect(format!("{path} {}", text(option, "name")), option, paths);
    }
}
