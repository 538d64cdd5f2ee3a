//! Owners of Discord resources, and what presses most.

use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::GuildMarker};

use super::id::{EventId, OwnerId, SeriesId};

/// Something that owns channels and messages on Discord.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Owner {
    /// An event: its channel, card, race voice channel and messages.
    Event(EventId),
    /// A guild: its shared categories and what is posted to its organisers.
    Guild(Id<GuildMarker>),
    /// A series: its categories.
    Series(SeriesId),
}

impl Owner {
    /// The owner's identifier.
    #[must_use]
    pub const fn id(self) -> OwnerId {
        match self {
            Self::Event(id) => OwnerId::of_event(id),
            Self::Guild(id) => OwnerId::of_guild(id),
            Self::Series(id) => OwnerId::of_series(id),
        }
    }

    /// The owner's kind.
    #[must_use]
    pub const fn kind(self) -> OwnerKind {
        match self {
            Self::Event(_) => OwnerKind::Event,
            Self::Guild(_) => OwnerKind::Guild,
            Self::Series(_) => OwnerKind::Series,
        }
    }
}

/// A kind of owner, in the order in which equally urgent ones are served: what others stand in comes first.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// See [`Owner::Guild`].
    Guild,
    /// See [`Owner::Series`].
    Series,
    /// See [`Owner::Event`].
    Event,
}

/// How much a piece of work presses, most first.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// A message that is worthless after its expiry.
    Alert,
    /// Something that a person changed and is watching.
    People,
    /// Putting away what is over.
    PutAway,
    /// Anything else: full checks, redrawn cards.
    Bulk,
}
