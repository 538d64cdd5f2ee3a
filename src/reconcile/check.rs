//! The full check: what people changed by hand is seen, and what is ours to mend is planned.
//!
//! The normal path reads nothing from Discord. Once a day, spread over the guilds, one read of a guild's channels, and of the card of
//! each event that isn't over, is written into the bindings; the ordinary plan then repairs existence, category and our
//! overwrites. A name or topic that people changed is theirs until an organiser presses **Use ours**.

use std::collections::HashMap;

use twilight_model::id::{
    Id,
    marker::{ChannelMarker, MessageMarker},
};

use super::{
    Reconciler,
    apply::resource,
    binding::{Applied, AppliedChannel, Binding, State},
    desired::desired,
    slot::Slot,
};
use crate::{
    discord::{Channel, Class, Error},
    domain::{
        health::ServerRole,
        id::{OwnerId, QuestionId},
        owner::Rank,
        panel::{Headroom, Topic},
    },
    store::{
        Fenced, Lease, StoreError,
        bindings::{self, BindingState},
        clubs, events, guild_roles, guilds, owners,
        questions::{self, NewQuestion},
    },
};

mod shown;
mod teams;

/// As many channels as a category holds. See Discord Docs/Guild (Create Guild Channel).
const CATEGORY_ROOM: usize = 50;

