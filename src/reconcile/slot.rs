//! The places an owner has for Discord resources.

use std::{fmt, str::FromStr};

use crate::domain::{
    id::{OwnerId, SeriesId, TeamId},
    owner::Owner,
};
use twilight_model::id::{Id, marker::GuildMarker};

/// A named place of an owner, which holds one Discord resource at most.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Slot {
    /// The board of a guild's coming events, a message in a channel that people own.
    Board,
    /// The *n*-th category on one of the owner's shelves, counted from 1.
    Category(Shelving, u16),
    /// An event's text channel.
    Channel,
    /// An event's card, a message in its channel.
    Card,
    /// An event among Discord's own scheduled events.
    Native,
    /// An event's practice room, a voice channel for everybody.
    Practice,
    /// An event's race voice channel.
    RaceVoice,
    /// What stands for a team of an event; its role may be shared with others.
    Team(TeamId, TeamPart),
    /// How an event's sheet stands, a message in its channel.
    Update,
}

/// What stands for a team of an event.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum TeamPart {
    /// Its card, a message pinned in its thread.
    Card,
    /// Its practice room, a voice channel.
    Practice,
    /// Its race voice channel.
    RaceVoice,
    /// Its role.
    Role,
    /// Its thread, in the event's channel.
    Thread,
}

impl TeamPart {
    const ALL: [Self; 5] = [Self::Card, Self::Practice, Self::RaceVoice, Self::Role, Self::Thread];

    /// Whether it stands in the event's channel, and goes with it.
    #[must_use]
    pub const fn is_in_channel(self) -> bool {
        matches!(self, Self::Card | Self::Thread)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Practice => "practice",
            Self::RaceVoice => "race",
            Self::Role => "role",
            Self::Thread => "thread",
        }
    }
}

/// What a row of categories is for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Shelving {
    /// A series' events.
    Series,
    /// A guild's events that belong to no series.
    Events,
    /// A guild's events that have been put away.
    Archive,
}

/// A row of categories that channels stand in: when one is full, the next is asked for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Shelf {
    /// A guild's archive.
    Archive(Id<GuildMarker>),
    /// A guild's shared categories.
    Events(Id<GuildMarker>),
    /// A series' categories.
    Series(SeriesId),
}

impl Shelf {
    /// Whose row it is.
    #[must_use]
    pub const fn owner(self) -> Owner {
        match self {
            Self::Archive(guild) | Self::Events(guild) => Owner::Guild(guild),
            Self::Series(series) => Owner::Series(series),
        }
    }

    /// The owner's identifier.
    #[must_use]
    pub const fn owner_id(self) -> OwnerId {
        self.owner().id()
    }

    /// What the row is for.
    #[must_use]
    pub const fn shelving(self) -> Shelving {
        match self {
            Self::Archive(_) => Shelving::Archive,
            Self::Events(_) => Shelving::Events,
            Self::Series(_) => Shelving::Series,
        }
    }

    /// The slot of its *n*-th category.
    #[must_use]
    pub const fn slot(self, n: u16) -> Slot {
        Slot::Category(self.shelving(), n)
    }
}

impl Shelving {
    const fn word(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::Events => "events",
            Self::Series => "category",
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Board => f.write_str("board"),
            Self::Category(shelving, n) => write!(f, "{}/{n}", shelving.word()),
            Self::Channel => f.write_str("channel"),
            Self::Card => f.write_str("card"),
            Self::Native => f.write_str("native"),
            Self::Practice => f.write_str("voice/practice"),
            Self::RaceVoice => f.write_str("voice/race"),
            Self::Team(team, part) => write!(f, "team/{}/{}", team.short(), part.word()),
            Self::Update => f.write_str("update"),
        }
    }
}

/// A slot's name that this version doesn't know.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("unknown slot {0:?}")]
pub struct UnknownSlot(String);

impl FromStr for Slot {
    type Err = UnknownSlot;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownSlot(text.to_owned());
        match text {
            "board" => return Ok(Self::Board),
            "channel" => return Ok(Self::Channel),
            "card" => return Ok(Self::Card),
            "native" => return Ok(Self::Native),
            "voice/practice" => return Ok(Self::Practice),
            "voice/race" => return Ok(Self::RaceVoice),
            "update" => return Ok(Self::Update),
            _ => {}
        }
        let (word, n) = text.split_once('/').ok_or_else(unknown)?;
        if word == "team" {
            return team(n).ok_or_else(unknown);
        }
        let shelving = [Shelving::Archive, Shelving::Events, Shelving::Series]
            .into_iter()
            .find(|shelving| shelving.word() == word)
            .ok_or_else(unknown)?;
        n.parse().map(|n| Self::Category(shelving, n)).map_err(|_| unknown())
    }
}

/// A team's slot, by what follows the word.
fn team(text: &str) -> Option<Slot> {
    let (id, word) = text.split_once('/')?;
    let part = TeamPart::ALL.into_iter().find(|part| part.word() == word)?;
    Some(Slot::Team(TeamId::from_short(id)?, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        let slots = [
            Slot::Board,
            Slot::Channel,
            Slot::Card,
            Slot::Native,
            Slot::Practice,
            Slot::RaceVoice,
            Slot::Update,
            Slot::Category(Shelving::Series, 1),
            Slot::Category(Shelving::Events, 2),
            Slot::Category(Shelving::Archive, 12),
            Slot::Team(TeamId::new(uuid::Uuid::from_u128(7)), TeamPart::Card),
        ];
        let team = TeamId::new(uuid::Uuid::from_u128(8));
        let slots = slots.into_iter().chain(TeamPart::ALL.map(|part| Slot::Team(team, part)));
        for slot in slots {
            assert_eq!(slot.to_string().parse(), Ok(slot));
        }
        for text in
            ["", "category", "category/x", "shelf/1", "category/70000", "team/x/thread", "team/thread"]
        {
            assert!(text.parse::<Slot>().is_err(), "{text}");
        }
    }
}
