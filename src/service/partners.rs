//! With whom people would like to drive in an event.

use serde_json::Value;
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    Ask, Service, ServiceError,
    availability::{signed_up, still_ahead},
    event::{self, EventFacts},
    work::Work,
};
use crate::{
    domain::{
        actor::Actor,
        id::{EventId, UserId},
        refusal::Refusal,
    },
    store::{events, partners, signups, users},
};

/// How many somebody may name.
pub const MAX_PARTNERS: usize = 3;

/// Whom somebody named for an event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Partners {
    /// The event.
    pub facts: EventFacts,
    /// Their accounts.
    pub named: Vec<Id<UserMarker>>,
}

impl Service {
    /// With whom the actor, who is signed up, would like to drive.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown, cancelled or over, and whoever isn't signed up; fails when the database does.
    pub async fn partners(&self, actor: &Actor, event: EventId) -> Result<Partners, ServiceError> {
        let facts = self.event(actor, event).await?.facts;
        still_ahead(&facts.event, facts.now)?;
        let user = users::by_account(self.store(), actor.account.id).await?;
        let user = signed_up(&facts.event, &facts.sheet, user)?;
        let named = partners::of(self.store(), event, user).await?;
        Ok(Partners { facts, named })
    }

    /// Saves with whom the actor would like to drive: up to [`MAX_PARTNERS`] others. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// As for [`Service::partners`].
    pub async fn name_partners(
        &self,
        ask: Ask<'_, Partners>,
        event: EventId,
        named: &[Id<UserMarker>],
    ) -> Result<Value, ServiceError> {
        let club = self.club_of(ask.actor).await?;
        let work = self.begin().await?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        still_ahead(&event, work.now)?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let user = users::by_account(&work.tx, ask.actor.account.id).await?;
        let user = signed_up(&event, &sheet, user)?;
        let others = named.iter().copied().filter(|account| *account != ask.actor.account.id);
        let named: Vec<_> = others.take(MAX_PARTNERS).collect();
        partners::put(&work.tx, event.id, user, &named).await?;
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &Partners { facts, named }).await
    }
}

/// Takes along whom somebody named who turned out to be another: theirs first.
pub(super) async fn join_partners(
    work: &Work,
    event: EventId,
    (from, into): (Vec<Id<UserMarker>>, UserId),
) -> Result<(), ServiceError> {
    if from.is_empty() {
        return Ok(());
    }
    let mut joined = partners::of(&work.tx, event, into).await?;
    joined.extend(from);
    let mut seen = std::collections::HashSet::new();
    joined.retain(|account| seen.insert(*account));
    joined.truncate(MAX_PARTNERS);
    Ok(partners::put(&work.tx, event, into, &joined).await?)
}
