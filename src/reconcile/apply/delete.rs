//! Taking things away, within what a guild lets go in an hour.

use std::time::Duration;

use twilight_model::id::{Id, marker::ChannelMarker};

use super::{Done, Scene};
use crate::{
    discord::Class,
    domain::{owner::Owner, panel::Topic},
    reconcile::{desired::Cause, slot::Slot},
    store::{
        StoreError,
        bindings::{self, BindingState},
        deletions, questions,
    },
};

/// As many deletions that nobody asked for or announced as a guild sees in an hour.
const HOURLY: u64 = 20;

/// How long deletions pause before they are looked at again.
const PAUSE: Duration = Duration::from_secs(600);

impl Scene<'_> {
    /// Deletes a channel of ours.
    pub(super) async fn delete(
        &self,
        slot: Slot,
        channel: Id<ChannelMarker>,
        cause: Cause,
    ) -> Result<Done, StoreError> {
        let Some((binding, known)) = self.known_channel(slot).await? else { return Ok(Done::Waits) };
        if cause == Cause::Surplus && !self.may_delete().await? {
            self.wait(binding.row.id, PAUSE).await?;
            return Ok(Done::Failed);
        }
        if matches!(slot, Slot::Category(..)) && !self.is_empty(channel).await {
            return self.release(slot).await;
        }
        let reason = self.reason(&format!("delete {slot}"));
        match self.with.write.delete_channel(channel, &reason).await {
            Ok(()) => {}
            Err(error) if matches!(error.class(), Class::Gone(_)) && self.is_gone(channel).await => {}
            Err(error) => return self.troubled(slot, &error).await,
        }
        let now = self.now();
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::mark(&fenced, binding.row.id, BindingState::Retired, now).await?;
        if cause == Cause::Surplus {
            deletions::count(&fenced, self.with.ids.uuid(now), now).await?;
        }
        fenced.commit().await?;
        if let Some(parent) = known.parent {
            self.has_room(parent).await?;
        }
        Ok(Done::Changed)
    }

    /// Stops managing a resource without touching it.
    pub(super) async fn release(&self, slot: Slot) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        self.mark(binding.row.id, BindingState::Retired).await?;
        Ok(Done::Changed)
    }

    /// Whether the guild's budget has room, or an organiser allowed more since it ran out; else they are asked.
    async fn may_delete(&self) -> Result<bool, StoreError> {
        let now = self.now();
        let guild = Owner::Guild(self.lease.guild);
        let spent = deletions::recent(&self.with.store, self.lease.guild, now).await?;
        if spent < HOURLY {
            return Ok(true);
        }
        let asked = questions::of_owners(&self.with.store, &[guild.id()]).await?;
        let allowed = asked.iter().filter_map(|question| question.allowed_deletions_at()).max();
        let until = allowed.and_then(|at| at.saturating_add(deletions::WINDOW).ok());
        if until.is_some_and(|until| now < until) {
            return Ok(true);
        }
        self.ask_of(guild, "", Topic::DeletionsPaused { waiting: 1 }).await?;
        Ok(false)
    }

    /// A category goes only when a fresh read shows nothing in it.
    async fn is_empty(&self, category: Id<ChannelMarker>) -> bool {
        let channels = self.with.read.guild_channels(self.lease.guild).await;
        channels.is_ok_and(|channels| channels.iter().all(|channel| channel.parent != Some(category)))
    }
}
