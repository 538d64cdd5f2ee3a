//! Making channels and categories.

use super::{Done, Scene, books};
use crate::{
    discord::{Channel, ChannelKind, Class, Error, Full, Gone, NewChannel, Outcome},
    domain::id::BindingId,
    reconcile::{
        binding::{AppliedChannel, Place},
        slot::Slot,
        step::Make,
    },
    store::{
        StoreError,
        bindings::{BindingState, Evidence},
    },
};

impl Scene<'_> {
    /// Makes a channel: the attempt is written before the call and the id right after it.
    pub(super) async fn create(&self, slot: Slot, make: &Make) -> Result<Done, StoreError> {
        let Some(channel) = new_channel(make) else { return Ok(Done::Waits) };
        let token = self.with.ids.attempt();
        let Some(attempt) = self.begin(slot, make.kind(), (&token, None)).await? else {
            return Ok(Done::Waits);
        };
        let reason = self.reason(&format!("create {slot} [{token}]"));
        match self.with.write.create_channel(self.lease.guild, &channel, &reason).await {
            Ok(made) => self.made(slot, attempt, make, &made, Evidence::Made).await,
            Err(error) => self.create_failed(slot, attempt, make, &error).await,
        }
    }

    /// Records that `channel` is what the slot holds.
    pub(super) async fn made(
        &self,
        slot: Slot,
        binding: BindingId,
        make: &Make,
        channel: &Channel,
        evidence: Evidence,
    ) -> Result<Done, StoreError> {
        let made = books::made(channel.id, applied(make, channel), channel.name.clone(), evidence);
        self.bind(slot, binding, made).await?;
        Ok(Done::Changed)
    }

    async fn create_failed(
        &self,
        slot: Slot,
        binding: BindingId,
        make: &Make,
        error: &Error,
    ) -> Result<Done, StoreError> {
        if error.outcome() == Outcome::Unknown {
            let done = self.troubled(slot, error).await?;
            self.wait_at_least(slot, self.with.timings.examine_after).await?;
            return Ok(done);
        }
        self.mark(binding, BindingState::Unmade).await?;
        if let (Some(Place::In(parent)), Some(shelf)) = (make.place(), make.shelf()) {
            match error.class() {
                Class::Full(Full::Category) => return self.category_full(slot, (shelf, parent), error).await,
                Class::Gone(Gone::Category | Gone::Channel) => self.category_gone(shelf, parent).await?,
                _ => {}
            }
        }
        self.troubled(slot, error).await
    }
}

/// The request for it; `None` while its category doesn't exist.
fn new_channel(make: &Make) -> Option<NewChannel> {
    let parent = match make.place() {
        None => None,
        Some(Place::In(parent)) => Some(parent),
        Some(Place::Awaits(..)) => return None,
    };
    let (kind, overwrites) = match make {
        Make::Category { .. } => (ChannelKind::Category, Vec::new()),
        Make::Text { topic, .. } => (ChannelKind::Text { parent, topic: Some(topic.clone()) }, Vec::new()),
        Make::Voice { overwrites, .. } => {
            (ChannelKind::Voice { bitrate: None, parent, user_limit: None }, overwrites.clone())
        }
    };
    Some(NewChannel { kind, name: make.name().to_owned(), overwrites })
}

/// What is known of a channel that was just made, or found.
fn applied(make: &Make, channel: &Channel) -> AppliedChannel {
    let (ours, topic) = match make {
        Make::Category { .. } => (Vec::new(), None),
        Make::Text { topic, .. } => (Vec::new(), Some(topic.clone())),
        Make::Voice { ours, .. } => (ours.clone(), None),
    };
    AppliedChannel {
        name: make.name().to_owned(),
        ours,
        overwrites: channel.overwrites.clone(),
        parent: channel.parent,
        topic,
    }
}
