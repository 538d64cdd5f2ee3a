//! One owner brought up to date.

use jiff::Timestamp;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    AWAIT, Reconciler,
    apply::{Done, Scene},
    desired::{Desired, desired},
    facts::Facts,
    plan::{Known, Plan, plan},
};
use crate::{
    domain::owner::Owner,
    store::{
        Lease, StoreError,
        bindings::{self, Binding},
        fault::Fault,
        messages::{self, Said},
        owners::{self, DueOwner, Finish, Next},
    },
};

/// How often an owner is planned anew within one pass. Each round makes what the one before made possible; more than a few mean that
/// the facts change as fast as they are applied, and others should have their turn.
const ROUNDS: usize = 8;

/// How a pass ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Passed {
    /// The owner waits for a category that another owner makes.
    Awaits,
    /// Everything that could be done was done.
    Finished,
    /// Something more urgent came up, the process stops, or the owner changes faster than it is served.
    Preempted,
}

/// A plan with what it was made from.
struct Look {
    desired: Desired,
    facts: Facts,
    plan: Plan,
}

impl Reconciler {
    /// Brings one owner up to date, step by step.
    ///
    /// # Errors
    ///
    /// When the database fails, or the lease went to another worker.
    pub(super) async fn pass(&self, lease: &Lease, due: &DueOwner) -> Result<Passed, StoreError> {
        for _ in 0..ROUNDS {
            let Some(look) = self.look(lease.guild, due.owner).await? else {
                self.finish(lease, due, &Finish { is_over: true, ..nothing_next() }).await?;
                return Ok(Passed::Finished);
            };
            let mut moved = false;
            for step in look.plan.steps.clone() {
                if !self.store.renew_lease(lease, self.timings.lease).await? {
                    return Err(StoreError::Fenced);
                }
                tracing::debug!(owner = %due.owner.id(), %step, "step");
                let scene = Scene { facts: &look.facts, lease, owner: due.owner, with: self };
                moved |= scene.apply(step).await? != Done::Waits;
                if self.stop.is_cancelled() || self.is_preempted(lease.guild, due).await? {
                    return Ok(Passed::Preempted);
                }
            }
            if !moved {
                return self.settle(lease, due, &look).await;
            }
        }
        Ok(Passed::Preempted)
    }

    /// What is left to do for an owner now; `None` when there is no such owner any more.
    async fn look(&self, guild: Id<GuildMarker>, owner: Owner) -> Result<Option<Look>, StoreError> {
        let Some(facts) = self.facts(guild, owner).await? else { return Ok(None) };
        let now = self.clock.now();
        let desired = desired(&facts, now);
        let said = self.said(owner).await?;
        let shelves = facts.shelves();
        let known = Known { bindings: facts.bindings(), said: &said, shelves: &shelves };
        let plan = plan(&desired, known, now);
        Ok(Some(Look { desired, facts, plan }))
    }

    /// What would be done for an owner now. Reads the database alone.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn preview(&self, guild: Id<GuildMarker>, owner: Owner) -> Result<Plan, StoreError> {
        Ok(self.look(guild, owner).await?.map(|look| look.plan).unwrap_or_default())
    }

    /// Whether something waits in the guild that presses more.
    async fn is_preempted(&self, guild: Id<GuildMarker>, due: &DueOwner) -> Result<bool, StoreError> {
        let waiting = owners::due_of_guild(&self.store, guild, self.clock.now()).await?;
        Ok(waiting.iter().any(|other| other.owner != due.owner && other.rank < due.rank))
    }

    /// Ends a pass whose last look left nothing that could be done now.
    async fn settle(&self, lease: &Lease, due: &DueOwner, look: &Look) -> Result<Passed, StoreError> {
        let Look { desired, plan, .. } = look;
        if plan.awaits.is_some() && plan.retry_at.is_none() {
            return Ok(Passed::Awaits);
        }
        let waits = (!plan.steps.is_empty()).then(|| self.clock.now().saturating_add(AWAIT).ok()).flatten();
        match plan.retry_at.or(waits) {
            Some(at) => self.leave(lease, due, at).await?,
            None => {
                let next = desired.next_change.map(|change| Next { at: change.at, rank: change.rank });
                let expires_at = desired.next_change.and_then(|change| change.expires);
                self.finish(lease, due, &Finish { expires_at, next, ..nothing_next() }).await?;
            }
        }
        Ok(Passed::Finished)
    }

    /// Leaves the owner's work undone until `at`, with the fault that stands in its way.
    async fn leave(&self, lease: &Lease, due: &DueOwner, at: Timestamp) -> Result<(), StoreError> {
        let now = self.clock.now();
        let fault = self.worst(due.owner).await?;
        let fenced = self.store.fenced(lease).await?;
        match fault {
            Some(fault) => owners::retry(&fenced, due, at, &fault, now).await?,
            None => owners::hold(&fenced, due, at, now).await?,
        }
        fenced.commit().await
    }

    pub(super) async fn finish(
        &self,
        lease: &Lease,
        due: &DueOwner,
        finish: &Finish,
    ) -> Result<(), StoreError> {
        let fenced = self.store.fenced(lease).await?;
        owners::finish(&fenced, due, finish, self.clock.now()).await?;
        fenced.commit().await
    }

    /// The fault among the owner's rows that has lasted longest.
    async fn worst(&self, owner: Owner) -> Result<Option<Fault>, StoreError> {
        let bindings = bindings::of_owner(&self.store, owner.id()).await?;
        let messages = messages::of_owners(&self.store, &[owner.id()]).await?;
        let faults = bindings.into_iter().map(|Binding { tries, fault, .. }| (tries, fault));
        let faults = faults.chain(messages.into_iter().map(|Said { tries, fault, .. }| (tries, fault)));
        Ok(faults.max_by_key(|(tries, fault)| (fault.is_some(), *tries)).and_then(|(_, fault)| fault))
    }
}

const fn nothing_next() -> Finish {
    Finish { checked: true, expires_at: None, is_over: false, next: None, parked: None }
}
