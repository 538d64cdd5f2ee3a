//! What is rung once something has changed.

use std::{fmt, time::Duration};

use futures::future::BoxFuture;
use jiff::Timestamp;
use twilight_model::id::{Id, marker::GuildMarker};
use uuid::Uuid;

use crate::domain::id::ImportId;

/// A ring: it names a row, and what the row says is read by whoever answers. A lost ring delays work and loses none.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ring {
    /// The app was removed from a guild, and it isn't known which.
    Census {
        /// The request that told.
        request_id: String,
    },
    /// An interaction's late answer waits to be sent.
    FollowUp {
        /// Its row.
        id: Uuid,
        /// The request that it answers.
        request_id: String,
    },
    /// A roster is to be read or written.
    Import {
        /// Its import.
        id: ImportId,
        /// The request that asked.
        request_id: String,
    },
    /// What somebody asked is to be found out.
    Inquiry {
        /// Its row.
        id: Uuid,
        /// The request that asked.
        request_id: String,
    },
    /// A member sync has something to do.
    Sync {
        /// Which one.
        id: Uuid,
        /// The request that asked for it.
        request_id: String,
    },
    /// A webhook has something to hear.
    Webhook {
        /// Which one.
        id: Uuid,
        /// The request that changed something.
        request_id: String,
    },
    /// A guild has something to do.
    Wake {
        /// When; an instant that is past is now.
        at: Timestamp,
        /// Which one.
        guild: Id<GuildMarker>,
        /// The request that asked for it.
        request_id: String,
    },
}

/// Wakes whoever works on Discord.
pub trait Doorbell: fmt::Debug + Send + Sync + 'static {
    /// Rings, without waiting for anything.
    fn ring(&self, ring: Ring);

    /// How long the queue takes to answer; `None` while it is away.
    fn latency(&self) -> BoxFuture<'_, Option<Duration>>;
}
