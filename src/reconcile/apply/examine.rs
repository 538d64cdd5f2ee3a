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
        marker::{ChannelMarker, UserMarker},
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
enum Verdict {
    /// It made this channel.
    Made(Channel, Evidence),
    /// It made nothing.
    Nothing,
    /// It may have made one of these.
    Unclear(Vec<Id<ChannelMarker>>),
}

/// An attempt that was left behind.
struct Attempt {
    kind: BindingKind,
    /// What was to be made.
    known: AppliedChannel,
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
                return self.examine_message(slot, &binding).await;
            }
            Slot::Team(_, TeamPart::Thread) => return self.examine_thread(slot, &binding, at).await,
            Slot::Native => return self.examine_native(slot, &binding, at).await,
            Slot::Category(..) | Slot::Channel | Slot::RaceVoice => {}
        }
        let attempt = self.attempt(&binding, at);
        match self.verdict(&attempt).await? {
            Err(error) => self.troubled(slot, &error).await,
            Ok(Verdict::Made(channel, evidence)) => {
                tracing::info!(%slot, channel = %channel.id, ?evidence, "adopted what an attempt had made");
                self.made(slot, binding.row.id, attempt.known, &channel, evidence).await
            }
            Ok(Verdict::Nothing) => {
                self.mark(binding.row.id, BindingState::Unmade).await?;
                Ok(Done::Changed)
            }
            Ok(Verdict::Unclear(candidates)) => {
                let topic = Topic::Ambiguous { candidates, resource: resource(slot) };
                let about = About { owner: self.owner.id(), slot };
                self.stop_at(binding.row.id, BindingState::Ambiguous, about, Some(topic)).await?;
                Ok(Done::Failed)
            }
        }
    }

    fn attempt(&self, binding: &Binding, at: Timestamp) -> Attempt {
        Attempt {
            kind: binding.row.kind,
            known: binding.channel().cloned().unwrap_or_default(),
            since: at.saturating_sub(SKEW).unwrap_or(at),
            token: binding.row.token.clone(),
            until: at.saturating_add(self.with.timings.examine_after + SKEW).unwrap_or(at),
        }
    }

    async fn verdict(&self, attempt: &Attempt) -> Result<Result<Verdict, Error>, StoreError> {
        let bot = bot_settings::get(&self.with.store).await?.bot_user;
        let bound = bindings::bound_ids(&self.with.store, self.lease.guild).await?;
        let (channels, audit) = match self.evidence(attempt).await {
            Ok(evidence) => evidence,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(ours) = audit.iter().flatten().find(|entry| attempt.made(entry, bot)) {
            let found = channels.into_iter().find(|channel| Some(channel.id.cast()) == ours.target);
            let found = found.map_or(Verdict::Nothing, |channel| Verdict::Made(channel, Evidence::Audit));
            return Ok(Ok(found));
        }
        let mut matches: Vec<Channel> = channels
            .into_iter()
            .filter(|channel| attempt.fits(channel) && !bound.contains(&channel.id.cast()))
            .collect();
        if let Some(entries) = &audit {
            matches.retain(|channel| entries.iter().all(|entry| entry.target != Some(channel.id.cast())));
        }
        let ids = matches.iter().map(|channel| channel.id).collect();
        Ok(Ok(match (matches.pop(), matches.is_empty(), audit) {
            (None, ..) => Verdict::Nothing,
            (Some(channel), true, None) => Verdict::Made(channel, Evidence::Match),
            (Some(_), _, _) => Verdict::Unclear(ids),
        }))
    }

    /// The guild's channels, and who made which since the attempt, where the bot may read that.
    async fn evidence(&self, attempt: &Attempt) -> Result<(Vec<Channel>, Option<Vec<AuditEntry>>), Error> {
        let guild = self.lease.guild;
        let channels = self.with.read.guild_channels(guild).await?;
        let kind = AuditLogEventType::ChannelCreate;
        match self.with.read.audit_entries(guild, None, kind, attempt.since).await {
            Ok(entries) => Ok((channels, Some(entries))),
            Err(error) if matches!(error.class(), Class::Forbidden) => Ok((channels, None)),
            Err(error) => Err(error),
        }
    }
}

impl Attempt {
    /// Whether an entry of the audit log is of this attempt: the bot's own, with the attempt's token in its reason.
    fn made(&self, entry: &AuditEntry, bot: Option<Id<UserMarker>>) -> bool {
        let by_bot = bot.is_some() && entry.user == bot;
        let has_token = entry.reason.as_ref().is_some_and(|reason| reason.contains(&self.token));
        by_bot && has_token && !self.token.is_empty()
    }

    /// Whether a channel is of the attempt's kind, name, place and time, and has what the attempt gave it besides: people who make
    /// a channel of the same name give it neither our topic nor our overwrites.
    fn fits(&self, channel: &Channel) -> bool {
        let kind = match self.kind {
            BindingKind::Card | BindingKind::Native | BindingKind::Thread => return false,
            BindingKind::Category => ChannelType::GuildCategory,
            BindingKind::Text => ChannelType::GuildText,
            BindingKind::Voice => ChannelType::GuildVoice,
        };
        let AppliedChannel { name, overwrites, parent, topic, .. } = &self.known;
        channel.kind == kind
            && channel.name.as_ref() == Some(name)
            && channel.parent == *parent
            && channel.topic.as_deref().unwrap_or_default() == topic.as_deref().unwrap_or_default()
            && overwrites.iter().all(|ours| channel.overwrites.contains(ours))
            && (self.since..=self.until).contains(&snowflake::created_at(channel.id))
    }
}
