//! One guild served: whatever is due in it, most urgent first, under its lease.

use std::{collections::HashSet, time::Duration};

use jiff::Timestamp;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{AWAIT, Reconciler, check::CheckError, pass::Passed};
use crate::{
    domain::{id::OwnerId, owner::OwnerKind},
    store::{
        Lease, StoreError, bot_settings,
        owners::{self, DueOwner},
    },
};

/// How serving a guild ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Served {
    /// Another worker has it, for that long unless it renews.
    Busy(Duration),
    /// Nothing is due any more until then.
    Until(Option<Timestamp>),
}

/// Why a guild couldn't be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Who the bot is can't be asked.
    #[error("the bot's own account can't be read")]
    Bot(#[source] crate::discord::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Reconciler {
    /// Does everything that is due in `guild`.
    ///
    /// # Errors
    ///
    /// See [`ServeError`]. Other calls to Discord that fail are no errors here: they stand in the owners' rows.
    pub async fn serve(&self, guild: Id<GuildMarker>) -> Result<Served, ServeError> {
        self.know_bot().await?;
        let Some(lease) = self.store.take_lease(guild, self.timings.lease).await? else {
            return Ok(Served::Busy(self.timings.lease));
        };
        match self.serve_leased(&lease).await {
            Err(StoreError::Fenced) => {
                tracing::warn!(%guild, "the lease went to another worker");
                Ok(Served::Busy(self.timings.lease))
            }
            served => {
                self.store.release_lease(&lease).await?;
                Ok(served?)
            }
        }
    }

    async fn serve_leased(&self, lease: &Lease) -> Result<Served, StoreError> {
        let mut waiting: HashSet<OwnerId> = HashSet::new();
        while let Some(due) = self.next_due(lease, &waiting).await? {
            if self.stop.is_cancelled() {
                break;
            }
            if due.check_wanted && due.owner.kind() == OwnerKind::Guild {
                self.checked(lease).await?;
            }
            let owner = due.owner.id();
            match self.pass(lease, &due).await? {
                Passed::Awaits => {
                    waiting.insert(owner);
                }
                Passed::Finished if due.owner.kind() != OwnerKind::Event => waiting.clear(),
                Passed::Finished | Passed::Preempted => {}
            }
        }
        self.hold(lease, &waiting).await?;
        Ok(Served::Until(owners::next_at(&self.store, lease.guild).await?))
    }

    async fn next_due(
        &self,
        lease: &Lease,
        waiting: &HashSet<OwnerId>,
    ) -> Result<Option<DueOwner>, StoreError> {
        let due = owners::due_of_guild(&self.store, lease.guild, self.clock.now()).await?;
        Ok(due.into_iter().find(|due| !waiting.contains(&due.owner.id())))
    }

    /// Those that wait for a category that can't be made yet get another look later.
    async fn hold(&self, lease: &Lease, waiting: &HashSet<OwnerId>) -> Result<(), StoreError> {
        let now = self.clock.now();
        let until = now.saturating_add(AWAIT).unwrap_or(now);
        for due in owners::due_of_guild(&self.store, lease.guild, now).await? {
            if waiting.contains(&due.owner.id()) {
                let fenced = self.store.fenced(lease).await?;
                owners::hold(&fenced, &due, until, now).await?;
                fenced.commit().await?;
            }
        }
        Ok(())
    }

    async fn checked(&self, lease: &Lease) -> Result<(), StoreError> {
        match self.check(lease).await {
            Ok(differing) => {
                tracing::info!(guild = %lease.guild, differing, "checked");
                Ok(())
            }
            Err(CheckError::Discord(error)) => {
                tracing::warn!(guild = %lease.guild, %error, "check failed");
                Ok(())
            }
            Err(CheckError::Store(error)) => Err(error),
        }
    }

    /// Every restricting overwrite set admits the bot's own account, so it has to be known first. Asked for once.
    async fn know_bot(&self) -> Result<(), ServeError> {
        if bot_settings::get(&self.store).await?.bot_user.is_none() {
            let bot = self.read.bot().await.map_err(ServeError::Bot)?;
            bot_settings::met_bot(&self.store, bot.id, self.clock.now()).await?;
        }
        Ok(())
    }
}
