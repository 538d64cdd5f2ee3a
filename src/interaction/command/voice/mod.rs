//! `/voice`: practice rooms.

mod room;

use crate::interaction::{
    deps::Deps,
    table::{Command, Shape},
};

/// The group.
pub(super) const COMMAND: Command<Deps> = Command {
    default_member_permissions: None,
    shape: Shape::Group {
        description: "Practice rooms: a voice channel for a team or an event.",
        leaves: &[room::OPEN, room::CLOSE],
        name: "voice",
    },
};
