//! Buttons and selects about crews that are proposed, and what they are built from.

use crate::{
    domain::id::{EventId, UserId},
    view::custom_id::{Outdated, Reader, Writer, verb},
};

/// A button or select about crews.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CrewPress {
    /// Makes teams of the crews.
    Accept {
        /// For which event.
        event: EventId,
        /// At which revision they were drawn.
        revision: u64,
    },
    /// Searches for crews anew, around those who were moved by hand.
    Again(EventId),
    /// A select: asks where the person chosen is to be, whose value is their short id.
    AskMove {
        /// For which event.
        event: EventId,
        /// Which select of its page it is, from 0.
        part: u16,
    },
    /// Drops the crews.
    Discard(EventId),
    /// A select: moves somebody where chosen.
    Move {
        /// For which event.
        event: EventId,
        /// At which revision the crews were drawn.
        revision: u64,
        /// Whom.
        user: UserId,
    },
    /// A select of the server's members: names those with whom one would like to drive.
    NamePartners(EventId),
    /// Shows a page of the crews.
    Page {
        /// For which event.
        event: EventId,
        /// Which page, from 0.
        page: u16,
    },
    /// Shows with whom one would like to drive.
    Partners(EventId),
    /// Has crews proposed.
    Propose(EventId),
    /// Opens the form of the crews' rules.
    Rules(EventId),
}

impl CrewPress {
    /// Its verb, as in [`verb`].
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::Accept { .. } => verb::ACCEPT_CREWS,
            Self::Again(_) => verb::SEARCH_CREWS,
            Self::AskMove { .. } => verb::ASK_MOVE,
            Self::Discard(_) => verb::DISCARD_CREWS,
            Self::Move { .. } => verb::MOVE_MATE,
            Self::NamePartners(_) => verb::NAME_PARTNERS,
            Self::Page { .. } => verb::CREWS,
            Self::Partners(_) => verb::PARTNERS,
            Self::Propose(_) => verb::PROPOSE,
            Self::Rules(_) => verb::CREW_RULES,
        }
    }

    pub(super) fn write(self, id: Writer) -> Writer {
        match self {
            Self::Accept { event, revision } => id.key(event).number(revision),
            Self::Again(event)
            | Self::Discard(event)
            | Self::NamePartners(event)
            | Self::Partners(event)
            | Self::Propose(event)
            | Self::Rules(event) => id.key(event),
            Self::AskMove { event, part } => id.key(event).number(part.into()),
            Self::Move { event, revision, user } => id.key(event).key(user).number(revision),
            Self::Page { event, page } => id.key(event).number(page.into()),
        }
    }

    /// The press of that verb; `None` where it is none about crews.
    pub(super) fn read(verb: &str, args: &mut Reader<'_>) -> Result<Option<Self>, Outdated> {
        Ok(Some(match verb {
            verb::ACCEPT_CREWS => Self::Accept { event: args.key()?, revision: args.number()? },
            verb::ASK_MOVE => Self::AskMove { event: args.key()?, part: args.small()? },
            verb::CREW_RULES => Self::Rules(args.key()?),
            verb::CREWS => Self::Page { event: args.key()?, page: args.small()? },
            verb::DISCARD_CREWS => Self::Discard(args.key()?),
            verb::MOVE_MATE => Self::Move { event: args.key()?, user: args.key()?, revision: args.number()? },
            verb::NAME_PARTNERS => Self::NamePartners(args.key()?),
            verb::PARTNERS => Self::Partners(args.key()?),
            verb::PROPOSE => Self::Propose(args.key()?),
            verb::SEARCH_CREWS => Self::Again(args.key()?),
            _ => return Ok(None),
        }))
    }
}
