//! What Discord's own client calls the permissions.

use super::Permissions;

/// The name and the bit of each, lowest first. See Discord Docs/Topics/Permissions; the names are those of the client.
const NAMES: [(&str, u32); 51] = [
    ("Create Invite", 0),
    ("Kick Members", 1),
    ("Ban Members", 2),
    ("Administrator", 3),
    ("Manage Channels", 4),
    ("Manage Server", 5),
    ("Add Reactions", 6),
    ("View Audit Log", 7),
    ("Priority Speaker", 8),
    ("Video", 9),
    ("View Channels", 10),
    ("Send Messages", 11),
    ("Send Text-to-Speech Messages", 12),
    ("Manage Messages", 13),
    ("Embed Links", 14),
    ("Attach Files", 15),
    ("Read Message History", 16),
    ("Mention @everyone, @here, and All Roles", 17),
    ("Use External Emoji", 18),
    ("View Server Insights", 19),
    ("Connect", 20),
    ("Speak", 21),
    ("Mute Members", 22),
    ("Deafen Members", 23),
    ("Move Members", 24),
    ("Use Voice Activity", 25),
    ("Change Nickname", 26),
    ("Manage Nicknames", 27),
    ("Manage Roles", 28),
    ("Manage Webhooks", 29),
    ("Manage Expressions", 30),
    ("Use Application Commands", 31),
    ("Request to Speak", 32),
    ("Manage Events", 33),
    ("Manage Threads", 34),
    ("Create Public Threads", 35),
    ("Create Private Threads", 36),
    ("Use External Stickers", 37),
    ("Send Messages in Threads", 38),
    ("Use Activities", 39),
    ("Time out members", 40),
    ("View Server Subscription Insights", 41),
    ("Use Soundboard", 42),
    ("Create Expressions", 43),
    ("Create Events", 44),
    ("Use External Sounds", 45),
    ("Send Voice Messages", 46),
    ("Create Polls", 49),
    ("Use External Apps", 50),
    ("Pin Messages", 51),
    ("Bypass Slowmode", 52),
];

impl Permissions {
    /// Each permission of this set with the name that Discord's client has for it, lowest bit first. Bits without a name are
    /// left out.
    pub fn named(self) -> impl Iterator<Item = (&'static str, Self)> {
        let all = NAMES.into_iter().map(|(name, bit)| (name, Self::from_bits(1 << bit)));
        all.filter(move |(_, permission)| self.contains(*permission))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_the_app_asks_for_has_a_name() {
        let named = Permissions::SIMLANE.named().fold(Permissions::NONE, |all, (_, one)| all | one);
        assert_eq!(named, Permissions::SIMLANE);
        let names: Vec<_> =
            (Permissions::MANAGE_ROLES | Permissions::VIEW_CHANNEL).named().map(|(name, _)| name).collect();
        assert_eq!(names, ["View Channels", "Manage Roles"]);
    }
}
