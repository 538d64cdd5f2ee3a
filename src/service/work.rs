//! The transaction of a change, from its beginning to its answer.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::{Id, marker::GuildMarker};
use uuid::Uuid;

use super::{Ask, Ring, Service, ServiceError};
use crate::{
    domain::{
        actor::Actor,
        club::{Club, SiteClub},
        event::Event,
        id::{ClubId, EventId, OwnerId, SyncId, WebhookId},
        owner::Rank,
        panel::Topic,
        refusal::Refusal,
    },
    store::{StoreError, Tx, answers, clubs, events, owners, questions, teams},
};

/// A change that is being made. Dropped before it is finished, nothing of it happened.
#[derive(Debug)]
pub(super) struct Work {
    /// The instant of the change.
    pub(super) now: Timestamp,
    /// A late answer that waits to be sent.
    pub(super) follow_up: Option<Uuid>,
    /// Other guilds that have something to do at once.
    others: BTreeSet<Id<GuildMarker>>,
    /// When its guild has something to do.
    ring_at: Option<Timestamp>,
    /// A sync that there is something to do for.
    pub(super) sync: Option<SyncId>,
    /// The transaction.
    pub(super) tx: Tx,
}

impl Service {
    pub(super) async fn begin(&self) -> Result<Work, ServiceError> {
        let tx = self.0.store.begin().await?;
        // Read after the wait for the transaction, so that instants grow in the order of commits.
        Ok(Work {
            follow_up: None,
            now: self.0.clock.now(),
            others: BTreeSet::new(),
            ring_at: None,
            sync: None,
            tx,
        })
    }

    /// Renders the answer to `outcome`, and makes both last.
    pub(super) async fn finish<T>(
        &self,
        work: Work,
        ask: &Ask<'_, T>,
        outcome: &T,
    ) -> Result<Value, ServiceError> {
        let callback = (ask.render)(outcome).callback;
        self.keep(work, ask, callback).await
    }

    /// Keeps the answer, commits, and rings. Where somebody answered under the key meanwhile, nothing happens, and their answer is
    /// the one to give.
    pub(super) async fn keep<T>(
        &self,
        work: Work,
        ask: &Ask<'_, T>,
        callback: Value,
    ) -> Result<Value, ServiceError> {
        self.keep_under(work, ask.key, Some(ask.actor.guild), ask.request_id, callback).await
    }

    /// Like [`Service::keep`], for somebody who may be in no guild.
    pub(super) async fn keep_under(
        &self,
        work: Work,
        key: &str,
        guild: Option<Id<GuildMarker>>,
        request_id: &str,
        callback: Value,
    ) -> Result<Value, ServiceError> {
        let Work { now, others, ring_at, sync, tx, .. } = work;
        if !answers::put(&tx, key, callback.clone(), now).await? {
            tx.rollback().await?;
            let first = self.answered(key).await?;
            return Ok(first.ok_or_else(|| StoreError::Db("an answer was there and is gone".into()))?);
        }
        let webhooks = tx.webhooks();
        tx.commit().await?;
        self.ring_webhooks(webhooks, request_id);
        if let Some((guild, at)) = guild.zip(ring_at) {
            self.ring(guild, at, request_id);
        }
        for guild in others {
            self.ring(guild, now, request_id);
        }
        if let Some(id) = sync {
            self.0.doorbell.ring(Ring::Sync { id: id.uuid(), request_id: request_id.to_owned() });
        }
        Ok(callback)
    }

    /// Makes a change last that nobody waits for the answer to, and rings.
    pub(super) async fn commit(&self, work: Work, request_id: &str) -> Result<(), ServiceError> {
        let Work { follow_up, now, others, sync, tx, .. } = work;
        let webhooks = tx.webhooks();
        tx.commit().await?;
        self.ring_webhooks(webhooks, request_id);
        for guild in others {
            self.ring(guild, now, request_id);
        }
        if let Some(id) = follow_up {
            self.0.doorbell.ring(Ring::FollowUp { id, request_id: request_id.to_owned() });
        }
        if let Some(id) = sync {
            self.0.doorbell.ring(Ring::Sync { id: id.uuid(), request_id: request_id.to_owned() });
        }
        Ok(())
    }

    /// Like [`Service::commit`], and looks after the guild when it has something to do.
    pub(super) async fn commit_in(
        &self,
        mut work: Work,
        guild: Id<GuildMarker>,
        request_id: &str,
    ) -> Result<(), ServiceError> {
        let ring_at = work.ring_at.take();
        self.commit(work, request_id).await?;
        if let Some(at) = ring_at {
            self.ring(guild, at, request_id);
        }
        Ok(())
    }

    /// Has webhooks told what they have to hear.
    fn ring_webhooks(&self, webhooks: BTreeSet<WebhookId>, request_id: &str) {
        for id in webhooks {
            self.0.doorbell.ring(Ring::Webhook { id: id.uuid(), request_id: request_id.to_owned() });
        }
    }

