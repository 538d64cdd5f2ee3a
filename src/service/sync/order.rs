//! Member syncs as programs order them. Nobody waits for their end: whoever wants to know it asks for the run.

use serde_json::json;
use twilight_model::id::{Id, marker::GuildMarker};

use super::super::{Service, ServiceError, audit::Deed, work::Work};
use crate::{
    domain::{
        id::{ClubId, SyncId},
        refusal::Refusal,
        sync::{Run, SyncKind},
    },
    store::{audit::Doer, clubs, sync_changes, sync_runs},
};

impl Service {
    /// Begins a sync that nobody waits for.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, one that isn't on Discord, and while another sync runs; fails when the database does.
    pub async fn start_sync(
        &self,
        club: ClubId,
        kind: SyncKind,
        by: Doer,
        request_id: &str,
    ) -> Result<Run, ServiceError> {
        let work = self.begin().await?;
        let home = home(&work, club).await?;
        let run = self.fresh_run(&work, home, kind, by);
        self.put_run(&work, &run, None).await?;
        // A night's sync is begun by nobody.
        if kind != SyncKind::Nightly {
            let deed = Deed {
                action: "sync.start",
                after: Some(json!({ "kind": kind })),
                before: None,
                subject: run.id.to_string(),
            };
            self.audit_by(&work, by, club, deed).await?;
        }
        self.go_on(work, run, request_id).await
    }

    /// Applies a difference that waits: exactly what was shown.
    ///
    /// # Errors
    ///
    /// Refuses a sync that the club doesn't have, a difference that was applied, stopped or is too old, and while another sync runs; fails
    /// when the database does.
    pub async fn order_apply(
        &self,
        club: ClubId,
        id: SyncId,
        by: Doer,
        request_id: &str,
    ) -> Result<Run, ServiceError> {
        let work = self.begin().await?;
        let home = home(&work, club).await?;
        known(&work, club, id).await?;
        let run = self.resume_run(&work, home, id, by, |_| Ok(None)).await?;
        self.go_on(work, run, request_id).await
    }

    /// Drops a difference that waits.
    ///
    /// # Errors
    ///
    /// Refuses a sync that the club doesn't have, and a difference that waits no more; fails when the database does.
    pub async fn order_stop(
        &self,
        club: ClubId,
        id: SyncId,
        by: Doer,
        request_id: &str,
    ) -> Result<Run, ServiceError> {
        let work = self.begin().await?;
        known(&work, club, id).await?;
        let run = self.drop_run(&work, club, id, by).await?;
        self.commit(work, request_id).await?;
        Ok(run)
    }

    /// Begins to take back what a sync did; with `None`, what the last one did.
    ///
    /// # Errors
    ///
    /// Refuses a sync that the club doesn't have or that can't be undone any more, and while another one runs; fails when the database
    /// does.
    pub async fn order_undo(
        &self,
        club: ClubId,
        id: Option<SyncId>,
        by: Doer,
        request_id: &str,
    ) -> Result<Run, ServiceError> {
        let work = self.begin().await?;
        let home = home(&work, club).await?;
        if let Some(id) = id {
            known(&work, club, id).await?;
        }
        let undone = self.undoable(&work.tx, home).await?.run;
        if id.is_some_and(|id| id != undone.id) {
            return Err(Refusal::NothingToUndo.into());
        }
        let run = self.plan_undo(&work, home, &undone, by).await?;
        self.put_run(&work, &run, None).await?;
        sync_changes::plan_taking_back(&work.tx, run.id, undone.id).await?;
        self.go_on(work, run, request_id).await
    }

    /// A club's runs before one, the latest first.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn syncs_of(
        &self,
        club: ClubId,
        before: Option<SyncId>,
        limit: u64,
    ) -> Result<Vec<Run>, ServiceError> {
        clubs::name(self.store(), club).await?.ok_or(Refusal::NoClub)?;
        Ok(sync_runs::of_club(self.store(), club, before, limit).await?)
    }

    async fn go_on(&self, mut work: Work, run: Run, request_id: &str) -> Result<Run, ServiceError> {
        work.sync = Some(run.id);
        self.commit(work, request_id).await?;
        Ok(run)
    }
}

/// A club and the server that it is bound to. Nobody else decides on it before the transaction ends.
async fn home(work: &Work, club: ClubId) -> Result<(ClubId, Id<GuildMarker>), ServiceError> {
    if !clubs::hold(&work.tx, club).await? {
        return Err(Refusal::NoClub.into());
    }
    let known = clubs::by_id(&work.tx, club).await?.ok_or(Refusal::NoClub)?;
    let guild = known.guild.ok_or(Refusal::NotOnDiscord)?;
    if known.settings.discord_integration_enabled { Ok((club, guild)) } else { Err(Refusal::Paused.into()) }
}

/// Asserts that the club has that sync.
async fn known(work: &Work, club: ClubId, id: SyncId) -> Result<(), ServiceError> {
    sync_runs::by_id(&work.tx, club, id).await?.ok_or(Refusal::UnknownSync)?;
    Ok(())
}
