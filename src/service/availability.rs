//! When people can drive in an event.

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    Ask, Service, ServiceError,
    event::{self, EventFacts},
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        availability::{Availability, Block, Pick, blocks},
        event::Event,
        id::{EventId, UserId},
        refusal::Refusal,
        signup::{Sheet, SignupState},
        zone::Zone,
    },
    store::{availability, events, preferences, signups, users},
};

/// What somebody answers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reply {
    /// All hours at once.
    Pick(Pick),
    /// Of the hours shown, they can drive in those at these places.
    Available {
        /// The places of the hours shown, among all of the event's.
        shown: std::ops::Range<usize>,
        /// Those chosen.
        chosen: Vec<usize>,
    },
    /// Of the hours shown, they would like to drive in those at these places.
    Preferred {
        /// The places of the hours shown, among all of the event's.
        shown: std::ops::Range<usize>,
        /// Those chosen.
        chosen: Vec<usize>,
    },
}

/// An event's hours, as somebody sees and answers them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hours {
    /// The event.
    pub facts: EventFacts,
    /// Whether the event was moved since the page was drawn that was answered: nothing was saved.
    pub moved: bool,
    /// What they said so far.
    pub said: Availability,
    /// The zone that they live in, where they said.
    pub zone: Option<Zone>,
}

/// Who of an event hasn't said when they can drive.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Unanswered {
    /// How many have a place or wait for one.
    pub asked: usize,
    /// Those of them who haven't answered all hours.
    pub people: Vec<Id<UserMarker>>,
}

impl Service {
    /// The hours of an event for the actor, who is signed up for it.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown, cancelled or over, and whoever isn't signed up; fails when the database does.
    pub async fn hours(&self, actor: &Actor, event: EventId) -> Result<Hours, ServiceError> {
        let facts = self.event(actor, event).await?.facts;
        still_ahead(&facts.event, facts.now)?;
        let user = users::by_account(self.store(), actor.account.id).await?;
        let user = signed_up(&facts.event, &facts.sheet, user)?;
        let said = availability::of(self.store(), event, user).await?;
        let zone = preferences::zone(self.store(), user).await?;
        Ok(Hours { facts, moved: false, said, zone })
    }

    /// Saves what the actor answers about an event that began at `start` when they saw its hours. One that was moved meanwhile is shown
    /// anew, and nothing is saved. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// As for [`Service::hours`].
    pub async fn answer_hours(
        &self,
        ask: Ask<'_, Hours>,
        (event, start): (EventId, Timestamp),
        reply: &Reply,
    ) -> Result<Value, ServiceError> {
        let club = self.club_of(ask.actor).await?;
        let work = self.begin().await?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        still_ahead(&event, work.now)?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let user = users::by_account(&work.tx, ask.actor.account.id).await?;
        let user = signed_up(&event, &sheet, user)?;
        let zone = preferences::zone(&work.tx, user).await?;
        let before = availability::of(&work.tx, event.id, user).await?;
        let moved = event.start != start;
        let own = zone.as_ref().unwrap_or(&club.zone).clone();
        let said = if moved { before } else { answered(&before, (&event, work.now), &own, reply) };
        if !moved {
            availability::put(&work.tx, event.id, user, &said).await?;
        }
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &Hours { facts, moved, said, zone }).await
    }

    /// Saves the zone that the actor lives in, on their way to an event's hours. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// As for [`Service::hours`].
    pub async fn choose_zone_for(
        &self,
        ask: Ask<'_, Hours>,
        event: EventId,
        zone: Option<Zone>,
    ) -> Result<Value, ServiceError> {
        let club = self.club_of(ask.actor).await?;
        let work = self.begin().await?;
        let user = self.person(&work, ask.actor).await?;
        let zone = zone.unwrap_or_else(|| club.zone.clone());
        preferences::set_zone(&work.tx, user, &zone).await?;
        let event = events::by_id(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        still_ahead(&event, work.now)?;
        let facts = event::facts(&work, club, event).await?;
        signed_up(&facts.event, &facts.sheet, Some(user))?;
        let said = availability::of(&work.tx, facts.event.id, user).await?;
        self.finish(work, &ask, &Hours { facts, moved: false, said, zone: Some(zone) }).await
    }

    /// Who of an event has a place or waits for one, and hasn't answered all of its hours.
    pub(super) async fn unanswered(&self, event: &Event, sheet: &Sheet) -> Result<Unanswered, ServiceError> {
        let said = availability::of_event(self.store(), event.id).await?;
        let hours = blocks(event);
        let is_asked = |state: SignupState| state.has_place() || state == SignupState::Waiting;
        let asked: Vec<_> = sheet.lines().iter().filter(|line| is_asked(line.state)).collect();
        let lacks = |user: &UserId| said.get(user).is_none_or(|said| said.answered(&hours) < hours.len());
        let people = asked.iter().filter(|line| lacks(&line.user)).map(|line| line.discord).collect();
        Ok(Unanswered { asked: asked.len(), people })
    }

    /// Takes along what both of two people said who turned out to be one.
    pub(super) async fn join_availability(
        &self,
        work: &Work,
        event: EventId,
        (from, into): (Availability, UserId),
    ) -> Result<(), ServiceError> {
        let kept = availability::of(&work.tx, event, into).await?;
        let joined = kept.joined_by(from);
        if !joined.is_empty() {
            availability::put(&work.tx, event, into, &joined).await?;
        }
        Ok(())
    }
}

pub(super) fn still_ahead(event: &Event, now: Timestamp) -> Result<(), Refusal> {
    if event.is_cancelled() {
        return Err(Refusal::EventCancelled(event.name.clone()));
    }
    if now >= event.end() {
        return Err(Refusal::EventOver(event.name.clone()));
    }
    Ok(())
}

pub(super) fn signed_up(event: &Event, sheet: &Sheet, user: Option<UserId>) -> Result<UserId, Refusal> {
    let line = user.and_then(|user| sheet.of(user)).filter(|line| line.state.is_signed_up());
    line.map(|line| line.user).ok_or_else(|| Refusal::NotSignedUp(event.name.clone()))
}

fn answered(
    before: &Availability,
    (event, now): (&Event, Timestamp),
    zone: &Zone,
    reply: &Reply,
) -> Availability {
    let hours = blocks(event);
    let shown = |range: &std::ops::Range<usize>| hours.get(range.clone()).unwrap_or_default().to_vec();
    let is_chosen = |chosen: &[usize], block: Block| {
        hours.iter().position(|hour| *hour == block).is_some_and(|at| chosen.contains(&at))
    };
    match reply {
        Reply::Pick(pick) => before.with_available(&hours, now, |hour| pick.takes(hour, zone.time_zone())),
        Reply::Available { shown: range, chosen } => {
            before.with_available(&shown(range), now, |hour| is_chosen(chosen, hour))
        }
        Reply::Preferred { shown: range, chosen } => {
            before.with_preferred(&shown(range), now, |hour| is_chosen(chosen, hour))
        }
    }
}
