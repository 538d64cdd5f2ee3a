//! Files of an event: its sheet, and the event itself for calendars.

use std::collections::HashMap;

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{Ask, Service, ServiceError, calendar};
pub use crate::store::inquiries::EventFile;
use crate::{
    domain::{
        calendar::{event_file, event_file_name},
        event::Event,
        id::{EventId, UserId},
        refusal::Refusal,
        signup::Sheet,
    },
    store::{clubs, events, guild_members, inquiries::Asked, signups},
};

/// An event's sheet with what its file says besides.
#[derive(Clone, Debug)]
pub struct SheetExport {
    /// The event.
    pub event: Event,
    /// What the server calls its people.
    pub names: HashMap<Id<UserMarker>, String>,
    /// The sheet.
    pub sheet: Sheet,
    /// When each of them first said anything.
    pub since: HashMap<UserId, Timestamp>,
}

/// An event as a file for calendars.
#[derive(Clone, Debug)]
pub struct CalendarExport {
    /// The file.
    pub content: Vec<u8>,
    /// The event.
    pub event: Event,
    /// What the file is called.
    pub name: String,
}

impl Service {
    /// Has a file made of an event. It takes the place of the deferred reply to `token`'s interaction. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown; fails when the database does.
    pub async fn ask_event_file(
        &self,
        ask: Ask<'_, ()>,
        token: &SecretString,
        (event, file): (EventId, EventFile),
    ) -> Result<Value, ServiceError> {
        let club = self.organised_club(ask.actor).await?;
        events::by_id(self.store(), club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let guild = club.guild;
        self.inquire(ask, token, Asked::EventFile { event, file, guild }).await
    }

    /// An event's sheet, for a file; `None` where it is gone.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn sheet_export(
        &self,
        guild: Id<GuildMarker>,
        event: EventId,
    ) -> Result<Option<SheetExport>, ServiceError> {
        let Some(event) = self.exported(guild, event).await? else { return Ok(None) };
        let sheet = signups::sheet(self.store(), event.id).await?;
        let accounts = sheet.lines().iter().map(|line| line.discord);
        let members = guild_members::some(self.store(), guild, accounts).await?;
        let named = members.into_iter().map(|member| (member.account.id, member.account.name().to_owned()));
        let since = signups::since(self.store(), event.id).await?;
        Ok(Some(SheetExport { event, names: named.collect(), sheet, since }))
    }

    /// An event as a file for calendars; `None` where it is gone.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn calendar_export(
        &self,
        guild: Id<GuildMarker>,
        event: EventId,
    ) -> Result<Option<CalendarExport>, ServiceError> {
        let Some(event) = self.exported(guild, event).await? else { return Ok(None) };
        let mut entries = calendar::entries(self.store(), vec![(event.clone(), None)]).await?;
        let Some(entry) = entries.pop() else { return Ok(None) };
        let content = event_file(&entry, self.0.clock.now());
        Ok(Some(CalendarExport { content, name: event_file_name(&event), event }))
    }

    async fn exported(&self, guild: Id<GuildMarker>, event: EventId) -> Result<Option<Event>, ServiceError> {
        let Some(club) = clubs::of_guild(self.store(), guild).await? else { return Ok(None) };
        Ok(events::by_id(self.store(), club.id, event).await?)
    }
}
