//! The forms that keep an event as a template, and rename one.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, checkbox, field},
};
use crate::{
    domain::{
        id::{EventId, TemplateId},
        refusal::Field,
    },
    view::{
        custom_id::Form,
        field::{NAME, REPLACE, label},
    },
};

/// The form that keeps an event, opened by that interaction.
#[must_use]
pub fn save(opened: Id<InteractionMarker>, event: EventId, filled: &Draft) -> Modal {
    let fields = [
        field(label(Field::Name), "", Input::line(NAME).filled(filled)),
        field(
            "Replace it",
            "If the club has a template of that name, it becomes like this event.",
            checkbox(REPLACE, filled),
        ),
    ];
    Modal::new(Form::TemplateSave(event).opened_by(opened), "Save as template", fields)
}

/// The form that renames a template, opened by that interaction.
#[must_use]
pub fn rename(opened: Id<InteractionMarker>, template: TemplateId, filled: &Draft) -> Modal {
    let name = field(label(Field::Name), "", Input::line(NAME).filled(filled));
    Modal::new(Form::TemplateRename(template).opened_by(opened), "Rename the template", [name])
}
