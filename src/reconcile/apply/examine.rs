//! Finding out what became of a creation whose answer never came.
//!
//! Discord has no key that would make a create call harmless to repeat. So the attempt's token stands in the audit log's reason, and
//! only evidence decides: our token there, or one exact match made within the attempt's time. What could be somebody else's
//! is never taken over; what can't be told apart is put to the organisers.

use jiff::Timestamp;
use twilight_model::{
    channel::ChannelType,
    guild::audit_log::AuditLogEventType,
    id::{
        Id,
        marker::{ChannelMarker, GenericMarker, UserMarker},
    },
};

use super::{
    Done, SKEW, Scene,
    trouble::{About, resource},
};
use crate::{
    discord::{AuditEntry, Channel, Class, Error},
    domain::{panel::Topic, snowflake},
    reconcile::{
        binding::{AppliedChannel, Binding},
        slot::{Slot, TeamPart},
    },
    store::{
        StoreError,
        bindings::{self, BindingKind, BindingState, Evidence},
        bot_settings,
    },
};

/// What the evidence says of an attempt.
pub(super) enum Verdict {
    /// It made this.
    Made(Id<GenericMarker>, Evidence),
    /// It made nothing.
    Nothing,
    /// It may have made one of these.
    Unclear(Vec<Id<GenericMarker>>),
}

/// An attempt that was left behind.
pub(super) struct Attempt {
    since: Timestamp,
    token: String,
    until: Timestamp,
}

impl Scene<'_> {
    /// Looks into an attempt that was left behind, once its effect has arrived or never will.
    pub(super) async fn examine(&self, slot: Slot) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let (Some(at), Some(deadline)) = (binding.row.attempt_at, binding.row.attempt_deadline) else {
            self.mark(binding.row.id, BindingState::Unmade).await?;
            return Ok(Done::Changed);
        };
        let left = self.with.store.until(deadline).await?;
        if !left.is_zero() {
            self.wait(binding.row.id, left).await?;
            return Ok(Done::Failed);
        }
        match slot {
            Slot::Board | Slot::Card | Slot::Team(_, TeamPart::Card) | Slot::Update => {
                self.examine_message(slot, &binding).await
            }
            Slot::Native => self.examine_native(slot, &binding, at).await,
            Slot::Team(_, TeamPart::Role) => self.examine_role(slot, &binding, at).await,
            Slot::Team(_, TeamPart::Thread) => self.examine_thread(slot, &binding, at).await,
            Slot::Category(..)
            | Slot::Channel
            | Slot::Practice
            | Slot::RaceVoice
            | Slot::Team(_, TeamPart::Practice | TeamPart::RaceVoice) => {
                self.examine_channel(slot, &binding, at).await
            }
        }
    }

    async fn examine_channel(
        &self,
        slot: Slot,
        binding: &Binding,
        at: Timestamp,
    ) -> Result<Done, StoreError> {
        let attempt = self.attempt(binding, at);
        let known = binding.channel().cloned().unwrap_or_default();
        let channels = match self.with.read.guild_channels(self.lease.guild).await {
            Ok(channels) => channels,
            Err(error) => return self.troubled(slot, &error).await,
        };
        let fits = |channel: &&Channel| fits(&attempt, binding.row.kind, &known, channel);
        let fitting = channels.iter().filter(fits).map(|channel| channel.id.cast()).collect();
        let there: Vec<_> = channels.iter().map(|channel| channel.id.cast()).collect();
        match self.verdict(&attempt, AuditLogEventType::ChannelCreate, (&there, fitting)).await? {
            Err(error) => self.troubled(slot, &error).await,
            Ok(Verdict::Made(id, evidence)) => {
                let Some(channel) = channels.iter().find(|channel| channel.id.cast() == id) else {
                    return Ok(Done::Waits);
                };
                tracing::info!(%slot, channel = %channel.id, ?evidence, "adopted what an attempt had made");
                self.made(slot, binding.row.id, known, channel, evidence).await
            }
            Ok(Verdict::Nothing) => {
                self.mark(binding.row.id, BindingState::Unmade).await?;
                Ok(Done::Changed)
            }
            Ok(Verdict::Unclear(candidates)) => {
                let candidates = candidates.into_iter().map(Id::cast).collect();
                self.unclear(slot, binding, candidates).await
            }
        }
    }

    /// An attempt that was begun at that instant.
    pub(super) fn attempt(&self, binding: &Binding, at: Timestamp) -> Attempt {
        Attempt {
            since: at.saturating_sub(SKEW).unwrap_or(at),
            token: binding.row.token.clone(),
            until: at.saturating_add(self.with.timings.examine_after + SKEW).unwrap_or(at),
        }
    }

    /// What the audit log says of an attempt to make something of that kind, given all that is `there` and what of it is as the attempt
    /// would have made it.
    pub(super) async fn verdict(
        &self,
        attempt: &Attempt,
        kind: AuditLogEventType,
        (there, fitting): (&[Id<GenericMarker>], Vec<Id<GenericMarker>>),
    ) -> Result<Result<Verdict, Error>, StoreError> {
        let bot = bot_settings::get(&self.with.store).await?.bot_user;
        let bound = bindings::bound_ids(&self.with.store, self.lease.guild).await?;
        let audit = match self.with.read.audit_entries(self.lease.guild, None, kind, attempt.since).await {
            Ok(entries) => Some(entries),
            Err(error) if matches!(error.class(), Class::Forbidden) => None,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(ours) = audit.iter().flatten().find(|entry| attempt.made(entry, bot)) {
            let found = ours.target.filter(|target| there.contains(target));
            return Ok(Ok(found.map_or(Verdict::Nothing, |id| Verdict::Made(id, Evidence::Audit))));
        }
        let logged = |id: &Id<GenericMarker>| {
            audit.iter().flatten().any(|entry: &AuditEntry| entry.target == Some(*id))
        };
        let matches: Vec<_> = fitting.into_iter().filter(|id| !bound.contains(id) && !logged(id)).collect();
        Ok(Ok(match (matches.as_slice(), audit) {
            ([], _) => Verdict::Nothing,
            ([one], None) => Verdict::Made(*one, Evidence::Match),
            _ => Verdict::Unclear(matches),
        }))
    }

    /// What an attempt made can't be told: an organiser says.
    pub(super) async fn unclear(
        &self,
        slot: Slot,
        binding: &Binding,
        candidates: Vec<Id<ChannelMarker>>,
    ) -> Result<Done, StoreError> {
        let topic = Topic::Ambiguous { candidates, resource: resource(slot) };
        let about = About { owner: self.owner.id(), slot };
        self.stop_at(binding.row.id, BindingState::Ambiguous, about, Some(topic)).await?;
        Ok(Done::Failed)
    }
}

