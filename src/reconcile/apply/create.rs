//! Making channels and categories.

use super::{Done, Scene, books};
use crate::{
    discord::{Channel, ChannelKind, Class, Error, Full, Gone, NewChannel, Outcome},
    domain::{id::BindingId, overwrite::OverwriteTarget},
    reconcile::{
        binding::{Applied, AppliedChannel, Place},
        desired::VoiceMake,
        slot::Slot,
        step::Make,
    },
    store::{
        StoreError,
        bindings::{BindingState, Evidence, NewBinding},
    },
};

impl Scene<'_> {
    /// Makes a channel: the attempt is written before the call and the id right after it.
    pub(super) async fn create(&self, slot: Slot, make: &Make) -> Result<Done, StoreError> {
        let Some(channel) = new_channel(make) else { return Ok(Done::Waits) };
        let token = self.with.ids.attempt();
        let known = known(make);
        let applied = Applied::Channel(known.clone()).row(None, None).spec;
        let new = self.new_binding(slot, make.kind(), (&token, None));
        let new = NewBinding { applied: Some(applied), ..new };
        let Some(attempt) = self.begin(&new).await? else { return Ok(Done::Waits) };
        let reason = self.reason(&format!("create {slot} [{token}]"));
        match self.with.write.create_channel(self.lease.guild, &channel, &reason).await {
            Ok(made) => self.made(slot, attempt, known, &made, Evidence::Made).await,
            Err(error) => self.create_failed(slot, attempt, make, &error).await,
        }
    }

    /// Records that `channel` is what the slot holds.
    pub(super) async fn made(
        &self,
        slot: Slot,
        binding: BindingId,
        known: AppliedChannel,
        channel: &Channel,
        evidence: Evidence,
    ) -> Result<Done, StoreError> {
        let overwrites = channel.overwrites.clone();
        let applied = AppliedChannel { overwrites, parent: channel.parent, ..known };
        let made = books::made(channel.id, applied, channel.name.clone(), evidence);
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
        if let (true, Some(bare)) = (error.target_gone(), self.bare(make)) {
            self.with.hold_on(self.lease).await?;
            return Box::pin(self.create(slot, &bare)).await;
        }
        if let (Some(Place::In(parent)), Some(shelf)) = (make.place(), make.shelf()) {
            match error.class() {
                Class::Full(Full::Category) => return self.category_full(slot, (shelf, parent), error).await,
                Class::Gone(Gone::Category | Gone::Channel) => self.category_gone(shelf, parent).await?,
                _ => {}
            }
        }
        self.troubled(slot, error).await
    }

    /// The same without the overwrites of roles and people, of whom Discord doesn't know one: they are set one by one afterwards. The
    /// server and the bot's own account are always there. `None` when there are no others.
    fn bare(&self, make: &Make) -> Option<Make> {
        let Make::Voice { make, name, ours, overwrites, place, shelf } = make else { return None };
        let bot = self.facts.bot().map(OverwriteTarget::Member);
        let stays = |target| Some(target) == bot || target == OverwriteTarget::Role(self.lease.guild.cast());
        if overwrites.iter().all(|overwrite| stays(overwrite.target)) {
            return None;
        }
        Some(Make::Voice {
            make: *make,
            name: name.clone(),
            ours: ours.iter().copied().filter(|target| stays(*target)).collect(),
            overwrites: overwrites.iter().copied().filter(|overwrite| stays(overwrite.target)).collect(),
            place: *place,
            shelf: *shelf,
        })
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
        Make::Voice { make: VoiceMake { bitrate, user_limit }, overwrites, .. } => {
            let (bitrate, user_limit) = (*bitrate, *user_limit);
            (ChannelKind::Voice { bitrate, parent, user_limit }, overwrites.clone())
        }
    };
    Some(NewChannel { kind, name: make.name().to_owned(), overwrites })
}

/// What will be known of the channel once it is made.
fn known(make: &Make) -> AppliedChannel {
    let (ours, overwrites, topic) = match make {
        Make::Category { .. } => (Vec::new(), Vec::new(), None),
        Make::Text { topic, .. } => (Vec::new(), Vec::new(), Some(topic.clone())),
        Make::Voice { ours, overwrites, .. } => (ours.clone(), overwrites.clone(), None),
    };
    let parent = match make.place() {
        Some(Place::In(parent)) => Some(parent),
        Some(Place::Awaits(..)) | None => None,
    };
    AppliedChannel { absent: Vec::new(), name: make.name().to_owned(), ours, overwrites, parent, topic }
}
