//! What an owner's rows say, and what is written into them under the lease.

use std::time::Duration;

use jiff::Timestamp;
use twilight_model::id::{Id, marker::ChannelMarker};

use super::Scene;
use crate::{
    domain::{
        id::{BindingId, OwnerId},
        owner::Rank,
    },
    reconcile::{
        binding::{Applied, AppliedChannel, Binding},
        slot::Slot,
        step::Make,
    },
    store::{
        StoreError,
        bindings::{self, Attempt, BindingKind, BindingState, Evidence, Made, NewBinding},
        owners,
    },
};

impl Scene<'_> {
    /// The instant by the domain's clock.
    pub(super) fn now(&self) -> Timestamp {
        self.with.clock.now()
    }

    /// The slot's binding as it stands now; earlier steps of the same plan may have changed it.
    pub(super) async fn binding(&self, slot: Slot) -> Result<Option<Binding>, StoreError> {
        let row = bindings::by_slot(&self.with.store, self.owner.id(), &slot.to_string()).await?;
        Ok(row.and_then(Binding::read).map(|(_, binding)| binding))
    }

    /// The channel that a slot of the owner's is bound to now.
    pub(super) async fn channel(&self, slot: Slot) -> Result<Option<Id<ChannelMarker>>, StoreError> {
        Ok(self.binding(slot).await?.and_then(|binding| binding.resource()).map(Id::cast))
    }

    /// The slot's channel as it was last seen.
    pub(super) async fn known_channel(
        &self,
        slot: Slot,
    ) -> Result<Option<(Binding, AppliedChannel)>, StoreError> {
        let binding = self.binding(slot).await?.filter(|binding| binding.resource().is_some());
        Ok(binding.map(|binding| {
            let applied = binding.channel().cloned().unwrap_or_default();
            (binding, applied)
        }))
    }

    /// A row for a slot of the owner's that holds nothing yet.
    pub(super) fn new_binding(
        &self,
        slot: Slot,
        kind: BindingKind,
        (token, channel): (&str, Option<Id<ChannelMarker>>),
    ) -> NewBinding {
        NewBinding {
            applied: None,
            channel,
            id: BindingId::new(self.with.ids.uuid(self.now())),
            kind,
            owner: self.owner.id(),
            slot: slot.to_string(),
            token: token.to_owned(),
        }
    }

    /// Writes an attempt down before its call. `None` when the slot holds something, or an attempt of unknown outcome.
    pub(super) async fn begin(&self, new: &NewBinding) -> Result<Option<BindingId>, StoreError> {
        let fenced = self.with.store.fenced(self.lease).await?;
        let attempt = Attempt { at: self.now(), lasts: self.with.timings.examine_after };
        let id = bindings::begin_create(&fenced, new, attempt).await?;
        fenced.commit().await?;
        Ok(id)
    }

    /// Writes down what a slot holds from now on, and that whatever was asked about it is settled. The board links to an event's channel.
    pub(super) async fn bind(&self, slot: Slot, id: BindingId, made: Made) -> Result<(), StoreError> {
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::bound(&fenced, id, made, self.now()).await?;
        self.settle_questions(&fenced, &slot.to_string()).await?;
        let is_linked = slot == Slot::Channel && self.facts.club().settings.announcement_channel.is_some();
        if is_linked {
            let board = OwnerId::of_guild(self.lease.guild);
            owners::request(fenced.tx(), &[board], Rank::Bulk, self.now()).await?;
        }
        fenced.commit().await
    }

    /// Writes down what a call applied to a channel.
    pub(super) async fn keep(
        &self,
        slot: Slot,
        binding: &Binding,
        applied: AppliedChannel,
        seen_name: Option<String>,
    ) -> Result<(), StoreError> {
        let seen_name = seen_name.or_else(|| binding.row.seen_name.clone());
        let applied = Applied::Channel(applied).row(None, seen_name);
        self.keep_row(slot, binding, applied).await
    }

    /// Writes down what a call applied, and that whatever was asked about it is settled.
    pub(super) async fn keep_row(
        &self,
        slot: Slot,
        binding: &Binding,
        applied: bindings::Applied,
    ) -> Result<(), StoreError> {
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::applied(&fenced, &binding.row, applied, self.now()).await?;
        if binding.row.tries > 0 {
            self.settle_questions(&fenced, &slot.to_string()).await?;
        }
        fenced.commit().await
    }

    /// Moves a binding to another state.
    pub(super) async fn mark(&self, id: BindingId, state: BindingState) -> Result<(), StoreError> {
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::mark(&fenced, id, state, self.now()).await?;
        fenced.commit().await
    }

    /// Lets no step for a slot be tried for a while, or for longer where it waits longer already.
    pub(super) async fn wait_at_least(&self, slot: Slot, span: Duration) -> Result<(), StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(()) };
        let until = self.now().saturating_add(span).unwrap_or(Timestamp::MAX);
        if binding.is_ready(until) { self.wait(binding.row.id, span).await } else { Ok(()) }
    }

    /// Lets no step for a binding be tried for a while.
    pub(super) async fn wait(&self, id: BindingId, span: Duration) -> Result<(), StoreError> {
        let until = self.now().saturating_add(span).unwrap_or(Timestamp::MAX);
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::wait(&fenced, id, until, self.now()).await?;
        fenced.commit().await
    }
}

impl Make {
    /// What kind of binding holds it.
    pub(super) const fn kind(&self) -> BindingKind {
        match self {
            Self::Category { .. } => BindingKind::Category,
            Self::Text { .. } => BindingKind::Text,
            Self::Voice { .. } => BindingKind::Voice,
        }
    }
}

/// A channel that a slot holds.
pub(super) fn made(
    channel: Id<ChannelMarker>,
    applied: AppliedChannel,
    name: Option<String>,
    evidence: Evidence,
) -> Made {
    Made {
        applied: Applied::Channel(applied).row(None, name),
        channel: None,
        discord: channel.cast(),
        evidence,
    }
}
