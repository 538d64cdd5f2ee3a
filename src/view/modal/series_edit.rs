//! The forms that change a series: what it is called and where its channels stand, and what its events are like.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    event_create::classes_of,
    parts::{Input, category, field},
};
use crate::{
    domain::{club::Series, id::SeriesId, refusal::Field, reminder::Offsets},
    view::{
        custom_id::Form,
        field::{CATEGORY, CLASSES, LENGTH, NAME, PATTERN, REMINDERS, RULES, label},
    },
};

/// The form of its name and category, opened by that interaction.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, series: SeriesId, filled: &Draft) -> Modal {
    let fields = [
        field(label(Field::Name), "", Input::line(NAME).filled(filled)),
        field(
            label(Field::Category),
            "One of yours to use instead. Channels move there; a category left behind stays as it is.",
            category(CATEGORY, filled),
        ),
    ];
    Modal::new(Form::SeriesEdit(series).opened_by(opened), "Edit the series", fields)
}

/// What stands in it at first.
#[must_use]
pub fn filled(series: &Series) -> Draft {
    Draft::default()
        .with_text(NAME, series.name.as_str())
        .with(CATEGORY, series.adopted_category.map(|category| category.to_string()))
}

/// The form of what its events are like, opened by that interaction.
#[must_use]
pub fn defaults_modal(opened: Id<InteractionMarker>, series: SeriesId, filled: &Draft) -> Modal {
    let optional = |id| Input { required: false, ..Input::line(id) };
    let reminders =
        format!("Before the start, such as 24h, 1h; {} at most. Left empty: as the club's.", Offsets::MOST);
    let fields = [
        field(
            label(Field::Classes),
            "One a line, with its places: GT3 x 20. It stands in the form of a new event.",
            Input::lines(CLASSES, 1_000).filled(filled),
        ),
        field(label(Field::Length), "Such as 24h, 2h40 or 2:40.", optional(LENGTH).filled(filled)),
        field(
            label(Field::Pattern),
            "From {series}, {event}, {track}, {date} and {time}. Left empty: as the club's.",
            optional(PATTERN).filled(filled),
        ),
        field(label(Field::Reminders), &reminders, optional(REMINDERS).filled(filled)),
        field(
            label(Field::Rules),
            "The description of each new event.",
            Input::lines(RULES, 1_000).filled(filled),
        ),
    ];
    Modal::new(Form::SeriesDefaults(series).opened_by(opened), "Defaults of the series", fields)
}

/// What stands in it at first.
#[must_use]
pub fn defaults_filled(series: &Series) -> Draft {
    let defaults = &series.defaults;
    let text = |said: Option<String>| said.unwrap_or_default();
    Draft::default()
        .with_text(CLASSES, classes_of(&defaults.blueprint))
        .with_text(LENGTH, text(defaults.blueprint.length.map(|length| length.to_string())))
        .with_text(PATTERN, text(defaults.pattern.as_ref().map(ToString::to_string)))
        .with_text(REMINDERS, text(defaults.reminders.as_ref().map(ToString::to_string)))
        .with_text(RULES, text(defaults.blueprint.description.as_ref().map(ToString::to_string)))
}
