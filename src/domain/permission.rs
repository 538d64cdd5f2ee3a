//! What the app may do in a server.

use twilight_model::{
    guild::Permissions,
    id::{Id, marker::UserMarker},
};

use super::{
    health::ServerRoles,
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

/// What the bot may do in a channel with these overwrites: its roles' permissions, then what is set there for everybody, for its
/// roles, and for itself. Who may not see a channel may do nothing in it. See Discord Docs/Permissions.
#[must_use]
pub fn in_channel(roles: &ServerRoles, bot: Id<UserMarker>, overwrites: &[Overwrite]) -> Permissions {
    let base = roles.permissions();
    if base.contains(Permissions::ADMINISTRATOR) {
        return Permissions::all();
    }
    let merged = |is_meant: &dyn Fn(OverwriteTarget) -> bool, held: Permissions| {
        let meant = overwrites.iter().filter(|overwrite| is_meant(overwrite.target));
        let none = (Permissions::empty(), Permissions::empty());
        let (allow, deny) = meant.fold(none, |(allow, deny), one| (allow | one.allow, deny | one.deny));
        (held - deny) | allow
    };
    let held = merged(&|target| target == OverwriteTarget::Role(roles.everyone), base);
    let by_role = |target| matches!(target, OverwriteTarget::Role(role) if roles.held.contains(&role));
    let held = merged(&by_role, held);
    let held = merged(&|target| target == OverwriteTarget::Member(bot), held);
    if held.contains(Permissions::VIEW_CHANNEL) { held } else { Permissions::empty() }
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
mod tests {
    use super::*;
    use crate::domain::health::ServerRole;

    #[test]
    fn an_administrator_lacks_nothing() {
        assert_eq!(missing(Permissions::ADMINISTRATOR), Permissions::empty());
        assert_eq!(missing(NEEDED - Permissions::CONNECT), Permissions::CONNECT);
    }

    #[test]
    fn a_channels_overwrites_are_applied_in_discords_order() {
        let role = |id: u64, permissions| ServerRole {
            id: Id::new(id),
            managed: false,
            name: String::new(),
            permissions,
            position: 0,
        };
        let roles = ServerRoles {
            all: vec![role(1, Permissions::VIEW_CHANNEL), role(2, Permissions::SEND_MESSAGES)],
            everyone: Id::new(1),
            held: vec![Id::new(2)],
        };
        let set = |target, allow, deny| Overwrite { allow, deny, target };
        let (none, view, send) =
            (Permissions::empty(), Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES);
        let may = |overwrites: &[Overwrite]| in_channel(&roles, Id::new(9), overwrites);
        let everyone = |allow, deny| set(OverwriteTarget::Role(Id::new(1)), allow, deny);
        let ours = |allow, deny| set(OverwriteTarget::Role(Id::new(2)), allow, deny);
        let bot = |allow, deny| set(OverwriteTarget::Member(Id::new(9)), allow, deny);
        assert_eq!(may(&[]), view | send);
        assert_eq!(may(&[everyone(none, view)]), none, "who can't see can do nothing");
        assert_eq!(may(&[everyone(none, view), ours(view, none)]), view | send);
        assert_eq!(may(&[ours(send, none), bot(none, send)]), view);
        assert_eq!(may(&[set(OverwriteTarget::Role(Id::new(3)), none, view | send)]), view | send);
        let admin = ServerRoles { all: vec![role(2, Permissions::ADMINISTRATOR)], ..roles.clone() };
        assert!(in_channel(&admin, Id::new(9), &[bot(none, send)]).contains(POSTING));
    }

    #[test]
    fn the_readme_asks_for_what_is_needed() {
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&format!("permissions={}", NEEDED.bits())), "{}", NEEDED.bits());
    }
}
