//! Making, changing and deleting an event among Discord's own scheduled events.

use jiff::Timestamp;
use twilight_model::id::{
    Id,
    marker::{ScheduledEventMarker, UserMarker},
};

use super::{Done, Scene};
use crate::{
    discord::{Class, Error, EventEdit, NewEvent, Outcome, ScheduledEvent},
    domain::{id::BindingId, snowflake},
    reconcile::{
        binding::{Applied, Binding, Native},
        slot::Slot,
    },
    store::{
        StoreError,
        bindings::{self, BindingKind, BindingState, Evidence, Made, NewBinding},
        bot_settings,
    },
};

impl Scene<'_> {
    /// Makes a scheduled event: the attempt is written before the call and the id right after it.
    pub(super) async fn schedule(&self, slot: Slot, native: Native) -> Result<Done, StoreError> {
        let token = self.with.ids.attempt();
        let applied = Applied::Native(native.clone()).row(None, None).spec;
        let new = self.new_binding(slot, BindingKind::Native, (&token, None));
        let new = NewBinding { applied: Some(applied), ..new };
        let Some(attempt) = self.begin(&new).await? else { return Ok(Done::Waits) };
        let reason = self.reason(&format!("create {slot} [{token}]"));
        match self.with.write.create_event(self.lease.guild, &new_event(&native), &reason).await {
            Ok(event) => self.scheduled(slot, attempt, native, (event, Evidence::Made)).await,
            Err(error) if error.outcome() == Outcome::Unknown => {
                let done = self.troubled(slot, &error).await?;
                self.wait_at_least(slot, self.with.timings.examine_after).await?;
                Ok(done)
            }
            Err(error) => {
                self.mark(attempt, BindingState::Unmade).await?;
                self.troubled(slot, &error).await
            }
        }
    }

    async fn scheduled(
        &self,
        slot: Slot,
        binding: BindingId,
        native: Native,
        (event, evidence): (Id<ScheduledEventMarker>, Evidence),
    ) -> Result<Done, StoreError> {
        let applied = Applied::Native(native).row(None, None);
        let made = Made { applied, channel: None, discord: event.cast(), evidence };
        self.bind(slot, binding, made).await?;
        Ok(Done::Changed)
    }

    /// Changes a scheduled event, each field only if asked for.
    pub(super) async fn reschedule(
        &self,
        slot: Slot,
        event: Id<ScheduledEventMarker>,
        edit: &EventEdit,
        native: Native,
    ) -> Result<Done, StoreError> {
        let Some(binding) = self.binding(slot).await? else { return Ok(Done::Waits) };
        let reason = self.reason(&format!("edit {slot}"));
        match self.with.write.edit_event(self.lease.guild, event, edit, &reason).await {
            Ok(()) => {
                self.keep_row(slot, &binding, Applied::Native(native).row(None, None)).await?;
                Ok(Done::Changed)
            }
            Err(error) if matches!(error.class(), Class::Gone(_)) => {
                self.event_gone(slot, event, &error).await
            }
            Err(error) => self.troubled(slot, &error).await,
        }
    }

    /// Deletes a scheduled event of ours, on or not. Discord lets nobody cancel one that is on.
    pub(super) async fn unschedule(
        &self,
        slot: Slot,
        event: Id<ScheduledEventMarker>,
    ) -> Result<Done, StoreError> {
        let reason = self.reason(&format!("delete {slot}"));
        match self.with.write.delete_event(self.lease.guild, event, &reason).await {
            Ok(()) => self.release(slot).await,
            Err(error) if matches!(error.class(), Class::Gone(_)) => match self.stands(event).await {
                Ok(false) => self.release(slot).await,
                Ok(true) | Err(_) => self.troubled(slot, &error).await,
            },
            Err(error) => self.troubled(slot, &error).await,
        }
    }

    /// People deleted it, or ended it: it is made again once, while its start is ahead.
    async fn event_gone(
        &self,
        slot: Slot,
        event: Id<ScheduledEventMarker>,
        error: &Error,
    ) -> Result<Done, StoreError> {
        match self.stands(event).await {
            Ok(false) => self.deleted(slot).await,
            Ok(true) | Err(_) => self.troubled(slot, error).await,
        }
    }

    /// Whether a fresh read shows the event ahead or on.
    async fn stands(&self, event: Id<ScheduledEventMarker>) -> Result<bool, Error> {
        let listed = self.with.read.scheduled_events(self.lease.guild).await?;
        Ok(listed.iter().any(|one| one.id == event && one.is_ahead()))
    }

    /// Looks for what an attempt that is certainly over has made: an event of the bot's own with its name and start, made in its time.
    pub(super) async fn examine_native(
        &self,
        slot: Slot,
        binding: &Binding,
        at: Timestamp,
    ) -> Result<Done, StoreError> {
        let Some(asked) = binding.native() else {
            self.mark(binding.row.id, BindingState::Unmade).await?;
            return Ok(Done::Changed);
        };
        let bot = bot_settings::get(&self.with.store).await?.bot_user;
        let bound = bindings::bound_ids(&self.with.store, self.lease.guild).await?;
        let listed = match self.with.read.scheduled_events(self.lease.guild).await {
            Ok(listed) => listed,
            Err(error) => return self.troubled(slot, &error).await,
        };
        let attempt = self.attempt(binding, at);
        let in_time = |event: &ScheduledEvent| attempt.is_in_time(snowflake::created_at(event.id));
        let mut made = listed
            .iter()
            .filter(|event| is_of(event, asked, bot) && in_time(event) && !bound.contains(&event.id.cast()));
        match (made.next(), made.next()) {
            (None, _) => {
                self.mark(binding.row.id, BindingState::Unmade).await?;
                Ok(Done::Changed)
            }
            (Some(event), None) => {
                tracing::info!(%slot, event = %event.id, "adopted what an attempt had made");
                self.scheduled(slot, binding.row.id, asked.clone(), (event.id, Evidence::Owner)).await
            }
            (Some(_), Some(_)) => self.unclear(slot, binding, Vec::new()).await,
        }
    }
}

fn is_of(event: &ScheduledEvent, asked: &Native, bot: Option<Id<UserMarker>>) -> bool {
    let is_ours = bot.is_some() && event.creator == bot;
    is_ours && event.name == asked.name && event.starts == Some(asked.starts)
}

fn new_event(native: &Native) -> NewEvent {
    let Native { description, ends, location, name, starts } = native.clone();
    NewEvent { description, ends, location, name, starts }
}
