//! The fields of a submitted form, as typed.

use twilight_model::{application::interaction::modal::ModalInteractionComponent as Component, id::Id};

use super::picked::{Picked, PickedChannel, PickedFile, PickedRole};
use crate::view::modal::Draft;

/// What a person filled into a form.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Fields {
    filled: Draft,
    picked: Picked,
}

impl Fields {
    /// The text in a field, or the first of the values chosen there; empty when there is none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.filled.text(field)
    }

    /// The values chosen in a select or a group of checkboxes.
    #[must_use]
    pub fn values(&self, field: &str) -> &[String] {
        self.filled.values(field)
    }

    /// Whether a checkbox is set.
    #[must_use]
    pub fn is_checked(&self, field: &str) -> bool {
        self.filled.is_checked(field)
    }

    /// The channel picked in a select that takes one.
    #[must_use]
    pub fn channel(&self, field: &str) -> Option<&PickedChannel> {
        self.picked.channel(self.id(field)?)
    }

    /// The role picked in a select that takes one.
    #[must_use]
    pub fn role(&self, field: &str) -> Option<&PickedRole> {
        self.picked.role(self.id(field)?)
    }

    /// The roles picked in a select that takes several.
    pub fn roles(&self, field: &str) -> impl Iterator<Item = &PickedRole> {
        let ids = self.values(field).iter().filter_map(|id| id.parse().ok());
        ids.filter_map(|id| self.picked.role(id))
    }

    /// The file uploaded in a field that takes one.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&PickedFile> {
        self.picked.file(self.id(field)?)
    }

    /// All fields as typed: what a draft keeps.
    #[must_use]
    pub const fn filled(&self) -> &Draft {
        &self.filled
    }

    fn id<M>(&self, field: &str) -> Option<Id<M>> {
        self.text(field).parse().ok()
    }

    pub(super) fn read(components: Vec<Component>, picked: Picked) -> Self {
        Self { filled: components.into_iter().fold(Draft::default(), fill), picked }
    }
}

fn fill(draft: Draft, component: Component) -> Draft {
    match component {
        Component::ActionRow(row) => row.components.into_iter().fold(draft, fill),
        Component::ChannelSelect(select) => draft.with(&select.custom_id, texts(&select.values)),
        Component::Checkbox(checkbox) => draft.with_check(&checkbox.custom_id, checkbox.value),
        Component::CheckboxGroup(group) => draft.with(&group.custom_id, group.values),
        Component::FileUpload(upload) => draft.with(&upload.custom_id, texts(&upload.values)),
        Component::Label(label) => fill(draft, *label.component),
        Component::MentionableSelect(select) => draft.with(&select.custom_id, texts(&select.values)),
        Component::RoleSelect(select) => draft.with(&select.custom_id, texts(&select.values)),
        Component::StringSelect(select) => draft.with(&select.custom_id, select.values),
        Component::TextDisplay(_) | Component::Unknown(_) => draft,
        Component::TextInput(input) => draft.with_text(&input.custom_id, input.value),
        Component::UserSelect(select) => draft.with(&select.custom_id, texts(&select.values)),
    }
}

fn texts<M>(ids: &[Id<M>]) -> impl Iterator<Item = String> {
    ids.iter().map(Id::to_string)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;
    use twilight_model::application::interaction::modal::ModalInteractionData;

    use super::*;

    #[test]
    fn every_kind_of_field_is_read_through_its_label() {
        let data: ModalInteractionData = serde_json::from_value(json!({
            "custom_id": "1:setup",
            "components": [
                { "type": 10, "id": 1 },
                { "type": 18, "id": 2, "component": { "type": 4, "id": 3, "custom_id": "name", "value": "Simlane" } },
                { "type": 18, "id": 4, "component": { "type": 8, "id": 5, "custom_id": "channel", "values": ["5"] } },
                { "type": 18, "id": 6, "component": { "type": 3, "id": 7, "custom_id": "access", "values": ["open"] } },
                { "type": 18, "id": 8, "component": { "type": 23, "id": 9, "custom_id": "auto", "value": true } },
                { "type": 18, "id": 10, "component": { "type": 23, "id": 11, "custom_id": "off", "value": false } },
                { "type": 18, "id": 12, "component": { "type": 22, "id": 13, "custom_id": "notes", "values": ["a", "b"] } },
                { "type": 18, "id": 16, "component": { "type": 6, "id": 17, "custom_id": "role", "values": ["404"] } },
                { "type": 1, "id": 14, "components": [{ "type": 4, "id": 15, "custom_id": "old", "value": "" }] },
            ],
            "resolved": { "channels": { "5": { "id": "5", "name": "staff", "type": 0, "permissions": "0" } } },
        }))
        .unwrap();
        let fields = Fields::read(data.components, data.resolved.map(Picked::from).unwrap_or_default());
        assert_eq!(fields.text("name"), "Simlane");
        assert_eq!(fields.channel("channel").unwrap().name, "staff");
        assert_eq!(fields.role("role"), None, "what Discord doesn't resolve isn't trusted");
        assert_eq!(fields.text("access"), "open");
        assert!(fields.is_checked("auto") && !fields.is_checked("off") && !fields.is_checked("absent"));
        assert_eq!(fields.values("notes"), ["a", "b"]);
        assert_eq!((fields.text("old"), fields.text("absent")), ("", ""));
    }
}
