//! What crews are built from.

use std::collections::{HashMap, HashSet};

use twilight_model::id::{Id, marker::UserMarker};

use crate::{
    domain::{actor::Actor, availability::Availability, crew::PoolFacts, id::UserId, rating::IRating},
    service::{
        ServiceError,
        event::EventFacts,
        team::{TeamsFacts, look},
    },
    store::{Source, availability, identities, partners, preferences},
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
        let named = partners::of_event(db, event).await?;
        let accounts: HashSet<Id<UserMarker>> = named.values().flatten().copied().collect();
        let known = identities::by_accounts(db, accounts).await?;
        let user = |account: &Id<UserMarker>| known.get(account).map(|identity| identity.user);
        let partners = named.iter().map(|(one, named)| (*one, named.iter().filter_map(user).collect()));
        Ok(Self {
            partners: partners.collect(),
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
