//! The form of `/series create`.

use twilight_model::id::{
    Id,
    marker::{ChannelMarker, InteractionMarker},
};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::refusal::Field,
    view::{
        custom_id::Form,
        field::{NAME, label},
    },
};

/// The form, opened by that interaction; the series adopts `category`, if there is one.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, category: Option<Id<ChannelMarker>>, filled: &Draft) -> Modal {
    let what = match category {
        Some(_) => "Its events get their channels in the category that you chose.",
        None => "Its events get their channels in a category of this name.",
    };
    let name = Input { placeholder: "Winter Endurance Cup", ..Input::line(NAME) };
    Modal::new(
        Form::SeriesCreate { category }.opened_by(opened),
        "Create a series",
        [field(label(Field::Name), what, name.filled(filled))],
    )
}
