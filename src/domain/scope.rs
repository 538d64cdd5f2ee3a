//! What a token of the API may do.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that a token may do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
pub enum Scope {
    /// Read the club, what it chose and how it is on Discord.
    #[serde(rename = "clubs:read")]
    ClubsRead,
    /// Change the club and what it chose, and invite to bind it to a server.
    #[serde(rename = "clubs:write")]
    ClubsWrite,
    /// Read events.
    #[serde(rename = "events:read")]
    EventsRead,
    /// Make, change and cancel events.
    #[serde(rename = "events:write")]
    EventsWrite,
    /// Read series.
    #[serde(rename = "series:read")]
    SeriesRead,
    /// Make, change and archive series.
    #[serde(rename = "series:write")]
    SeriesWrite,
    /// Read who signed up.
    #[serde(rename = "signups:read")]
    SignupsRead,
    /// Sign people up, and take them off.
    #[serde(rename = "signups:write")]
    SignupsWrite,
    /// Read syncs and conflicts.
    #[serde(rename = "sync:read")]
    SyncRead,
    /// Start syncs and resolve conflicts.
    #[serde(rename = "sync:write")]
    SyncWrite,
    /// Read teams.
    #[serde(rename = "teams:read")]
    TeamsRead,
    /// Make, change, disband and settle teams.
    #[serde(rename = "teams:write")]
    TeamsWrite,
    /// List, make and revoke tokens.
    #[serde(rename = "tokens:write")]
    TokensWrite,
    /// Read the roster.
    #[serde(rename = "users:read")]
    UsersRead,
    /// Change the roster, and make link codes.
    #[serde(rename = "users:write")]
    UsersWrite,
    /// List, make and delete webhooks.
    #[serde(rename = "webhooks:write")]
    WebhooksWrite,
}

/// What a token may do, each thing once.
pub type Scopes = BTreeSet<Scope>;

impl Scope {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::ClubsRead,
        Self::ClubsWrite,
        Self::EventsRead,
        Self::EventsWrite,
        Self::SeriesRead,
        Self::SeriesWrite,
        Self::SignupsRead,
        Self::SignupsWrite,
        Self::SyncRead,
        Self::SyncWrite,
        Self::TeamsRead,
        Self::TeamsWrite,
        Self::TokensWrite,
        Self::UsersRead,
        Self::UsersWrite,
        Self::WebhooksWrite,
    ];

    /// Its name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClubsRead => "clubs:read",
            Self::ClubsWrite => "clubs:write",
            Self::EventsRead => "events:read",
            Self::EventsWrite => "events:write",
            Self::SeriesRead => "series:read",
            Self::SeriesWrite => "series:write",
            Self::SignupsRead => "signups:read",
            Self::SignupsWrite => "signups:write",
            Self::SyncRead => "sync:read",
            Self::SyncWrite => "sync:write",
            Self::TeamsRead => "teams:read",
            Self::TeamsWrite => "teams:write",
            Self::TokensWrite => "tokens:write",
            Self::UsersRead => "users:read",
            Self::UsersWrite => "users:write",
            Self::WebhooksWrite => "webhooks:write",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_scope_has_one_name() {
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.name());
        }
    }
}
