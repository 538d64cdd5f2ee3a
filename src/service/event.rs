//! Events: creating one, and what an organiser decides about it.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    Ask, Service, ServiceError,
    audit::{self, Deed},
    blueprint::Source,
    edit::{self, ClassChange, EventChange, EventDraft},
    series, team,
    work::Work,
};
use crate::{
    domain::{
        channel_name::{ChannelName, NameParts, channel_name},
        class_list::Classes,
        club::{Club, Series},
        duration::RaceLength,
        event::{Event, EventState, Fate},
        id::{ClassId, EventId, OwnerId, SeriesId},
        name::{Description, EventName, TrackName},
        owner::{Owner, Rank},
        patch::Patch,
        refusal::Refusal,
        signup::Sheet,
        team::Teams,
        terms::Terms,
    },
    store::{self, audit::Doer, clubs, events, owners, signups, teams},
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
    /// Its teams, with those of their people who are there.
    pub teams: Teams,
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
        let draft = EventDraft::like(&source.blueprint(&work, &club).await?, new);
        let (event, series) = self.add_event(&mut work, ask.actor.into(), &club, draft).await?;
        let facts =
            EventFacts { club, event, now: work.now, series, sheet: Sheet::default(), teams: Teams::none() };
        self.finish(work, &ask, &facts).await
    }

    /// Makes an event that starts within the time for which events are planned, whoever does it, with its series.
    pub(super) async fn add_event(
        &self,
        work: &mut Work,
        by: Doer,
        club: &Club,
        draft: EventDraft,
    ) -> Result<(Event, Option<Series>), ServiceError> {
        if let Some(fault) = edit::bad_start(draft.start, club, work.now) {
            return Err(Refusal::Form(vec![fault]).into());
        }
        self.make_event(work, by, club, draft).await
    }

    /// Makes an event, whenever it starts.
    pub(super) async fn make_event(
        &self,
        work: &mut Work,
        by: Doer,
        club: &Club,
        draft: EventDraft,
    ) -> Result<(Event, Option<Series>), ServiceError> {
        let series = match draft.rest.series {
            Patch::Set(Some(series)) => Some(series::open(work, club, series).await?),
            Patch::Set(None) | Patch::Keep => None,
        };
        let event = self.new_event(work, by, (club, series.as_ref()), draft).await?;
        not_taken(work, &event).await?;
        events::create(&work.tx, &event).await?;
        owners::ensure(&work.tx, Owner::Event(event.id), club.guild, Some(club.id), work.now).await?;
        let deed = Deed {
            action: "event.create",
            after: Some(audit::event(&event)),
            before: None,
            subject: event.id.to_string(),
        };
        self.audit_by(work, by, club.id, deed).await?;
        work.request(&[shelf(club, &event), OwnerId::of_event(event.id)], Rank::People).await?;
        work.redraw_board(club.guild).await?;
        Ok((event, series))
    }

    /// A new event as it is described.
    pub(super) async fn new_event(
        &self,
        work: &Work,
        by: Doer,
        (club, series): (&Club, Option<&Series>),
        draft: EventDraft,
    ) -> Result<Event, ServiceError> {
        let EventDraft { length, name, rest, start, wants_channel } = draft;
        let track = rest.track.apply(None);
        let parts = NameParts {
            event: &name,
            series: series.map(|series| &series.name),
            start: start.to_zoned(club.zone.time_zone().clone()).datetime(),
            track: track.as_ref(),
        };
        let fresh = || ClassId::new(self.0.ids.uuid(work.now));
        let typed = rest.classes.filter(|classes| !classes.is_empty());
        Ok(Event {
            channel_name: free_name(work, (club, series), &parts, None).await?,
            channels_wanted: wants_channel.unwrap_or(club.settings.auto_create_channels),
            classes: edit::classes(&[], &typed.unwrap_or_else(|| vec![ClassChange::default()]), fresh),
            club: club.id,
            created_at: work.now,
            created_by: by.account(),
            description: rest.description.unwrap_or_default(),
            external_id: rest.external_id.apply(None),
            fate: Fate::default(),
            id: EventId::new(self.0.ids.uuid(work.now)),
            length,
            name,
            revision: 1,
            series: series.map(|series| series.id),
            signup_url: rest.signup_url.apply(None),
            start,
            state: match rest.signups {
                Some(Signups::Close) => EventState::Closed,
                Some(Signups::Open) | None => EventState::Open,
            },
            terms: rest.terms.apply(Terms::default()),
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
        let event = self.call_off(&mut work, ask.actor.into(), &before, &reason).await?;
        let facts = facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }

    /// Cancels a locked event that is ahead, whoever does it.
    pub(super) async fn call_off(
        &self,
        work: &mut Work,
        by: Doer,
        before: &Event,
        reason: &Description,
    ) -> Result<Event, ServiceError> {
        let state = EventState::Cancelled { at: work.now, reason: reason.to_string() };
        let event = Event { state, ..before.clone() };
        self.save_event(work, by, before, event, "event.cancel").await
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
        let change = EventChange { signups: Some(signups), ..EventChange::default() };
        let event = self.change_event(&mut work, ask.actor.into(), (&club, &before), change).await?;
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
        by: impl Into<Doer>,
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
        self.audit_by(work, by.into(), event.club, deed).await?;
        work.request(&[OwnerId::of_event(event.id)], Rank::People).await?;
        if let Some(guild) = clubs::guild_of(&work.tx, event.club).await? {
            work.redraw_board(guild).await?;
        }
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
    let teams = standing_teams(&work.tx, &club, event.id, &sheet).await?;
    Ok(EventFacts { club, event, now: work.now, series, sheet, teams })
}

/// An event's teams, with those of their people who are there.
pub(super) async fn standing_teams(
    db: &impl store::Source,
    club: &Club,
    event: EventId,
    sheet: &Sheet,
) -> Result<Teams, ServiceError> {
    let teams = teams::of_event(db, event).await?;
    let mates = teams.all().iter().flat_map(|team| &team.mates).map(|mate| mate.discord);
    let gone = team::gone(db, club.guild, mates).await?;
    Ok(teams.standing(sheet, &gone))
}

pub(super) async fn series_of(
    work: &Work,
    club: &Club,
    id: SeriesId,
) -> Result<Option<Series>, ServiceError> {
    Ok(store::series::by_id(&work.tx, club.id, id).await?)
}

/// Nothing, if no other event of the club's is called the same by its site.
pub(super) async fn not_taken(work: &Work, event: &Event) -> Result<(), ServiceError> {
    let Some(external_id) = &event.external_id else { return Ok(()) };
    match events::by_external_id(&work.tx, event.club, external_id).await? {
        Some(other) if other.id != event.id => Err(Refusal::ExternalIdTaken(other.name).into()),
        _ => Ok(()),
    }
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
