//! The form of the terms of an event's sheet.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field, roles},
};
use crate::{
    domain::{
        event::Event,
        id::EventId,
        refusal::Field,
        terms::{Cutoff, MAX_ROLES},
    },
    view::{
        custom_id::Form,
        field::{CUTOFF, LIMIT, MINIMUM, REQUIREMENTS, ROLES, label},
    },
};

/// The form, opened by that interaction, for an event that stood at `revision` then.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, (event, revision): (EventId, u64), filled: &Draft) -> Modal {
    Modal::new(
        Form::EventTerms { event, revision }.opened_by(opened),
        "Terms of the sign-up",
        [
            field(
                label(Field::Limit),
                "How many may be in altogether, 1 to 500. Empty: as many as the classes take.",
                Input { required: false, max: 5, ..Input::line(LIMIT) }.filled(filled),
            ),
            field(
                label(Field::Minimum),
                "How many the race needs; the card tells how many are missing. Empty: any number.",
                Input { required: false, max: 5, ..Input::line(MINIMUM) }.filled(filled),
            ),
            field(
                label(Field::Cutoff),
                "How long before the start sign-ups close, such as 2h. Empty: at the start.",
                Input { required: false, max: 20, ..Input::line(CUTOFF) }.filled(filled),
            ),
            field(
                label(Field::Requirements),
                "In words, for everybody to read.",
                Input { required: false, ..Input::lines(REQUIREMENTS, 300) }.filled(filled),
            ),
            field(
                label(Field::Roles),
                "One of them is needed to sign up. None: everybody may.",
                roles(ROLES, MAX_ROLES, filled),
            ),
        ],
    )
}

/// What stands in the form at first: the terms as they are.
#[must_use]
pub fn filled(event: &Event) -> Draft {
    let terms = &event.terms;
    let number =
        |number: Option<crate::domain::class_list::Capacity>| number.map(|number| number.to_string());
    Draft::default()
        .with(LIMIT, number(terms.limit))
        .with(MINIMUM, number(terms.minimum))
        .with(CUTOFF, (terms.cutoff != Cutoff::default()).then(|| terms.cutoff.to_string()))
        .with(REQUIREMENTS, terms.requirements.as_ref().map(ToString::to_string))
        .with(ROLES, terms.roles.iter().map(ToString::to_string))
}
