//! The form that makes a copy of an event.

use jiff::{Timestamp, ToSpan as _};
use twilight_model::id::{Id, marker::InteractionMarker};

use super::{
    Draft, Modal,
    event_create::{fields, filled as filled_from},
};
use crate::{
    domain::{blueprint::Blueprint, event::Event, id::EventId, local_time, zone::Zone},
    view::{custom_id::Form, field::START},
};

/// The form, opened by that interaction. Times are typed in `zone`.
#[must_use]
pub fn modal(opened: Id<InteractionMarker>, event: EventId, zone: &Zone, filled: &Draft) -> Modal {
    Modal::new(Form::EventDuplicate(event).opened_by(opened), "Duplicate the event", fields(zone, filled))
}

/// What stands in it at first: the event, a week later by the clocks of `zone`; for one that is long over, in the first such week
/// ahead of `now`.
#[must_use]
pub fn filled(event: &Event, zone: &Zone, now: Timestamp) -> Draft {
    let local = event.start.to_zoned(zone.time_zone().clone());
    let later = |weeks: i64| local.checked_add(weeks.weeks()).map(|later| later.timestamp());
    let since = now.duration_since(event.start).as_hours().max(0) / (7 * 24);
    let start = [since, since.saturating_add(1), since.saturating_add(2)]
        .into_iter()
        .filter(|weeks| *weeks > 0)
        .filter_map(|weeks| later(weeks).ok())
        .find(|start| *start > now);
    let start = start.map(|start| local_time::format(start, zone)).unwrap_or_default();
    filled_from(&Blueprint::of(event), Some(&event.name)).with_text(START, start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::testing::{at, club, event};

    #[test]
    fn the_copy_starts_a_week_later_by_the_clock() {
        let (mut event, zone) = (event("2"), club().zone);
        let start = |event: &Event, now: &str| filled(event, &zone, at(now)).text(START).to_owned();
        assert_eq!(start(&event, "2026-12-01T12:00:00Z"), "2026-12-12 14:00");
        assert_eq!(start(&event, "2026-12-12T13:00:00Z"), "2026-12-19 14:00");
        assert_eq!(start(&event, "2027-06-01T12:00:00Z"), "2027-06-05 14:00");
        event.start = at("2027-03-21T13:00:00Z");
        assert_eq!(start(&event, "2026-12-01T12:00:00Z"), "2027-03-28 14:00");
    }
}
