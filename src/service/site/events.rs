//! Events, as a club's site sees and changes them.

use std::collections::HashMap;

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, MessageMarker, ScheduledEventMarker},
};

use super::{
    super::{
        Service, ServiceError,
        edit::{EventChange, EventDraft},
        work::{Work, is_ahead},
    },
    Doer,
};
pub use crate::store::events::{Listing, Stands};
use crate::{
    domain::{
        event::{Event, Phase},
        id::{ClubId, EventId, OwnerId},
        name::Description,
        patch::Patch,
        refusal::Refusal,
        room::RoomOf,
        settings::ClubSettings,
    },
    store::{
        Source,
        bindings::{self, Binding},
        events,
        owners::{self, Standing},
    },
};

/// An event with what stands for it on Discord.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SiteEvent {
    /// The event.
    pub event: Event,
    /// What stands for it.
    pub on_discord: EventOnDiscord,
}

/// What stands on Discord for an event.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EventOnDiscord {
    /// Its card.
    pub card: Option<Id<MessageMarker>>,
    /// The category that its channel is in.
    pub category: Option<Id<ChannelMarker>>,
    /// Its text channel.
    pub channel: Option<Id<ChannelMarker>>,
    /// The scheduled event that Discord shows for it.
    pub native: Option<Id<ScheduledEventMarker>>,
    /// Everybody's practice room.
    pub practice: Option<Id<ChannelMarker>>,
    /// When its channels are put away; `None` where they are kept.
    pub put_away_at: Option<Timestamp>,
    /// Its race voice channel.
    pub race_voice: Option<Id<ChannelMarker>>,
    /// How far it is all as it should be.
    pub status: EventStatus,
}

/// How far what stands on Discord for an event is as it should be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EventStatus {
    /// It is put away.
    Archived,
    /// Something of it can't be brought to how it should be.
    Failing,
    /// It is all as it should be.
    Live,
    /// Something of it waits to be done.
    Pending,
}

impl Service {
    /// The club's events after one that are listed, in the order in which they were made: a fixed number of reads.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn site_events(
        &self,
        club: ClubId,
        listing: &Listing,
        after: Option<EventId>,
        limit: u64,
    ) -> Result<Vec<SiteEvent>, ServiceError> {
        let settings = self.site_club(club).await?.settings;
        let page = events::page(self.store(), club, listing, after, limit).await?;
        on_discord(self.store(), &settings, page, self.0.clock.now()).await
    }

    /// An event of the club's.
    ///
    /// # Errors
    ///
    /// Refuses one that the club doesn't have, and fails when the database does.
    pub async fn site_event(&self, club: ClubId, id: EventId) -> Result<SiteEvent, ServiceError> {
        let settings = self.site_club(club).await?.settings;
        let event = events::by_id(self.store(), club, id).await?.ok_or(Refusal::UnknownEvent)?;
        one(self.store(), &settings, event, self.0.clock.now()).await
    }

    /// The club that an event belongs to.
    ///
    /// # Errors
    ///
    /// Refuses one that there isn't, and fails when the database does.
    pub async fn club_of_event(&self, id: EventId) -> Result<ClubId, ServiceError> {
        Ok(events::club_of(self.store(), id).await?.ok_or(Refusal::UnknownEvent)?)
    }

    /// Makes an event, or brings the one that the site calls the same to what is sent. Says whether it is new.
    ///
    /// # Errors
    ///
    /// Refuses where the club isn't on Discord; a start that is past; a series that is unknown or archived; and of an event that there is
    /// what [`Service::change_site_event`] does. Fails when the database does.
    pub async fn put_event(
        &self,
        club: ClubId,
        draft: EventDraft,
        by: Doer,
        request_id: &str,
    ) -> Result<(SiteEvent, bool), ServiceError> {
        let mut work = self.begin().await?;
        let club = work.site_club(club).await?;
        let known = match &draft.rest.external_id {
            Patch::Set(Some(id)) => events::by_external_id(&work.tx, club.id, id).await?,
            Patch::Keep | Patch::Set(None) => None,
        };
        let (event, is_new) = match known {
            Some(known) => {
                let before = locked(&work, club.id, known.id, None).await?;
                (self.change_event(&mut work, by, (&club, &before), draft.into()).await?, false)
            }
            None => (self.add_event(&mut work, by, &club, draft).await?.0, true),
        };
        let shown = one(&work.tx, &club.settings, event, work.now).await?;
        self.commit_in(work, club.guild, request_id).await?;
        Ok((shown, is_new))
    }

    /// Changes an event that stands at `revision`, where one is named. What it is already changes nothing.
    ///
    /// # Errors
    ///
    /// Refuses where the club isn't on Discord; an event that is unknown, cancelled, over, or of another revision; sign-ups or a start of a
    /// race that has started; the loss of a class with people in it; a series that is unknown or archived; an external identifier
    /// that another has. Fails when the database does.
    pub async fn change_site_event(
        &self,
        club: ClubId,
        (event, revision): (EventId, Option<u64>),
        change: EventChange,
        by: Doer,
        request_id: &str,
    ) -> Result<SiteEvent, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.site_club(club).await?;
        let before = locked(&work, club.id, event, revision).await?;
        let event = self.change_event(&mut work, by, (&club, &before), change).await?;
        let shown = one(&work.tx, &club.settings, event, work.now).await?;
        self.commit_in(work, club.guild, request_id).await?;
        Ok(shown)
    }

    /// Cancels an event that stands at `revision`, where one is named. One that is cancelled stays so, for the reason given first.
    ///
    /// # Errors
    ///
    /// Refuses where the club isn't on Discord, and an event that is unknown, over, or of another revision. Fails when the database
    /// does.
    pub async fn cancel_site_event(
        &self,
        club: ClubId,
        (event, revision): (EventId, Option<u64>),
        reason: Description,
        by: Doer,
        request_id: &str,
    ) -> Result<SiteEvent, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.site_club(club).await?;
        let before = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let event = if before.is_cancelled() {
            before
        } else {
            stands_at(&before, revision)?;
            is_ahead(&before, work.now)?;
            self.call_off(&mut work, by, &before, &reason).await?
        };
        let shown = one(&work.tx, &club.settings, event, work.now).await?;
        self.commit_in(work, club.guild, request_id).await?;
        Ok(shown)
    }
}

