//! What the app may do in a server.

use twilight_model::guild::Permissions;

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

    #[test]
    fn an_administrator_lacks_nothing() {
        assert_eq!(missing(Permissions::ADMINISTRATOR), Permissions::empty());
        assert_eq!(missing(NEEDED - Permissions::CONNECT), Permissions::CONNECT);
    }

    #[test]
    fn the_readme_asks_for_what_is_needed() {
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&format!("permissions={}", NEEDED.bits())), "{}", NEEDED.bits());
    }
}
