//! Events: creating one, and what an organiser decides about it.

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    Ask, Service, ServiceError,
    audit::{self, Deed},
    blueprint::Source,
    series,
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        blueprint::{Blueprint, ClassPlan},
        channel_name::{ChannelName, NameParts, channel_name},
        class_list::Classes,
        club::{Club, Series},
        duration::RaceLength,
        event::{Class, Event, EventState, Fate},
        id::{ClassId, EventId, OwnerId, SeriesId},
        name::{Description, EventName, TrackName},
        owner::{Owner, Rank},
        refusal::Refusal,
        signup::Sheet,
    },
    store::{self, audit::Doer, events, owners, signups},
};

/// An event with everything that its card shows, as of one transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventFacts {
    /// Its club.
    pub club: Club,
    /// The event.
    pub event: Event,
    /// The instant at which this holds.
    pub now: Timestamp,
    /// Its series.
    pub series: Option<Series>,
    /// Who signed up.
    pub sheet: Sheet,
}

/// An event as somebody describes it in `/event create`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewEvent {
    /// Its classes.
    pub classes: Classes,
    /// What it is about.
    pub description: Description,
    /// How long the race is.
    pub length: RaceLength,
    /// Its name.
    pub name: EventName,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// When the race starts.
    pub start: Timestamp,
    /// Where it is raced.
    pub track: Option<TrackName>,
}

/// What an organiser decides about sign-ups.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Signups {
    /// Nobody may sign up any more.
    Close,
    /// People may sign up.
    Open,
}

impl Service {
    /// Creates an event. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and a series that the club doesn't have, and fails when the database does.
    pub async fn create_event(&self, ask: Ask<'_, EventFacts>, new: NewEvent) -> Result<Value, ServiceError> {
        self.create_event_from(ask, Source::Nothing, new).await
    }

    /// Creates an event that is like its source where nothing was typed. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and a series or a source that the club doesn't have or has archived; fails when the database
    /// does.
    pub async fn create_event_from(
        &self,
        ask: Ask<'_, EventFacts>,
        source: Source,
        new: NewEvent,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let series = match new.series {
            Some(id) => Some(series::open(&work, &club, id).await?),
            None => None,
        };
        let blueprint = source.blueprint(&work, &club).await?;
        let (by, home) = (ask.actor.account.id, (&club, series.as_ref()));
        let event = self.new_event(&work, by, home, (new, &blueprint)).await?;
        self.add_event(&mut work, &club, &event).await?;
        let facts = EventFacts { club, event, now: work.now, series, sheet: Sheet::default() };
        self.finish(work, &ask, &facts).await
    }

    /// Writes a new event down, by whom it says, and has its channel made.
    pub(super) async fn add_event(
        &self,
        work: &mut Work,
        club: &Club,
        event: &Event,
    ) -> Result<(), ServiceError> {
        events::create(&work.tx, event).await?;
        owners::ensure(&work.tx, Owner::Event(event.id), club.guild, Some(club.id), work.now).await?;
        let deed = Deed {
            action: "event.create",
            after: Some(audit::event(event)),
            before: None,
            subject: event.id.to_string(),
        };
        self.audit_by(work, Doer::Account(event.created_by), club.id, deed).await?;
        work.request(&[shelf(club, event), OwnerId::of_event(event.id)], Rank::People).await?;
        work.redraw_board(club.guild).await
    }

    /// A new event, with what its source says where nothing was typed.
    pub(super) async fn new_event(
        &self,
        work: &Work,
        by: Id<UserMarker>,
        (club, series): (&Club, Option<&Series>),
        (new, blueprint): (NewEvent, &Blueprint),
    ) -> Result<Event, ServiceError> {
        let track = new.track.or_else(|| blueprint.track.clone());
        let class = |plan: ClassPlan| {
            let ClassPlan { capacity, cars, name, roles } = plan;
            Class { capacity, cars, id: ClassId::new(self.0.ids.uuid(work.now)), name, roles }
        };
        let parts = NameParts {
            event: &new.name,
            series: series.map(|series| &series.name),
            start: new.start.to_zoned(club.zone.time_zone().clone()).datetime(),
            track: track.as_ref(),
        };
        Ok(Event {
            channel_name: free_name(work, (club, series), &parts, None).await?,
            channels_wanted: club.settings.auto_create_channels,
            classes: blueprint.plans(&new.classes).into_iter().map(class).collect(),
            club: club.id,
            created_at: work.now,
            created_by: by,
            description: new.description,
            external_id: None,
            fate: Fate::default(),
            id: EventId::new(self.0.ids.uuid(work.now)),
            length: new.length,
            name: new.name,
            revision: 1,
            series: series.map(|series| series.id),
            signup_url: None,
            start: new.start,
            state: EventState::Open,
            terms: blueprint.terms.clone(),
            track,
        })
    }

