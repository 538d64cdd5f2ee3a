//! `/event`: races and who drives in them.

mod create;
pub(super) mod find;
mod list;
mod manage;
mod show;

use crate::interaction::{
    deps::Deps,
    table::{Command, Shape},
};

/// The group.
pub(super) const COMMAND: Command<Deps> = Command {
    default_member_permissions: None,
    shape: Shape::Group {
        description: "Races: create them, find them, look after them.",
        leaves: &[create::LEAF, list::LEAF, show::LEAF, manage::LEAF],
        name: "event",
    },
};
