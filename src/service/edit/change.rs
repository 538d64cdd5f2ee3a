//! What is said of an event, new or changed.

use jiff::Timestamp;
use twilight_model::id::{Id, marker::RoleMarker};

use super::{
    super::{
        event::{NewEvent, Signups},
        work::is_ahead,
    },
    EventEdit,
};
use crate::domain::{
    blueprint::{Blueprint, ClassPlan},
    class_list::{Capacity, ClassDraft},
    duration::RaceLength,
    event::{Event, EventState},
    id::{ClassId, SeriesId},
    name::{CarName, ClassName, Description, EventName, ExternalId, Requirements, TrackName},
    patch::Patch,
    refusal::Refusal,
    terms::{Cutoff, Terms},
};

/// What is changed of an event: what isn't said stays as it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct EventChange {
    /// Its classes. One that keeps its identifier or its name, whatever its case, keeps its people.
    pub classes: Option<Vec<ClassChange>>,
    /// What it is about.
    pub description: Option<Description>,
    /// What the club's site calls it.
    pub external_id: Patch<ExternalId>,
    /// How long the race is.
    pub length: Option<RaceLength>,
    /// Its name.
    pub name: Option<EventName>,
    /// The series it belongs to.
    pub series: Patch<SeriesId>,
    /// Where people sign up on the club's site.
    pub signup_url: Patch<String>,
    /// Whether people may sign up.
    pub signups: Option<Signups>,
    /// When the race starts.
    pub start: Option<Timestamp>,
    /// The terms of its sheet.
    pub terms: TermsChange,
    /// Where it is raced.
    pub track: Patch<TrackName>,
    /// Whether it is to have a channel. One that it has stays.
    pub wants_channel: bool,
}

/// A class as it is to be. What is `None` of a class that there is already stays.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ClassChange {
    /// How many may be in; `None` is no cap.
    pub capacity: Option<Capacity>,
    /// The cars to choose from.
    pub cars: Option<Vec<CarName>>,
    /// Which of the event's classes it is; `None` for the one of that name, or a new one.
    pub id: Option<ClassId>,
    /// Its name.
    pub name: Option<ClassName>,
    /// The roles of which one is needed.
    pub roles: Option<Vec<Id<RoleMarker>>>,
}

/// What is changed of a sheet's terms.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TermsChange {
    /// How long before the start sign-ups close.
    pub cutoff: Option<Cutoff>,
    /// How many may be in altogether.
    pub limit: Patch<Capacity>,
    /// How many entries the race needs.
    pub minimum: Patch<Capacity>,
    /// What people need, in words.
    pub requirements: Patch<Requirements>,
    /// The roles of which one is needed.
    pub roles: Option<Vec<Id<RoleMarker>>>,
}

impl From<EventEdit> for EventChange {
    fn from(edit: EventEdit) -> Self {
        let EventEdit { classes, description, length, name, start } = edit;
        Self {
            classes: Some(classes.as_slice().iter().map(ClassChange::from).collect()),
            description: Some(description),
            length: Some(length),
            name: Some(name),
            start,
            ..Self::default()
        }
    }
}

impl From<&ClassDraft> for ClassChange {
    fn from(draft: &ClassDraft) -> Self {
        Self { capacity: draft.capacity, name: draft.name.clone(), ..Self::default() }
    }
}

impl TermsChange {
    /// The terms as they are then.
    pub(in crate::service) fn apply(self, before: Terms) -> Terms {
        Terms {
            cutoff: self.cutoff.unwrap_or(before.cutoff),
            limit: self.limit.apply(before.limit),
            minimum: self.minimum.apply(before.minimum),
            requirements: self.requirements.apply(before.requirements),
            roles: self.roles.unwrap_or(before.roles),
        }
    }
}

/// An event as somebody describes it, with all that can be said of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventDraft {
    /// How long the race is.
    pub length: RaceLength,
    /// Its name.
    pub name: EventName,
    /// What else is said.
    pub rest: EventChange,
    /// When the race starts.
    pub start: Timestamp,
    /// Whether it has a channel; `None` as the club chose.
    pub wants_channel: Option<bool>,
}

impl EventDraft {
    /// An event as it was typed, with what its source says of what no form asks for.
    pub(in crate::service) fn like(source: &Blueprint, new: NewEvent) -> Self {
        let NewEvent { classes, description, length, name, series, start, track } = new;
        let Terms { cutoff, limit, minimum, requirements, roles } = source.terms.clone();
        let rest = EventChange {
            classes: Some(source.plans(&classes).into_iter().map(ClassChange::from).collect()),
            description: Some(description),
            series: Patch::set(series),
            terms: TermsChange {
                cutoff: Some(cutoff),
                limit: Patch::set(limit),
                minimum: Patch::set(minimum),
                requirements: Patch::set(requirements),
                roles: Some(roles),
            },
            track: Patch::set(track.or_else(|| source.track.clone())),
            ..EventChange::default()
        };
        Self { length, name, rest, start, wants_channel: None }
    }
}

impl From<ClassPlan> for ClassChange {
    fn from(plan: ClassPlan) -> Self {
        let ClassPlan { capacity, cars, name, roles } = plan;
        Self { capacity, cars: Some(cars), id: None, name, roles: Some(roles) }
    }
}

impl EventChange {
    /// What it is called in the audit log.
    pub(super) fn action(&self) -> &'static str {
        let alone = |signups| Self { signups: Some(signups), ..Self::default() };
        match self.signups {
            Some(Signups::Close) if *self == alone(Signups::Close) => "event.close",
            Some(Signups::Open) if *self == alone(Signups::Open) => "event.open",
            _ => "event.edit",
        }
    }

    pub(super) fn state(&self, before: &Event, now: Timestamp) -> Result<EventState, Refusal> {
        let state = match self.signups {
            None => return Ok(before.state.clone()),
            Some(Signups::Close) => EventState::Closed,
            Some(Signups::Open) => EventState::Open,
        };
        if state != before.state {
            is_ahead(before, now)?;
            if now >= before.start {
                return Err(Refusal::EventStarted(before.name.clone()));
            }
        }
        Ok(state)
    }
}

impl From<EventDraft> for EventChange {
    /// What was sent of an event that there is already.
    fn from(draft: EventDraft) -> Self {
        let EventDraft { length, name, rest, start, wants_channel } = draft;
        Self {
            length: Some(length),
            name: Some(name),
            start: Some(start),
            wants_channel: wants_channel == Some(true),
            ..rest
        }
    }
}
