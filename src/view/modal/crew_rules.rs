//! The form of what proposed crews have to keep to.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::{crew::DraftRules, id::EventId, refusal::Field},
    view::{
        custom_id::Form,
        field::{AWAKE, CREW_LIMIT, CREW_MAX, CREW_MIN, label},
    },
};

/// The form, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, event: EventId, filled: &Draft) -> Modal {
    let number = |id| Input { max: 3, ..Input::line(id) };
    Modal::new(
        Form::CrewRules(event).opened_by(opened),
        "Rules for the crews",
        [
            field(
                label(Field::CrewMin),
                "1 to 16. Teams that there are already count too.",
                number(CREW_MIN).filled(filled),
            ),
            field(label(Field::CrewMax), "Up to 16.", number(CREW_MAX).filled(filled)),
            field(
                label(Field::Awake),
                "How many of a crew have to be able to drive in each hour of the race.",
                number(AWAKE).filled(filled),
            ),
            field(
                label(Field::CrewLimit),
                "Such as the cars that the series lets in. Empty: any number.",
                Input { required: false, ..number(CREW_LIMIT) }.filled(filled),
            ),
        ],
    )
}

/// What stands in the form at first: the rules as they are.
#[must_use]
pub fn filled(rules: DraftRules) -> Draft {
    Draft::default()
        .with_text(CREW_MIN, rules.min.to_string())
        .with_text(CREW_MAX, rules.max.to_string())
        .with_text(AWAKE, rules.awake.to_string())
        .with(CREW_LIMIT, rules.limit.map(|limit| limit.to_string()))
}
