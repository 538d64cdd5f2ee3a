//! The steps of a sync, between the calls to Discord that a job makes for it.

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, RoleMarker, UserMarker},
};
use uuid::Uuid;

use super::{
    super::{Service, ServiceError, work::Work},
    shown::{ShownSync, shown},
};
use crate::{
    domain::{
        id::{OwnerId, QuestionId},
        owner::Rank,
        panel::Topic,
        refusal::Refusal,
        sync::{Change, Run, Seen, SyncKind, SyncState, Trouble},
    },
    store::{
        StoreError,
        follow_ups::{self, FollowUp, FollowUpKind},
        owners,
        questions::{self, NewQuestion},
        sync_changes::{self, ChangeState, Planned},
        sync_runs::{self, Claimed},
    },
};

/// How many changes are made in one transaction.
const BATCH: u64 = 500;
/// How many roles are given in one step.
const GRANTS: usize = 10;
/// How far apart the reply is edited at least.
const SHOWN_APART: jiff::SignedDuration = jiff::SignedDuration::from_secs(2);

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

    /// The roles to give next, if that is what comes next.
    async fn grants(&self, run: &Run) -> Result<Step, ServiceError> {
        let next = sync_changes::after(self.store(), run.id, run.cursor, GRANTS as u64).await?;
        let Some(Change::Grant { role, .. }) = next.first().map(|planned| planned.change.clone()) else {
            return Ok(Step::Work);
        };
        let same =
            |planned: &Planned| matches!(planned.change, Change::Grant { role: other, .. } if other == role);
        let changes = next.into_iter().take_while(same).collect();
        Ok(Step::Grant { changes, guild: run.guild, role, takes: run.kind == SyncKind::Undo })
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

    async fn apply_batch(&self, mut claimed: Claimed, render: Render<'_>) -> Result<Claimed, ServiceError> {
        let mut work = self.begin().await?;
        let run = claimed.run.clone();
        let next = sync_changes::after(&work.tx, run.id, run.cursor, BATCH).await?;
        let mut batch: Vec<Planned> =
            next.into_iter().take_while(|planned| !planned.change.is_on_discord()).collect();
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

    async fn done(
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

    /// What the reply shows now and the token to edit it with, if it is time for that.
    ///
    /// # Errors
    ///
    /// When the token can't be opened.
    pub fn progress_of(
        &self,
        claimed: &mut Claimed,
        render: Render<'_>,
    ) -> Result<Option<(SecretString, Value)>, ServiceError> {
        let now = self.0.clock.now();
        let recently = claimed.shown_at.is_some_and(|at| now.duration_since(at) < SHOWN_APART);
        let Some((sealed, _)) = claimed.token.as_ref().filter(|(_, dies_at)| now < *dies_at && !recently)
        else {
            return Ok(None);
        };
        let token = self.0.sealer.open(sealed, &claimed.run.id.to_string())?;
        claimed.shown_at = Some(now);
        let shown = ShownSync { run: claimed.run.clone(), samples: Default::default() };
        Ok(Some((token, render(&shown))))
    }

    /// Tells how a run ended or what it waits for: in its reply while that can be edited, else in the organiser channel.
    async fn conclude(
        &self,
        work: &mut Work,
        claimed: &Claimed,
        render: Render<'_>,
    ) -> Result<(), ServiceError> {
        sync_runs::save(&work.tx, claimed, None, 0).await?;
        let run = &claimed.run;
        match claimed.token.as_ref().filter(|(_, dies_at)| work.now < *dies_at) {
            Some((sealed, dies_at)) => {
                let shown = shown(&work.tx, run.clone()).await?;
                let token = self.0.sealer.open(sealed, &run.id.to_string())?;
                let id = self.0.ids.uuid(work.now);
                let owed = FollowUp {
                    body: render(&shown),
                    expires_at: *dies_at,
                    id,
                    kind: FollowUpKind::Original,
                    request_id: format!("sync-{}", run.id.short()),
                    sealed_token: self.0.sealer.seal(token.expose_secret(), &id.to_string())?,
                    tries: 0,
                };
                follow_ups::put(&work.tx, owed, work.now).await?;
                work.follow_up = Some(id);
                Ok(())
            }
            None => self.tell_organisers(work, run).await,
        }
    }

    async fn tell_organisers(&self, work: &mut Work, run: &Run) -> Result<(), ServiceError> {
        let counts = run.results.counts;
        let topic = match (run.state, run.started_by) {
            (SyncState::Asking, _) => {
                Topic::SyncWaits { left: counts.left, members: counts.members, sync: run.id }
            }
            (SyncState::Failed, _) => Topic::SyncFailed { sync: run.id },
            (SyncState::Done | SyncState::Planned, Some(by)) => Topic::SyncDone { by, counts, sync: run.id },
            // Nobody waits for a night's quiet work.
            (SyncState::Done, None) if counts.ambiguous > 0 => Topic::SyncAsks { people: counts.ambiguous },
            _ => return Ok(()),
        };
        let owner = OwnerId::of_guild(run.guild);
        let id = QuestionId::new(self.0.ids.uuid(work.now));
        let question = NewQuestion { id, owner, slot: String::new(), topic };
        questions::ask_in(&work.tx, run.guild, question, work.now).await?;
        owners::request(&work.tx, &[owner], Rank::People, work.now).await?;
        work.ring_also(run.guild);
        Ok(())
    }

    async fn commit_run(&self, work: Work, claimed: Claimed) -> Result<Claimed, ServiceError> {
        self.commit(work, &format!("sync-{}", claimed.run.id.short())).await?;
        Ok(claimed)
    }

    /// Begins the nightly syncs that are due, and says how many.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn start_nightly_syncs(&self, request_id: &str) -> Result<usize, ServiceError> {
        let now = self.0.clock.now();
        let mut begun = 0;
        for (club, since) in super::nightly::due(self.store(), now).await? {
            if sync_runs::ran_nightly(self.store(), club, since).await? {
                continue;
            }
            match self
                .start_sync(club, SyncKind::Nightly, crate::store::audit::Doer::Operator, request_id)
                .await
            {
                Ok(_) => begun += 1,
                Err(ServiceError::Refused(refusal)) => tracing::debug!(?refusal, %club, "no nightly sync"),
                Err(error) => return Err(error),
            }
        }
        Ok(begun)
    }
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

/// Whether a step failed because somebody else goes on with the run.
#[must_use]
pub fn is_taken(error: &ServiceError) -> bool {
    matches!(error, ServiceError::Store(StoreError::Fenced))
}
