//! The form of `/event create`.

use twilight_model::{
    channel::message::Component,
    id::{Id, marker::InteractionMarker},
};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::{id::SeriesId, name::TrackName, refusal::Field, zone::Zone},
    view::{
        custom_id::Form,
        field::{CLASSES, DESCRIPTION, LENGTH, NAME, START, label},
    },
};

/// The form, opened by that interaction, for an event of `series` on `track`. Times are typed in `zone`.
#[must_use]
pub fn modal(
    opened: Id<InteractionMarker>,
    (series, track): (Option<SeriesId>, Option<TrackName>),
    zone: &Zone,
    filled: &Draft,
) -> Modal {
    Modal::new(Form::EventCreate { series, track }.opened_by(opened), "Create an event", fields(zone, filled))
}

/// The fields of an event.
pub(super) fn fields(zone: &Zone, filled: &Draft) -> [Component; 5] {
    let name = Input { placeholder: "Spa 24 Hours", ..Input::line(NAME) };
    let length = Input { placeholder: "24h", ..Input::line(LENGTH) };
    let classes = Input { placeholder: "GT3 x 20", ..Input::lines(CLASSES, 1_000) };
    let description = Input::lines(DESCRIPTION, 1_000);
    [
        field(label(Field::Name), "", name.filled(filled)),
        field(
            label(Field::Start),
            &format!("In {zone}, e.g. 2026-12-05 14:00 or Sat 14:00."),
            Input::line(START).filled(filled),
        ),
        field(label(Field::Length), "Such as 24h, 2h40 or 2:40.", length.filled(filled)),
        field(
            label(Field::Classes),
            "One a line, with its places: GT3 x 20. Left empty: one class without a limit.",
            classes.filled(filled),
        ),
        field(label(Field::Description), "", description.filled(filled)),
    ]
}
