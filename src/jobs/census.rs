//! The census: which guilds the app is in, held against those that it is thought to be in. Discord tells that the app was removed
//! somewhere, but not where.

use std::{collections::HashSet, sync::Arc};

use crate::{
    base::clock::Clock,
    discord::{Error, ReadPort},
    store::{Store, StoreError, guilds, owners},
};

/// Counts guilds.
#[derive(Clone)]
pub struct Census {
    clock: Clock,
    read: Arc<dyn ReadPort>,
    store: Store,
}

/// Why a census wasn't taken. The next one finds what this one would have.
#[derive(Debug, thiserror::Error)]
pub enum CensusError {
    /// Discord didn't tell.
    #[error("Discord did not tell which guilds the app is in")]
    Discord(#[from] Error),
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
}

impl Census {
    /// A census over `store`.
    #[must_use]
    pub const fn new(clock: Clock, read: Arc<dyn ReadPort>, store: Store) -> Self {
        Self { clock, read, store }
    }

    /// Asks for a full check of every guild that Discord doesn't name, which puts it to rest if the app is gone from it. Says how
    /// many there are.
    ///
    /// # Errors
    ///
    /// See [`CensusError`].
    pub async fn take(&self) -> Result<usize, CensusError> {
        // Read before Discord is asked: a guild that is added meanwhile isn't missed.
        let known = guilds::active(&self.store).await?;
        let named: HashSet<_> = self.read.guilds().await?.into_iter().collect();
        let missed: Vec<_> = known.iter().filter(|guild| !named.contains(&guild.id)).collect();
        for guild in &missed {
            tracing::info!(guild = %guild.id, "the app may have been removed from the guild");
            let tx = self.store.begin().await?;
            owners::want_check(&tx, guild.id, self.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(missed.len())
    }
}
