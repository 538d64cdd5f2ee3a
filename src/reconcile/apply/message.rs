//! Messages that are kept up to date: an event's card, and the board of a guild's coming events.

use std::time::Duration;

use jiff::Timestamp;
use twilight_model::id::{Id, marker::ChannelMarker};

use super::{Done, Scene, say::Try};
use crate::{
    discord::{Class, Error, Outcome},
    domain::panel::Topic,
    reconcile::{
        binding::{Applied, Binding, State},
        desired::Channel,
        slot::{Slot, TeamPart},
    },
    store::{
        StoreError,
        bindings::{self, BindingKind, BindingState, Evidence, Made},
        clubs,
    },
    view::message::Body,
};

/// How long a board may be wrong because Discord asks to wait.
const PATIENCE: Duration = Duration::from_secs(60);

impl Scene<'_> {
    /// Posts the card, or the board.
    pub(super) async fn post(&self, slot: Slot, to: Channel, body: &Body) -> Result<Done, StoreError> {
        let Some(channel) = self.resolve(to).await? else { return Ok(Done::Waits) };
        let Some(attempt) = self.post_attempt(slot, channel).await? else { return Ok(Done::Waits) };
        match self.send(&attempt, body).await? {
            Ok(message) => {
                let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
                let made = Made {
                    applied: Applied::Card { channel: attempt.channel, pinned: false }
                        .row(Some(body.hash()), None),
                    channel: Some(attempt.channel),
                    discord: message.cast(),
                    evidence: Evidence::Made,
                };
                self.bind(slot, binding.row.id, made).await?;
                Ok(Done::Changed)
            }
            Err(error) => {
                if attempt.fresh && error.outcome() == Outcome::NotDone {
                    self.unmade(slot).await?;
                }
                if matches!(error.class(), Class::Gone(_)) && self.is_gone(channel).await {
                    return self.channel_of_message_gone(slot, channel).await;
                }
                self.troubled(slot, &error).await
            }
        }
    }

    /// The attempt of unknown outcome that was left behind, or one that begins now.
    async fn post_attempt(&self, slot: Slot, channel: Id<ChannelMarker>) -> Result<Option<Try>, StoreError> {
        if let Some(binding) = self.binding(slot).await? {
            let left = binding.state == State::Creating && binding.row.channel == Some(channel);
            if let (true, Some(since)) = (left, binding.row.attempt_at) {
                return Ok(Some(Try { channel, fresh: false, nonce: binding.row.token, since }));
            }
            // One that stands in a channel that is gone, or was to. One deleted by hand is counted when it is made again.
            if matches!(binding.row.state, BindingState::Bound | BindingState::Creating) {
                self.mark(binding.row.id, BindingState::Unmade).await?;
            }
        }
        let nonce = self.with.ids.attempt();
        let begun = self.begin(&self.new_binding(slot, BindingKind::Card, (&nonce, Some(channel)))).await?;
        Ok(begun.map(|_| Try { channel, fresh: true, nonce, since: self.now() }))
    }

    async fn unmade(&self, slot: Slot) -> Result<(), StoreError> {
        match self.binding(slot).await? {
            Some(binding) => self.mark(binding.row.id, BindingState::Unmade).await,
            None => Ok(()),
        }
    }

    /// Changes the card, or the board, to `body`.
    pub(super) async fn edit_card(&self, slot: Slot, body: &Body) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let (Some(message), Some(Applied::Card { channel, pinned })) = (binding.resource(), &binding.applied)
        else {
            return Ok(Done::Waits);
        };
        let (channel, pinned) = (*channel, *pinned);
        match self.with.write.edit_message(channel, message.cast(), &body.edit_json()).await {
            Ok(()) => {
                let applied = Applied::Card { channel, pinned }.row(Some(body.hash()), None);
                self.keep_row(slot, &binding, applied).await?;
                Ok(Done::Changed)
            }
            Err(error) if slot == Slot::Board && self.waits_long(&error) => self.unpost(slot).await,
            Err(error) if error.thread_archived() => self.thread_archived(slot).await,
            Err(error) if matches!(error.class(), Class::Gone(_)) => {
                self.message_gone(slot, &binding, channel, &error).await
            }
            Err(error) => self.troubled(slot, &error).await,
        }
    }

    /// A message that Discord doesn't know: its channel may be gone, or the message alone, or neither.
    pub(super) async fn message_gone(
        &self,
        slot: Slot,
        binding: &Binding,
        channel: Id<ChannelMarker>,
        error: &Error,
    ) -> Result<Done, StoreError> {
        if self.is_gone(channel).await {
            return self.channel_of_message_gone(slot, channel).await;
        }
        let Some(message) = binding.resource() else { return Ok(Done::Waits) };
        match self.with.read.message(channel, message.cast()).await {
            Err(gone) if matches!(gone.class(), Class::Gone(_)) => self.deleted(slot).await,
            Ok(_) | Err(_) => self.troubled(slot, error).await,
        }
    }

    /// Whether Discord lets the same call be made only after a while, as it does with a message over an hour old that was edited several
    /// times: a board is posted anew rather than left wrong for so long.
    fn waits_long(&self, error: &Error) -> bool {
        let patience = self.now().saturating_add(PATIENCE).unwrap_or(Timestamp::MAX);
        matches!(error.class(), Class::RetryAt(at) if at > patience)
    }

    /// Takes the board away. Where the bot sees its channel no more, it is let go.
    pub(super) async fn unpost(&self, slot: Slot) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let (Some(message), Some(Applied::Card { channel, .. })) = (binding.resource(), &binding.applied)
        else {
            return self.release(slot).await;
        };
        match self.with.write.delete_message(*channel, message.cast()).await {
            Ok(()) => self.release(slot).await,
            Err(error) if matches!(error.class(), Class::Gone(_) | Class::Forbidden) => {
                self.release(slot).await
            }
            Err(error) => self.troubled(slot, &error).await,
        }
    }

    /// Looks whether an attempt that was left behind has posted a message.
    pub(super) async fn examine_message(&self, slot: Slot, binding: &Binding) -> Result<Done, StoreError> {
        let (Some(channel), Some(since)) = (binding.row.channel, binding.row.attempt_at) else {
            self.mark(binding.row.id, BindingState::Unmade).await?;
            return Ok(Done::Changed);
        };
        let attempt = Try { channel, fresh: false, nonce: binding.row.token.clone(), since };
        match self.sent(&attempt).await {
            Ok(Some(message)) => {
                let made = Made {
                    applied: Applied::Card { channel, pinned: false }.row(Some(String::new()), None),
                    channel: Some(channel),
                    discord: message.cast(),
                    evidence: Evidence::Made,
                };
                self.bind(slot, binding.row.id, made).await?;
            }
            Err(error) if !matches!(error.class(), Class::Gone(_) | Class::Forbidden) => {
                return self.troubled(slot, &error).await;
            }
            Ok(None) | Err(_) => self.mark(binding.row.id, BindingState::Unmade).await?,
        }
        Ok(Done::Changed)
    }

    /// The channel of a message is gone: an event's own is made again, once; another isn't ours to make, and people choose anew.
    async fn channel_of_message_gone(
        &self,
        slot: Slot,
        channel: Id<ChannelMarker>,
    ) -> Result<Done, StoreError> {
        if let Slot::Team(team, _) = slot {
            return self.deleted(Slot::Team(team, TeamPart::Thread)).await;
        }
        if slot != Slot::Board {
            return self.deleted(Slot::Channel).await;
        }
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let fenced = self.with.store.fenced(self.lease).await?;
        clubs::lose_announcement_channel(&fenced, self.facts.club().id, channel).await?;
        bindings::mark(&fenced, binding.row.id, BindingState::Retired, self.now()).await?;
        self.ask_in(&fenced, self.owner.id(), "", Topic::NoAnnouncementChannel).await?;
        fenced.commit().await?;
        Ok(Done::Changed)
    }
}
