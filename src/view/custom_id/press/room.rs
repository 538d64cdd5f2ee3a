//! Buttons about practice rooms.

use crate::{
    domain::room::RoomOf,
    view::custom_id::{Outdated, Reader, Writer, verb},
};

/// A room of an event.
const EVENT: &str = "event";
/// A room of a team.
const TEAM: &str = "team";

/// A button about a practice room.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum RoomPress {
    /// Closes it.
    Close(RoomOf),
    /// Keeps it longer.
    Extend(RoomOf),
    /// Opens it.
    Open(RoomOf),
}

impl RoomPress {
    /// Its verb, as in [`verb`].
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::Close(_) => verb::CLOSE_ROOM,
            Self::Extend(_) => verb::EXTEND_ROOM,
            Self::Open(_) => verb::OPEN_ROOM,
        }
    }

    pub(super) fn write(self, id: Writer) -> Writer {
        let (Self::Close(room) | Self::Extend(room) | Self::Open(room)) = self;
        match room {
            RoomOf::Event(event) => id.word(EVENT).key(event),
            RoomOf::Team(team) => id.word(TEAM).key(team),
        }
    }

    /// The press of that verb; `None` where it is none about rooms.
    pub(super) fn read(verb: &str, args: &mut Reader<'_>) -> Result<Option<Self>, Outdated> {
        let press = match verb {
            verb::CLOSE_ROOM => Self::Close,
            verb::EXTEND_ROOM => Self::Extend,
            verb::OPEN_ROOM => Self::Open,
            _ => return Ok(None),
        };
        let room = match args.word()? {
            EVENT => RoomOf::Event(args.key()?),
            TEAM => RoomOf::Team(args.key()?),
            _ => return Err(Outdated),
        };
        Ok(Some(press(room)))
    }
}