impl Attempt {
    /// Whether an entry of the audit log is of this attempt: the bot's own, with the attempt's token in its reason.
    fn made(&self, entry: &AuditEntry, bot: Option<Id<UserMarker>>) -> bool {
        let by_bot = bot.is_some() && entry.user == bot;
        let has_token = entry.reason.as_ref().is_some_and(|reason| reason.contains(&self.token));
        by_bot && has_token && !self.token.is_empty()
    }

    /// Whether something that was made then may be of this attempt.
    pub(super) fn is_in_time(&self, made: Timestamp) -> bool {
        (self.since..=self.until).contains(&made)
    }
}

/// Whether a channel is of the attempt's kind, name, place and time, and has what the attempt gave it besides: people who make a
/// channel of the same name give it neither our topic nor our overwrites.
fn fits(attempt: &Attempt, kind: BindingKind, known: &AppliedChannel, channel: &Channel) -> bool {
    let kind = match kind {
        BindingKind::Card | BindingKind::Native | BindingKind::Role | BindingKind::Thread => return false,
        BindingKind::Category => ChannelType::GuildCategory,
        BindingKind::Text => ChannelType::GuildText,
        BindingKind::Voice => ChannelType::GuildVoice,
    };
    let AppliedChannel { name, overwrites, parent, topic, .. } = known;
    channel.kind == kind
        && channel.name.as_ref() == Some(name)
        && channel.parent == *parent
        && channel.topic.as_deref().unwrap_or_default() == topic.as_deref().unwrap_or_default()
        && overwrites.iter().all(|ours| channel.overwrites.contains(ours))
        && attempt.is_in_time(snowflake::created_at(channel.id))
}
