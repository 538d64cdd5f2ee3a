//! The form of one class of an event.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field, roles},
};
use crate::{
    domain::{
        car_list,
        event::Class,
        id::{ClassId, EventId},
        refusal::Field,
        terms::MAX_ROLES,
    },
    view::{
        custom_id::Form,
        field::{CARS, NAME, PLACES, ROLES, label},
    },
};

/// The most characters of a class's cars.
const MAX_CARS: u16 = 3_200;

/// Which class a form is about, and how its event stood when it was opened.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The class.
    pub class: ClassId,
    /// Its event.
    pub event: EventId,
    /// The event's revision.
    pub revision: u64,
}

/// The form, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, about: About, filled: &Draft) -> Modal {
    let About { class, event, revision } = about;
    Modal::new(
        Form::EventClass { class, event, revision }.opened_by(opened),
        "A class of the event",
        [
            field(
                label(Field::Name),
                "Only an event's sole class may have none.",
                Input { required: false, max: 30, ..Input::line(NAME) }.filled(filled),
            ),
            field(
                label(Field::Places),
                "1 to 500. Empty: no limit. Nobody loses a place when there are fewer.",
                Input { required: false, max: 5, ..Input::line(PLACES) }.filled(filled),
            ),
            field(
                label(Field::Cars),
                "One a line, for people to choose from. Empty: they drive what they like.",
                Input { required: false, ..Input::lines(CARS, MAX_CARS) }.filled(filled),
            ),
            field(
                label(Field::Roles),
                "One of them is needed to sign up in this class. None: everybody may.",
                roles(ROLES, MAX_ROLES, filled),
            ),
        ],
    )
}

/// What stands in the form at first: the class as it is.
#[must_use]
pub fn filled(class: &Class) -> Draft {
    Draft::default()
        .with(NAME, class.name.as_ref().map(ToString::to_string))
        .with(PLACES, class.capacity.map(|places| places.to_string()))
        .with_text(CARS, car_list::lines(&class.cars))
        .with(ROLES, class.roles.iter().map(ToString::to_string))
}
