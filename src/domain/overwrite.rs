//! Who may do what in one channel, beyond their roles.

use serde::{Deserialize, Serialize};
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{GenericMarker, RoleMarker, UserMarker},
    },
};

/// One entry of a channel's permission list.
///
/// See [Discord Docs/Overwrite Object](https://docs.discord.com/developers/resources/channel#overwrite-object).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Overwrite {
    /// Whom it is about.
    pub target: OverwriteTarget,
    /// What they may do here, whatever their roles say.
    pub allow: Permissions,
    /// What they may not do here, unless another entry allows it.
    pub deny: Permissions,
}

/// Whom an [`Overwrite`] is about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OverwriteTarget {
    /// Everyone with a role. The guild's own id is its `@everyone` role.
    Role(Id<RoleMarker>),
    /// One person, or the bot itself.
    Member(Id<UserMarker>),
}

impl OverwriteTarget {
    /// The id of the role or the person, as paths and lists hold it.
    #[must_use]
    pub const fn id(self) -> Id<GenericMarker> {
        match self {
            Self::Role(role) => role.cast(),
            Self::Member(member) => member.cast(),
        }
    }
}
