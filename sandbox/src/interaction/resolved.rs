//! The things that ids in options and selects stand for. See Discord Docs, Resolved Data Structure.

use serde_json::{Map, Value, json};

use super::envelope::{member_anywhere, partial_channel, user};
use crate::{
    Snowflake,
    model::{GuildState, State},
    permissions::in_channel,
};

/// What was chosen, to be spelled out beside the ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) users: Vec<Snowflake>,
    pub(crate) roles: Vec<Snowflake>,
    pub(crate) channels: Vec<Snowflake>,
    pub(crate) attachments: Vec<Snowflake>,
}

impl Chosen {
    /// The `resolved` object; none if nothing was chosen.
    pub(crate) fn json(&self, state: &State, guild: Option<Snowflake>, by: Snowflake) -> Option<Value> {
        let guild = guild.and_then(|id| state.guilds.get(&id));
        let mut resolved = Map::new();
        self.people(state, guild, &mut resolved);
        for id in &self.roles {
            if let Some(role) = guild.and_then(|guild| guild.roles.get(id)) {
                put(&mut resolved, "roles", *id, role.json());
            }
        }
        for id in &self.channels {
            if let Some(channel) = state.channels.get(id) {
                let here = in_channel(state, channel, by);
                put(&mut resolved, "channels", *id, partial_channel(state, channel, here));
            }
        }
        for id in &self.attachments {
            if let Some(file) = state.files.get(id) {
                put(&mut resolved, "attachments", *id, file.json.clone());
            }
        }
        (!resolved.is_empty()).then_some(Value::Object(resolved))
    }

    fn people(&self, state: &State, guild: Option<&GuildState>, resolved: &mut Map<String, Value>) {
        for id in &self.users {
            put(resolved, "users", *id, user(state, *id));
            if let Some(guild) = guild.filter(|guild| guild.members.contains_key(id)) {
                put(resolved, "members", *id, member_anywhere(guild, *id));
            }
        }
    }
}

fn put(resolved: &mut Map<String, Value>, of: &str, id: Snowflake, what: Value) {
    resolved.entry(of).or_insert_with(|| json!({}))[id.to_string()] = what;
}
