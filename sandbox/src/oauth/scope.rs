//! What an application can ask for.

/// A scope that the sandbox knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The bot comes into a guild.
    Bot,
    /// The application's commands come into a guild.
    Commands,
    /// The application learns who somebody is.
    Identify,
    /// It learns their e-mail address too.
    Email,
}

impl Scope {
    /// The scope of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Bot, Self::Commands, Self::Identify, Self::Email]
            .into_iter()
            .find(|scope| scope.name() == name)
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Commands => "applications.commands",
            Self::Identify => "identify",
            Self::Email => "email",
        }
    }

    /// What the authorize page says of it.
    pub(super) const fn means(self) -> &'static str {
        match self {
            Self::Bot => "Add a bot to a server",
            Self::Commands => "Create commands",
            Self::Identify => "Access your username, avatar, and banner",
            Self::Email => "Access your email address",
        }
    }

    /// The names of several, as the token endpoint lists them.
    pub(super) fn list(scopes: &[Self]) -> String {
        scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
    }
}
