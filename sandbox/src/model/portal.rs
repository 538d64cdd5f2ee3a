//! What the owner of the application has set in the developer portal.

/// Whether the application may list a guild's members: the switch Server Members Intent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MembersIntent {
    /// It is off: listing members is refused.
    Off,
    /// It is on, as for an application in fewer than a hundred guilds.
    #[default]
    Limited,
    /// It is on, and Discord has reviewed it.
    Reviewed,
}

impl MembersIntent {
    /// The bit in the application's flags. See Discord Docs/Resources/Application, Application Flags.
    pub(crate) const fn flags(self) -> u64 {
        match self {
            Self::Off => 0,
            Self::Limited => 1 << 15,
            Self::Reviewed => 1 << 14,
        }
    }
}

/// What the owner of the application has set in the developer portal.
#[derive(Clone, Debug, Default)]
pub struct Portal {
    /// Whether the application may list members.
    pub members_intent: MembersIntent,
    /// Where the authorize page may lead back to.
    pub redirect_uris: Vec<String>,
}
