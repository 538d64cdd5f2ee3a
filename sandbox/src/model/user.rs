//! Users.

use crate::Snowflake;

/// An e-mail address of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// The address.
    pub address: String,
    /// Whether Discord knows that it is theirs.
    pub verified: bool,
}

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
    /// The address that this person signs in with, which only an application learns that they let.
    pub email: Option<Email>,
    /// The zone that this person's client shows times in, such as `Europe/Berlin`.
    pub zone: String,
}

impl User {
    /// A person with this name, whose client speaks English and shows UTC.
    pub(crate) fn new(id: Snowflake, name: &str) -> Self {
        let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        Self {
            id,
            username: if plain.is_empty() { format!("user{id}") } else { plain },
            global_name: Some(name.to_owned()),
            bot: false,
            locale: "en-US".to_owned(),
            email: None,
            zone: "UTC".to_owned(),
        }
    }

    /// The name people see where no nickname is set.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }
}
