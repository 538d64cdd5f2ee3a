//! One owner brought up to date.

use std::collections::HashSet;

use jiff::Timestamp;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    AWAIT, RESTLESS, Reconciler,
    apply::{Done, Scene},
    binding::is_done_without,
    desired::{Desired, desired},
    facts::Facts,
    halt::{Halt, Refused},
    plan::{Known, Plan, plan},
};
use crate::{
    domain::{
        id::OwnerId,
        owner::{Owner, Rank},
    },
    store::{
        Lease, StoreError,
        bindings::{self, Binding},
        fault::Fault,
        messages::{self, Said},
        owners::{self, DueOwner, Finish, Next, Wait},
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
    /// Something more urgent came up, or the process stops.
    Preempted,
}

/// A plan with what it was made from.
struct Look {
    desired: Desired,
    facts: Facts,
    plan: Plan,
    /// What Discord refused before.
    refused: Refused,
}

/// How a round of steps ended.
enum Round {
    Moved,
    Preempted,
    Still,
}

impl Reconciler {
    /// Brings one owner up to date, step by step. The owners in `waiting` preempt nobody.
    ///
    /// # Errors
    ///
    /// When the database fails, or the lease went to another worker.
    pub(super) async fn pass(
        &self,
        lease: &Lease,
        due: &DueOwner,
        waiting: &HashSet<OwnerId>,
    ) -> Result<Passed, StoreError> {
        for _ in 0..ROUNDS {
            let Some(look) = self.look(lease.guild, due.owner).await? else {
                self.finish(lease, due, &Finish { is_over: true, ..Finish::default() }).await?;
                return Ok(Passed::Finished);
            };
            match self.round(lease, due, &look, waiting).await? {
                Round::Moved => {}
                Round::Preempted => return Ok(Passed::Preempted),
                Round::Still => return self.settle(lease, due, &look).await,
            }
        }
        let now = self.clock.now();
        let soon = Wait::until(now.saturating_add(RESTLESS).unwrap_or(now));
        self.owned(lease, async |fenced| owners::hold(fenced, due, soon, now).await).await?;
        Ok(Passed::Finished)
    }

    /// Does the steps of a plan, but for those that what failed before them rules out.
    async fn round(
        &self,
        lease: &Lease,
        due: &DueOwner,
        look: &Look,
        waiting: &HashSet<OwnerId>,
    ) -> Result<Round, StoreError> {
        let scene = Scene { facts: &look.facts, lease, owner: due.owner, with: self };
        let (mut halt, mut moved) = (Halt::new(&look.refused), false);
        for step in &look.plan.steps {
            if halt.rules_out(step) {
                continue;
            }
            if self.stop.is_cancelled() {
                return Ok(Round::Preempted);
            }
            self.hold_on(lease).await?;
            tracing::debug!(owner = %due.owner.id(), %step, "step");
            match scene.apply(step.clone()).await? {
                Done::Waits => continue,
                Done::Changed => {}
                Done::Failed => {
                    let refused = self.refused(due.owner).await?;
                    if halt.failed(step, &refused) {
                        self.postpone(lease, due.owner, step, &refused).await?;
                    }
                }
            }
            moved = true;
            if self.is_preempted(lease.guild, due, waiting).await? {
                return Ok(Round::Preempted);
            }
        }
        Ok(if moved { Round::Moved } else { Round::Still })
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
        let refused = self.refused(owner).await?;
        Ok(Some(Look { desired, facts, plan, refused }))
    }

    /// What would be done for an owner now. Reads the database alone.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn preview(&self, guild: Id<GuildMarker>, owner: Owner) -> Result<Plan, StoreError> {
        Ok(self.look(guild, owner).await?.map(|look| look.plan).unwrap_or_default())
    }

    /// Whether something can be done in the guild that presses more.
    async fn is_preempted(
        &self,
        guild: Id<GuildMarker>,
        due: &DueOwner,
        waiting: &HashSet<OwnerId>,
    ) -> Result<bool, StoreError> {
        let others = owners::due_of_guild(&self.store, guild, self.clock.now()).await?;
        Ok(others.iter().any(|other| {
            other.owner != due.owner
                && !waiting.contains(&other.owner.id())
                && other.urgency() < due.urgency()
        }))
    }

    /// Ends a pass whose last look left nothing that could be done now.
    async fn settle(&self, lease: &Lease, due: &DueOwner, look: &Look) -> Result<Passed, StoreError> {
        let Look { desired, plan, .. } = look;
        if plan.awaits.is_some() && plan.retry_at.is_none() {
            return Ok(Passed::Awaits);
        }
        let waits = !plan.steps.is_empty() || plan.awaits.is_some();
        let waits = waits.then(|| self.clock.now().saturating_add(AWAIT).ok()).flatten();
        match plan.retry_at.into_iter().chain(waits).min() {
            Some(at) => self.leave(lease, due, at, desired).await?,
            None => {
                let next = desired.next_change.map(|change| Next { at: change.at, rank: change.rank });
                let revisit = plan.revisit_at.map(|at| Next { at, rank: Rank::Bulk });
                let next = next.into_iter().chain(revisit).min_by_key(|next| next.at);
                let expires_at = desired.next_change.and_then(|change| change.expires);
                self.finish(lease, due, &Finish { expires_at, is_over: false, next }).await?;
            }
        }
        Ok(Passed::Finished)
    }

    /// Leaves the owner's work undone until `at`, or until its answer changes by itself, with the fault that stands in its way.
    async fn leave(
        &self,
        lease: &Lease,
        due: &DueOwner,
        at: Timestamp,
        desired: &Desired,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let wait = match desired.next_change {
            Some(change) if change.at <= at => Wait { rank: Some(change.rank), until: change.at },
            Some(_) | None => Wait::until(at),
        };
        let fault = self.worst(due.owner).await?;
        self.owned(lease, async |fenced| match fault {
            Some(fault) => owners::retry(fenced, due, wait, &fault, now).await,
            None => owners::hold(fenced, due, wait, now).await,
        })
        .await
    }

    pub(super) async fn finish(
        &self,
        lease: &Lease,
        due: &DueOwner,
        finish: &Finish,
    ) -> Result<(), StoreError> {
        self.owned(lease, async |fenced| owners::finish(fenced, due, finish, self.clock.now()).await).await
    }

    /// The fault among the owner's rows that has lasted longest.
    async fn worst(&self, owner: Owner) -> Result<Option<Fault>, StoreError> {
        let mut bindings = bindings::of_owner(&self.store, owner.id()).await?;
        bindings.retain(|row| !is_done_without(row));
        let messages = messages::of_owners(&self.store, &[owner.id()]).await?;
        let faults = bindings.into_iter().map(|Binding { tries, fault, .. }| (tries, fault));
        let faults = faults.chain(messages.into_iter().map(|Said { tries, fault, .. }| (tries, fault)));
        Ok(faults.max_by_key(|(tries, fault)| (fault.is_some(), *tries)).and_then(|(_, fault)| fault))
    }
}
