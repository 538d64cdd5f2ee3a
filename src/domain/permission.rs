//! What the app may do in a server, and anybody else in its channels.

use serde::{Deserialize, Serialize};
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{RoleMarker, UserMarker},
    },
};

use super::{
    health::{ServerRole, ServerRoles},
    overwrite::{Overwrite, OverwriteTarget},
};

/// What the app needs to run a club's events: what its calls ask for, and every bit that it sets in an overwrite, because Discord
/// lets nobody set a bit that they don't hold. See Discord Docs/Permissions.
pub const NEEDED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::CONNECT)
    .union(Permissions::SPEAK)
    .union(Permissions::VIEW_AUDIT_LOG);

/// What an installation asks for: what is needed, and what further parts of the service do. No Administrator.
pub const ASKED: Permissions = NEEDED
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::MANAGE_EVENTS)
    .union(Permissions::CREATE_EVENTS)
    .union(Permissions::MOVE_MEMBERS)
    .union(Permissions::PIN_MESSAGES);

/// What it takes to write in a channel, and to find again what was written.
pub const POSTING: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES).union(Permissions::READ_MESSAGE_HISTORY);

/// Somebody of a server, as far as it goes what they may do.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'r> {
    /// Every role of the server.
    pub all: &'r [ServerRole],
    /// The role that everybody has.
    pub everyone: Id<RoleMarker>,
    /// Which roles they hold, that of everybody not among them.
    pub held: &'r [Id<RoleMarker>],
    /// Whether the server is theirs.
    pub owns: bool,
    /// Who they are.
    pub user: Id<UserMarker>,
}

/// What keeps somebody from a permission in a channel.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Denier {
    /// The channel denies it to everybody, and none of their roles is allowed it there.
    Everyone,
    /// None of their roles gives it, and the channel doesn't either.
    NoRole,
    /// The channel denies it to a role of theirs.
    Role(Id<RoleMarker>),
    /// The channel denies it to them alone.
    Themselves,
}

/// What a channel's entries for some say: allowed, and denied.
type Said = (Permissions, Permissions);

impl Holder<'_> {
    /// What they may do in the server as a whole: everything where it is theirs, and as an administrator.
    #[must_use]
    pub fn permissions(&self) -> Permissions {
        let held = self.all.iter().filter(|role| role.id == self.everyone || self.held.contains(&role.id));
        let held = held.fold(Permissions::empty(), |all, role| all | role.permissions);
        let is_unbound = self.owns || held.contains(Permissions::ADMINISTRATOR);
        if is_unbound { Permissions::all() } else { held }
    }

    /// Whether no channel's overwrites bind them: the server is theirs, or they are an administrator.
    #[must_use]
    pub fn is_unbound(&self) -> bool {
        self.permissions().contains(Permissions::ADMINISTRATOR)
    }

    /// What they may do in a channel with these overwrites: their roles' permissions, then what is set there for everybody, for their
    /// roles, and for them. Who may not see a channel may do nothing in it. See Discord Docs/Permissions.
    #[must_use]
    pub fn in_channel(&self, overwrites: &[Overwrite]) -> Permissions {
        if self.is_unbound() {
            return Permissions::all();
        }
        let apply = |held: Permissions, (allow, deny): Said| (held - deny) | allow;
        let held = self.said(overwrites).into_iter().fold(self.permissions(), apply);
        if held.contains(Permissions::VIEW_CHANNEL) { held } else { Permissions::empty() }
    }

    /// What keeps them from one permission in a channel that they see, or from seeing it; `None` where they have it.
    #[must_use]
    pub fn denied(&self, overwrites: &[Overwrite], wanted: Permissions) -> Option<Denier> {
        if self.in_channel(overwrites).contains(wanted) {
            return None;
        }
        let is_denied = |(allow, deny): Said| deny.contains(wanted) && !allow.contains(wanted);
        let [everyone, roles, own] = self.said(overwrites);
        if is_denied(own) {
            return Some(Denier::Themselves);
        }
        if is_denied(roles) {
            let denies = |overwrite: &&Overwrite| overwrite.deny.contains(wanted);
            let mut theirs =
                overwrites.iter().filter(denies).filter_map(|overwrite| self.role(overwrite.target));
            return theirs.next().map(Denier::Role);
        }
        Some(if is_denied(everyone) { Denier::Everyone } else { Denier::NoRole })
    }

    /// What a channel says of everybody, of their roles together, and of them alone, in the order in which it is applied.
    fn said(&self, overwrites: &[Overwrite]) -> [Said; 3] {
        let said = |is_meant: &dyn Fn(OverwriteTarget) -> bool| {
            let meant = overwrites.iter().filter(|overwrite| is_meant(overwrite.target));
            let none = (Permissions::empty(), Permissions::empty());
            meant.fold(none, |(allow, deny), one| (allow | one.allow, deny | one.deny))
        };
        [
            said(&|target| target == OverwriteTarget::Role(self.everyone)),
            said(&|target| self.role(target).is_some()),
            said(&|target| target == OverwriteTarget::Member(self.user)),
        ]
    }

    /// The role that an overwrite is about, if it is one of theirs.
    fn role(&self, target: OverwriteTarget) -> Option<Id<RoleMarker>> {
        match target {
            OverwriteTarget::Role(role) if role != self.everyone && self.held.contains(&role) => Some(role),
            OverwriteTarget::Member(_) | OverwriteTarget::Role(_) => None,
        }
    }
}

/// What the bot may do in a channel with these overwrites. See [`Holder::in_channel`].
#[must_use]
pub fn in_channel(roles: &ServerRoles, bot: Id<UserMarker>, overwrites: &[Overwrite]) -> Permissions {
    let ServerRoles { all, everyone, held } = roles;
    Holder { all, everyone: *everyone, held, owns: false, user: bot }.in_channel(overwrites)
}

/// What is missing of [`NEEDED`] where `held` is held.
#[must_use]
pub const fn missing(held: Permissions) -> Permissions {
    if held.contains(Permissions::ADMINISTRATOR) { Permissions::empty() } else { NEEDED.difference(held) }
}

/// The names of permissions, as Discord's settings have them in English but for small differences.
#[must_use]
pub fn names(permissions: Permissions) -> Vec<String> {
    permissions.iter_names().map(|(name, _)| title_case(name)).collect()
}

fn title_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        format!("{first}{}", rest.to_lowercase())
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
