//! Who acts, and what they may do.

use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker, RoleMarker},
};

use super::{account::Account, settings::ClubSettings};

/// The person behind an interaction, as Discord vouched for them in its signed payload.
#[derive(Clone, Debug, Eq, PartialEq)]
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

impl Actor {
    /// Whether they are an organiser: Manage Server, or the club's organiser role.
    #[must_use]
    pub fn is_organiser(&self, settings: &ClubSettings) -> bool {
        self.manage_guild || settings.organiser_role.is_some_and(|role| self.roles.contains(&role))
    }
}
