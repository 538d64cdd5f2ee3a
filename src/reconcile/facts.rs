//! What the database says about an owner, as one consistent reading.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, UserMarker},
};

use super::{
    binding::{Binding, Bindings, Shelves},
    slot::{Shelf, Slot},
};
use crate::{
    domain::{
        club::{Club, Series},
        event::Event,
        id::{TeamId, UserId},
        name::TeamName,
        panel::Question,
        reminder::Offsets,
        room::Leases,
        settings::{MOST_ROLES, Updates},
        signup::{Concerned, Sheet},
        team::{Invitation, Left, Teams},
    },
    store::event_notices::Notices,
    view::board::Entry,
};

mod advance;
mod load;
mod snapshot;
#[cfg(test)]
mod tests;

/// Everything that decides what an owner should have.
#[derive(Clone, Debug)]
pub enum Facts {
    /// An event's.
    Event(Box<EventFacts>),
    /// A guild's.
    Guild(Box<GuildFacts>),
    /// A series'.
    Series(Box<SeriesFacts>),
}

/// What decides what an event should have.
#[derive(Clone, Debug)]
pub struct EventFacts {
    /// What it has.
    pub bindings: Bindings,
    /// The bot's account, which every restricting overwrite set admits.
    pub bot: Id<UserMarker>,
    /// Its club.
    pub club: Club,
    /// The event.
    pub event: Event,
    /// What its channel was told, beyond what is said once.
    pub notices: Notices,
    /// Its series.
    pub series: Option<Series>,
    /// Who signed up.
    pub sheet: Sheet,
    /// The categories that its channels may stand in.
    pub shelves: Shelves,
    /// Who was asked to join one of its teams.
    pub invitations: Vec<Invitation>,
    /// Those of its teams' people who gave their place up, or are gone from the server.
    pub left: Vec<Left>,
    /// Who could step in for those who left, by team, the best first.
    pub stand_ins: HashMap<TeamId, Vec<Id<UserMarker>>>,
    /// What was decided about its practice rooms.
    pub rooms: Leases,
    /// Its teams, with those of their people who are there.
    pub teams: Teams,
    /// Those on its sheet who don't want to be reminded.
    pub unreminded: HashSet<UserId>,
}

/// What decides what a guild should have.
#[derive(Clone, Debug)]
pub struct GuildFacts {
    /// What it has.
    pub bindings: Bindings,
    /// What stands on the board of coming events, where the club has one.
    pub board: Option<BoardFacts>,
    /// The club that is bound to it.
    pub club: Club,
    /// The questions that wait for its organisers.
    pub questions: Vec<Question>,
    /// The teams of its events of no series.
    pub roles: RoleFacts,
}

/// What a board of coming events shows.
#[derive(Clone, Debug)]
pub struct BoardFacts {
    /// How many events are coming.
    pub all: usize,
    /// The channel that the board stands in.
    pub channel: Id<ChannelMarker>,
    /// The first of them, in order of start: as many as a board has room for.
    pub entries: Vec<Entry>,
}

/// What decides what a series should have.
#[derive(Clone, Debug)]
pub struct SeriesFacts {
    /// What it has.
    pub bindings: Bindings,
    /// Its club.
    pub club: Club,
    /// The teams of its events.
    pub roles: RoleFacts,
    /// The series.
    pub series: Series,
}

/// What decides which roles stand for teams.
#[derive(Clone, Debug, Default)]
pub struct RoleFacts {
    /// How many roles the server was last seen to have, where that is known.
    pub in_server: Option<usize>,
    /// The settled teams of the owner's events, those of the event that starts first first.
    pub teams: Vec<RoleTeam>,
}

/// A settled team.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RoleTeam {
    /// Its identifier.
    pub id: TeamId,
    /// Its name.
    pub name: TeamName,
    /// Its people who are there.
    pub people: Vec<Id<UserMarker>>,
    /// Until when it needs its role.
    pub until: Timestamp,
}

impl RoleFacts {
    /// How many more roles there is room for, where that is known.
    #[must_use]
    pub fn room(&self) -> Option<usize> {
        self.in_server.map(|count| MOST_ROLES.saturating_sub(count))
    }
}

impl Facts {
    /// The club they are about.
    #[must_use]
    pub const fn club(&self) -> &Club {
        match self {
            Self::Event(facts) => &facts.club,
            Self::Guild(facts) => &facts.club,
            Self::Series(facts) => &facts.club,
        }
    }

    /// The bot's account, where it matters.
    #[must_use]
    pub const fn bot(&self) -> Option<Id<UserMarker>> {
        match self {
            Self::Event(facts) => Some(facts.bot),
            Self::Guild(_) | Self::Series(_) => None,
        }
    }

    /// What the owner has.
    #[must_use]
    pub const fn bindings(&self) -> &Bindings {
        match self {
            Self::Event(facts) => &facts.bindings,
            Self::Guild(facts) => &facts.bindings,
            Self::Series(facts) => &facts.bindings,
        }
    }

    /// The categories that the owner's channels may stand in.
    #[must_use]
    pub fn shelves(&self) -> Shelves {
        match self {
            Self::Event(facts) => facts.shelves.clone(),
            Self::Guild(_) | Self::Series(_) => Shelves::default(),
        }
    }
}

impl EventFacts {
    /// When the race voice channel opens: at the club's lead before the start; `None` when the club has none, or the event's
    /// channels are off.
    #[must_use]
    pub fn race_voice_at(&self) -> Option<Timestamp> {
        self.event.race_voice_at(&self.club.settings).filter(|_| self.event.channels_wanted)
    }

    /// Whether the event's channel stands in the archive. A club that has finished channels deleted from now on keeps those that
    /// it has archived.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        let parent =
            self.bindings.get(Slot::Channel).and_then(Binding::channel).and_then(|channel| channel.parent);
        let archive = self.shelves.of(Shelf::Archive(self.club.guild));
        parent.is_some() && archive.iter().any(|category| category.resource() == parent)
    }

    /// How long before the start its people are reminded: what its series chose, else the club.
    #[must_use]
    pub fn reminders(&self) -> &Offsets {
        let of_series = self.series.as_ref().and_then(|series| series.defaults.reminders.as_ref());
        of_series.unwrap_or(&self.club.settings.reminders)
    }

    /// Whom a reminder concerns.
    #[must_use]
    pub fn concerned(&self) -> Concerned {
        self.sheet.concerned(&self.unreminded)
    }

    /// Whether its channel is told now and then how its sheet stands.
    #[must_use]
    pub fn is_updated(&self) -> bool {
        self.club.settings.updates != Updates::Off
    }

    /// Whether the event has a text channel on Discord now.
    #[must_use]
    pub fn has_channel(&self) -> bool {
        self.bindings.channel(Slot::Channel).is_some()
    }
}
