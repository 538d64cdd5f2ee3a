//! The options of a command, each read as the type that its table entry declares.

use std::collections::BTreeMap;

use twilight_model::application::{
    command::CommandOptionType,
    interaction::application_command::{CommandData, CommandDataOption, CommandOptionValue},
};

use super::picked::{Picked, PickedChannel, PickedFile, PickedRole, PickedUser};

/// What a person gave a command.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    picked: Picked,
    values: BTreeMap<String, CommandOptionValue>,
}

/// The option that a person is typing right now.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Focused {
    /// The option's name.
    pub option: String,
    /// What stands there so far.
    pub text: String,
}

impl Options {
    /// A text; also the identifier behind a choice or a completed option.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name)? {
            CommandOptionValue::String(text) | CommandOptionValue::Focused(text, _) => Some(text),
            _ => None,
        }
    }

    /// A whole number.
    #[must_use]
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.values.get(name)? {
            CommandOptionValue::Integer(integer) => Some(*integer),
            _ => None,
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.values.get(name)? {
            CommandOptionValue::Boolean(boolean) => Some(*boolean),
            _ => None,
        }
    }

    /// A channel.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<&PickedChannel> {
        match self.values.get(name)? {
            CommandOptionValue::Channel(id) => self.picked.channel(*id),
            _ => None,
        }
    }

    /// A role.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<&PickedRole> {
        match self.values.get(name)? {
            CommandOptionValue::Role(id) => self.picked.role(*id),
            _ => None,
        }
    }

    /// A person.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&PickedUser> {
        match self.values.get(name)? {
            CommandOptionValue::User(id) => self.picked.user(*id),
            _ => None,
        }
    }

    /// A file.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&PickedFile> {
        match self.values.get(name)? {
            CommandOptionValue::Attachment(id) => self.picked.file(*id),
            _ => None,
        }
    }

    /// The kind of the value that stands under that name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<CommandOptionType> {
        self.values.get(name).map(CommandOptionValue::kind)
    }

    fn focused(&self) -> Option<Focused> {
        self.values.iter().find_map(|(name, value)| match value {
            CommandOptionValue::Focused(text, _) => {
                Some(Focused { option: name.clone(), text: text.clone() })
            }
            _ => None,
        })
    }
}

/// A command's words joined by spaces (`event create`), what it was given, and what is being typed.
pub(crate) fn read(data: CommandData) -> (String, Options, Option<Focused>) {
    let mut path = data.name;
    let mut level = data.options;
    while let Some((word, below)) = subcommand(&mut level) {
        path.push(' ');
        path.push_str(&word);
        level = below;
    }
    let values = level.into_iter().map(|option| (option.name, option.value)).collect();
    let options = Options { picked: data.resolved.map(Picked::from).unwrap_or_default(), values };
    let focused = options.focused();
    (path, options, focused)
}

/// The subcommand that stands alone at this level, and the level below it.
fn subcommand(level: &mut Vec<CommandDataOption>) -> Option<(String, Vec<CommandDataOption>)> {
    let option = level.pop()?;
    match option.value {
        CommandOptionValue::SubCommand(below) | CommandOptionValue::SubCommandGroup(below) => {
            Some((option.name, below))
        }
        value => {
            level.push(CommandDataOption { name: option.name, value });
            None
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::{Value, json};

    use super::*;

    fn read_json(data: Value) -> (String, Options, Option<Focused>) {
        read(serde_json::from_value(data).unwrap())
    }

    #[test]
    fn a_subcommand_is_part_of_the_path() {
        let (path, options, focused) = read_json(json!({
            "id": "1", "name": "event", "type": 1,
            "options": [{ "name": "create", "type": 1, "options": [
                { "name": "track", "type": 3, "value": "Spa" },
                { "name": "laps", "type": 4, "value": 24 },
                { "name": "wet", "type": 5, "value": true },
            ]}],
        }));
        assert_eq!(path, "event create");
        assert_eq!(options.text("track"), Some("Spa"));
        assert_eq!(options.integer("laps"), Some(24));
        assert_eq!(options.boolean("wet"), Some(true));
        assert_eq!((options.text("laps"), options.integer("absent")), (None, None));
        assert_eq!(focused, None);
    }

    #[test]
    fn what_is_being_typed_is_known_and_readable() {
        let (path, options, focused) = read_json(json!({
            "id": "1", "name": "help", "type": 1,
            "options": [{ "name": "topic", "type": 3, "value": "sig", "focused": true }],
        }));
        assert_eq!(path, "help");
        assert_eq!(options.text("topic"), Some("sig"));
        assert_eq!(focused, Some(Focused { option: "topic".to_owned(), text: "sig".to_owned() }));
    }

    #[test]
    fn picks_come_with_what_discord_resolved_and_never_without() {
        let (_, options, _) = read_json(json!({
            "id": "1", "name": "series", "type": 1,
            "options": [
                { "name": "category", "type": 7, "value": "5" },
                { "name": "ghost", "type": 7, "value": "6" },
                { "name": "driver", "type": 6, "value": "9" },
            ],
            "resolved": {
                "channels": { "5": { "id": "5", "name": "Races", "type": 4, "permissions": "0" } },
                "users": { "9": { "id": "9", "username": "ana", "discriminator": "0", "avatar": null, "global_name": "Ana" } },
                "members": { "9": { "roles": [], "permissions": "0", "flags": 0, "pending": false, "nick": "Ana P",
                    "joined_at": "2024-01-01T00:00:00+00:00", "communication_disabled_until": null } },
            },
        }));
        let category = options.channel("category").unwrap();
        assert_eq!(
            (category.name.as_str(), category.kind),
            ("Races", twilight_model::channel::ChannelType::GuildCategory)
        );
        assert_eq!(options.channel("ghost"), None);
        assert_eq!(options.user("driver").unwrap().name, "Ana P");
    }
}
