//! Users.

use crate::Snowflake;

/// A user of Discord: a person or a bot.
#[derive(Clone, Debug)]
pub struct User {
    /// Its id.
    pub id: Snowflake,
    /// The unique name, lower case.
    pub username: String,
    /// The name shown.
    pub global_name: Option<String>,
    /// Whether an application owns it.
    pub bot: bool,
    /// The language of this person's client, such as `en-US`.
    pub locale: String,
}

impl User {
    /// The name people see where no nickname is set.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }
}
