//! How a sign-up sheet stood at an instant: what an event's channel is told now and then.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    event::Event,
    id::ClassId,
    settings::{ClubSettings, Updates},
    signup::{Sheet, SignupState},
};

/// How a sheet stood.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Snapshot {
    /// When.
    pub at: Timestamp,
    /// Its classes, in the event's order.
    pub classes: Vec<ClassCount>,
    /// How many had a place.
    pub coming: usize,
    /// How many of the club's people with a Discord account had said nothing.
    pub silent: u64,
    /// How many might have come.
    pub tentative: usize,
}

/// How a class stood.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ClassCount {
    /// Which one.
    pub class: ClassId,
    /// How many had a place in it.
    pub coming: usize,
    /// How many places were left in it; `None` without a cap.
    pub left: Option<usize>,
    /// How many waited for one.
    pub waiting: usize,
}

impl Snapshot {
    /// How `sheet` stands at `now`, while `silent` of the club's people haven't said anything.
    #[must_use]
    pub fn of(event: &Event, sheet: &Sheet, silent: u64, now: Timestamp) -> Self {
        let classes = event.classes.iter().map(|class| ClassCount {
            class: class.id,
            coming: sheet.drivers(class.id).count(),
            left: sheet.places_left(event, class),
            waiting: sheet.in_state(class.id, SignupState::Waiting).count(),
        });
        Self {
            at: now,
            classes: classes.collect(),
            coming: sheet.everybody_in().count(),
            silent,
            tentative: sheet.count(SignupState::Tentative),
        }
    }

    /// Whether another one is due at `now`, after the one of `before`: once for each of the club's periods before the start that has
    /// begun since the event was created.
    #[must_use]
    pub fn is_due(event: &Event, settings: &ClubSettings, before: Option<Timestamp>, now: Timestamp) -> bool {
        let Updates::Every(period) = settings.updates else { return false };
        if event.is_cancelled() || !event.channels_wanted || !settings.discord_integration_enabled {
            return false;
        }
        let begun = period.around(event.start, now).map(|(begun, _)| begun);
        begun.is_some_and(|begun| begun > event.created_at && before.is_none_or(|before| before < begun))
    }

    /// When another one may be due after `now`.
    #[must_use]
    pub fn next(event: &Event, settings: &ClubSettings, now: Timestamp) -> Option<Timestamp> {
        let Updates::Every(period) = settings.updates else { return None };
        period.around(event.start, now).and_then(|(_, next)| next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::testing::{at, event};

    #[test]
    fn one_is_due_for_each_period_that_begins() {
        let (mut event, mut settings) = (event("GT3 x 2"), ClubSettings::default());
        event.created_at = at("2026-12-03T12:00:00Z");
        let due = |event: &Event, settings: &ClubSettings, before: Option<&str>, now| {
            Snapshot::is_due(event, settings, before.map(at), at(now))
        };
        assert!(!due(&event, &settings, None, "2026-12-03T12:59:00Z"), "the period began before the event");
        assert!(due(&event, &settings, None, "2026-12-03T13:00:00Z"));
        assert!(!due(&event, &settings, Some("2026-12-03T13:00:00Z"), "2026-12-04T12:59:00Z"));
        assert!(due(&event, &settings, Some("2026-12-03T13:00:00Z"), "2026-12-04T13:00:00Z"));
        assert!(!due(&event, &settings, None, "2026-12-05T13:00:00Z"), "the race is on");
        settings.discord_integration_enabled = false;
        assert!(!due(&event, &settings, None, "2026-12-04T13:00:00Z"));
        settings = ClubSettings { updates: Updates::Off, ..ClubSettings::default() };
        assert!(!due(&event, &settings, None, "2026-12-04T13:00:00Z"));
        assert_eq!(Snapshot::next(&event, &settings, at("2026-12-03T12:00:00Z")), None);
    }
}
