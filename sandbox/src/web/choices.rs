//! What a select offers.

use maud::{Markup, html};
use serde_json::Value;

use super::component::emoji;
use crate::{
    GuildSnapshot,
    interaction::components::{kind, list, text, type_of},
    model::ChannelKind,
};

/// What selects offer in a guild.
#[derive(Clone, Copy)]
pub(super) struct Choices<'a> {
    pub(super) guild: &'a GuildSnapshot,
}

/// Something to choose.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    description: String,
    emoji: Value,
    pub(super) chosen: bool,
}

impl Choice {
    fn new(value: impl ToString, label: String, chosen: bool) -> Self {
        Self { value: value.to_string(), label, description: String::new(), emoji: Value::Null, chosen }
    }

    /// The choice with what is said about it.
    pub(super) fn shown(&self) -> Markup {
        html! {
            span class="what" { (emoji(&self.emoji)) (self.label) }
            @if !self.description.is_empty() { span class="about" { (self.description) } }
        }
    }

    /// The choice in a line of plain text.
    pub(super) fn line(&self) -> String {
        if self.description.is_empty() {
            self.label.clone()
        } else {
            format!("{} – {}", self.label, self.description)
        }
    }
}

impl Choices<'_> {
    /// The options of a select, radio group or checkbox group, or what of the guild it offers.
    pub(super) fn of(self, select: &Value) -> Vec<Choice> {
        let defaults = list(select, "default_values");
        let is_default = |id: &str| defaults.iter().any(|value| value["id"] == id);
        match type_of(select) {
            kind::USER_SELECT => self.people(&is_default),
            kind::ROLE_SELECT => self.roles(&is_default),
            kind::MENTIONABLE_SELECT => {
                self.people(&is_default).into_iter().chain(self.roles(&is_default)).collect()
            }
            kind::CHANNEL_SELECT => self.channels(list(select, "channel_types"), &is_default),
            _ => list(select, "options").iter().map(option).collect(),
        }
    }

    /// The members, by name.
    pub(super) fn people(self, is_default: &dyn Fn(&str) -> bool) -> Vec<Choice> {
        let members = self.guild.users.iter().filter(|user| self.guild.guild.members.contains_key(&user.id));
        let mut people: Vec<_> = members
            .map(|user| Choice::new(user.id, self.name(user), is_default(&user.id.to_string())))
            .collect();
        people.sort_by(|a, b| a.label.cmp(&b.label));
        people
    }

    /// The roles, without the one that everybody has.
    pub(super) fn roles(self, is_default: &dyn Fn(&str) -> bool) -> Vec<Choice> {
        let roles = self.guild.guild.roles.values().filter(|role| role.id != self.guild.guild.id);
        roles
            .map(|role| Choice::new(role.id, format!("@{}", role.name), is_default(&role.id.to_string())))
            .collect()
    }

    fn name(self, user: &crate::model::User) -> String {
        let nick = self.guild.guild.members.get(&user.id).and_then(|member| member.nick.clone());
        nick.unwrap_or_else(|| user.display_name().to_owned())
    }

    /// The channels of these types; of every type where none is named.
    pub(super) fn channels(self, types: &[Value], is_default: &dyn Fn(&str) -> bool) -> Vec<Choice> {
        let fits = |kind: ChannelKind| types.is_empty() || types.contains(&Value::from(kind.number()));
        let channels =
            self.guild.channels.iter().filter(|channel| fits(channel.kind) && !channel.kind.is_thread());
        channels
            .map(|channel| {
                let label = match channel.kind {
                    ChannelKind::Category => channel.name.clone(),
                    ChannelKind::Voice => format!("🔊 {}", channel.name),
                    _ => format!("# {}", channel.name),
                };
                Choice::new(channel.id, label, is_default(&channel.id.to_string()))
            })
            .collect()
    }
}

impl Choices<'_> {
    /// The choices of a command's option.
    pub(super) fn named(choices: &[Value]) -> Vec<Choice> {
        let value = |choice: &Value| {
            choice["value"].as_str().map_or_else(|| choice["value"].to_string(), str::to_owned)
        };
        choices
            .iter()
            .map(|choice| Choice::new(value(choice), text(choice, "name").to_owned(), false))
            .collect()
    }

    /// Yes and no.
    pub(super) fn yes_or_no() -> Vec<Choice> {
        [("true", "True"), ("false", "False")]
            .map(|(value, label)| Choice::new(value, label.to_owned(), false))
            .into()
    }
}

fn option(option: &Value) -> Choice {
    Choice {
        value: text(option, "value").to_owned(),
        label: text(option, "label").to_owned(),
        description: text(option, "description").to_owned(),
        emoji: option["emoji"].clone(),
        chosen: option["default"] == true,
    }
}
