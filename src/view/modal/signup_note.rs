//! The form of what somebody adds to their sign-up.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::{id::EventId, refusal::Field},
    view::{
        custom_id::Form,
        field::{NOTE, label},
    },
};

/// The form, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, event: EventId, filled: &Draft) -> Modal {
    Modal::new(
        Form::SignupNote(event).opened_by(opened),
        "Your note",
        [field(
            label(Field::Note),
            "Everybody can read it in the full list. Empty takes it away.",
            Input { required: false, max: 150, ..Input::line(NOTE) }.filled(filled),
        )],
    )
}