/// The club's event, which nobody else changes before the transaction ends.
async fn locked(
    work: &Work,
    club: ClubId,
    id: EventId,
    revision: Option<u64>,
) -> Result<Event, ServiceError> {
    let event = events::lock(&work.tx, club, id).await?.ok_or(Refusal::UnknownEvent)?;
    stands_at(&event, revision)?;
    Ok(event)
}

fn stands_at(event: &Event, revision: Option<u64>) -> Result<(), Refusal> {
    let is_that = revision.is_none_or(|revision| revision == event.revision);
    if is_that { Ok(()) } else { Err(Refusal::ChangedMeanwhile) }
}

async fn one(
    db: &impl Source,
    settings: &ClubSettings,
    event: Event,
    now: Timestamp,
) -> Result<SiteEvent, ServiceError> {
    Ok(on_discord(db, settings, vec![event], now).await?.pop().ok_or(Refusal::UnknownEvent)?)
}

/// The events with what stands for them.
async fn on_discord(
    db: &impl Source,
    settings: &ClubSettings,
    events: Vec<Event>,
    now: Timestamp,
) -> Result<Vec<SiteEvent>, ServiceError> {
    let owners: Vec<OwnerId> = events.iter().map(|event| OwnerId::of_event(event.id)).collect();
    let standing = owners::standing(db, &owners, now).await?;
    let mut theirs: HashMap<OwnerId, Vec<Binding>> = HashMap::new();
    for binding in bindings::of_owners(db, &owners).await? {
        theirs.entry(binding.owner).or_default().push(binding);
    }
    let shown = |event: Event| {
        let owner = OwnerId::of_event(event.id);
        let bindings = theirs.remove(&owner).unwrap_or_default();
        let on_discord = stands(&event, &bindings, standing.get(&owner).copied(), (settings, now));
        SiteEvent { event, on_discord }
    };
    Ok(events.into_iter().map(shown).collect())
}

fn stands(
    event: &Event,
    bindings: &[Binding],
    standing: Option<Standing>,
    (settings, now): (&ClubSettings, Timestamp),
) -> EventOnDiscord {
    let of = |slot: &str| bindings.iter().find(|binding| binding.slot == slot);
    let id = |slot: &str| of(slot).and_then(Binding::standing);
    let channel = id(bindings::CHANNEL).map(Id::cast);
    let waits = standing.is_none_or(|standing| standing.is_waiting);
    let status = if standing.is_some_and(|standing| standing.is_failing) {
        EventStatus::Failing
    } else if waits {
        EventStatus::Pending
    } else if event.phase(settings, now) == Phase::PutAway {
        EventStatus::Archived
    } else if channel.is_some() || !event.channels_wanted {
        EventStatus::Live
    } else {
        EventStatus::Pending
    };
    EventOnDiscord {
        card: id(bindings::CARD).map(Id::cast),
        category: channel.and_then(|_| of(bindings::CHANNEL)?.category()),
        channel,
        native: id(bindings::NATIVE).map(Id::cast),
        practice: id(&bindings::practice(RoomOf::Event(event.id))).map(Id::cast),
        put_away_at: event.put_away_at(settings),
        race_voice: id(bindings::RACE_VOICE).map(Id::cast),
        status,
    }
}
