//! `/club`: the club of a server.

mod conflicts;
mod health;
mod import;
mod members;
mod panel;
mod settings;
mod setup;
mod sync;

use twilight_model::guild::Permissions;

use crate::interaction::{
    deps::Deps,
    table::{Command, Shape},
};

/// The group.
pub(super) const COMMAND: Command<Deps> = Command {
    default_member_permissions: Some(Permissions::MANAGE_GUILD),
    shape: Shape::Group {
        description: "Set up and look after your club.",
        leaves: &[
            setup::LEAF,
            settings::LEAF,
            import::LEAF,
            sync::LEAF,
            conflicts::LEAF,
            members::LEAF,
            panel::LEAF,
            health::LEAF,
        ],
        name: "club",
    },
};
