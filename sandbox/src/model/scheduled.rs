//! Scheduled events.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::Snowflake;

/// Where a scheduled event takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventPlace {
    /// In a voice channel.
    Voice(Snowflake),
    /// Anywhere else, in words.
    External(String),
}

/// How far a scheduled event has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventStatus {
    /// It is ahead.
    Scheduled,
    /// It is on.
    Active,
    /// It is over.
    Completed,
    /// It won't take place.
    Cancelled,
}

/// A scheduled event of a guild. See Discord Docs/Resources/Guild Scheduled Event.
#[derive(Clone, Debug)]
pub struct ScheduledEvent {
    /// Its id.
    pub id: Snowflake,
    /// Its guild.
    pub guild: Snowflake,
    /// Who made it.
    pub creator: Snowflake,
    /// Its name.
    pub name: String,
    /// More about it.
    pub description: String,
    /// When it begins.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// Where.
    pub place: EventPlace,
    /// How far somebody has brought it, whatever the clock says.
    pub decided: Option<EventStatus>,
    /// Who is interested.
    pub interested: BTreeSet<Snowflake>,
}

impl ScheduledEvent {
    /// How far it has come: Discord starts and ends external ones by itself.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> EventStatus {
        match self.decided {
            Some(over @ (EventStatus::Cancelled | EventStatus::Completed)) => over,
            _ if now >= self.ends => EventStatus::Completed,
            Some(EventStatus::Active) => EventStatus::Active,
            _ if now >= self.starts => EventStatus::Active,
            _ => EventStatus::Scheduled,
        }
    }

    /// Whether it is completed or cancelled: then nothing of it changes any more, and it isn't listed.
    #[must_use]
    pub fn is_finished(&self, now: Timestamp) -> bool {
        matches!(self.status(now), EventStatus::Completed | EventStatus::Cancelled)
    }
}
