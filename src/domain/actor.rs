//! Who acts, and what they may do.

use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker, RoleMarker, UserMarker},
};

use super::settings::ClubSettings;

/// The person behind an interaction, as Discord vouched for them in its signed payload.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Actor {
    /// The channel they acted in.
    pub channel: Option<Id<ChannelMarker>>,
    /// The guild they acted in.
    pub guild: Id<GuildMarker>,
    /// Whether they hold Manage Server (or Administrator, which implies it) there.
    pub manage_guild: bool,
    /// The name that others read there: nickname, else global name, else username.
    pub name: String,
    /// Their roles there.
    pub roles: Vec<Id<RoleMarker>>,
    /// Their Discord account.
    pub user: Id<UserMarker>,
    /// Their Discord username, unique on Discord.
    pub username: String,
}

impl Actor {
    /// Whether they are an organiser: Manage Server, or the club's organiser role.
    #[must_use]
    pub fn is_organiser(&self, settings: &ClubSettings) -> bool {
        self.manage_guild || settings.organiser_role.is_some_and(|role| self.roles.contains(&role))
    }
}
