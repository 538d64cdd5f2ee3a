//! The fields of a modal: what stands in each, and what the client makes of it.

use serde_json::{Value, json};

use super::is_select;
use super::press::within;
use crate::{
    interaction::{
        components::{kind, list, text, type_of},
        resolved::Chosen,
    },
    model::State,
};

/// A labelled field and what stands in it.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) label: String,
    /// The component in the label.
    pub(super) component: Value,
    entry: Entry,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    Text(String),
    Chosen(Vec<String>),
    Ticked(bool),
}

impl Field {
    /// The field of a label component, with what the service put there.
    pub(super) fn of(label: &Value) -> Self {
        let component = label["component"].clone();
        let entry = match type_of(&component) {
            kind::TEXT_INPUT => Entry::Text(text(&component, "value").to_owned()),
            kind::CHECKBOX => Entry::Ticked(component["default"] == true),
            _ => Entry::Chosen(defaults(&component)),
        };
        Self { label: text(label, "label").to_owned(), component, entry }
    }

    pub(super) fn fill(&mut self, typed: &str) -> Result<(), String> {
        match &mut self.entry {
            Entry::Text(entry) => typed.clone_into(entry),
            _ => return Err("is no text field".to_owned()),
        }
        Ok(())
    }

    pub(super) fn choose(&mut self, values: Vec<String>) -> Result<(), String> {
        match &mut self.entry {
            Entry::Chosen(entry) => *entry = values,
            _ => return Err("has nothing to choose from".to_owned()),
        }
        Ok(())
    }

    pub(super) fn check(&mut self, ticked: bool) -> Result<(), String> {
        match &mut self.entry {
            Entry::Ticked(entry) => *entry = ticked,
            _ => return Err("is no checkbox".to_owned()),
        }
        Ok(())
    }

    pub(super) fn value(&self) -> Value {
        match &self.entry {
            Entry::Text(text) => json!(text),
            Entry::Chosen(values) => json!(values),
            Entry::Ticked(ticked) => json!(ticked),
        }
    }

    /// What the client has against sending it.
    pub(super) fn check_as_client(&self) -> Result<(), String> {
        let required = self.component["required"].as_bool().unwrap_or(true);
        match &self.entry {
            Entry::Ticked(_) => Ok(()),
            Entry::Text(text) if text.is_empty() => {
                if required {
                    Err("is required".to_owned())
                } else {
                    Ok(())
                }
            }
            Entry::Text(text) => self.check_length(text),
            Entry::Chosen(values) if values.is_empty() => {
                if required {
                    Err("is required".to_owned())
                } else {
                    Ok(())
                }
            }
            Entry::Chosen(values) => {
                within(&self.component, values.len(), self.usual_most()).map_err(|why| why.to_string())
            }
        }
    }

    /// The client counts characters as JavaScript does, in UTF-16 code units.
    fn check_length(&self, typed: &str) -> Result<(), String> {
        let length = typed.encode_utf16().count() as u64;
        let (min, max) = (
            self.component["min_length"].as_u64().unwrap_or(0),
            self.component["max_length"].as_u64().unwrap_or(4000),
        );
        if length < min || length > max {
            return Err(format!("{length} characters, but it takes {min} to {max}"));
        }
        if self.component["style"] == 1 && typed.contains('\n') {
            return Err("has one line only".to_owned());
        }
        Ok(())
    }

    /// How many can be chosen where nothing is said.
    fn usual_most(&self) -> u64 {
        if type_of(&self.component) == kind::CHECKBOX_GROUP {
            list(&self.component, "options").len() as u64
        } else {
            1
        }
    }

    /// Notes what the ids in it stand for.
    pub(super) fn resolve(&self, state: &State, chosen: &mut Chosen) {
        let Entry::Chosen(values) = &self.entry else { return };
        let ids = values.iter().filter_map(|value| value.parse().ok());
        match type_of(&self.component) {
            kind::USER_SELECT => chosen.users.extend(ids),
            kind::ROLE_SELECT => chosen.roles.extend(ids),
            kind::CHANNEL_SELECT => chosen.channels.extend(ids),
            kind::MENTIONABLE_SELECT => {
                let (users, roles): (Vec<_>, Vec<_>) = ids.partition(|id| state.users.contains_key(id));
                chosen.users.extend(users);
                chosen.roles.extend(roles);
            }
            _ => {}
        }
    }

    /// The component as it is submitted. See Discord Docs/Components/Reference, the interaction response structures.
    pub(super) fn submitted(&self) -> Value {
        let of = type_of(&self.component);
        let mut sent =
            json!({ "type": of, "id": self.component["id"], "custom_id": self.component["custom_id"] });
        match &self.entry {
            Entry::Chosen(values) if of == kind::RADIO_GROUP => sent["value"] = json!(values.first()),
            Entry::Chosen(values) => sent["values"] = json!(values),
            Entry::Text(_) | Entry::Ticked(_) => sent["value"] = self.value(),
        }
        sent
    }
}

fn defaults(component: &Value) -> Vec<String> {
    if is_select(component) && type_of(component) != kind::STRING_SELECT {
        return list(component, "default_values").iter().map(|value| text(value, "id").to_owned()).collect();
    }
    let options = list(component, "options").iter().filter(|option| option["default"] == true);
    options.map(|option| text(option, "value").to_owned()).collect()
}