    /// Cancels an event. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and an event that is unknown, cancelled or over, and fails when the database does.
    pub async fn cancel_event(
        &self,
        ask: Ask<'_, EventFacts>,
        event: EventId,
        reason: Description,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = work.event_ahead(&club, event).await?;
        let state = EventState::Cancelled { at: work.now, reason: reason.to_string() };
        let event = Event { state, ..before.clone() };
        let event = self.save_event(&mut work, ask.actor, &before, event, "event.cancel").await?;
        let facts = facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }

    /// Opens or closes an event's sign-ups. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and an event that is unknown, cancelled, over or started, and fails when the database does.
    pub async fn set_signups(
        &self,
        ask: Ask<'_, EventFacts>,
        event: EventId,
        signups: Signups,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = work.event_ahead(&club, event).await?;
        if work.now >= before.start {
            return Err(Refusal::EventStarted(before.name).into());
        }
        let (state, action) = match signups {
            Signups::Close => (EventState::Closed, "event.close"),
            Signups::Open => (EventState::Open, "event.open"),
        };
        let event = Event { state, ..before.clone() };
        let event = self.save_event(&mut work, ask.actor, &before, event, action).await?;
        let facts = facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }

    /// Asks for an event's channel. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and an event that is unknown, cancelled or over, and fails when the database does.
    pub async fn create_channel(
        &self,
        ask: Ask<'_, EventFacts>,
        event: EventId,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = work.event_ahead(&club, event).await?;
        let event = Event { channels_wanted: true, ..before.clone() };
        let event = self.save_event(&mut work, ask.actor, &before, event, "event.channel").await?;
        work.request(&[shelf(&club, &event)], Rank::People).await?;
        let facts = facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }

    /// Saves what an organiser changed of a locked event, if it is a change, and returns the event as it is then.
    pub(super) async fn save_event(
        &self,
        work: &mut Work,
        actor: &Actor,
        before: &Event,
        after: Event,
        action: &'static str,
    ) -> Result<Event, ServiceError> {
        if after == *before {
            return Ok(after);
        }
        let event = Event { revision: before.revision.saturating_add(1), ..after };
        events::save(&work.tx, &event).await?;
        let deed = Deed {
            action,
            after: Some(audit::event(&event)),
            before: Some(audit::event(before)),
            subject: event.id.to_string(),
        };
        self.audit(work, actor, event.club, deed).await?;
        work.request(&[OwnerId::of_event(event.id)], Rank::People).await?;
        work.redraw_board(actor.guild).await?;
        Ok(event)
    }
}

/// The event with its series and its sheet, as the transaction sees them.
pub(super) async fn facts(work: &Work, club: Club, event: Event) -> Result<EventFacts, ServiceError> {
    let sheet = signups::sheet(&work.tx, event.id).await?;
    let series = match event.series {
        Some(id) => series_of(work, &club, id).await?,
        None => None,
    };
    Ok(EventFacts { club, event, now: work.now, series, sheet })
}

pub(super) async fn series_of(
    work: &Work,
    club: &Club,
    id: SeriesId,
) -> Result<Option<Series>, ServiceError> {
    Ok(store::series::by_id(&work.tx, club.id, id).await?)
}

/// The name of an event's channel by its series' pattern or the club's, apart from those of the club's other events that aren't put away.
pub(super) async fn free_name(
    work: &Work,
    (club, series): (&Club, Option<&Series>),
    parts: &NameParts<'_>,
    own: Option<&ChannelName>,
) -> Result<ChannelName, ServiceError> {
    let since = work.now.saturating_sub(club.settings.grace.duration()).unwrap_or(work.now);
    let mut taken = events::channel_names_taken(&work.tx, club.id, since).await?;
    if let Some(own) = own {
        taken.remove(own.as_str());
    }
    let name = channel_name(club.naming_pattern(series), parts, club.settings.locale);
    Ok(name.apart(&|name| taken.contains(name)))
}

/// Who owns the category that the event's channel stands in.
pub(super) const fn shelf(club: &Club, event: &Event) -> OwnerId {
    match event.series {
        Some(series) => OwnerId::of_series(series),
        None => OwnerId::of_guild(club.guild),
    }
}
