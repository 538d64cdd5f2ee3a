//! What crews are built from.

use std::collections::HashMap;

use crate::{
    domain::{actor::Actor, availability::Availability, crew::PoolFacts, id::UserId, rating::IRating},
    service::{
        ServiceError,
        event::EventFacts,
        team::{TeamsFacts, look},
    },
    store::{Source, availability, partners, preferences},
};

/// What crews are built from.
pub(super) struct Gathered {
    partners: HashMap<UserId, Vec<UserId>>,
    ratings: HashMap<UserId, IRating>,
    said: HashMap<UserId, Availability>,
    pub(super) teams: TeamsFacts,
}

impl Gathered {
    /// What an event's crews are built from.
    pub(super) async fn around(
        db: &impl Source,
        facts: EventFacts,
        actor: &Actor,
    ) -> Result<Self, ServiceError> {
        let event = facts.event.id;
        let teams = look::around(db, facts, actor).await?;
        Ok(Self {
            partners: partners::users_of_event(db, event).await?,
            ratings: preferences::ratings(db, event).await?,
            said: availability::of_event(db, event).await?,
            teams,
        })
    }

    pub(super) const fn pool_facts(&self) -> PoolFacts<'_> {
        let TeamsFacts { facts, gone, teams, .. } = &self.teams;
        PoolFacts {
            event: &facts.event,
            gone,
            partners: &self.partners,
            ratings: &self.ratings,
            said: &self.said,
            sheet: &facts.sheet,
            teams,
        }
    }
}
