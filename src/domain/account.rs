//! A Discord account, and the names that it goes by.

use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::UserMarker};

/// A Discord account, as Discord just showed it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Account {
    /// The name that it shows everywhere, where it has one.
    pub global_name: Option<String>,
    /// Its snowflake.
    pub id: Id<UserMarker>,
    /// The name that it has in the server where it was seen.
    pub nickname: Option<String>,
    /// Its username, unique on Discord.
    pub username: String,
}

impl Account {
    /// The name that others read: nickname, else global name, else username. Discord lets none of them be blank, but who asks may be
    /// shown one that looks so.
    #[must_use]
    pub fn name(&self) -> &str {
        let shown = [self.nickname.as_deref(), self.global_name.as_deref()];
        shown.into_iter().flatten().find(|name| !name.trim().is_empty()).unwrap_or(&self.username)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_nearest_to_the_server_is_read() {
        let bare = Account { global_name: None, id: Id::new(7), nickname: None, username: "ana".into() };
        let global = Account { global_name: Some("Ana".into()), ..bare.clone() };
        let nick = Account { nickname: Some("Ana P".into()), ..global.clone() };
        let blank = Account { nickname: Some(" ".into()), ..global.clone() };
        assert_eq!([&bare, &global, &nick, &blank].map(Account::name), ["ana", "Ana", "Ana P", "Ana"]);
    }
}
