//! The form of `/club setup`.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field, text_channel},
};
use crate::{
    domain::refusal::Field,
    view::{
        custom_id::Form,
        field::{NAME, ORGANISER_CHANNEL, ZONE, label},
    },
};

/// The form, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, filled: &Draft) -> Modal {
    let zone = Input { placeholder: "Europe/Berlin", ..Input::line(ZONE) };
    Modal::new(
        Form::ClubSetup.opened_by(opened),
        "Set up your club",
        [
            field(label(Field::Name), "What the club is called.", Input::line(NAME).filled(filled)),
            field(
                label(Field::Zone),
                "Where your people type times: a name such as Europe/Berlin.",
                zone.filled(filled),
            ),
            field(
                "Organiser channel",
                "Questions for the organisers go there. Without it they wait in /club panel.",
                text_channel(ORGANISER_CHANNEL, filled),
            ),
        ],
    )
}

/// What stands in the form at first: the server's name, if it is known.
#[must_use]
pub fn filled(guild: Option<&str>) -> Draft {
    guild.map_or_else(Draft::default, |guild| Draft::default().with_text(NAME, guild))
}
