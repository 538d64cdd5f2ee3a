//! An event: one race and its sign-up sheet's terms.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{RoleMarker, UserMarker},
};

use super::{
    channel_name::ChannelName,
    class_list::Capacity,
    duration::RaceLength,
    id::{ClassId, ClubId, EventId, SeriesId},
    name::{CarName, ClassName, Description, EventName, ExternalId, TrackName},
    settings::{ClubSettings, RaceVoice},
    terms::Terms,
    text::fold,
};

/// A race that people sign up for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Event {
    /// The name of its text channel, apart from those of the club's other events.
    pub channel_name: ChannelName,
    /// Whether it has channels: by the club's setting, or because an organiser asked.
    pub channels_wanted: bool,
    /// Its classes, in the organiser's order; at least one.
    pub classes: Vec<Class>,
    /// The club it belongs to.
    pub club: ClubId,
    /// When it was created.
    pub created_at: Timestamp,
    /// Who created it on Discord; `None` where the club's site did.
    pub created_by: Option<Id<UserMarker>>,
    /// What it is about; may be empty.
    pub description: Description,
    /// What the club's site calls it.
    pub external_id: Option<ExternalId>,
    /// What becomes of its channel once it is over.
    pub fate: Fate,
    /// Its identifier.
    pub id: EventId,
    /// How long the race is.
    pub length: RaceLength,
    /// Its name.
    pub name: EventName,
    /// Counts what organisers change of the event. Sign-ups don't count, so that a form stays good while people sign up.
    pub revision: u64,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// Where people sign up on the club's site, if they can: an `https` address.
    pub signup_url: Option<String>,
    /// When the race starts.
    pub start: Timestamp,
    /// What its organisers decided.
    pub state: EventState,
    /// The terms of its sheet.
    pub terms: Terms,
    /// Where it is raced.
    pub track: Option<TrackName>,
}

/// A class of cars within an event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Class {
    /// How many may be in; `None` is no cap.
    pub capacity: Option<Capacity>,
    /// The cars to choose from, at most [`MAX_CARS`](super::terms::MAX_CARS); with none, people drive what they like.
    pub cars: Vec<CarName>,
    /// Its identifier.
    pub id: ClassId,
    /// Its name; `None` for the only class of an event without classes.
    pub name: Option<ClassName>,
    /// One of these roles is needed to sign up in it, at most [`MAX_ROLES`](super::terms::MAX_ROLES); none lets everybody.
    pub roles: Vec<Id<RoleMarker>>,
}

/// What an event's organisers decided about it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum EventState {
    /// It won't take place.
    Cancelled {
        /// Since when.
        at: Timestamp,
        /// Why, in the organiser's words; may be empty.
        reason: String,
    },
    /// Nobody may sign up any more.
    Closed,
    /// People may sign up until the start.
    Open,
}

/// What becomes of an event's channel once the event is over, as its organisers decided.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is put away after the club's grace.
    #[default]
    Grace,
    /// It is kept until an organiser says otherwise.
    Kept,
    /// It is put away, since then.
    Now(Timestamp),
}

/// Where an event stands at an instant. Derived, never stored.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Phase {
    /// Sign-ups are open.
    Open,
    /// Sign-ups are closed, the start is ahead.
    Closed,
    /// The race is on.
    Running,
    /// The race is over, its channels still stand.
    Finished,
    /// Cancelled, its channels still stand.
    Cancelled,
    /// Its channels are put away.
    PutAway,
}

impl Event {
    /// When the race ends: its start plus its length.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.start.saturating_add(self.length.duration()).unwrap_or(self.start)
    }

    /// When people can't sign up any more: the cut-off before the start.
    #[must_use]
    pub fn signups_close_at(&self) -> Timestamp {
        self.start.saturating_sub(self.terms.cutoff.duration()).unwrap_or(self.start)
    }

    /// Whether the event has been cancelled.
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        matches!(self.state, EventState::Cancelled { .. })
    }

    /// When the event is over for its channels: its end, or its cancellation.
    #[must_use]
    pub fn over_at(&self) -> Timestamp {
        match self.state {
            EventState::Cancelled { at, .. } => at,
            EventState::Closed | EventState::Open => self.end(),
        }
    }

    /// Whether the event is over for its channels at `now`.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.over_at()
    }

    /// When the club's grace ends after the event is over.
    #[must_use]
    pub fn grace_ends_at(&self, settings: &ClubSettings) -> Timestamp {
        let grace = if self.is_cancelled() { settings.grace.after_cancellation() } else { settings.grace };
        let over = self.over_at();
        over.saturating_add(grace.duration()).unwrap_or(over)
    }

    /// When the event is put away: after the club's grace, or when an organiser said so; `None` while it is kept.
    #[must_use]
    pub fn put_away_at(&self, settings: &ClubSettings) -> Option<Timestamp> {
        match self.fate {
            Fate::Grace => Some(self.grace_ends_at(settings)),
            Fate::Kept => None,
            Fate::Now(since) => Some(since),
        }
    }

    /// When people can check in from; `None` when the club does without, or the event is cancelled.
    #[must_use]
    pub fn check_in_at(&self, settings: &ClubSettings) -> Option<Timestamp> {
        let ahead = settings.check_in.filter(|_| !self.is_cancelled())?;
        Some(self.start.saturating_sub(ahead.duration()).unwrap_or(self.start))
    }

    /// When the race voice channel opens; `None` when the club has none.
    #[must_use]
    pub fn race_voice_at(&self, settings: &ClubSettings) -> Option<Timestamp> {
        match settings.race_voice {
            RaceVoice::Off => None,
            RaceVoice::Ahead(lead) => Some(self.start.saturating_sub(lead.duration()).unwrap_or(self.start)),
        }
    }

    /// Where the event stands at `now`.
    #[must_use]
    pub fn phase(&self, settings: &ClubSettings, now: Timestamp) -> Phase {
        if self.put_away_at(settings).is_some_and(|at| now >= at) {
            return Phase::PutAway;
        }
        match self.state {
            EventState::Cancelled { .. } => Phase::Cancelled,
            _ if now >= self.end() => Phase::Finished,
            _ if now >= self.start => Phase::Running,
            EventState::Open if now < self.signups_close_at() => Phase::Open,
            EventState::Closed | EventState::Open => Phase::Closed,
        }
    }

    /// The class of that identifier.
    #[must_use]
    pub fn class(&self, id: ClassId) -> Option<&Class> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// The class and the car of the event that are called like those; `None` where it has no such class, nor such a car in it.
    #[must_use]
    pub fn as_last_time(
        &self,
        class: Option<&ClassName>,
        car: Option<&CarName>,
    ) -> Option<(&Class, Option<&CarName>)> {
        let key = |name: Option<&ClassName>| name.map(|name| fold(name.as_str()));
        let class = self.classes.iter().find(|other| key(other.name.as_ref()) == key(class))?;
        if class.cars.is_empty() {
            return class.name.is_some().then_some((class, None));
        }
        let car = car.map(|car| fold(car.as_str()))?;
        let car = class.cars.iter().find(|other| fold(other.as_str()) == car)?;
        Some((class, Some(car)))
    }

    /// The event's class where it has but one.
    #[must_use]
    pub fn only_class(&self) -> Option<&Class> {
        match self.classes.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}
