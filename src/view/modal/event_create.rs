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
    domain::{
        blueprint::Blueprint,
        id::{SeriesId, TemplateId},
        name::{EventName, TrackName},
        refusal::Field,
        zone::Zone,
    },
    view::{
        custom_id::Form,
        field::{CLASSES, DESCRIPTION, LENGTH, NAME, START, label},
    },
};

/// What a form that creates an event is for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Place {
    /// The series of the event; with a template, instead of the template's.
    pub series: Option<SeriesId>,
    /// The template that it is made from.
    pub template: Option<TemplateId>,
    /// The track; with a template, instead of the template's.
    pub track: Option<TrackName>,
}

/// The form, opened by that interaction, for an event there. Times are typed in `zone`.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, place: Place, zone: &Zone, filled: &Draft) -> Modal {
    let form = match place {
        Place { series, template: None, track } => Form::EventCreate { series, track },
        Place { series, template: Some(template), track } => {
            Form::EventFromTemplate { series, template, track }
        }
    };
    Modal::new(form.opened_by(opened), "Create an event", fields(zone, filled))
}

/// What stands in the form at first: what the blueprint says, under that name.
#[must_use]
pub fn filled(blueprint: &Blueprint, name: Option<&EventName>) -> Draft {
    let length = blueprint.length.map(|length| length.to_string());
    let description = blueprint.description.as_ref().map(ToString::to_string);
    Draft::default()
        .with_text(NAME, name.map(ToString::to_string).unwrap_or_default())
        .with_text(LENGTH, length.unwrap_or_default())
        .with_text(CLASSES, classes_of(blueprint))
        .with_text(DESCRIPTION, description.unwrap_or_default())
}

/// The classes of a blueprint as they are typed.
pub(super) fn classes_of(blueprint: &Blueprint) -> String {
    blueprint.classes().map(|classes| classes.to_string()).unwrap_or_default()
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
