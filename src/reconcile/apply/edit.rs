//! Changing channels and their overwrites.

use twilight_model::id::{Id, marker::ChannelMarker};

use super::{Done, Scene};
use crate::{
    discord::{ChannelEdit, Class, Error, Full, Gone},
    domain::overwrite::{Overwrite, OverwriteTarget},
    reconcile::{
        binding::AppliedChannel,
        slot::{Shelf, Slot},
        step::Edit,
    },
    store::StoreError,
};

impl Scene<'_> {
    /// Changes a channel's name, topic or category, each only if asked for.
    pub(super) async fn edit(
        &self,
        slot: Slot,
        channel: Id<ChannelMarker>,
        edit: Edit,
    ) -> Result<Done, StoreError> {
        let Some((binding, mut known)) = self.known_channel(slot).await? else { return Ok(Done::Waits) };
        let request = ChannelEdit {
            name: edit.name.clone(),
            parent: edit.parent.map(Some),
            topic: edit.topic.clone(),
            ..ChannelEdit::default()
        };
        let reason = self.reason(&format!("edit {slot}"));
        match self.with.write.edit_channel(channel, &request, &reason).await {
            Ok(now) => {
                let left = known.parent.filter(|_| edit.parent.is_some());
                known.name = edit.name.unwrap_or(known.name);
                known.topic = edit.topic.or(known.topic);
                known.parent = now.parent;
                known.overwrites = now.overwrites;
                self.keep(slot, &binding, known, now.name).await?;
                if let Some(left) = left {
                    self.has_room(left).await?;
                }
                Ok(Done::Changed)
            }
            Err(error) => self.edit_failed(slot, channel, edit.parent, &error).await,
        }
    }

    async fn edit_failed(
        &self,
        slot: Slot,
        channel: Id<ChannelMarker>,
        parent: Option<Id<ChannelMarker>>,
        error: &Error,
    ) -> Result<Done, StoreError> {
        if let Some((parent, shelf)) = parent.and_then(|parent| Some((parent, self.shelf_of(parent)?))) {
            match error.class() {
                Class::Full(Full::Category) => return self.category_full(slot, (shelf, parent), error).await,
                Class::Gone(Gone::Category) => self.category_gone(shelf, parent).await?,
                _ => {}
            }
        }
        self.channel_failed(slot, channel, error).await
    }

    fn shelf_of(&self, category: Id<ChannelMarker>) -> Option<Shelf> {
        let holds = |(_, categories): &(Shelf, Vec<crate::reconcile::binding::Category>)| {
            categories.iter().any(|known| known.resource() == Some(category))
        };
        self.facts.shelves().0.into_iter().find(holds).map(|(shelf, _)| shelf)
    }

    /// Sets one overwrite and leaves the others alone.
    pub(super) async fn set_overwrite(
        &self,
        slot: Slot,
        channel: Id<ChannelMarker>,
        overwrite: Overwrite,
    ) -> Result<Done, StoreError> {
        let Some((binding, mut known)) = self.known_channel(slot).await? else { return Ok(Done::Waits) };
        let reason = self.reason(&format!("overwrite {slot}"));
        match self.with.write.set_overwrite(channel, &overwrite, &reason).await {
            Ok(()) => {
                forget(&mut known, overwrite.target);
                known.overwrites.push(overwrite);
                known.ours.push(overwrite.target);
                self.keep(slot, &binding, known, None).await?;
                Ok(Done::Changed)
            }
            // Whoever isn't there needs none, and the others' come all the same.
            Err(error) if error.target_gone() => {
                forget(&mut known, overwrite.target);
                known.absent.push(overwrite.target);
                self.keep(slot, &binding, known, None).await?;
                Ok(Done::Changed)
            }
            Err(error) => self.channel_failed(slot, channel, &error).await,
        }
    }

    /// Takes one overwrite of ours off.
    pub(super) async fn clear_overwrite(
        &self,
        slot: Slot,
        channel: Id<ChannelMarker>,
        target: OverwriteTarget,
    ) -> Result<Done, StoreError> {
        let Some((binding, mut known)) = self.known_channel(slot).await? else { return Ok(Done::Waits) };
        let reason = self.reason(&format!("overwrite {slot}"));
        match self.with.write.clear_overwrite(channel, target, &reason).await {
            Ok(()) => {}
            Err(error) if error.target_gone() || error.class() == Class::Gone(Gone::Overwrite) => {}
            Err(error) => return self.channel_failed(slot, channel, &error).await,
        }
        forget(&mut known, target);
        self.keep(slot, &binding, known, None).await?;
        Ok(Done::Changed)
    }

    /// A call on a channel failed: if a fresh read says that it was deleted by hand, it is made again, once.
    pub(super) async fn channel_failed(
        &self,
        slot: Slot,
        channel: Id<ChannelMarker>,
        error: &Error,
    ) -> Result<Done, StoreError> {
        if matches!(error.class(), Class::Gone(_)) && self.is_gone(channel).await {
            return self.deleted(slot).await;
        }
        self.troubled(slot, error).await
    }
}

fn forget(known: &mut AppliedChannel, target: OverwriteTarget) {
    known.overwrites.retain(|other| other.target != target);
    known.ours.retain(|other| *other != target);
}
