//! A club's people, and their Discord accounts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::UserMarker};
use utoipa::ToSchema;

use super::{
    account::Account,
    email::Email,
    id::UserId,
    matching::Evidence,
    name::{PersonName, RoleName},
    roster::RosterEntry,
};

/// A person of a club.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Member {
    /// What the roster says of them; of those who are on none, the name that Discord shows.
    pub entry: RosterEntry,
    /// When they were found to have left the club's server with every account of theirs.
    pub left_at: Option<Timestamp>,
    /// Whether a roster names them.
    pub on_roster: bool,
    /// Their roles in the club, as their Discord roles stand for.
    pub roles: Vec<RoleName>,
    /// Who they are.
    pub user: UserId,
}

/// A Discord account, and the person it belongs to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Identity {
    /// The account. The nickname isn't part of it: it has one in each server.
    pub account: Account,
    /// Its e-mail address, where Discord vouched for it.
    pub email: Option<Email>,
    /// How it came to be linked to that person; `None` for one that became a person of its own.
    pub link: Option<Link>,
    /// The person.
    pub user: UserId,
}

/// How and when an account was linked to a person.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Link {
    /// When.
    pub at: Timestamp,
    /// How.
    pub by: LinkedBy,
}

/// How an account was linked to a person.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkedBy {
    /// They typed a code that the club's site gave them.
    Code,
    /// An organiser said so.
    Conflict,
    /// They proved who they are to Discord.
    Oauth,
    /// The roster names the account.
    Roster,
    /// A sync found their names alike.
    Sync,
}

/// Why somebody was taken for their Discord account, where that was for somebody to judge. It stands as long as the link does. As JSON
/// it is stable: what was stored is read back by later versions.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Judgement {
    /// Somebody said so.
    Chosen {
        /// Their Discord account.
        by: Id<UserMarker>,
    },
    /// A sync found their names alike.
    Names {
        /// How.
        evidence: Evidence,
    },
}

impl Member {
    /// Somebody who is on no roster, by the name that Discord shows of them.
    #[must_use]
    pub fn on_their_own(user: UserId, account: &Account) -> Self {
        let entry = RosterEntry {
            aliases: Vec::new(),
            discord: None,
            email: None,
            external_id: None,
            iracing_id: None,
            iracing_name: None,
            name: person_name(account),
            zone: None,
        };
        Self { entry, left_at: None, on_roster: false, roles: Vec::new(), user }
    }

    /// One person who was taken for two, of whom this one stays: it keeps what the roster says, and is there if either is.
    #[must_use]
    pub fn joined_by(mut self, other: Self) -> Self {
        if !self.on_roster && other.on_roster {
            self.entry = other.entry;
            self.on_roster = true;
        }
        for role in other.roles {
            if !self.roles.contains(&role) {
                self.roles.push(role);
            }
        }
        self.left_at = self.left_at.and(other.left_at);
        self
    }
}

/// The name that an account shows, as a person's.
#[must_use]
pub fn person_name(account: &Account) -> PersonName {
    PersonName::first_of([account.name(), &account.username], account.id.get())
}
