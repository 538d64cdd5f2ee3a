//! Messages as Discord's JSON.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Message, State, json::instant};
use crate::Snowflake;

impl Message {
    /// The message as `reader` gets it over REST. A bot reads the text only of messages that it wrote, that mention it, or
    /// that are in a conversation with it: it has not asked for the message content intent.
    pub(crate) fn json(&self, state: &State, reader: Snowflake) -> Value {
        let author = state.users.get(&self.author).map(super::User::json);
        let readable = self.author == reader || self.guild.is_none() || self.mentions.users.contains(&reader);
        let mentions: Vec<_> =
            self.mentions.users.iter().filter_map(|id| state.users.get(id)).map(super::User::json).collect();
        let mut message = json!({
            "id": self.id, "type": self.kind, "channel_id": self.channel, "author": author,
            "content": if readable { self.content.as_str() } else { "" },
            "attachments": if readable { self.attachments.as_slice() } else { &[] },
            "embeds": if readable { self.embeds.as_slice() } else { &[] },
            "components": if readable { with_ids(&self.components) } else { Vec::new() },
            "mentions": mentions, "mention_roles": self.mentions.roles, "mention_everyone": self.mentions.everyone,
            "pinned": self.pinned_at.is_some(), "tts": false, "timestamp": instant(self.at), "edited_timestamp": self.edited.map(instant),
            "flags": self.flags,
        });
        if let Some(about) = self.about {
            message["message_reference"] =
                json!({ "type": 0, "channel_id": self.channel, "message_id": about });
            if let Some(guild) = self.guild {
                message["message_reference"]["guild_id"] = json!(guild);
            }
        }
        if let Some(interaction) = &self.interaction {
            message["interaction_metadata"] = interaction.clone();
        }
        if let Some(application) = self.webhook {
            message["application_id"] = json!(application);
            message["webhook_id"] = json!(application);
        }
        message
    }
}

/// The components as Discord returns them: each with an id of its own, and with its defaults.
fn with_ids(components: &[Value]) -> Vec<Value> {
    let mut components = components.to_vec();
    let mut taken = BTreeSet::new();
    for component in &components {
        each(component, &mut |component| taken.extend(component["id"].as_u64().filter(|id| *id > 0)));
    }
    let mut last = 0;
    for component in &mut components {
        complete(component, &taken, &mut last);
    }
    components
}

fn each(component: &Value, act: &mut impl FnMut(&Value)) {
    act(component);
    let inner = component["components"].as_array().into_iter().flatten();
    for inner in inner.chain(component.get("accessory")).chain(component.get("component")) {
        each(inner, act);
    }
}

fn complete(component: &mut Value, taken: &BTreeSet<u64>, last: &mut u64) {
    let kind = component["type"].as_u64();
    let Value::Object(fields) = component else { return };
    fields.retain(|_, value| !value.is_null());
    if fields.get("id").and_then(Value::as_u64).is_none_or(|id| id == 0) {
        *last += 1;
        while taken.contains(last) {
            *last += 1;
        }
        fields.insert("id".to_owned(), json!(*last));
    }
    for (name, default) in defaults(kind) {
        fields.entry(name).or_insert(default);
    }
    let mut inner: Vec<&mut Value> = Vec::new();
    for (name, value) in fields.iter_mut() {
        match (name.as_str(), value) {
            ("components", Value::Array(components)) => inner.extend(components),
            ("accessory" | "component", component) => inner.push(component),
            _ => {}
        }
    }
    for component in inner {
        complete(component, taken, last);
    }
}

/// What Discord adds to a component of this type where nothing was sent.
fn defaults(kind: Option<u64>) -> Vec<(&'static str, Value)> {
    match kind {
        Some(3 | 5..=8) => vec![("min_values", json!(1)), ("max_values", json!(1))],
        Some(14) => vec![("spacing", json!(1)), ("divider", json!(true))],
        Some(17) => vec![("accent_color", Value::Null), ("spoiler", json!(false))],
        _ => Vec::new(),
    }
}
