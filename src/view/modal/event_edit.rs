//! The form that edits an event.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{Draft, Modal, event_create::fields};
use crate::{
    domain::{
        class_list::Classes,
        event::{Class, Event},
        id::EventId,
        local_time,
        zone::Zone,
    },
    view::{
        custom_id::Form,
        field::{CLASSES, DESCRIPTION, LENGTH, NAME, START},
    },
};

/// The form, opened by that interaction, for an event that stood at `revision` then. Times are typed in `zone`.
#[must_use]
pub fn modal(
    opened: Id<InteractionMarker>,
    (event, revision): (EventId, u64),
    zone: &Zone,
    filled: &Draft,
) -> Modal {
    Modal::new(Form::EventEdit { event, revision }.opened_by(opened), "Edit the event", fields(zone, filled))
}

/// What stands in the form at first: the event as it is, so that sending it unchanged changes nothing.
#[must_use]
pub fn filled(event: &Event, zone: &Zone) -> Draft {
    Draft::default()
        .with_text(NAME, event.name.as_str())
        .with_text(START, local_time::format(event.start, zone))
        .with_text(LENGTH, event.length.to_string())
        .with_text(CLASSES, classes(&event.classes))
        .with_text(DESCRIPTION, event.description.as_str())
}

fn classes(classes: &[Class]) -> String {
    let lines: Vec<String> = classes.iter().map(class).collect();
    lines.join("\n")
}

fn class(class: &Class) -> String {
    match (&class.name, class.capacity) {
        (None, None) => String::new(),
        (None, Some(places)) => places.to_string(),
        (Some(name), Some(places)) => format!("{name} x {places}"),
        (Some(name), None) if is_only_a_name(name.as_str()) => name.to_string(),
        (Some(name), None) => format!("{name} x any"),
    }
}

/// Whether the text would be read as a class of that name without a limit: "Porsche 911" wouldn't.
fn is_only_a_name(text: &str) -> bool {
    Classes::parse(text).is_ok_and(|classes| match classes.as_slice() {
        [class] => class.capacity.is_none() && class.name.as_ref().is_some_and(|name| name.as_str() == text),
        _ => false,
    })
}
