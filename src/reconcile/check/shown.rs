//! What shows a club's events elsewhere than in their channels: the board, and Discord's own scheduled events.

use std::collections::HashSet;

use twilight_model::id::{Id, marker::GenericMarker};

use super::{CheckError, Seen};
use crate::{
    domain::id::OwnerId,
    reconcile::{
        Reconciler,
        binding::{Applied, Binding},
        slot::Slot,
    },
    store::{
        Lease,
        bindings::{self, BindingKind},
    },
};

impl Reconciler {
    /// Looks for the board of coming events, and returns how many are missing.
    pub(super) async fn check_board(&self, lease: &Lease, seen: &Seen) -> Result<usize, CheckError> {
        let guild = OwnerId::of_guild(lease.guild);
        let row = bindings::by_slot(&self.store, guild, &Slot::Board.to_string()).await?;
        let Some((slot, binding)) = row.and_then(Binding::read) else { return Ok(0) };
        let (Some(message), Some(Applied::Card { channel, .. })) = (binding.resource(), &binding.applied)
        else {
            return Ok(0);
        };
        let is_there =
            !seen.0.contains_key(channel) || !self.is_missing(lease, (*channel, message.cast())).await?;
        if is_there {
            return Ok(0);
        }
        self.missing(lease, slot, &binding).await?;
        Ok(1)
    }

    /// Looks for the scheduled events that should be ahead or on, and returns how many are missing. Where there should be none, nobody
    /// asks.
    pub(super) async fn check_natives(&self, lease: &Lease) -> Result<usize, CheckError> {
        let now = self.clock.now();
        let rows = bindings::of_guild(&self.store, lease.guild, BindingKind::Native).await?;
        let mut bound: Vec<(Slot, Binding)> = rows.into_iter().filter_map(Binding::read).collect();
        bound.retain(|(_, binding)| {
            binding.resource().is_some() && binding.native().is_some_and(|native| native.ends > now)
        });
        // Asked twice before anything is taken for deleted: an event too many can't be taken back unseen.
        for _ in 0..2 {
            if bound.is_empty() {
                return Ok(0);
            }
            let listed = self.listed(lease).await?;
            bound.retain(|(_, binding)| binding.resource().is_some_and(|id| !listed.contains(&id)));
        }
        for (slot, binding) in &bound {
            self.missing(lease, *slot, binding).await?;
        }
        Ok(bound.len())
    }

    async fn listed(&self, lease: &Lease) -> Result<HashSet<Id<GenericMarker>>, CheckError> {
        self.hold_on(lease).await?;
        let listed = self.read.scheduled_events(lease.guild).await?;
        Ok(listed.into_iter().filter(|event| event.is_ahead()).map(|event| event.id.cast()).collect())
    }
}
