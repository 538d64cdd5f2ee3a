//! What organisers decide about the channel of an event that is over.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    Ask, Service, ServiceError,
    event::{self, EventFacts},
    work,
};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        event::{Event, Fate, Phase},
        id::EventId,
        refusal::Refusal,
    },
    store::events,
};

/// What becomes of an event's channel.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FateChange {
    /// It is kept until an organiser says otherwise.
    Keep,
    /// It is put away after the club's grace: at once where that is over.
    LetGo,
    /// It is put away at once.
    PutAway,
}

impl Service {
    /// Decides what becomes of an event's channel. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, has no channel, or whose channel is put away; to put away that of
    /// one that isn't over. Fails when the database does.
    pub async fn decide_fate(
        &self,
        ask: Ask<'_, EventFacts>,
        event: EventId,
        change: FateChange,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        takes(&before, &club, change, work.now)?;
        let (fate, action) = match change {
            FateChange::Keep => (Fate::Kept, "event.keep"),
            FateChange::LetGo if work.now >= before.grace_ends_at(&club.settings) => {
                (Fate::Now(work.now), "event.let_go")
            }
            FateChange::LetGo => (Fate::Grace, "event.let_go"),
            FateChange::PutAway => (Fate::Now(work.now), "event.put_away"),
        };
        let event =
            self.save_event(&mut work, ask.actor, &before, Event { fate, ..before.clone() }, action).await?;
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }

    /// The event and its club, for one of its organisers who is asked whether to put its channel away.
    ///
    /// # Errors
    ///
    /// Refuses as [`Service::decide_fate`] does, and fails when the database does.
    pub async fn ask_put_away(&self, actor: &Actor, event: EventId) -> Result<(Club, Event), ServiceError> {
        let club = work::organised(self.club_of(actor).await?, actor)?;
        let found = events::by_id(self.store(), club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        takes(&found, &club, FateChange::PutAway, self.0.clock.now())?;
        Ok((club, found))
    }
}

/// Whether the fate of the event's channel is still to be decided.
fn takes(event: &Event, club: &Club, change: FateChange, now: Timestamp) -> Result<(), Refusal> {
    let name = || event.name.clone();
    match event.phase(&club.settings, now) {
        _ if !event.channels_wanted => Err(Refusal::NoChannel(name())),
        Phase::PutAway => Err(Refusal::PutAway(name())),
        _ if change == FateChange::PutAway && !event.is_over(now) => Err(Refusal::NotOver(name())),
        _ => Ok(()),
    }
}
