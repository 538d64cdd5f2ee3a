//! Who is of a club, and how the club knows.

use serde::{Deserialize, Serialize};

use super::member::{Identity, Judgement, Member};

/// Where somebody stands in a club.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The roster names them, and they have a Discord account.
    Active,
    /// They left the club's server with every account of theirs.
    Left,
    /// The roster names them, and nobody knows their Discord account.
    NoAccount,
    /// They are in the club's server, and no roster names them.
    OffRoster,
}

impl Standing {
    /// Every standing, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Active, Self::Left, Self::NoAccount, Self::OffRoster];

    /// Its name for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Left => "left",
            Self::NoAccount => "no_account",
            Self::OffRoster => "off_roster",
        }
    }

    /// The standing of that name.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.word() == word)
    }
}

/// A person of a club, with their accounts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Listed {
    /// Their Discord accounts, the one linked last first.
    pub accounts: Vec<Identity>,
    /// Why they were taken for one of them, where that was judged.
    pub judged: Option<Judgement>,
    /// The person.
    pub member: Member,
}

impl Listed {
    /// Where they stand.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        if self.member.left_at.is_some() {
            Standing::Left
        } else if !self.member.on_roster {
            Standing::OffRoster
        } else if self.accounts.is_empty() {
            Standing::NoAccount
        } else {
            Standing::Active
        }
    }
}

/// How many people stand where.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// See [`Standing::Active`].
    pub active: u64,
    /// See [`Standing::Left`].
    pub left: u64,
    /// See [`Standing::NoAccount`].
    pub no_account: u64,
    /// See [`Standing::OffRoster`].
    pub off_roster: u64,
}

impl Tally {
    /// How many stand there; with `None`, how many there are.
    #[must_use]
    pub const fn of(&self, standing: Option<Standing>) -> u64 {
        match standing {
            Some(Standing::Active) => self.active,
            Some(Standing::Left) => self.left,
            Some(Standing::NoAccount) => self.no_account,
            Some(Standing::OffRoster) => self.off_roster,
            None => self.active + self.left + self.no_account + self.off_roster,
        }
    }
}
