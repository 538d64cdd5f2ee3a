//! The form of what somebody says about their racing.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::{rating::IRating, refusal::Field},
    view::{
        custom_id::Form,
        field::{RATING, label},
    },
};

/// The form, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, filled: &Draft) -> Modal {
    Modal::new(
        Form::Profile.opened_by(opened),
        "Your racing profile",
        [field(
            label(Field::Rating),
            "0 to 12000, such as 2450. Crews are balanced by it. Empty: not given.",
            Input { required: false, max: 6, ..Input::line(RATING) }.filled(filled),
        )],
    )
}

/// What stands in the form at first.
#[must_use]
pub fn filled(rating: Option<IRating>) -> Draft {
    Draft::default().with(RATING, rating.map(|rating| rating.to_string()))
}
