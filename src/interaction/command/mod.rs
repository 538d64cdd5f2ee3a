//! The commands, one file for each.

mod club;
mod event;
pub(super) mod help;
mod info;
mod link;
mod me;
mod ping;
mod profile;
mod series;
mod team;
mod unlink;
mod voice;

use super::{
    deps::Deps,
    table::{Command, Shape, UserCommand},
};

/// Topics of `/help`.
mod topic {
    /// The app itself.
    pub(super) const APP: &str = "About this app";
    /// The club and its settings.
    pub(super) const CLUB: &str = "Club";
    /// Events and sign-ups.
    pub(super) const EVENTS: &str = "Events";
    /// The person who asks.
    pub(super) const ME: &str = "You";
    /// Series of events.
    pub(super) const SERIES: &str = "Series";
    /// Teams of events.
    pub(super) const TEAMS: &str = "Teams";
}

/// Every slash command.
pub(super) const COMMANDS: &[Command<Deps>] = &[
    event::COMMAND,
    series::COMMAND,
    team::COMMAND,
    voice::COMMAND,
    club::COMMAND,
    profile::COMMAND,
    Command { default_member_permissions: None, shape: Shape::Leaf(me::LEAF) },
    Command { default_member_permissions: None, shape: Shape::Leaf(link::LEAF) },
    Command { default_member_permissions: None, shape: Shape::Leaf(unlink::LEAF) },
    Command { default_member_permissions: None, shape: Shape::Leaf(help::LEAF) },
    Command { default_member_permissions: None, shape: Shape::Leaf(info::LEAF) },
    Command { default_member_permissions: None, shape: Shape::Leaf(ping::LEAF) },
];

/// Every command in members' menus.
pub(super) const USER_COMMANDS: &[UserCommand<Deps>] = &[profile::RACING_PROFILE];
