//! The slash commands, one file for each.

mod club;
mod event;
pub(super) mod help;
mod info;
mod ping;
mod series;

use super::{
    deps::Deps,
    table::{Command, Shape},
};

/// Topics of `/help`.
mod topic {
    /// The app itself.
    pub(super) const APP: &str = "About this app";
    /// The club and its settings.
    pub(super) const CLUB: &str = "Club";
    /// Events and sign-ups.
    pub(super) const EVENTS: &str = "Events";
    /// Series of events.
    pub(super) const SERIES: &str = "Series";
}

/// Every slash command.
pub(super) const COMMANDS: &[Command<Deps>] = &[
    event::COMMAND,
    series::COMMAND,
    club::COMMAND,
    Command { default_member_permissions: None, shape: Shape::Leaf(help::LEAF) },
    Command { default_member_permissions: None, shape: Shape::Leaf(info::LEAF) },
    Command { default_member_permissions: None, shape: Shape::Leaf(ping::LEAF) },
];