    pub(super) fn ring(&self, guild: Id<GuildMarker>, at: Timestamp, request_id: &str) {
        self.0.doorbell.ring(Ring::Wake { at, guild, request_id: request_id.to_owned() });
    }
}

impl Work {
    /// Asks for the owners' reconciling, and for that of those whose roles the events among them share.
    pub(super) async fn request(&mut self, owners: &[OwnerId], rank: Rank) -> Result<(), ServiceError> {
        owners::request(&self.tx, owners, rank, self.now).await?;
        let homes = teams::homes(&self.tx, owners).await?;
        owners::request(&self.tx, &homes, rank, self.now).await?;
        self.ring_at(self.now);
        Ok(())
    }

    /// Has the board of the guild's coming events looked at, after the events themselves, where its club has one.
    pub(super) async fn redraw_board(&mut self, guild: Id<GuildMarker>) -> Result<(), ServiceError> {
        let club = clubs::of_guild(&self.tx, guild).await?;
        match club.and_then(|club| club.settings.announcement_channel) {
            Some(_) => self.request(&[OwnerId::of_guild(guild)], Rank::Bulk).await,
            None => Ok(()),
        }
    }

    /// Asks for the reconciling of another guild's owners.
    pub(super) async fn request_in(
        &mut self,
        guild: Id<GuildMarker>,
        owners: &[OwnerId],
    ) -> Result<(), ServiceError> {
        owners::request(&self.tx, owners, Rank::People, self.now).await?;
        self.others.insert(guild);
        Ok(())
    }

    /// Has another guild looked after at once.
    pub(super) fn ring_also(&mut self, guild: Id<GuildMarker>) {
        self.others.insert(guild);
    }

    /// Has the guild looked after at that instant, or earlier.
    pub(super) fn ring_at(&mut self, at: Timestamp) {
        self.ring_at = Some(self.ring_at.map_or(at, |earlier| earlier.min(at)));
    }

    /// The actor's club, for one of its organisers. Nobody else decides on it or its events before the transaction ends.
    pub(super) async fn organised_club(&self, actor: &Actor) -> Result<Club, ServiceError> {
        let club = clubs::lock(&self.tx, actor.guild).await?.ok_or(Refusal::NoClub)?;
        organised(club, actor)
    }

    /// Saves a locked club as [`Work::save_site_club`] does. With a channel to ask in, nobody needs to be told that there is none.
    pub(super) async fn save_club(&self, before: &Club, after: &Club) -> Result<(), ServiceError> {
        self.save_site_club(&before.clone().into(), &after.clone().into()).await?;
        if after.settings.announcement_channel.is_some() {
            questions::moot(&self.tx, after.guild, &Topic::NoAnnouncementChannel, self.now).await?;
        }
        if after.settings.organiser_channel.is_some() {
            questions::moot(&self.tx, after.guild, &Topic::NoOrganiserChannel, self.now).await?;
        }
        Ok(())
    }

    /// Saves a locked club, on Discord or not. In another zone, the times that stand in an open form mean others: those forms are refused.
    pub(super) async fn save_site_club(
        &self,
        before: &SiteClub,
        after: &SiteClub,
    ) -> Result<(), ServiceError> {
        clubs::save(&self.tx, after, self.now).await?;
        if after.zone != before.zone {
            events::outdate(&self.tx, after.id, self.now).await?;
        }
        Ok(())
    }

    /// The club's event, which nobody else changes before the transaction ends; one that is still ahead or being raced.
    pub(super) async fn event_ahead(&self, club: &Club, id: EventId) -> Result<Event, ServiceError> {
        let event = events::lock(&self.tx, club.id, id).await?.ok_or(Refusal::UnknownEvent)?;
        is_ahead(&event, self.now)?;
        Ok(event)
    }

    /// A club, for its site: one that is on Discord. Nobody else decides on it or its events before the transaction ends.
    pub(super) async fn site_club(&self, id: ClubId) -> Result<Club, ServiceError> {
        let club = clubs::lock_by_id(&self.tx, id).await?.ok_or(Refusal::NoClub)?;
        Ok(club.on_discord().ok_or(Refusal::NotOnDiscord)?)
    }
}

/// Nothing, if the event is still ahead or being raced.
pub(super) fn is_ahead(event: &Event, now: Timestamp) -> Result<(), Refusal> {
    if event.is_cancelled() {
        return Err(Refusal::EventCancelled(event.name.clone()));
    }
    if now >= event.end() {
        return Err(Refusal::EventOver(event.name.clone()));
    }
    Ok(())
}

/// The club, if the actor is one of its organisers.
pub(super) fn organised(club: Club, actor: &Actor) -> Result<Club, ServiceError> {
    if actor.is_organiser(&club.settings) { Ok(club) } else { Err(Refusal::NotOrganiser.into()) }
}
