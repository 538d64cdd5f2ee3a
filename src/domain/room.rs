//! Practice rooms: which stand, and until when.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;

use super::{
    id::{EventId, TeamId},
    settings::TeamSettings,
    team::Teams,
};

/// How long a room stands that somebody opened, and how much longer once it is extended.
pub const LEASE: Duration = Duration::from_secs(3 * 3_600);
/// How long before it closes its people are asked whether they want it longer.
pub const ASK_AHEAD: Duration = Duration::from_secs(15 * 60);

/// Whose a practice room is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RoomOf {
    /// Everybody's in the event.
    Event(EventId),
    /// A team's.
    Team(TeamId),
}

/// What somebody decided about a room.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lease {
    /// It is closed until somebody opens it.
    Closed,
    /// It is open until then.
    Until(Timestamp),
}

/// What was decided about an event's rooms.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Leases(pub BTreeMap<RoomOf, Lease>);

/// Until when a room stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Standing {
    /// For as long as its event isn't put away.
    Event,
    /// Until then, unless somebody extends it.
    Lease(Timestamp),
}

impl Leases {
    /// Until when a room of an event stands at `now`; `None` where it doesn't. `settled` are the teams that are final.
    #[must_use]
    pub fn standing(
        &self,
        room: RoomOf,
        settings: &TeamSettings,
        settled: &Teams,
        now: Timestamp,
    ) -> Option<Standing> {
        let (is_wanted, has_team) = match room {
            RoomOf::Event(_) => {
                (settings.practice.of_event(), settled.all().iter().any(|team| team.is_final()))
            }
            RoomOf::Team(team) => {
                (settings.practice.of_teams(), settled.get(team).is_some_and(|team| team.is_final()))
            }
        };
        match self.0.get(&room) {
            _ if !is_wanted => None,
            Some(Lease::Closed) => None,
            Some(Lease::Until(until)) => (now < *until).then_some(Standing::Lease(*until)),
            None => (settings.practice_at_finalize && has_team).then_some(Standing::Event),
        }
    }

    /// Until when a room stands that is opened or extended now.
    #[must_use]
    pub fn extended(now: Timestamp) -> Timestamp {
        now.saturating_add(LEASE).unwrap_or(Timestamp::MAX)
    }

    /// When a room's people are asked, or it closes, after `now`.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.0.values().filter_map(|lease| match lease {
            Lease::Closed => None,
            Lease::Until(until) => Some(*until),
        });
        until.flat_map(|until| [asks_at(until), until]).filter(|at| *at > now).min()
    }
}

/// When a room's people are asked whether they want it longer than until then.
#[must_use]
pub fn asks_at(until: Timestamp) -> Timestamp {
    until.saturating_sub(ASK_AHEAD).unwrap_or(until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::Practice;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(minutes * 60).unwrap_or(Timestamp::MAX)
    }

    #[test]
    fn a_room_stands_as_its_lease_and_the_settings_say() {
        let event = RoomOf::Event(EventId::new(uuid::Uuid::from_u128(1)));
        let settings = TeamSettings { practice: Practice::Event, ..TeamSettings::default() };
        let none = Teams::default();
        let mut leases = Leases::default();
        assert_eq!(leases.standing(event, &settings, &none, at(0)), None, "no team is settled");
        let until = Leases::extended(at(0));
        assert_eq!(until, at(180));
        leases.0.insert(event, Lease::Until(until));
        assert_eq!(leases.standing(event, &settings, &none, at(179)), Some(Standing::Lease(until)));
        assert_eq!(leases.standing(event, &settings, &none, at(180)), None);
        assert_eq!(leases.next_change(at(0)), Some(at(165)));
        assert_eq!(leases.next_change(at(165)), Some(at(180)));
        assert_eq!(leases.next_change(at(180)), None);
        let off = TeamSettings { practice: Practice::Team, ..settings };
        assert_eq!(leases.standing(event, &off, &none, at(1)), None);
        leases.0.insert(event, Lease::Closed);
        assert_eq!(leases.standing(event, &settings, &none, at(1)), None);
    }
}
