//! Member syncs: begun, shown, applied, stopped and undone by people; worked on by a job, a step at a time.

mod apply;
mod batch;
mod compare;
mod join;
mod nightly;
mod order;
mod shown;
mod step;
mod told;
mod undo;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

pub use self::{
    shown::{Samples, ShownSync},
    step::{Render, Step, is_taken},
    undo::{UNDO_LASTS, Undoable},
};
use super::{Ask, Service, ServiceError, audit::Deed, work::Work};
use crate::{
    domain::{
        actor::Actor,
        club::Club,
        id::{ClubId, SyncId},
        refusal::Refusal,
        sync::{Results, Run, SyncKind, SyncState},
    },
    store::{
        Source,
        audit::Doer,
        sync_runs::{self, SealedToken},
    },
};

/// How long an interaction's token lives, less what an answer may take.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_secs(15 * 60 - 15);
/// How many runs are looked through for the last one that was applied.
const LOOKED_THROUGH: u64 = 200;
/// How many runs `/club sync mode: status` lists.
pub const LISTED: u64 = 10;

/// An interaction that is kept up to date while the sync goes on.
pub struct Live<'a> {
    /// What it asks for.
    pub ask: Ask<'a, Run>,
    /// What answers it, for 15 minutes.
    pub token: &'a SecretString,
}

impl Service {
    /// Begins a sync of the actor's club, to be looked at first or applied at once. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and while another sync runs; fails when the database does.
    pub async fn begin_sync(&self, live: Live<'_>, kind: SyncKind) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(live.ask.actor).await?;
        if !club.settings.discord_integration_enabled {
            return Err(Refusal::Paused.into());
        }
        let by = Doer::Account(live.ask.actor.account.id);
        let run = self.fresh_run(&work, (club.id, club.guild), kind, by);
        self.put_run(&work, &run, Some(&self.seal_token(&run, live.token, live.ask.received_at)?)).await?;
        self.answer_live(work, &live.ask, &run).await
    }

    /// Applies a difference that waits: exactly what was shown. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, a difference that was applied, stopped or is too old, and while another sync runs; fails when
    /// the database does.
    pub async fn apply_sync(&self, live: Live<'_>, id: SyncId) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let actor = live.ask.actor;
        let club = work.organised_club(actor).await?;
        let token = |run: &Run| self.seal_token(run, live.token, live.ask.received_at).map(Some);
        let by = Doer::Account(actor.account.id);
        let run = self.resume_run(&work, (club.id, club.guild), id, by, token).await?;
        self.answer_live(work, &live.ask, &run).await
    }

    /// Applies a difference that waits for a yes, which came elsewhere.
    pub(super) async fn allow_sync(
        &self,
        work: &mut Work,
        club: &Club,
        id: SyncId,
        by: Id<UserMarker>,
    ) -> Result<(), ServiceError> {
        let by = Doer::Account(by);
        let run = self.resume_run(work, (club.id, club.guild), id, by, |_| Ok(None)).await?;
        work.sync = Some(run.id);
        Ok(())
    }

    async fn resume_run(
        &self,
        work: &Work,
        (club, guild): (ClubId, Id<GuildMarker>),
        id: SyncId,
        by: Doer,
        token: impl FnOnce(&Run) -> Result<Option<SealedToken>, ServiceError>,
    ) -> Result<Run, ServiceError> {
        let found = sync_runs::by_id(&work.tx, club, id).await?.ok_or(Refusal::SyncOver)?;
        let from = found.state;
        // What was seen in a server that the club has left since says nothing of the one where it is now.
        let waits = matches!(from, SyncState::Asking | SyncState::Planned) && found.guild == guild;
        if !waits || found.waits_until().is_none_or(|until| work.now >= until) {
            return Err(Refusal::SyncOver.into());
        }
        let state = SyncState::Applying;
        let run = Run { applied_at: Some(work.now), cursor: 0, started_by: by.account(), state, ..found };
        if !sync_runs::resume(&work.tx, &run, from, token(&run)?.as_ref()).await? {
            return Err(self.sync_running(work, guild).await?.into());
        }
        let deed = Deed {
            action: "sync.apply",
            after: Some(json!(run.results.counts)),
            before: None,
            subject: run.id.to_string(),
        };
        self.audit_by(work, by, club, deed).await?;
        Ok(run)
    }

