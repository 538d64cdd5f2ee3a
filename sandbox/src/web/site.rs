//! Everything behind the pages.

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;

use super::{desk::Desk, hands::Hands, place::Place};
use crate::{Discord, Guild, Snowflake, people::Person, stage::Stage};

/// How often, and how many times at most, it is looked whether anybody still holds a site.
const LOOK: Duration = Duration::from_millis(10);
const LOOKS: u32 = 200;

/// Everything behind the pages. Clones share it.
#[derive(Clone)]
pub(super) struct Site(Arc<Inner>);

pub(super) struct Inner {
    pub(super) discord: Discord,
    pub(super) desk: Desk,
    pub(super) hands: Hands,
    pub(super) stage: Stage,
}

impl std::ops::Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Site {
    pub(super) fn new(stage: Stage) -> Self {
        let discord = stage.discord.clone();
        Self(Arc::new(Inner { discord, desk: Desk::default(), hands: Hands::default(), stage }))
    }

    /// The stage, once nobody else holds the site: connections that are closed let go of it a moment later.
    pub(super) async fn into_stage(self) -> Option<Stage> {
        let mut site = self.0;
        for _ in 0..LOOKS {
            match Arc::try_unwrap(site) {
                Ok(inner) => return Some(inner.stage),
                Err(held) => site = held,
            }
            sleep(LOOK).await;
        }
        None
    }

    /// Whether somebody has this id.
    pub(super) fn knows(&self, id: Snowflake) -> bool {
        self.discord.with(|state| state.users.contains_key(&id))
    }

    /// Whoever looks from a place.
    pub(super) fn viewer(&self, place: &Place) -> Person {
        self.person(place, place.viewer)
    }

    /// Somebody, in the guild of a place.
    pub(super) fn person(&self, place: &Place, id: Snowflake) -> Person {
        Person::new(&self.discord, place.guild.unwrap_or(Snowflake::new(0)), id)
    }

    /// The guild of a place.
    pub(super) fn guild(&self, place: &Place) -> Option<Guild> {
        Guild::find(&self.discord, place.guild?)
    }
}
