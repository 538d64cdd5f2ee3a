//! Rows of categories: asking for one more, and noting which are full or gone.

use std::time::Duration;

use twilight_model::id::{Id, marker::ChannelMarker};

use super::{Done, Scene, books, trouble::resource};
use crate::{
    discord::{Class, Error},
    domain::{id::BindingId, owner::Rank, panel::Topic},
    reconcile::{
        binding::{AppliedChannel, Binding},
        slot::{Shelf, Slot},
    },
    store::{
        StoreError,
        bindings::{self, Attempt, BindingKind, BindingState, Evidence, NewBinding},
        owners,
    },
};

impl Scene<'_> {
    /// Takes a category over that an organiser handed over. In one transaction: there is no call whose outcome could be unknown.
    pub(super) async fn adopt(&self, slot: Slot, category: Id<ChannelMarker>) -> Result<Done, StoreError> {
        let (now, new) = (self.now(), self.new_binding(slot, BindingKind::Category, ("", None)));
        let fenced = self.with.store.fenced(self.lease).await?;
        let attempt = Attempt { at: now, lasts: Duration::ZERO };
        let Some(id) = bindings::begin_create(&fenced, &new, attempt).await? else { return Ok(Done::Waits) };
        let made = books::made(category, AppliedChannel::default(), None, Evidence::Adopted);
        bindings::bound(&fenced, id, made, now).await?;
        self.settle_questions(&fenced, &slot.to_string()).await?;
        fenced.commit().await?;
        Ok(Done::Changed)
    }

    /// Asks a shelf's owner for one more category.
    pub(super) async fn want(&self, shelf: Shelf, n: u16) -> Result<Done, StoreError> {
        let now = self.now();
        let new = NewBinding {
            applied: None,
            channel: None,
            id: BindingId::new(self.with.ids.uuid(now)),
            kind: BindingKind::Category,
            owner: shelf.owner_id(),
            slot: shelf.slot(n).to_string(),
            token: String::new(),
        };
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::want(&fenced, &new, now).await?;
        owners::request(fenced.tx(), &[shelf.owner_id()], Rank::People, now).await?;
        fenced.commit().await?;
        Ok(Done::Changed)
    }

    /// A category took no more channels: marks it full, so that the next plan asks for another.
    pub(super) async fn category_full(
        &self,
        slot: Slot,
        (shelf, category): (Shelf, Id<ChannelMarker>),
        error: &Error,
    ) -> Result<Done, StoreError> {
        match self.category(shelf, category).await? {
            Some(binding) if binding.row.state == BindingState::Bound => {
                self.mark(binding.row.id, BindingState::Full).await?;
                Ok(Done::Changed)
            }
            Some(_) | None => self.troubled(slot, error).await,
        }
    }

    /// A channel left a category: if that was full, it has room again.
    pub(super) async fn has_room(&self, category: Id<ChannelMarker>) -> Result<(), StoreError> {
        let row = bindings::by_channel(&self.with.store, self.lease.guild, category).await?;
        match row {
            Some(row) if row.state == BindingState::Full => self.mark(row.id, BindingState::Bound).await,
            Some(_) | None => Ok(()),
        }
    }

    /// Looks whether a category that Discord doesn't know is really gone, and has its owner make it again.
    pub(super) async fn category_gone(
        &self,
        shelf: Shelf,
        category: Id<ChannelMarker>,
    ) -> Result<(), StoreError> {
        let Some(binding) = self.category(shelf, category).await? else { return Ok(()) };
        if !self.is_gone(category).await {
            return Ok(());
        }
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::mark(&fenced, binding.row.id, BindingState::Gone, self.now()).await?;
        if let (true, Ok(slot)) = (binding.row.remakes > 0, binding.row.slot.parse::<Slot>()) {
            let topic = Topic::Deleted { resource: resource(slot) };
            self.ask_in(&fenced, shelf.owner_id(), &binding.row.slot, topic).await?;
        }
        owners::request(fenced.tx(), &[shelf.owner_id()], Rank::People, self.now()).await?;
        fenced.commit().await
    }

    /// Whether a fresh read says that the channel doesn't exist.
    pub(super) async fn is_gone(&self, channel: Id<ChannelMarker>) -> bool {
        match self.with.read.channel(channel).await {
            Ok(_) => false,
            Err(error) => matches!(error.class(), Class::Gone(_)),
        }
    }

    async fn category(
        &self,
        shelf: Shelf,
        category: Id<ChannelMarker>,
    ) -> Result<Option<Binding>, StoreError> {
        let row = bindings::by_channel(&self.with.store, self.lease.guild, category).await?;
        let row = row.filter(|row| row.owner == shelf.owner_id());
        Ok(row.and_then(Binding::read).map(|(_, binding)| binding))
    }
}
