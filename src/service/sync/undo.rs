//! Syncs that are taken back.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    super::{Service, ServiceError, audit::Deed, work::Work},
    LOOKED_THROUGH, Live,
};
use crate::{
    domain::{
        actor::Actor,
        id::{ClubId, SyncId},
        refusal::Refusal,
        sync::{Results, Run, SyncKind, SyncState},
    },
    store::{Source, audit::Doer, sync_changes, sync_runs},
};

/// For how long a sync can be undone.
pub const UNDO_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// What is refused to be undone, and what can be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Undoable {
    /// The run.
    pub run: Run,
    /// Until when.
    pub until: Timestamp,
}

impl Service {
    /// The sync that can be undone: the last one that was applied, if that is less than a day ago.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and where there is none; fails when the database does.
    pub async fn undoable_sync(&self, actor: &Actor) -> Result<Undoable, ServiceError> {
        let club = self.organised_club(actor).await?;
        self.undoable(self.store(), (club.id, club.guild)).await
    }

    pub(super) async fn undoable(
        &self,
        db: &impl Source,
        (club, guild): (ClubId, Id<GuildMarker>),
    ) -> Result<Undoable, ServiceError> {
        let runs = sync_runs::of_club(db, club, None, LOOKED_THROUGH).await?;
        let now = self.0.clock.now();
        // What was applied before the last can't be taken back from under it.
        let last = runs.into_iter().find(|run| run.applied_at.is_some());
        let undoable = last.and_then(|run| {
            let until = run.applied_at?.checked_add(UNDO_LASTS).ok()?;
            let is_done = matches!(run.state, SyncState::Done | SyncState::Failed);
            let is_here = run.kind != SyncKind::Undo && run.guild == guild;
            let stands = is_done && is_here && run.undone_at.is_none() && now < until;
            stands.then_some(Undoable { run, until })
        });
        Ok(undoable.ok_or(Refusal::NothingToUndo)?)
    }

    /// Begins to take back what a sync did. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, a sync that can't be undone any more, and while another one runs; fails when the database does.
    pub async fn undo_sync(&self, live: Live<'_>, id: SyncId) -> Result<Value, ServiceError> {
        let undoable = self.undoable_sync(live.ask.actor).await?;
        if undoable.run.id != id {
            return Err(Refusal::NothingToUndo.into());
        }
        let work = self.begin().await?;
        let club = work.organised_club(live.ask.actor).await?;
        let by = Doer::Account(live.ask.actor.account.id);
        let run = self.plan_undo(&work, (club.id, club.guild), &undoable.run, by).await?;
        let token = self.seal_token(&run, live.token, live.ask.received_at)?;
        self.put_run(&work, &run, Some(&token)).await?;
        sync_changes::plan_taking_back(&work.tx, run.id, undoable.run.id).await?;
        self.answer_live(work, &live.ask, &run).await
    }

    pub(super) async fn plan_undo(
        &self,
        work: &Work,
        (club, guild): (ClubId, Id<GuildMarker>),
        undone: &Run,
        by: Doer,
    ) -> Result<Run, ServiceError> {
        let mut run = self.fresh_run(work, (club, guild), SyncKind::Undo, by);
        run.applied_at = Some(work.now);
        run.planned_at = Some(work.now);
        run.state = SyncState::Applying;
        run.undoes = Some(undone.id);
        run.results =
            Results { counts: undone.results.counts, total: undone.results.done, ..Results::default() };
        let deed = Deed {
            action: "sync.undo",
            after: None,
            before: Some(json!(undone.results.counts)),
            subject: undone.id.to_string(),
        };
        self.audit_by(work, by, club, deed).await?;
        Ok(run)
    }
}
