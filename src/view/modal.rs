//! Forms that people fill in: Discord's modals, one file for each.
//!
//! See [Discord Docs/Modal](https://docs.discord.com/developers/components/using-modal-components).

pub mod club_setup;
pub mod crew_rules;
mod draft;
pub mod event_cancel;
pub mod event_class;
pub mod event_create;
pub mod event_duplicate;
pub mod event_edit;
pub mod event_repeat;
pub mod event_terms;
pub mod hours_zone;
mod parts;
pub mod profile;
pub mod series_create;
pub mod series_edit;
pub mod settings;
pub mod signup_note;
pub mod team;
pub mod template;

use serde_json::{Value, json};
use twilight_model::channel::message::Component;

pub use self::draft::Draft;
use super::custom_id::FormId;
use crate::domain::text::truncate;

/// The most characters of a modal's title.
pub const MAX_TITLE: usize = 45;
/// The most characters of a field's label.
pub const MAX_LABEL: usize = 45;
/// The most characters of a field's description.
pub const MAX_DESCRIPTION: usize = 100;
/// The most fields of a modal.
pub const MAX_FIELDS: usize = 5;

/// A form, ready to be opened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Modal {
    fields: Vec<Component>,
    id: FormId,
    title: String,
}

impl Modal {
    /// A form of these fields, the first five at most.
    fn new(id: FormId, title: &str, fields: impl IntoIterator<Item = Component>) -> Self {
        Self {
            fields: fields.into_iter().take(MAX_FIELDS).collect(),
            id,
            title: truncate(title, MAX_TITLE).into_owned(),
        }
    }

    /// Its fields.
    #[must_use]
    pub fn fields(&self) -> &[Component] {
        &self.fields
    }

    /// What it carries.
    #[must_use]
    pub const fn id(&self) -> &FormId {
        &self.id
    }

    /// The data of the answer that opens it.
    #[must_use]
    pub fn json(&self) -> Value {
        let components: Vec<Value> = self.fields.iter().map(field_json).collect();
        json!({ "components": components, "custom_id": self.id.to_string(), "title": self.title })
    }
}

/// A field without `disabled`, which twilight always writes and Discord refuses in forms. See Discord Docs/Component Reference
/// (String Select).
fn field_json(field: &Component) -> Value {
    let mut json = json!(field);
    if let Some(input) = json.get_mut("component").and_then(Value::as_object_mut) {
        input.remove("disabled");
    }
    json
}

#[cfg(test)]
mod tests;