    /// Drops a difference that waits. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and a difference that waits no more; fails when the database does.
    pub async fn stop_sync(&self, ask: Ask<'_, Run>, id: SyncId) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let run = self.drop_run(&work, club.id, id, Doer::Account(ask.actor.account.id)).await?;
        self.finish(work, &ask, &run).await
    }

    pub(super) async fn drop_run(
        &self,
        work: &Work,
        club: ClubId,
        id: SyncId,
        by: Doer,
    ) -> Result<Run, ServiceError> {
        let found = sync_runs::by_id(&work.tx, club, id).await?.ok_or(Refusal::SyncOver)?;
        let from = found.state;
        let run = Run { finished_at: Some(work.now), state: SyncState::Stopped, ..found };
        let waits = matches!(from, SyncState::Asking | SyncState::Planned);
        if !waits || !sync_runs::resume(&work.tx, &run, from, None).await? {
            return Err(Refusal::SyncOver.into());
        }
        let deed = Deed {
            action: "sync.stop",
            after: None,
            before: Some(json!(run.results.counts)),
            subject: run.id.to_string(),
        };
        self.audit_by(work, by, club, deed).await?;
        Ok(run)
    }

    /// The club's last runs, the latest first.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn syncs(&self, actor: &Actor) -> Result<Vec<Run>, ServiceError> {
        let club = self.organised_club(actor).await?;
        Ok(sync_runs::of_club(self.store(), club.id, None, LISTED).await?)
    }

    fn fresh_run(
        &self,
        work: &Work,
        (club, guild): (ClubId, Id<GuildMarker>),
        kind: SyncKind,
        by: Doer,
    ) -> Run {
        Run {
            applied_at: None,
            calls: 0,
            club,
            cursor: 0,
            expected: None,
            finished_at: None,
            guild,
            id: SyncId::new(self.0.ids.uuid(work.now)),
            kind,
            pages: 0,
            planned_at: None,
            results: Results::default(),
            started_at: work.now,
            started_by: by.account(),
            state: SyncState::Reading,
            trouble: None,
            undoes: None,
            undone_at: None,
        }
    }

    async fn put_run(&self, work: &Work, run: &Run, token: Option<&SealedToken>) -> Result<(), ServiceError> {
        if sync_runs::start(&work.tx, run, token).await? {
            return Ok(());
        }
        Err(self.sync_running(work, run.guild).await?.into())
    }

    async fn sync_running(&self, work: &Work, guild: Id<GuildMarker>) -> Result<Refusal, ServiceError> {
        let running = sync_runs::active(&work.tx, guild).await?;
        Ok(running.map_or(Refusal::SyncOver, |run| Refusal::SyncRunning(run.started_at)))
    }

    fn seal_token(
        &self,
        run: &Run,
        token: &SecretString,
        received_at: Timestamp,
    ) -> Result<SealedToken, ServiceError> {
        let expires_at = received_at.checked_add(TOKEN_LIFE).unwrap_or(received_at);
        let sealed = self.0.sealer.seal(token.expose_secret(), &run.id.to_string())?;
        Ok(SealedToken { expires_at, sealed })
    }

    async fn answer_live(
        &self,
        mut work: Work,
        ask: &Ask<'_, Run>,
        run: &Run,
    ) -> Result<Value, ServiceError> {
        work.sync = Some(run.id);
        self.finish(work, ask, run).await
    }
}

/// A club's last sync that was to change something, whatever became of it.
pub(super) async fn last_sync(db: &impl Source, club: ClubId) -> Result<Option<Run>, ServiceError> {
    let runs = sync_runs::of_club(db, club, None, LOOKED_THROUGH).await?;
    let counts = |run: &Run| match run.state {
        SyncState::Applying | SyncState::Asking | SyncState::Done | SyncState::Failed => true,
        SyncState::Comparing | SyncState::Reading => run.kind != SyncKind::Preview,
        SyncState::Planned | SyncState::Stopped => false,
    };
    Ok(runs.into_iter().find(counts))
}
