//! Taking things away, within what a guild lets go in an hour.

use std::time::Duration;

use twilight_model::id::{Id, marker::ChannelMarker};

use super::{Done, Scene};
use crate::{
    discord::{Class, Error},
    domain::{
        owner::Owner,
        panel::{Answer, Topic},
    },
    reconcile::{desired::Cause, slot::Slot},
    store::{
        StoreError,
        bindings::{self, BindingState},
        deletions,
        questions::{self, Asked},
    },
};

/// As many deletions that nobody asked for or announced as a guild sees in an hour.
const HOURLY: u64 = 20;

/// How long deletions pause before they are looked at again.
const PAUSE: Duration = Duration::from_secs(600);

/// What becomes of something that isn't needed.
enum Verdict {
    /// It goes.
    Delete,
    /// It stays, and is no longer the service's.
    Keep,
    /// It waits for an organiser.
    Ask,
}

impl Scene<'_> {
    /// Deletes a channel of ours.
    pub(super) async fn delete(
        &self,
        slot: Slot,
        channel: Id<ChannelMarker>,
        cause: Cause,
    ) -> Result<Done, StoreError> {
        let Some((binding, known)) = self.known_channel(slot).await? else { return Ok(Done::Waits) };
        if cause == Cause::Surplus {
            match self.fate().await? {
                Verdict::Delete => {}
                Verdict::Keep => return self.release(slot).await,
                Verdict::Ask => {
                    self.wait(binding.row.id, PAUSE).await?;
                    self.ask_of(Owner::Guild(self.lease.guild), "", Topic::DeletionsPaused).await?;
                    return Ok(Done::Failed);
                }
            }
        }
        if matches!(slot, Slot::Category(..)) {
            match self.is_empty(channel).await {
                Ok(true) => self.with.hold_on(self.lease).await?,
                Ok(false) => return self.release(slot).await,
                Err(error) => return self.troubled(slot, &error).await,
            }
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
        self.settle_questions(&fenced, &slot.to_string()).await?;
        fenced.commit().await?;
        if let Some(parent) = known.parent {
            self.has_room(parent).await?;
        }
        Ok(Done::Changed)
    }

    /// Stops managing a resource without touching it.
    pub(super) async fn release(&self, slot: Slot) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let fenced = self.with.store.fenced(self.lease).await?;
        bindings::mark(&fenced, binding.row.id, BindingState::Retired, self.now()).await?;
        self.settle_questions(&fenced, &slot.to_string()).await?;
        fenced.commit().await?;
        Ok(Done::Changed)
    }

    /// Whether the guild's budget has room; once it ran out, an organiser's answer holds for as long as the budget counts.
    async fn fate(&self) -> Result<Verdict, StoreError> {
        let now = self.now();
        if deletions::recent(&self.with.store, self.lease.guild, now).await? < HOURLY {
            return Ok(Verdict::Delete);
        }
        let guild = Owner::Guild(self.lease.guild).id();
        let asked = questions::of_owners(&self.with.store, &[guild]).await?;
        let since = now.saturating_sub(deletions::WINDOW).unwrap_or(now);
        let decided = asked.iter().filter_map(Asked::decided_deletions).filter(|(at, _)| *at > since);
        Ok(match decided.max_by_key(|(at, _)| *at) {
            Some((_, Answer::Allow)) => Verdict::Delete,
            Some((_, Answer::Keep)) => Verdict::Keep,
            Some(_) | None => Verdict::Ask,
        })
    }

    /// A category goes only when a fresh read shows nothing in it.
    async fn is_empty(&self, category: Id<ChannelMarker>) -> Result<bool, Error> {
        let channels = self.with.read.guild_channels(self.lease.guild).await?;
        Ok(channels.iter().all(|channel| channel.parent != Some(category)))
    }
}
