//! Changes of a sync, made some at a time: in the database in one transaction with how far it is, or on Discord by a job.

use jiff::Timestamp;

use super::{
    super::{Service, ServiceError},
    step::{Render, Step},
};
use crate::{
    domain::sync::{Change, Run, SyncKind, Trouble},
    store::{
        sync_changes::{self, ChangeState, Planned},
        sync_runs::{self, Claimed},
    },
};

/// How many changes are made in one transaction at most, so that nobody waits long for the database.
const BATCH: u64 = 500;
/// How many of them may be of a kind that is made one by one.
const ONE_BY_ONE: usize = 50;
/// How many roles are given in one step.
const GRANTS: usize = 10;

impl Service {
    /// The roles to give next, if that is what comes next.
    pub(super) async fn grants(&self, run: &Run) -> Result<Step, ServiceError> {
        let next = sync_changes::after(self.store(), run.id, run.cursor, GRANTS as u64).await?;
        let Some(Change::Grant { role, .. }) = next.first().map(|planned| planned.change.clone()) else {
            return Ok(Step::Work);
        };
        let same =
            |planned: &Planned| matches!(planned.change, Change::Grant { role: other, .. } if other == role);
        let changes = next.into_iter().take_while(same).collect();
        Ok(Step::Grant { changes, guild: run.guild, role, takes: run.kind == SyncKind::Undo })
    }

    pub(super) async fn apply_batch(
        &self,
        mut claimed: Claimed,
        render: Render<'_>,
    ) -> Result<Claimed, ServiceError> {
        let mut work = self.begin().await?;
        let run = claimed.run.clone();
        let next = sync_changes::after(&work.tx, run.id, run.cursor, BATCH).await?;
        let mut batch: Vec<Planned> =
            next.into_iter().take_while(|planned| !planned.change.is_on_discord()).collect();
        batch.truncate(at_once(run.kind, &batch));
        if batch.is_empty() {
            return self.done(work, claimed, render).await;
        }
        self.make_changes(&mut work, &run, &mut batch).await?;
        count(&mut claimed.run, &batch);
        sync_runs::save(&work.tx, &claimed, None, 0).await?;
        self.commit_run(work, claimed).await
    }

    /// Notes which roles were given, or taken away.
    ///
    /// # Errors
    ///
    /// When the database fails, or somebody else has the run by now.
    pub async fn granted(
        &self,
        mut claimed: Claimed,
        changes: &[Planned],
        not_before: Option<Timestamp>,
    ) -> Result<Claimed, ServiceError> {
        let work = self.begin().await?;
        sync_changes::settle(&work.tx, claimed.run.id, changes).await?;
        claimed.run.calls =
            claimed.run.calls.saturating_add(u32::try_from(changes.len()).unwrap_or(u32::MAX));
        count(&mut claimed.run, changes);
        sync_runs::save(&work.tx, &claimed, not_before, 0).await?;
        work.tx.commit().await?;
        Ok(claimed)
    }

    /// Leaves out the roles that the bot may not give.
    ///
    /// # Errors
    ///
    /// When the database fails, or somebody else has the run by now.
    pub async fn may_not_grant(
        &self,
        mut claimed: Claimed,
        render: Render<'_>,
    ) -> Result<Claimed, ServiceError> {
        let work = self.begin().await?;
        claimed.run.trouble = Some(Trouble::MayNotGrant);
        let run = &mut claimed.run;
        run.results.skipped = run.results.total.saturating_sub(run.results.done);
        self.done(work, claimed, render).await
    }
}

/// How many of these changes are made in one transaction. Who joins does so together, which is cheap; everything else takes some twenty
/// statements each.
fn at_once(kind: SyncKind, changes: &[Planned]) -> usize {
    let together = |change: &Change| matches!(change, Change::Join { .. }) && kind != SyncKind::Undo;
    let one_by_one = changes.iter().enumerate().filter(|(_, planned)| !together(&planned.change));
    one_by_one.map(|(at, _)| at).nth(ONE_BY_ONE).unwrap_or(changes.len())
}

/// Counts what became of changes, and goes on after them.
fn count(run: &mut Run, changes: &[Planned]) {
    for planned in changes {
        match planned.state {
            ChangeState::Done | ChangeState::Undone => run.results.done += 1,
            ChangeState::Skipped => run.results.skipped += 1,
            ChangeState::Planned => {}
        }
        run.cursor = run.cursor.max(planned.order);
    }
}
