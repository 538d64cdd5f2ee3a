//! `/series`: championships and cups.

mod create;
mod edit;
mod list;

use twilight_model::guild::Permissions;

use crate::interaction::{
    deps::Deps,
    table::{Command, Shape},
};

/// The group.
pub(super) const COMMAND: Command<Deps> = Command {
    default_member_permissions: Some(Permissions::MANAGE_GUILD),
    shape: Shape::Group {
        description: "Championships and cups, whose events share channel categories.",
        leaves: &[create::LEAF, edit::LEAF, list::LEAF],
        name: "series",
    },
};
