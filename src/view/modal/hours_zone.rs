//! The form of the zone that somebody lives in, on their way to an event's hours.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::{id::EventId, refusal::Field},
    view::{
        custom_id::Form,
        field::{ZONE, label},
    },
};

/// The form, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, event: EventId, filled: &Draft) -> Modal {
    Modal::new(
        Form::HoursZone(event).opened_by(opened),
        "Your time zone",
        [field(
            label(Field::Zone),
            "A name such as Pacific/Auckland; a city alone gets a suggestion.",
            Input::line(ZONE).filled(filled),
        )],
    )
}
