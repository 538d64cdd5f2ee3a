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
    /// Who is interested.
    pub interested: BTreeSet<Snowflake>,
}

impl ScheduledEvent {
    /// How far it has come: Discord starts and ends external ones by itself.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> EventStatus {
        if now < self.starts {
            EventStatus::Scheduled
        } else if now < self.ends {
            EventStatus::Active
        } else {
            EventStatus::Completed
        }
    }
}
