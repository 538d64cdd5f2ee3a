//! The form that has an event come again.

use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    parts::{Input, field},
};
use crate::{
    domain::{
        id::EventId,
        recurrence::{Times, Weeks},
        refusal::Field,
        zone::Zone,
    },
    view::{
        custom_id::Form,
        field::{DATES, EVERY, UNTIL, label},
    },
};

/// The form, opened by that interaction. Times are typed in `zone`.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, event: EventId, zone: &Zone, filled: &Draft) -> Modal {
    let every = Input { max: 20, required: false, ..Input::line(EVERY) };
    let until = Input { placeholder: "10", required: false, ..Input::line(UNTIL) };
    let dates = Input { placeholder: "2026-12-05 20:00", ..Input::lines(DATES, 2_000) };
    let fields = [
        field(
            label(Field::Every),
            &format!(
                "{} to {}, on the same day and at the same time in {zone}.",
                Weeks::MIN.get(),
                Weeks::MAX.get()
            ),
            every.filled(filled),
        ),
        field(
            label(Field::Until),
            &format!(
                "How many more times, or the last day, such as 2027-06-30. {} times at most.",
                Times::MAX.get()
            ),
            until.filled(filled),
        ),
        field(
            label(Field::Dates),
            &format!("One a line, in {zone}, instead of weeks: 2026-12-05 20:00."),
            dates.filled(filled),
        ),
    ];
    Modal::new(Form::EventRepeat(event).opened_by(opened), "Repeat the event", fields)
}

/// What stands in it at first: every week.
#[must_use]
pub fn filled() -> Draft {
    Draft::default().with_text(EVERY, Weeks::MIN.get().to_string())
}
