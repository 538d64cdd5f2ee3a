//! Teams' roles and threads in the full check: what was deleted by hand is missing, and whoever couldn't be reached may be back.

use std::collections::HashSet;

use twilight_model::id::{Id, marker::ChannelMarker};

use super::{CheckError, Reconciler};
use crate::{
    discord::Class,
    domain::{health::ServerRole, owner::Rank},
    reconcile::{
        binding::{Applied, AppliedRole, AppliedThread, Binding},
        slot::Slot,
    },
    store::{
        Lease, StoreError,
        bindings::{self, BindingKind},
        owners,
    },
};

impl Reconciler {
    /// Looks for teams' roles among those of the guild, and returns how many are missing.
    pub(super) async fn check_roles(&self, lease: &Lease, roles: &[ServerRole]) -> Result<usize, CheckError> {
        let there: HashSet<_> = roles.iter().map(|role| role.id).collect();
        let mut missing = 0;
        for (slot, binding) in self.bound(lease, BindingKind::Role).await? {
            let (Some(role), Some(stands)) = (binding.resource(), binding.role()) else { continue };
            if !there.contains(&role.cast()) {
                self.missing(lease, slot, &binding).await?;
                missing += 1;
            } else if !stands.absent.is_empty() {
                let stands = AppliedRole { absent: Vec::new(), ..stands.clone() };
                self.observed(lease, &binding, &Applied::Role(stands)).await?;
            }
        }
        Ok(missing)
    }

    /// Looks for teams' threads, and returns how many are missing. Those that are archived are asked for one by one: no list has them all.
    pub(super) async fn check_threads(&self, lease: &Lease) -> Result<usize, CheckError> {
        let bound = self.bound(lease, BindingKind::Thread).await?;
        let open =
            |binding: &Binding| binding.thread().is_some_and(|thread| !(thread.archived && thread.locked));
        let bound: Vec<_> = bound.into_iter().filter(|(_, binding)| open(binding)).collect();
        if bound.is_empty() {
            return Ok(0);
        }
        self.hold_on(lease).await?;
        let active = self.read.active_threads(lease.guild).await?;
        let active: HashSet<Id<ChannelMarker>> = active.into_iter().map(|thread| thread.id).collect();
        let mut missing = 0;
        for (slot, binding) in bound {
            let (Some(id), Some(stands)) = (binding.resource(), binding.thread()) else { continue };
            let is_active = active.contains(&id.cast());
            if !is_active && self.is_thread_gone(lease, id.cast()).await? {
                self.missing(lease, slot, &binding).await?;
                missing += 1;
                continue;
            }
            let fresh = AppliedThread { absent: Vec::new(), archived: !is_active, ..stands.clone() };
            if fresh != *stands {
                self.observed(lease, &binding, &Applied::Thread(fresh)).await?;
            }
        }
        Ok(missing)
    }

    async fn bound(&self, lease: &Lease, kind: BindingKind) -> Result<Vec<(Slot, Binding)>, StoreError> {
        let rows = bindings::of_guild(&self.store, lease.guild, kind).await?;
        Ok(rows.into_iter().filter_map(Binding::read).collect())
    }

    /// Whether Discord says twice that there is no such thread.
    async fn is_thread_gone(&self, lease: &Lease, thread: Id<ChannelMarker>) -> Result<bool, CheckError> {
        for _ in 0..2 {
            self.hold_on(lease).await?;
            match self.read.channel(thread).await {
                Ok(_) => return Ok(false),
                Err(error) if matches!(error.class(), Class::Gone(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }

    /// Writes down what something is like now. Its owner is due only where somebody may be back.
    async fn observed(&self, lease: &Lease, binding: &Binding, fresh: &Applied) -> Result<(), StoreError> {
        let now = self.clock.now();
        let had_absent = match &binding.applied {
            Some(Applied::Role(role)) => !role.absent.is_empty(),
            Some(Applied::Thread(thread)) => !thread.absent.is_empty(),
            _ => false,
        };
        let fenced = self.store.fenced(lease).await?;
        bindings::observed(&fenced, binding.row.id, fresh.row(None, None).spec, now).await?;
        if had_absent {
            owners::request(fenced.tx(), &[binding.row.owner], Rank::Bulk, now).await?;
        }
        fenced.commit().await
    }
}
