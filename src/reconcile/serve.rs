//! One guild served: whatever is due in it, most urgent first, under its lease.

use std::{collections::HashSet, panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt;
use jiff::Timestamp;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{AWAIT, Reconciler, apply::fault, backoff, check::CheckError, pass::Passed};
use crate::{
    discord::Error,
    domain::{id::OwnerId, owner::OwnerKind, panel::Failure},
    store::{
        Fenced, Lease, StoreError, bot_settings,
        fault::Fault,
        guilds,
        owners::{self, DueOwner, Wait},
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

impl Reconciler {
    /// Does everything that is due in `guild`.
    ///
    /// # Errors
    ///
    /// When the database fails. Calls to Discord that fail are no errors here: they stand in the owners' rows.
    pub async fn serve(&self, guild: Id<GuildMarker>) -> Result<Served, StoreError> {
        let Some(lease) = self.store.take_lease(guild, self.timings.lease).await? else {
            let known = guilds::by_id(&self.store, guild).await?.is_some();
            return Ok(if known { Served::Busy(self.timings.lease) } else { Served::Until(None) });
        };
        let served = match self.know_bot().await? {
            Ok(()) => self.serve_leased(&lease).await,
            Err(error) => self.put_off(&lease, &error).await,
        };
        match served {
            Err(StoreError::Fenced) => {
                tracing::warn!(%guild, "the lease went to another worker");
                Ok(Served::Busy(self.timings.lease))
            }
            served => {
                self.store.release_lease(&lease).await?;
                served
            }
        }
    }

    async fn serve_leased(&self, lease: &Lease) -> Result<Served, StoreError> {
        let mut waiting: HashSet<OwnerId> = HashSet::new();
        while let Some(due) = self.next_due(lease, &waiting).await? {
            if due.check_wanted && due.owner.kind() == OwnerKind::Guild && !self.stop.is_cancelled() {
                self.checked(lease).await?;
            }
            if self.stop.is_cancelled() {
                break;
            }
            let owner = due.owner.id();
            match self.guarded(lease, &due, &waiting).await? {
                Passed::Awaits => {
                    waiting.insert(owner);
                }
                // A category may have been made.
                Passed::Finished if due.owner.kind() != OwnerKind::Event => {
                    waiting.clear();
                    self.owned(lease, async |fenced| owners::release(fenced).await).await?;
                }
                Passed::Finished | Passed::Preempted => {}
            }
        }
        self.hold(lease, &waiting).await?;
        Ok(Served::Until(owners::next_at(&self.store, lease.guild).await?))
    }

    /// A pass that can't take the rest of the guild down with it: an owner that can't be read, or whose pass panics, is put off with
    /// its fault in its row, and the others have their turn.
    async fn guarded(
        &self,
        lease: &Lease,
        due: &DueOwner,
        waiting: &HashSet<OwnerId>,
    ) -> Result<Passed, StoreError> {
        self.owned(lease, async |fenced| owners::begin(fenced, due, self.clock.now()).await).await?;
        let passed = AssertUnwindSafe(self.pass(lease, due, waiting)).catch_unwind().await;
        let message = match passed {
            Ok(Ok(Passed::Preempted)) => {
                self.owned(lease, async |fenced| owners::pause(fenced, due).await).await?;
                return Ok(Passed::Preempted);
            }
            Ok(Err(error @ StoreError::Corrupt { .. })) => error.to_string(),
            Ok(ended) => return ended,
            Err(_) => "a fault of the service's own".to_owned(),
        };
        tracing::error!(owner = %due.owner.id(), message, "a pass broke");
        let now = self.clock.now();
        let at = backoff::after_break(due.tries.saturating_add(1), now, self.ids.fraction());
        let fault = Fault { class: Failure::Broken, message };
        self.owned(lease, async |fenced| owners::retry(fenced, due, Wait::until(at), &fault, now).await)
            .await?;
        Ok(Passed::Finished)
    }

    /// Puts everything of a guild to rest that the app was removed from, once Discord has said so of its channels, which every
    /// member may list.
    pub(super) async fn lose_guild(&self, lease: &Lease, error: &Error) -> Result<(), StoreError> {
        let channels = async || self.read.guild_channels(lease.guild).await;
        if !error.not_in_guild() || !channels().await.is_err_and(|again| again.not_in_guild()) {
            return Ok(());
        }
        tracing::warn!(guild = %lease.guild, "the app was removed from the guild");
        let now = self.clock.now();
        self.owned(lease, async |fenced| guilds::lose(fenced.tx(), lease.guild, now).await).await
    }

    /// Lets the lease last from now on, before a call that may take a while.
    pub(super) async fn hold_on(&self, lease: &Lease) -> Result<(), StoreError> {
        let is_held = self.store.renew_lease(lease, self.timings.lease).await?;
        if is_held { Ok(()) } else { Err(StoreError::Fenced) }
    }

    /// Writes something in a transaction of its own.
    pub(super) async fn owned(
        &self,
        lease: &Lease,
        write: impl AsyncFnOnce(&Fenced) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let fenced = self.store.fenced(lease).await?;
        write(&fenced).await?;
        fenced.commit().await
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
        let wait = Wait::until(now.saturating_add(AWAIT).unwrap_or(now));
        for due in owners::due_of_guild(&self.store, lease.guild, now).await? {
            if waiting.contains(&due.owner.id()) {
                self.owned(lease, async |fenced| owners::hold(fenced, &due, wait, now).await).await?;
            }
        }
        Ok(())
    }

    async fn checked(&self, lease: &Lease) -> Result<(), StoreError> {
        match self.check(lease).await {
            Ok(differing) => tracing::info!(guild = %lease.guild, differing, "checked"),
            Err(CheckError::Discord(error)) => {
                tracing::warn!(guild = %lease.guild, %error, "check failed");
                self.lose_guild(lease, &error).await?;
            }
            Err(CheckError::Store(error @ StoreError::Corrupt { .. })) => {
                tracing::error!(guild = %lease.guild, %error, "check failed");
            }
            Err(CheckError::Store(error)) => return Err(error),
        }
        self.owned(lease, async |fenced| owners::checked(fenced).await).await
    }

    /// Every restricting overwrite set admits the bot's own account, so it has to be known first. Asked for once.
    async fn know_bot(&self) -> Result<Result<(), Error>, StoreError> {
        if bot_settings::get(&self.store).await?.bot_user.is_some() {
            return Ok(Ok(()));
        }
        match self.read.bot().await {
            Ok(bot) => {
                bot_settings::met_bot(&self.store, bot.id, self.clock.now()).await?;
                Ok(Ok(()))
            }
            Err(error) => Ok(Err(error)),
        }
    }

    /// Nothing can be done in the guild for that reason: everything due in it is tried again later.
    async fn put_off(&self, lease: &Lease, error: &Error) -> Result<Served, StoreError> {
        let now = self.clock.now();
        tracing::warn!(guild = %lease.guild, %error, "nothing can be done");
        for due in owners::due_of_guild(&self.store, lease.guild, now).await? {
            let at = backoff::next_try(error, due.tries.saturating_add(1), now, self.ids.fraction());
            let fault = fault(error);
            self.owned(lease, async |fenced| owners::retry(fenced, &due, Wait::until(at), &fault, now).await)
                .await?;
        }
        Ok(Served::Until(owners::next_at(&self.store, lease.guild).await?))
    }
}
