//! Threads: made, changed, and kept with the right people.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, UserMarker},
};

use super::{Done, Scene};
use crate::{
    discord::{Channel, Class, Error, NewThread, Outcome, ThreadEdit},
    domain::{id::BindingId, snowflake},
    reconcile::{
        binding::{Applied, AppliedThread, Binding},
        slot::{Slot, TeamPart},
    },
    store::{
        StoreError,
        bindings::{self, BindingKind, BindingState, Evidence, Made, NewBinding},
        bot_settings,
    },
};

/// Discord's code for what the bot, or somebody, can't see.
const MISSING_ACCESS: u32 = 50_001;

impl Scene<'_> {
    /// Makes a thread in the owner's channel: the attempt is written before the call and the id right after it.
    pub(super) async fn open_thread(
        &self,
        slot: Slot,
        (name, private): (&str, bool),
    ) -> Result<Done, StoreError> {
        let Some(parent) = self.channel(Slot::Channel).await? else { return Ok(Done::Waits) };
        let token = self.with.ids.attempt();
        let thread = fresh(name, parent);
        let new = self.new_binding(slot, BindingKind::Thread, (&token, Some(parent)));
        let applied = Some(Applied::Thread(thread.clone()).row(None, None).spec);
        let Some(attempt) = self.begin(&NewBinding { applied, ..new }).await? else { return Ok(Done::Waits) };
        let reason = self.reason(&format!("create {slot} [{token}]"));
        let new = NewThread { name: name.to_owned(), private };
        match self.with.write.create_thread(parent, &new, &reason).await {
            Ok(id) => self.opened(slot, attempt, thread, (id, Evidence::Made)).await,
            Err(error) if error.outcome() == Outcome::Unknown => {
                let done = self.troubled(slot, &error).await?;
                self.wait_at_least(slot, self.with.timings.examine_after).await?;
                Ok(done)
            }
            Err(error) => {
                self.mark(attempt, BindingState::Unmade).await?;
                if matches!(error.class(), Class::Gone(_)) && self.is_gone(parent).await {
                    return self.deleted(Slot::Channel).await;
                }
                self.troubled(slot, &error).await
            }
        }
    }

    async fn opened(
        &self,
        slot: Slot,
        binding: BindingId,
        thread: AppliedThread,
        (id, evidence): (Id<ChannelMarker>, Evidence),
    ) -> Result<Done, StoreError> {
        let channel = Some(thread.parent);
        let applied = Applied::Thread(thread).row(None, None);
        self.bind(slot, binding, Made { applied, channel, discord: id.cast(), evidence }).await?;
        Ok(Done::Changed)
    }

    /// Changes a thread, each field only if asked for.
    pub(super) async fn edit_thread(
        &self,
        slot: Slot,
        thread: Id<ChannelMarker>,
        edit: &ThreadEdit,
    ) -> Result<Done, StoreError> {
        let reason = self.reason(&format!("edit {slot}"));
        let outcome = self.with.write.edit_thread(thread, edit, &reason).await;
        self.noted(slot, thread, outcome, |stands| {
            stands.archived = edit.archived.unwrap_or(stands.archived);
            stands.locked = edit.locked.unwrap_or(stands.locked);
            if let Some(name) = &edit.name {
                stands.name.clone_from(name);
            }
        })
        .await
    }

    /// Adds somebody to a thread. Whoever is gone, or doesn't see the channel, is left out.
    pub(super) async fn add_to_thread(
        &self,
        slot: Slot,
        thread: Id<ChannelMarker>,
        user: Id<UserMarker>,
    ) -> Result<Done, StoreError> {
        let outcome = self.with.write.add_to_thread(thread, user).await;
        let cant = outcome.as_ref().err().is_some_and(cannot_be_added);
        let outcome = if cant { Ok(()) } else { outcome };
        self.noted(slot, thread, outcome, |stands| {
            if cant { stands.absent.push(user) } else { stands.added.push(user) }
        })
        .await
    }

    /// Takes somebody out of a thread.
    pub(super) async fn remove_from_thread(
        &self,
        slot: Slot,
        thread: Id<ChannelMarker>,
        user: Id<UserMarker>,
    ) -> Result<Done, StoreError> {
        let outcome = match self.with.write.remove_from_thread(thread, user).await {
            Err(error) if error.target_gone() => Ok(()),
            outcome => outcome,
        };
        self.noted(slot, thread, outcome, |stands| stands.added.retain(|other| *other != user)).await
    }

    /// Writes down what a call changed of a thread, or what is wrong.
    async fn noted(
        &self,
        slot: Slot,
        thread: Id<ChannelMarker>,
        outcome: Result<(), Error>,
        change: impl FnOnce(&mut AppliedThread),
    ) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let Some(mut stands) = binding.thread().cloned() else { return Ok(Done::Waits) };
        match outcome {
            Ok(()) => change(&mut stands),
            Err(error) if error.thread_archived() && !stands.archived => stands.archived = true,
            Err(error) => return self.channel_failed(slot, thread, &error).await,
        }
        self.keep_row(slot, &binding, Applied::Thread(stands).row(None, None)).await?;
        Ok(Done::Changed)
    }

    /// Notes that the thread of a team's message turned out to be archived, so that it is un-archived first.
    pub(super) async fn thread_archived(&self, slot: Slot) -> Result<Done, StoreError> {
        let Slot::Team(team, _) = slot else { return Ok(Done::Waits) };
        let thread = Slot::Team(team, TeamPart::Thread);
        let Some(binding) = self.binding(thread).await? else { return Ok(Done::Waits) };
        let Some(stands) = binding.thread().cloned() else { return Ok(Done::Waits) };
        let stands = AppliedThread { archived: true, ..stands };
        self.keep_row(thread, &binding, Applied::Thread(stands).row(None, None)).await?;
        Ok(Done::Changed)
    }

    /// Pins a message.
    pub(super) async fn pin(&self, slot: Slot) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let (Some(message), Some(Applied::Card { channel, .. })) = (binding.resource(), &binding.applied)
        else {
            return Ok(Done::Waits);
        };
        let channel = *channel;
        let reason = self.reason(&format!("pin {slot}"));
        match self.with.write.pin_message(channel, message.cast(), &reason).await {
            Ok(()) => {
                let applied = Applied::Card { channel, pinned: true }.row(binding.hash.clone(), None);
                self.keep_row(slot, &binding, applied).await?;
                Ok(Done::Changed)
            }
            Err(error) if error.thread_archived() => self.thread_archived(slot).await,
            Err(error) if matches!(error.class(), Class::Gone(_)) => {
                self.message_gone(slot, &binding, channel, &error).await
            }
            Err(error) => self.troubled(slot, &error).await,
        }
    }

    /// Looks for what an attempt that is certainly over has made: a thread of the bot's own with its name, made in its time.
    pub(super) async fn examine_thread(
        &self,
        slot: Slot,
        binding: &Binding,
        at: Timestamp,
    ) -> Result<Done, StoreError> {
        let Some(asked) = binding.thread().cloned() else {
            self.mark(binding.row.id, BindingState::Unmade).await?;
            return Ok(Done::Changed);
        };
        let bot = bot_settings::get(&self.with.store).await?.bot_user;
        let bound = bindings::bound_ids(&self.with.store, self.lease.guild).await?;
        let listed = match self.with.read.active_threads(self.lease.guild).await {
            Ok(listed) => listed,
            Err(error) => return self.troubled(slot, &error).await,
        };
        let attempt = self.attempt(binding, at);
        let is_it = |thread: &&Channel| {
            is_of(thread, &asked, bot)
                && attempt.is_in_time(snowflake::created_at(thread.id))
                && !bound.contains(&thread.id.cast())
        };
        let made: Vec<Id<ChannelMarker>> = listed.iter().filter(is_it).map(|thread| thread.id).collect();
        match made.as_slice() {
            [] => {
                self.mark(binding.row.id, BindingState::Unmade).await?;
                Ok(Done::Changed)
            }
            [thread] => {
                tracing::info!(%slot, %thread, "adopted what an attempt had made");
                self.opened(slot, binding.row.id, asked, (*thread, Evidence::Owner)).await
            }
            several => self.unclear(slot, binding, several.to_vec()).await,
        }
    }
}

fn fresh(name: &str, parent: Id<ChannelMarker>) -> AppliedThread {
    AppliedThread {
        absent: Vec::new(),
        added: Vec::new(),
        archived: false,
        locked: false,
        name: name.to_owned(),
        parent,
    }
}

fn is_of(thread: &Channel, asked: &AppliedThread, bot: Option<Id<UserMarker>>) -> bool {
    let is_ours = bot.is_some() && thread.owner == bot;
    is_ours && thread.parent == Some(asked.parent) && thread.name.as_ref() == Some(&asked.name)
}

/// Whether somebody can't be in a thread for now: they are gone, or don't see its channel.
fn cannot_be_added(error: &Error) -> bool {
    error.target_gone() || error.code() == Some(MISSING_ACCESS)
}
