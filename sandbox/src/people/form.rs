//! Filling in a modal.

use serde_json::{Value, json};

use super::fields::Field;
use super::press::pick;
use super::{Person, Reply, Unavailable, expect, modal_text, unavailable};
use crate::{
    GuildSnapshot, Snowflake,
    interaction::{
        components::{kind, list, numbered, text, type_of},
        deliver::Act,
        resolved::Chosen,
        session::{Kind, Origin},
    },
    model::State,
};

/// A modal that a person has before them, with what they filled in so far. It begins with what the service put there.
#[derive(Clone, Debug)]
#[must_use = "it is not sent before `submit`"]
pub struct ModalForm {
    person: Person,
    opened_by: Snowflake,
    /// As the service sent it, with ids.
    modal: Value,
    fields: Vec<Field>,
}

impl ModalForm {
    pub(crate) fn new(person: &Person, opened_by: Snowflake, modal: &Value) -> Self {
        let mut modal = modal.clone();
        modal["components"] = Value::Array(numbered(list(&modal, "components")));
        let labels = list(&modal, "components").iter().filter(|component| type_of(component) == kind::LABEL);
        let fields = labels.map(Field::of).collect();
        Self { person: person.clone(), opened_by, modal, fields }
    }

    /// The guild that the person is in, for the names of what they chose.
    pub(crate) fn guild(&self) -> GuildSnapshot {
        self.person.discord.with(|state| GuildSnapshot::of(state, self.person.guild))
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> &str {
        text(&self.modal, "title")
    }

    /// All the text on it: title, texts, labels and descriptions, a line each.
    #[must_use]
    pub fn text(&self) -> String {
        modal_text(&self.modal)
    }

    /// The labels of its fields, in order.
    #[must_use]
    pub fn labels(&self) -> Vec<&str> {
        self.fields.iter().map(|field| field.label.as_str()).collect()
    }

    /// What stands in a field now: a text, a list of values, or true or false.
    #[must_use]
    pub fn value(&self, label: &str) -> Option<Value> {
        self.fields.iter().find(|field| field.label == label).map(Field::value)
    }

    /// The modal as the service sent it, with the ids that Discord gave its components.
    #[must_use]
    pub const fn json(&self) -> &Value {
        &self.modal
    }

    /// Types into the text field with this label, in place of what stood there.
    ///
    /// # Panics
    ///
    /// When there is no such text field.
    pub fn fill(self, label: &str, typed: &str) -> Self {
        expect(self.try_fill(label, typed))
    }

    /// Types into the text field with this label, if there is one, in place of what stood there.
    ///
    /// # Errors
    ///
    /// When there is no such text field.
    pub fn try_fill(self, label: &str, typed: &str) -> Result<Self, Unavailable> {
        self.with(label, |field| field.fill(typed))
    }

    /// Chooses in the select, radio group or checkbox group with this label, in place of what was chosen: labels or values of
    /// options; for people, roles and channels their names or ids.
    ///
    /// # Panics
    ///
    /// When there is no such field or option.
    pub fn choose(self, label: &str, wanted: &[&str]) -> Self {
        expect(self.try_choose(label, wanted))
    }

    /// Chooses in the field with this label, as [`ModalForm::choose`] does, if that is possible.
    ///
    /// # Errors
    ///
    /// When there is no such field or option.
    pub fn try_choose(self, label: &str, wanted: &[&str]) -> Result<Self, Unavailable> {
        let discord = self.person.discord.clone();
        let component =
            self.fields.iter().find(|field| field.label == label).map(|field| field.component.clone());
        let values = discord.with(|state| {
            let guild = state.interactions.get(self.opened_by).and_then(|session| session.origin.guild);
            let Some(component) = component else { return Ok(Vec::new()) };
            pick(state, guild, &component, wanted, &mut Chosen::default())
        });
        let values = values.map_err(|why| Unavailable(format!("{label}: {why}")))?;
        self.with(label, |field| field.choose(values))
    }

    /// Ticks or clears the checkbox with this label.
    ///
    /// # Panics
    ///
    /// When there is no such checkbox.
    pub fn check(self, label: &str, ticked: bool) -> Self {
        expect(self.try_check(label, ticked))
    }

    /// Ticks or clears the checkbox with this label, if there is one.
    ///
    /// # Errors
    ///
    /// When there is no such checkbox.
    pub fn try_check(self, label: &str, ticked: bool) -> Result<Self, Unavailable> {
        self.with(label, |field| field.check(ticked))
    }

    /// Sends it. The form stays as it is, so it can be sent again, as people do when nothing seems to happen.
    ///
    /// # Panics
    ///
    /// When the client wouldn't send it: a required field is empty, a text too long, too many chosen.
    pub async fn submit(&self) -> Reply {
        expect(self.try_submit().await)
    }

    /// Sends it, if the client lets them.
    ///
    /// # Errors
    ///
    /// When a required field is empty, a text too long or short, or too many or few are chosen.
    pub async fn try_submit(&self) -> Result<Reply, Unavailable> {
        for field in &self.fields {
            field
                .check_as_client()
                .map_err(|why| Unavailable(format!("{}: {}: {why}", self.title(), field.label)))?;
        }
        let act = self.person.discord.with(|state| self.act(state))?;
        Ok(self.person.act(act).await)
    }

    fn with(
        mut self,
        label: &str,
        change: impl FnOnce(&mut Field) -> Result<(), String>,
    ) -> Result<Self, Unavailable> {
        let known = self.labels().join(", ");
        let title = self.title().to_owned();
        match self.fields.iter_mut().find(|field| field.label == label) {
            Some(field) => change(field).map_err(|why| Unavailable(format!("{title}: {label}: {why}")))?,
            None => return unavailable(format!("{title}: there is no field {label}; there are: {known}")),
        }
        Ok(self)
    }

    fn act(&self, state: &State) -> Result<Act, Unavailable> {
        let Some(opener) = state.interactions.get(self.opened_by) else {
            return unavailable("nothing opened this form");
        };
        let origin: Origin = opener.origin.clone();
        let mut fields = self.fields.iter();
        let components: Vec<Value> = list(&self.modal, "components")
            .iter()
            .map(|component| match type_of(component) {
                kind::LABEL => json!({ "type": kind::LABEL, "id": component["id"], "component": fields.next().map(Field::submitted) }),
                other => json!({ "type": other, "id": component["id"] }),
            })
            .collect();
        let mut data = json!({ "custom_id": self.modal["custom_id"], "components": components });
        let mut chosen = Chosen::default();
        self.fields.iter().for_each(|field| field.resolve(state, &mut chosen));
        if let Some(resolved) = chosen.json(state, origin.guild, self.person.id) {
            data["resolved"] = resolved;
        }
        let about = format!("the form {}", self.title());
        Ok(Act { kind: Kind::ModalSubmit, origin, data, about, opened_by: Some(self.opened_by) })
    }
}