/// Why a full check didn't come to an end.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// Discord didn't answer.
    #[error(transparent)]
    Discord(#[from] Error),
    /// The database failed, or the lease went to another worker.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a guild has, freshly read.
struct Seen(HashMap<Id<ChannelMarker>, Channel>);

impl Reconciler {
    /// Compares a guild's bindings with one fresh read, under its lease. Returns how many differ; their owners are due.
    ///
    /// # Errors
    ///
    /// See [`CheckError`]. A check that failed is due again at its next turn.
    pub(super) async fn check(&self, lease: &Lease) -> Result<usize, CheckError> {
        let club = clubs::of_guild(&self.store, lease.guild).await?;
        if club.is_some_and(|club| !club.settings.discord_integration_enabled) {
            return Ok(0);
        }
        self.hold_on(lease).await?;
        let channels = self.read.guild_channels(lease.guild).await?;
        let roles = self.count(lease, channels.len()).await?;
        let seen = Seen(channels.into_iter().map(|channel| (channel.id, channel)).collect());
        let mut differing = 0;
        for row in bindings::all_of_guild(&self.store, lease.guild).await? {
            if let Some((slot, binding)) = Binding::read(row) {
                differing += usize::from(self.compare(lease, slot, &binding, &seen).await?);
            }
        }
        let missing = self.check_cards(lease, &seen).await?
            + self.check_board(lease, &seen).await?
            + self.check_roles(lease, &roles).await?
            + self.check_threads(lease).await?
            + self.check_natives(lease).await?;
        Ok(differing + missing)
    }

    /// Looks for the cards of events that aren't over, and returns how many are missing.
    async fn check_cards(&self, lease: &Lease, seen: &Seen) -> Result<usize, CheckError> {
        let Some(club) = clubs::of_guild(&self.store, lease.guild).await? else { return Ok(0) };
        let mut missing = 0;
        for event in events::live(&self.store, club.id, self.clock.now()).await? {
            let row = bindings::by_slot(&self.store, OwnerId::of_event(event.id), bindings::CARD).await?;
            let Some((slot, binding)) = row.and_then(Binding::read) else { continue };
            let (Some(message), Some(Applied::Card { channel, .. })) = (binding.resource(), &binding.applied)
            else {
                continue;
            };
            if !seen.0.contains_key(channel) {
                continue;
            }
            if self.is_missing(lease, (*channel, message.cast())).await? {
                self.missing(lease, slot, &binding).await?;
                missing += 1;
            }
        }
        Ok(missing)
    }

    /// Whether Discord says twice that there is no such message: a card too many can't be taken back.
    async fn is_missing(
        &self,
        lease: &Lease,
        (channel, message): (Id<ChannelMarker>, Id<MessageMarker>),
    ) -> Result<bool, CheckError> {
        for _ in 0..2 {
            self.hold_on(lease).await?;
            match self.read.message(channel, message).await {
                Ok(_) => return Ok(false),
                Err(error) if matches!(error.class(), Class::Gone(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }

    /// Something was deleted by hand: the next pass makes it again, or asks first. What wouldn't be made anyway is let go.
    async fn missing(&self, lease: &Lease, slot: Slot, binding: &Binding) -> Result<(), StoreError> {
        let makes = self.makes(lease, binding.row.owner, slot).await?;
        let state = if makes { BindingState::Gone } else { BindingState::Retired };
        let fenced = self.store.fenced(lease).await?;
        bindings::mark(&fenced, binding.row.id, state, self.clock.now()).await?;
        if makes && binding.row.remakes > 0 {
            self.ask(&fenced, slot, binding, Topic::Deleted { resource: resource(slot) }).await?;
        }
        owners::request(fenced.tx(), &[binding.row.owner], Rank::Bulk, self.clock.now()).await?;
        fenced.commit().await
    }

    /// Whether the slot's resource would be made if there were none.
    async fn makes(&self, lease: &Lease, owner: OwnerId, slot: Slot) -> Result<bool, StoreError> {
        let owners = owners::of_guild(&self.store, lease.guild).await?;
        let Some(owner) = owners.into_iter().find(|other| other.id() == owner) else { return Ok(false) };
        let facts = self.facts(lease.guild, owner).await?;
        Ok(facts.is_some_and(|facts| desired(&facts, self.clock.now()).makes(slot)))
    }

    /// Notes how much of Discord's limits the guild has used, and returns its roles.
    async fn count(&self, lease: &Lease, channels: usize) -> Result<Vec<ServerRole>, CheckError> {
        let all: Vec<ServerRole> = self.read.roles(lease.guild).await?.into_iter().map(Into::into).collect();
        let roles = all.len();
        let most = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let fenced = self.store.fenced(lease).await?;
        guilds::count(&fenced, Headroom { channels: most(channels), roles: most(roles) }).await?;
        guild_roles::put(fenced.tx(), lease.guild, &all, None, self.clock.now()).await?;
        fenced.commit().await?;
        Ok(all)
    }

    async fn compare(
        &self,
        lease: &Lease,
        slot: Slot,
        binding: &Binding,
        seen: &Seen,
    ) -> Result<bool, StoreError> {
        let (Some(id), Some(known)) = (binding.resource(), binding.channel()) else { return Ok(false) };
        let Some(channel) = seen.0.get(&id.cast()) else {
            self.missing(lease, slot, binding).await?;
            return Ok(true);
        };
        let fenced = self.store.fenced(lease).await?;
        let differs = self.take_over(&fenced, slot, binding, known, channel, seen).await?;
        if differs {
            owners::request(fenced.tx(), &[binding.row.owner], Rank::Bulk, self.clock.now()).await?;
        }
        fenced.commit().await?;
        Ok(differs)
    }

    /// Writes down what a channel is like now. Returns whether that differs from what was known.
    async fn take_over(
        &self,
        fenced: &Fenced,
        slot: Slot,
        binding: &Binding,
        known: &AppliedChannel,
        channel: &Channel,
        seen: &Seen,
    ) -> Result<bool, StoreError> {
        let now = self.clock.now();
        if matches!(binding.state, State::Full(_)) && seen.children(channel.id) < CATEGORY_ROOM {
            bindings::mark(fenced, binding.row.id, BindingState::Bound, now).await?;
        }
        // After an edit whose answer was lost, the name may be ours already.
        let unclear = binding.row.tries > 0;
        if !binding.row.renamed && !unclear && !binding.is_adopted() && is_theirs(binding, known, channel) {
            let theirs = channel.name.clone().unwrap_or_default();
            bindings::renamed(fenced, binding.row.id, &theirs, now).await?;
            let topic = Topic::Renamed { ours: known.name.clone(), resource: resource(slot), theirs };
            self.ask(fenced, slot, binding, topic).await?;
        }
        let mut fresh = known.clone();
        // Whoever wasn't there may be back.
        fresh.absent.clear();
        fresh.parent = channel.parent;
        fresh.overwrites.clone_from(&channel.overwrites);
        if fresh == *known {
            return Ok(false);
        }
        let spec = Applied::Channel(fresh).row(None, None).spec;
        bindings::observed(fenced, binding.row.id, spec, now).await?;
        Ok(true)
    }

    async fn ask(
        &self,
        fenced: &Fenced,
        slot: Slot,
        binding: &Binding,
        topic: Topic,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let question = NewQuestion {
            id: QuestionId::new(self.ids.uuid(now)),
            owner: binding.row.owner,
            slot: slot.to_string(),
            topic,
        };
        questions::ask(fenced, question, now).await.map(|_| ())
    }
}

impl Seen {
    fn children(&self, category: Id<ChannelMarker>) -> usize {
        self.0.values().filter(|channel| channel.parent == Some(category)).count()
    }
}

/// Whether people gave the channel another name, or another topic.
fn is_theirs(binding: &Binding, known: &AppliedChannel, channel: &Channel) -> bool {
    let ours = binding.row.seen_name.as_deref().unwrap_or(&known.name);
    let topic =
        known.topic.as_deref().is_some_and(|ours| channel.topic.as_deref().unwrap_or_default() != ours);
    topic || channel.name.as_deref() != Some(ours)
}
