//! Who acts, and what they may do.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker, RoleMarker},
};

use super::{account::Account, settings::ClubSettings};

/// The person behind an interaction, as Discord vouched for them in its signed payload.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Actor {
    /// Their Discord account.
    pub account: Account,
    /// The channel they acted in.
    pub channel: Option<Id<ChannelMarker>>,
    /// The guild they acted in.
    pub guild: Id<GuildMarker>,
    /// Whether they hold Manage Server (or Administrator, which implies it) there.
    pub manage_guild: bool,
    /// Their roles there.
    pub roles: Vec<Id<RoleMarker>>,
}

/// The person whom a command from a member's menu is about, as Discord showed them in its signed payload.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Target {
    /// Their Discord account.
    pub account: Account,
    /// Whether it is a bot.
    pub bot: bool,
    /// What they are in the guild; `None` for somebody who has left it.
    pub presence: Option<Presence>,
}

/// What somebody is in a guild.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Presence {
    /// Since when they are there, where Discord told.
    pub joined_at: Option<Timestamp>,
    /// Whether they hold Manage Server (or Administrator, which implies it).
    pub manage_guild: bool,
    /// Their roles.
    pub roles: Vec<Id<RoleMarker>>,
}

impl Actor {
    /// Whether they are an organiser: Manage Server, or the club's organiser role.
    #[must_use]
    pub fn is_organiser(&self, settings: &ClubSettings) -> bool {
        organises(self.manage_guild, &self.roles, settings)
    }
}

impl Presence {
    /// Whether they are an organiser: Manage Server, or the club's organiser role.
    #[must_use]
    pub fn is_organiser(&self, settings: &ClubSettings) -> bool {
        organises(self.manage_guild, &self.roles, settings)
    }
}

fn organises(manage_guild: bool, roles: &[Id<RoleMarker>], settings: &ClubSettings) -> bool {
    manage_guild || settings.organiser_role.is_some_and(|role| roles.contains(&role))
}
