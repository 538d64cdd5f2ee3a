//! Finding the club's events, and what a form about one of them shows.

use twilight_model::id::{Id, marker::ChannelMarker};

use super::{
    Service, ServiceError,
    availability::Unanswered,
    event::{EventFacts, shelf, standing_teams},
    work,
};
pub use crate::store::openings::{EventOpening, SeriesKey, TemplateKey};
use crate::{
    domain::{
        actor::Actor,
        club::{Club, Series},
        event::{Event, Phase},
        id::{EventId, OwnerId},
        name::Note,
        panel::Failure,
        rating::IRating,
        recurrence::Recurrence,
        refusal::Refusal,
        template::Template,
        zone::Zone,
    },
    store::{
        self, bindings, events, openings,
        owners::{self, FailingOwner},
        recurrences, signups,
    },
};

/// The most coming events of one club that are looked at.
pub(super) const MAX_COMING: u64 = 1_000;

/// The most owners whose work fails that are looked at.
const MAX_FAILING: u64 = 100;

/// An event, and where it stands on Discord.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventView {
    /// Its text channel, once made.
    pub channel: Option<Id<ChannelMarker>>,
    /// What is known of it.
    pub facts: EventFacts,
    /// Whether its channel can't be made because the server has no room for another.
    pub lacks_room: bool,
    /// The rule by which it repeats or was made.
    pub repeats: Option<Recurrence>,
    /// Who hasn't said when they can drive.
    pub unanswered: Unanswered,
}

/// A page of the coming events.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventsPage {
    /// The events on it, the next one first.
    pub events: Vec<EventView>,
    /// Which page it is, from 0; the last one where the one asked for doesn't exist.
    pub number: u16,
    /// How many pages there are, at least one.
    pub pages: u16,
}

/// Which event is meant where none was named.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Resolved {
    /// This one.
    One(Box<EventView>),
    /// One of these: the person has to choose.
    Several(Box<Club>, Vec<Event>),
}

impl Service {
    /// The club's event of that identifier.
    ///
    /// # Errors
    ///
    /// Refuses one that the club doesn't have, and fails when the database does.
    pub async fn event(&self, actor: &Actor, event: EventId) -> Result<EventView, ServiceError> {
        let club = self.club_of(actor).await?;
        let found = events::by_id(self.store(), club.id, event).await?;
        self.view(club, found.ok_or(Refusal::UnknownEvent)?).await
    }

    /// The event whose form one of its organisers opens: one read.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and an event that is unknown, cancelled or over, and fails when the database does.
    pub async fn open_event(&self, actor: &Actor, event: EventId) -> Result<EventOpening, ServiceError> {
        let found = self.open_any_event(actor, event).await?;
        let event = &found.event;
        match event.phase(&found.club.settings, self.0.clock.now()) {
            Phase::Open | Phase::Closed | Phase::Running => Ok(found),
            _ if event.is_cancelled() => Err(Refusal::EventCancelled(event.name.clone()).into()),
            Phase::Cancelled | Phase::Finished | Phase::PutAway => {
                Err(Refusal::EventOver(event.name.clone()).into())
            }
        }
    }

