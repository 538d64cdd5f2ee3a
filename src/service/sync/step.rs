//! The steps of a sync, between the calls to Discord that a job makes for it.

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, RoleMarker, UserMarker},
};
use uuid::Uuid;

use super::{
    super::{Service, ServiceError, work::Work},
    shown::ShownSync,
};
use crate::{
    domain::{
        refusal::Refusal,
        sync::{Seen, SyncKind, SyncState, Trouble},
    },
    store::{
        StoreError,
        sync_changes::{self, Planned},
        sync_runs::{self, Claimed},
    },
};

/// Draws a sync as the reply that shows it.
pub type Render<'r> = &'r (dyn Fn(&ShownSync) -> Value + Sync);

/// What a run needs of Discord next.
#[derive(Debug)]
pub enum Step {
    /// Read the members after that account.
    Read {
        /// The account; 0 for the first page.
        after: u64,
        /// Whether it isn't known yet how many there are.
        counts: bool,
        /// The server.
        guild: Id<GuildMarker>,
    },
    /// Give that role to these accounts, or take it away again.
    Grant {
        /// The accounts, each with the place of its change.
        changes: Vec<Planned>,
        /// The server.
        guild: Id<GuildMarker>,
        /// The role.
        role: Id<RoleMarker>,
        /// Whether it is taken away.
        takes: bool,
    },
    /// Nothing: the database has it.
    Work,
}

