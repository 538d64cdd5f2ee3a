//! Registration: the table of commands as Discord takes it, and a hash that tells whether it changed.
//!
//! See [Discord Docs/Bulk Overwrite Global Application Commands](https://docs.discord.com/developers/interactions/application-commands).

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use twilight_model::{
    application::{
        command::{CommandOptionType, CommandType},
        interaction::InteractionContextType,
    },
    oauth::ApplicationIntegrationType,
};

use super::{
    option::{Opt, OptKind, Text},
    table::{Audience, Command, Leaf, Registry, Shape, UserCommand},
};

/// The body of the bulk overwrite: every command, by name.
#[must_use]
pub fn payload<D>(registry: &Registry<D>) -> Value {
    let typed = registry.commands.iter().map(|one| (one.name(), command(one)));
    let chosen = registry.user_commands.iter().map(|one| (one.name, user_command(one)));
    let mut commands: Vec<(&str, Value)> = typed.chain(chosen).collect();
    commands.sort_by_key(|(name, _)| *name);
    commands.into_iter().map(|(_, command)| command).collect()
}

/// The SHA-256 of a payload in hexadecimal digits; the order of an object's fields doesn't matter.
#[must_use]
pub fn hash(payload: &Value) -> String {
    let mut canonical = String::new();
    write_canonical(payload, &mut canonical);
    hex::encode(Sha256::digest(canonical))
}

/// One command as Discord takes it.
pub(super) fn command<D>(command: &Command<D>) -> Value {
    let options: Vec<Value> = match &command.shape {
        Shape::Group { leaves, .. } => leaves.iter().map(subcommand).collect(),
        Shape::Leaf(leaf) => leaf.options.iter().map(option).collect(),
    };
    json!({
        "contexts": contexts(command.in_direct_messages()),
        "default_member_permissions": command.default_member_permissions,
        "description": command.description(),
        "integration_types": [ApplicationIntegrationType::GuildInstall],
        "name": command.name(),
        "options": options,
        "type": CommandType::ChatInput,
    })
}

/// A command in members' menus: it has a name, and neither description nor options.
fn user_command<D>(command: &UserCommand<D>) -> Value {
    json!({
        "contexts": contexts(command.audience == Audience::Anywhere),
        "default_member_permissions": null,
        "integration_types": [ApplicationIntegrationType::GuildInstall],
        "name": command.name,
        "type": CommandType::User,
    })
}

fn contexts(in_direct_messages: bool) -> Vec<InteractionContextType> {
    let direct = in_direct_messages.then_some(InteractionContextType::BotDm);
    std::iter::once(InteractionContextType::Guild).chain(direct).collect()
}

fn subcommand<D>(leaf: &Leaf<D>) -> Value {
    json!({
        "description": leaf.description,
        "name": leaf.name,
        "options": leaf.options.iter().map(option).collect::<Vec<Value>>(),
        "type": CommandOptionType::SubCommand,
    })
}

fn option(option: &Opt) -> Value {
    let mut fields = limits(option);
    fields.insert("description".to_owned(), option.description.into());
    fields.insert("name".to_owned(), option.name.into());
    fields.insert("required".to_owned(), option.required.into());
    fields.insert("type".to_owned(), json!(option.kind.discord()));
    Value::Object(fields)
}

/// What bounds the values of an option.
fn limits(option: &Opt) -> Map<String, Value> {
    let limits = match option.kind {
        OptKind::Boolean | OptKind::File | OptKind::Role | OptKind::User => json!({}),
        OptKind::Channel([]) => json!({}),
        OptKind::Channel(types) => json!({ "channel_types": types }),
        OptKind::Integer(min, max) => json!({ "max_value": max, "min_value": min }),
        OptKind::Text(Text::Choices(choices)) => {
            let choices = choices.iter().map(|(name, value)| json!({ "name": name, "value": value }));
            json!({ "choices": choices.collect::<Vec<Value>>() })
        }
        OptKind::Text(Text::Completed) => json!({ "autocomplete": true }),
        OptKind::Text(Text::Free(min, max)) => json!({ "max_length": max, "min_length": min }),
    };
    match limits {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write_canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in fields {
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write_canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::testing::REGISTRY;

    fn registered(name: &str) -> Value {
        let Value::Array(commands) = payload(&REGISTRY) else {
            return Value::Null;
        };
        commands.into_iter().find(|command| command["name"] == name).unwrap_or_default()
    }

    #[test]
    fn a_group_is_what_discord_documents() {
        let mut event = registered("event");
        event["options"] = event["options"][0].take();
        insta::assert_json_snapshot!(event, @r#"
        {
          "contexts": [
            0
          ],
          "default_member_permissions": null,
          "description": "Events.",
          "integration_types": [
            0
          ],
          "name": "event",
          "options": {
            "description": "A command of the tests.",
            "name": "create",
            "options": [
              {
                "autocomplete": true,
                "description": "The series.",
                "name": "series",
                "required": true,
                "type": 3
              },
              {
                "description": "How many laps.",
                "max_value": 500,
                "min_value": 1,
                "name": "laps",
                "required": false,
                "type": 4
              },
              {
                "choices": [
                  {
                    "name": "Yes",
                    "value": "yes"
                  },
                  {
                    "name": "No",
                    "value": "no"
                  }
                ],
                "description": "Whether it rains.",
                "name": "rain",
                "required": false,
                "type": 3
              },
              {
                "description": "A note.",
                "max_length": 50,
                "min_length": 1,
                "name": "note",
                "required": false,
                "type": 3
              },
              {
                "channel_types": [
                  4
                ],
                "description": "A category.",
                "name": "where",
                "required": false,
                "type": 7
              }
            ],
            "type": 1
          },
          "type": 1
        }
        "#);
    }

    #[test]
    fn a_leaf_that_works_anywhere_says_so() {
        assert_eq!(registered("ping")["contexts"], json!([0, 1]));
        assert_eq!(registered("fail")["contexts"], json!([0]));
        assert_eq!(registered("fail")["default_member_permissions"], "32");
        assert_eq!(registered("ping")["options"], json!([]));
    }

    #[test]
    fn commands_are_sorted_whatever_the_tables_order() {
        let names: Vec<Value> = payload(&REGISTRY)
            .as_array()
            .into_iter()
            .flatten()
            .map(|command| command["name"].clone())
            .collect();
        assert_eq!(names, ["Whose laps", "admin", "event", "fail", "ping"]);
    }

    #[test]
    fn a_command_of_a_members_menu_has_a_name_and_no_more() {
        let expected = json!({
            "contexts": [0], "default_member_permissions": null, "integration_types": [0], "name": "Whose laps", "type": 2,
        });
        assert_eq!(registered("Whose laps"), expected);
    }

    #[test]
    fn the_hash_knows_content_and_not_order() {
        let one = json!([{ "name": "a", "options": [1, 2], "x": { "b": 1, "a": 2 } }]);
        let same = json!([{ "x": { "a": 2, "b": 1 }, "options": [1, 2], "name": "a" }]);
        assert_eq!(hash(&one), hash(&same));
        for other in
            [json!([{ "name": "a", "options": [2, 1], "x": { "b": 1, "a": 2 } }]), json!([]), json!(["1"])]
        {
            assert_ne!(hash(&one), hash(&other));
        }
        assert_ne!(hash(&json!([1])), hash(&json!(["1"])));
    }
}
