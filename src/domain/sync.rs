//! A member sync: what a club's server shows, held against what is known of the club. Pure: facts in, a counted difference out.
//!
//! A sync never takes anybody out of a club and never takes a role away: whoever isn't in the server any more is marked as left, and is
//! there again once they return.

mod compare;
mod run;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{RoleMarker, UserMarker},
};
use utoipa::ToSchema;

pub use self::{
    compare::compare,
    run::{Results, Run, SyncKind, SyncState, Trouble},
};
use super::{
    account::Account,
    id::UserId,
    matching::Evidence,
    member::{LinkedBy, Member},
    name::RoleName,
    settings::RoleRule,
};

/// Somebody in a server, as it was just read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Seen {
    /// The account, with its nickname there.
    pub account: Account,
    /// Whether it is a bot, which is no member of a club.
    pub is_bot: bool,
    /// Its roles there.
    pub roles: BTreeSet<Id<RoleMarker>>,
}

/// Everything that a sync is computed from.
#[derive(Clone, Debug, Default)]
pub struct SyncFacts {
    /// The accounts that were known to be in the server.
    pub before: BTreeSet<Id<UserMarker>>,
    /// The accounts that left it before.
    pub gone: BTreeSet<Id<UserMarker>>,
    /// Whose each known account is, and whether somebody linked it.
    pub identities: BTreeMap<Id<UserMarker>, Owner>,
    /// Whether everybody in the server was read. Where only some could be, nobody is taken to have left.
    pub is_whole: bool,
    /// The role that every member is given.
    pub member_role: Option<Id<RoleMarker>>,
    /// The club's people.
    pub members: Vec<Member>,
    /// Pairs that were said not to be the same person.
    pub different: BTreeSet<(Id<UserMarker>, UserId)>,
    /// Which Discord roles stand for which roles in the club.
    pub role_map: Vec<RoleRule>,
    /// What was said about who is whom.
    pub same: BTreeMap<Id<UserMarker>, UserId>,
    /// Who is in the server.
    pub seen: Vec<Seen>,
}

/// Whose a known account is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Owner {
    /// Whether somebody linked it.
    pub is_linked: bool,
    /// The person.
    pub user: UserId,
}

/// Something that a sync changes.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// The account may be one of several people, and somebody is asked.
    Ask {
        /// The account.
        account: Id<UserMarker>,
        /// Who it may be, the likeliest first.
        candidates: Vec<Candidate>,
    },
    /// Somebody who had left is in the server again.
    Back {
        /// The account.
        account: Id<UserMarker>,
    },
    /// An account of the server becomes a member: on their own, unless it is somebody's already.
    Join {
        /// The account.
        account: Id<UserMarker>,
    },
    /// An account is taken for a person of the roster.
    Link {
        /// The account.
        account: Id<UserMarker>,
        /// Why.
        by: Grounds,
        /// The person.
        user: UserId,
    },
    /// Somebody isn't in the server any more.
    Leave {
        /// The account.
        account: Id<UserMarker>,
    },
    /// A member is given the club's member role.
    Grant {
        /// The account.
        account: Id<UserMarker>,
        /// The role.
        role: Id<RoleMarker>,
    },
    /// A member's roles in the club become those that their Discord roles stand for.
    Roles {
        /// The account that has the Discord roles.
        account: Id<UserMarker>,
        /// The roles that they have then.
        after: Vec<RoleName>,
        /// The roles that they had.
        before: Vec<RoleName>,
    },
}

/// Somebody that an account may be.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Candidate {
    /// Why.
    pub evidence: Evidence,
    /// The person.
    pub user: UserId,
}

/// Why an account is taken for a person.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "grounds")]
pub enum Grounds {
    /// An organiser, or the person, said so before.
    Answer,
    /// Their names are alike.
    Names {
        /// How.
        evidence: Evidence,
    },
    /// The roster names the account.
    Roster,
}

impl Grounds {
    /// Whether nobody could doubt it.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        matches!(self, Self::Answer | Self::Roster)
    }

    /// What the link that comes of it says of itself.
    #[must_use]
    pub const fn linked_by(&self) -> LinkedBy {
        match self {
            Self::Answer => LinkedBy::Conflict,
            Self::Names { .. } => LinkedBy::Sync,
            Self::Roster => LinkedBy::Roster,
        }
    }
}

impl Change {
    /// The account that it is about.
    #[must_use]
    pub const fn account(&self) -> Id<UserMarker> {
        match *self {
            Self::Ask { account, .. }
            | Self::Back { account }
            | Self::Join { account }
            | Self::Link { account, .. }
            | Self::Leave { account }
            | Self::Grant { account, .. }
            | Self::Roles { account, .. } => account,
        }
    }

    /// Whether it is made on Discord, and not in the database.
    #[must_use]
    pub const fn is_on_discord(&self) -> bool {
        matches!(self, Self::Grant { .. })
    }
}

/// How many of each there are.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = SyncCounts)]
pub struct Counts {
    /// Accounts that may be one of several people.
    pub ambiguous: u32,
    /// People who are in the server again.
    pub back: u32,
    /// Bots, which are left out.
    pub bots: u32,
    /// Accounts that are certainly somebody of the roster.
    pub certain: u32,
    /// Members who are given the member role.
    pub granted: u32,
    /// Accounts that were linked before, and stay so.
    pub known: u32,
    /// People who aren't in the server any more.
    pub left: u32,
    /// Accounts whose names say that they are somebody of the roster.
    pub likely: u32,
    /// The club's people who were in the server before.
    pub members: u32,
    /// Accounts that become members on their own.
    pub new: u32,
    /// Members whose roles in the club change.
    pub roles: u32,
    /// Accounts in the server.
    pub seen: u32,
    /// People of the roster for whom no account was found.
    pub unmatched: u32,
}

impl Counts {
    /// Whether so many would leave that somebody has to say yes: more than a fifth of the club.
    #[must_use]
    pub const fn needs_a_yes(&self) -> bool {
        self.left as u64 * 5 > self.members as u64
    }

    /// Whether nothing changes.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.ambiguous
            + self.back
            + self.certain
            + self.granted
            + self.left
            + self.likely
            + self.new
            + self.roles
            == 0
    }
}

/// What a sync changes, in the order in which it is done.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Difference {
    /// The changes.
    pub changes: Vec<Change>,
    /// How many of each there are.
    pub counts: Counts,
}
