//! `/team`: the crews of an event.

mod create;
mod finalize;
pub(super) mod find;
mod list;
mod manage;
mod propose;

use crate::interaction::{
    deps::Deps,
    table::{Command, Shape},
};

/// The group.
pub(super) const COMMAND: Command<Deps> = Command {
    default_member_permissions: None,
    shape: Shape::Group {
        description: "Teams: who shares a car in an event.",
        leaves: &[create::LEAF, finalize::LEAF, list::LEAF, manage::LEAF, propose::LEAF],
        name: "team",
    },
};