impl Service {
    /// Claims a run to go on with it; `None` while somebody else has it, or nothing is to be done.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn claim_sync(&self, id: Uuid) -> Result<Option<(Claimed, Step)>, ServiceError> {
        let (store, now) = (self.store(), self.0.clock.now());
        let Some(claimed) =
            sync_runs::claim(store, id, (self.0.ids.uuid(now), self.0.sync_claim), now).await?
        else {
            return Ok(None);
        };
        let run = &claimed.run;
        let step = match run.state {
            SyncState::Reading => {
                Step::Read { after: run.cursor, counts: run.expected.is_none(), guild: run.guild }
            }
            SyncState::Applying => self.grants(run).await?,
            _ => Step::Work,
        };
        Ok(Some((claimed, step)))
    }

    /// Keeps a page of members. `last` is the account to go on after, or `None` once everybody was read.
    ///
    /// # Errors
    ///
    /// When the database fails, or somebody else has the run by now.
    pub async fn keep_page(
        &self,
        mut claimed: Claimed,
        seen: &[Seen],
        last: Option<Id<UserMarker>>,
        calls: u32,
    ) -> Result<Claimed, ServiceError> {
        let work = self.begin().await?;
        let run = &mut claimed.run;
        sync_changes::stage(&work.tx, run.id, seen).await?;
        run.calls = run.calls.saturating_add(calls);
        run.pages = run.pages.saturating_add(1);
        match last {
            Some(last) => run.cursor = last.get(),
            None => run.state = SyncState::Comparing,
        }
        sync_runs::save(&work.tx, &claimed, None, 0).await?;
        work.tx.commit().await?;
        Ok(claimed)
    }

    /// Goes on with those who used the app, as members can't be listed.
    ///
    /// # Errors
    ///
    /// When the database fails, or somebody else has the run by now.
    pub async fn without_intent(&self, mut claimed: Claimed) -> Result<Claimed, ServiceError> {
        let work = self.begin().await?;
        claimed.run.calls = claimed.run.calls.saturating_add(1);
        claimed.run.trouble = Some(Trouble::NoIntent);
        claimed.run.state = SyncState::Comparing;
        sync_runs::save(&work.tx, &claimed, None, 0).await?;
        work.tx.commit().await?;
        Ok(claimed)
    }

    /// Does what a run needs nothing of Discord for: computes its difference, or makes a batch of changes.
    ///
    /// # Errors
    ///
    /// When the database fails, or somebody else has the run by now.
    pub async fn work_on_sync(
        &self,
        mut claimed: Claimed,
        render: Render<'_>,
    ) -> Result<Claimed, ServiceError> {
        match claimed.run.state {
            SyncState::Comparing => {
                match self.plan_holding(&mut claimed).await {
                    Ok(()) => {}
                    Err(ServiceError::Refused(Refusal::NotOnDiscord)) => {
                        return self.fail_sync(claimed, Trouble::Gone, render).await;
                    }
                    Err(error) => return Err(error),
                }
                self.planned(claimed, render).await
            }
            SyncState::Applying => self.apply_batch(claimed, render).await,
            _ => Ok(claimed),
        }
    }

    /// Computes what a run changes, and keeps the claim as long as that takes.
    async fn plan_holding(&self, claimed: &mut Claimed) -> Result<(), ServiceError> {
        let mut run = claimed.run.clone();
        // Both go on at once: the one may wait for the database while the other has it.
        let hold = async {
            loop {
                tokio::time::sleep(self.0.sync_claim / 3).await;
                if let Err(error) = sync_runs::hold(self.store(), claimed, self.0.sync_claim).await {
                    break error;
                }
            }
        };
        let planned = tokio::select! {
            planned = self.plan_sync(&mut run) => planned,
            error = hold => Err(error.into()),
        };
        claimed.run = run;
        planned
    }

    /// The difference stands: it is shown, asked about, or applied.
    async fn planned(&self, mut claimed: Claimed, render: Render<'_>) -> Result<Claimed, ServiceError> {
        let mut work = self.begin().await?;
        let run = &mut claimed.run;
        run.cursor = 0;
        run.planned_at = Some(work.now);
        run.state = match run.kind {
            SyncKind::Preview => SyncState::Planned,
            _ if run.results.counts.needs_a_yes() => SyncState::Asking,
            _ => SyncState::Applying,
        };
        if run.state == SyncState::Applying {
            run.applied_at = Some(work.now);
        }
        if run.state.is_running() {
            sync_runs::save(&work.tx, &claimed, None, 0).await?;
            work.tx.commit().await?;
            return Ok(claimed);
        }
        self.conclude(&mut work, &claimed, render).await?;
        self.commit_run(work, claimed).await
    }

    pub(super) async fn done(
        &self,
        mut work: Work,
        mut claimed: Claimed,
        render: Render<'_>,
    ) -> Result<Claimed, ServiceError> {
        claimed.run.state = SyncState::Done;
        claimed.run.finished_at = Some(work.now);
        if let Some(undone) = claimed.run.undoes {
            sync_runs::undone(&work.tx, undone, work.now).await?;
        }
        sync_changes::unstage(&work.tx, claimed.run.id).await?;
        self.conclude(&mut work, &claimed, render).await?;
        self.commit_run(work, claimed).await
    }

    /// Ends a run before it is done.
    ///
    /// # Errors
    ///
    /// When the database fails, or somebody else has the run by now.
    pub async fn fail_sync(
        &self,
        mut claimed: Claimed,
        trouble: Trouble,
        render: Render<'_>,
    ) -> Result<Claimed, ServiceError> {
        let mut work = self.begin().await?;
        claimed.run.trouble = Some(trouble);
        claimed.run.state = SyncState::Failed;
        claimed.run.finished_at = Some(work.now);
        sync_changes::unstage(&work.tx, claimed.run.id).await?;
        self.conclude(&mut work, &claimed, render).await?;
        self.commit_run(work, claimed).await
    }

    /// Has a run tried again later.
    ///
    /// # Errors
    ///
    /// When the database fails, or somebody else has the run by now.
    pub async fn retry_sync(
        &self,
        claimed: &Claimed,
        at: Timestamp,
        counts: bool,
    ) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        let tries = if counts { claimed.tries.saturating_add(1) } else { claimed.tries };
        sync_runs::save(&work.tx, claimed, Some(at), tries).await?;
        Ok(work.tx.commit().await?)
    }

    pub(super) async fn commit_run(&self, work: Work, claimed: Claimed) -> Result<Claimed, ServiceError> {
        self.commit(work, &format!("sync-{}", claimed.run.id.short())).await?;
        Ok(claimed)
    }
}

/// Whether a step failed because somebody else goes on with the run.
#[must_use]
pub fn is_taken(error: &ServiceError) -> bool {
    matches!(error, ServiceError::Store(StoreError::Fenced))
}
