//! The form of a team.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::{id::TeamId, refusal::Field, team::Team},
    view::{
        custom_id::Form,
        field::{CAR, NAME, NUMBER, label},
    },
};

/// The form of a team that stood at `revision` when it was opened.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, (team, revision): (TeamId, u64), filled: &Draft) -> Modal {
    Modal::new(
        Form::Team { revision, team }.opened_by(opened),
        "A team of the event",
        [
            field(
                label(Field::Name),
                "Its thread and its role are called that, too.",
                Input { max: 50, ..Input::line(NAME) }.filled(filled),
            ),
            field(
                label(Field::Number),
                "One to three digits, kept throughout the series. Empty: not settled.",
                Input { required: false, max: 5, ..Input::line(NUMBER) }.filled(filled),
            ),
            field(
                label(Field::Car),
                "Empty: not settled.",
                Input { required: false, max: 60, ..Input::line(CAR) }.filled(filled),
            ),
        ],
    )
}

/// What stands in the form at first: the team as it is.
#[must_use]
pub fn filled(team: &Team) -> Draft {
    Draft::default()
        .with_text(NAME, team.name.as_str())
        .with(NUMBER, team.number.as_ref().map(|number| number.as_str().to_owned()))
        .with(CAR, team.car.as_ref().map(ToString::to_string))
}