    /// The zone that the actor lives in, where they said: one read.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn open_zone(&self, actor: &Actor) -> Result<Option<Zone>, ServiceError> {
        Ok(openings::zone(self.store(), actor.account.id).await?)
    }

    /// The iRating that the actor gave: one read.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn open_rating(&self, actor: &Actor) -> Result<Option<IRating>, ServiceError> {
        Ok(openings::rating(self.store(), actor.account.id).await?)
    }

    /// What the actor added to their sign-up: one read.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn open_note(&self, actor: &Actor, event: EventId) -> Result<Option<Note>, ServiceError> {
        Ok(openings::note(self.store(), actor.guild, event, actor.account.id).await?)
    }

    /// The event that one of its organisers makes something else from, be it over or cancelled: one read.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers and an event that is unknown, and fails when the database does.
    pub async fn open_any_event(&self, actor: &Actor, event: EventId) -> Result<EventOpening, ServiceError> {
        let found = openings::event(self.store(), actor.guild, event).await?.ok_or(Refusal::UnknownEvent)?;
        let club = work::organised(found.club, actor)?;
        Ok(EventOpening { club, ..found })
    }

    /// The actor's club, for one of its organisers, with that template of its own, and the series that was named or else the
    /// template's own, unless that is archived: one read.
    ///
    /// # Errors
    ///
    /// Refuses where the guild has no club, everybody but organisers, a template that the club doesn't have, and a named series that it
    /// doesn't have or has archived; fails when the database does.
    pub async fn open_template(
        &self,
        actor: &Actor,
        key: TemplateKey<'_>,
        series: Option<SeriesKey<'_>>,
    ) -> Result<(Club, Template, Option<Series>), ServiceError> {
        let found = openings::template(self.store(), actor.guild, key, series).await?;
        let found = found.ok_or(Refusal::NoClub)?;
        let club = work::organised(found.club, actor)?;
        let template = found.template.ok_or(Refusal::UnknownTemplate)?;
        match (series, found.series) {
            (Some(_), None) => Err(Refusal::UnknownSeries.into()),
            (Some(_), Some(named)) if named.archived_at.is_some() => {
                Err(Refusal::SeriesArchived(named.name).into())
            }
            (_, series) => Ok((club, template, series.filter(|series| series.archived_at.is_none()))),
        }
    }

    /// The series that one of its organisers edits, archived or not, with the actor's club: one read.
    ///
    /// # Errors
    ///
    /// Refuses where the guild has no club, everybody but organisers, and a series that the club doesn't have; fails when the database
    /// does.
    pub async fn open_any_series(
        &self,
        actor: &Actor,
        key: SeriesKey<'_>,
    ) -> Result<(Club, Series), ServiceError> {
        let found = openings::club_and_series(self.store(), actor.guild, key).await?;
        let (club, series) = found.ok_or(Refusal::NoClub)?;
        Ok((work::organised(club, actor)?, series.ok_or(Refusal::UnknownSeries)?))
    }

    /// The actor's club, for one of its organisers, with that series of its own: one read.
    ///
    /// # Errors
    ///
    /// Refuses where the guild has no club, everybody but organisers, and a series that the club doesn't have or has archived;
    /// fails when the database does.
    pub async fn open_series(
        &self,
        actor: &Actor,
        key: SeriesKey<'_>,
    ) -> Result<(Club, Series), ServiceError> {
        let (club, series) = self.open_any_series(actor, key).await?;
        match series.archived_at {
            Some(_) => Err(Refusal::SeriesArchived(series.name).into()),
            None => Ok((club, series)),
        }
    }

    /// The event that is meant: the one named, else the one in whose channel the actor is, else the only coming one.
    ///
    /// # Errors
    ///
    /// Refuses a named one that the club doesn't have, and where none is coming; fails when the database does.
    pub async fn resolve_event(
        &self,
        actor: &Actor,
        named: Option<EventId>,
    ) -> Result<Resolved, ServiceError> {
        let club = self.club_of(actor).await?;
        if let Some(event) = self.named_event(actor, &club, named).await? {
            return Ok(Resolved::One(Box::new(self.view(club, event).await?)));
        }
        let mut coming = events::coming(self.store(), club.id, self.0.clock.now(), MAX_COMING).await?;
        match (coming.pop(), coming.is_empty()) {
            (None, _) => Err(Refusal::NoEvents.into()),
            (Some(only), true) => Ok(Resolved::One(Box::new(self.view(club, only).await?))),
            (Some(last), false) => {
                coming.push(last);
                Ok(Resolved::Several(Box::new(club), coming))
            }
        }
    }

    /// The club with its coming events, the next one first, of which one can be chosen.
    ///
    /// # Errors
    ///
    /// Refuses where the guild has no club and where nothing is coming; fails when the database does.
    pub async fn events_to_choose(&self, actor: &Actor) -> Result<(Club, Vec<Event>), ServiceError> {
        let club = self.club_of(actor).await?;
        let coming = events::coming(self.store(), club.id, self.0.clock.now(), MAX_COMING).await?;
        if coming.is_empty() { Err(Refusal::NoEvents.into()) } else { Ok((club, coming)) }
    }

    async fn named_event(
        &self,
        actor: &Actor,
        club: &Club,
        named: Option<EventId>,
    ) -> Result<Option<Event>, ServiceError> {
        if let Some(id) = named {
            let event = events::by_id(self.store(), club.id, id).await?;
            return Ok(Some(event.ok_or(Refusal::UnknownEvent)?));
        }
        let Some(channel) = actor.channel else { return Ok(None) };
        Ok(events::by_channel(self.store(), club, channel).await?)
    }

    async fn view(&self, club: Club, event: Event) -> Result<EventView, ServiceError> {
        let channel = bindings::by_slot(self.store(), OwnerId::of_event(event.id), bindings::CHANNEL).await?;
        let sheet = signups::sheet(self.store(), event.id).await?;
        let series = match event.series {
            Some(id) => store::series::by_id(self.store(), club.id, id).await?,
            None => None,
        };
        let channel = channel.and_then(|channel| channel.discord).map(Id::cast);
        let repeats = recurrences::of_event(self.store(), club.id, event.id).await?;
        let lacks_room = channel.is_none() && event.channels_wanted && self.lacks_room(&club, &event).await?;
        let unanswered = self.unanswered(&event, &sheet).await?;
        let teams = standing_teams(self.store(), &club, event.id, &sheet).await?;
        let facts = EventFacts { club, event, now: self.0.clock.now(), series, sheet, teams };
        Ok(EventView { channel, facts, lacks_room, repeats, unanswered })
    }

    /// Whether Discord has no room for the event's channel, or for the category that it would stand in.
    async fn lacks_room(&self, club: &Club, event: &Event) -> Result<bool, ServiceError> {
        let involved = [OwnerId::of_event(event.id), shelf(club, event)];
        let failing = owners::failing(self.store(), Some(club.guild), MAX_FAILING).await?;
        let is_full = |owner: &FailingOwner| owner.fault.class == Failure::Full;
        Ok(failing.iter().any(|owner| involved.contains(&owner.owner.id()) && is_full(owner)))
    }

    /// A page of the club's coming events, the next one first.
    ///
    /// # Errors
    ///
    /// Refuses where the guild has no club, and fails when the database does.
    pub async fn coming_events(
        &self,
        actor: &Actor,
        page: u16,
        per_page: usize,
    ) -> Result<EventsPage, ServiceError> {
        let club = self.club_of(actor).await?;
        let coming = events::coming(self.store(), club.id, self.0.clock.now(), MAX_COMING).await?;
        let per_page = per_page.max(1);
        let pages = u16::try_from(coming.len().div_ceil(per_page).max(1)).unwrap_or(u16::MAX);
        let number = page.min(pages - 1);
        let mut events = Vec::with_capacity(per_page);
        for event in coming.into_iter().skip(usize::from(number) * per_page).take(per_page) {
            events.push(self.view(club.clone(), event).await?);
        }
        Ok(EventsPage { events, number, pages })
    }

    /// The club and its events whose name holds what was typed, at most `limit`; `None` where the guild has no club.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn search_events(
        &self,
        actor: &Actor,
        typed: &str,
        limit: u64,
    ) -> Result<Option<(Club, Vec<Event>)>, ServiceError> {
        let Some(club) = self.find_club(actor.guild).await? else { return Ok(None) };
        let found = events::search(self.store(), club.id, typed, self.0.clock.now(), limit).await?;
        Ok(Some((club, found)))
    }
}
