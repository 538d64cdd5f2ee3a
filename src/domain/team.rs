//! Teams: the people who share a car in an event.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    str::FromStr,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    id::{ClassId, TeamId, UserId},
    name::{CarName, TeamName},
    signup::{Sheet, Signup},
    text::fold,
};

pub mod wish;

/// The most people of a team: as many as a select offers.
pub const MAX_PEOPLE: usize = 25;
/// The most teams of an event.
pub const MAX_TEAMS: usize = 60;

/// A team of an event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Team {
    /// Who leads it: one of its people.
    pub captain: Option<UserId>,
    /// The car it drives, where it is settled.
    pub car: Option<CarName>,
    /// The class it drives in.
    pub class: ClassId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it got its thread, its role and its rooms, if it did.
    pub finalized_at: Option<Timestamp>,
    /// Its identifier.
    pub id: TeamId,
    /// Its people, those who joined first first.
    pub mates: Vec<Mate>,
    /// Its name.
    pub name: TeamName,
    /// The number on its car.
    pub number: Option<CarNumber>,
    /// Counts its changes.
    pub revision: u64,
}

/// A person of a team.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Mate {
    /// Their Discord account.
    pub discord: Id<UserMarker>,
    /// What they do.
    pub duty: Duty,
    /// Who they are.
    pub user: UserId,
}

/// What somebody does in a team.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Drives.
    Driver,
    /// Drives if somebody else can't.
    Reserve,
    /// Speaks on the radio, and doesn't drive: needs no place on the sheet.
    Spotter,
}

impl Duty {
    /// Every duty.
    pub const ALL: [Self; 3] = [Self::Driver, Self::Reserve, Self::Spotter];

    /// Whether it takes a place on the sheet.
    #[must_use]
    pub const fn takes_place(self) -> bool {
        matches!(self, Self::Driver | Self::Reserve)
    }
}

/// The number on a car: one to three digits, of which the first ones may be zeros that count.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct CarNumber(String);

/// What was typed is no number of a car.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{0:?} isn't one to three digits")]
pub struct BadNumber(pub String);

impl CarNumber {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CarNumber {
    type Err = BadNumber;

    /// Reads what was typed, with or without `#`.
    fn from_str(typed: &str) -> Result<Self, BadNumber> {
        let digits = typed.trim().trim_start_matches('#').trim_start();
        let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Self(digits.to_owned())).ok_or_else(|| BadNumber(typed.to_owned()))
    }
}

impl TryFrom<String> for CarNumber {
    type Error = BadNumber;

    fn try_from(typed: String) -> Result<Self, BadNumber> {
        typed.parse()
    }
}

impl From<CarNumber> for String {
    fn from(number: CarNumber) -> Self {
        number.0
    }
}

impl fmt::Display for CarNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl Team {
    /// Whether it has its thread, its role and its rooms, or is about to.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        self.finalized_at.is_some()
    }

    /// Somebody of it.
    #[must_use]
    pub fn mate(&self, user: UserId) -> Option<&Mate> {
        self.mates.iter().find(|mate| mate.user == user)
    }

    /// Its people with that duty.
    pub fn on(&self, duty: Duty) -> impl Iterator<Item = &Mate> {
        self.mates.iter().filter(move |mate| mate.duty == duty)
    }

    /// Whether somebody leads it.
    #[must_use]
    pub fn is_led_by(&self, user: UserId) -> bool {
        self.captain == Some(user)
    }
}

/// Somebody who was asked to join a team.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Invitation {
    /// When they were asked.
    pub asked_at: Timestamp,
    /// When they declined, if they did.
    pub declined_at: Option<Timestamp>,
    /// Who, and what they are wanted as.
    pub mate: Mate,
    /// Which team.
    pub team: TeamId,
}

/// Somebody of a team who isn't there any more.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Left {
    /// Since when they are gone from the server; `None` for who gave their place up.
    pub gone_since: Option<Timestamp>,
    /// Who.
    pub mate: Mate,
    /// Tells one time that they left from another.
    pub mark: i64,
    /// Their team.
    pub team: TeamId,
}

/// The teams of an event, the one made first first. Nobody is in two of them, and no two have the same name or number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Teams(Vec<Team>);

/// Why a team can't be as somebody wants it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TeamFault {
    /// It has as many people as it may have.
    Full,
    /// Another has that name.
    NameTaken,
    /// Another has that number.
    NumberTaken(TeamName),
}

impl Teams {
    /// These teams.
    #[must_use]
    pub fn new(mut teams: Vec<Team>) -> Self {
        teams.sort_by_key(|team| (team.created_at, team.id));
        Self(teams)
    }

    /// No teams.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Those that are settled.
    pub fn settled(&self) -> impl Iterator<Item = &Team> {
        self.0.iter().filter(|team| team.is_final())
    }

    /// Every team.
    #[must_use]
    pub fn all(&self) -> &[Team] {
        &self.0
    }

    /// The team of that identifier.
    #[must_use]
    pub fn get(&self, id: TeamId) -> Option<&Team> {
        self.0.iter().find(|team| team.id == id)
    }

    /// The team of that name, in whatever case.
    #[must_use]
    pub fn named(&self, name: &TeamName) -> Option<&Team> {
        self.0.iter().find(|team| fold(team.name.as_str()) == fold(name.as_str()))
    }

    /// The team that somebody is in.
    #[must_use]
    pub fn of(&self, user: UserId) -> Option<&Team> {
        self.0.iter().find(|team| team.mate(user).is_some())
    }

    /// Whether a team may be as it is to be, beside the others.
    ///
    /// # Errors
    ///
    /// When another has its name or its number, or it has too many people.
    pub fn check(&self, team: &Team) -> Result<(), TeamFault> {
        if self.named(&team.name).is_some_and(|namesake| namesake.id != team.id) {
            return Err(TeamFault::NameTaken);
        }
        let has_number = |other: &&Team| other.id != team.id && other.number == team.number;
        if let Some(other) = self.0.iter().filter(|_| team.number.is_some()).find(has_number) {
            return Err(TeamFault::NumberTaken(other.name.clone()));
        }
        if team.mates.len() > MAX_PEOPLE { Err(TeamFault::Full) } else { Ok(()) }
    }

    /// The teams that change when somebody joins one, in which they may be already: the one that they leave, and the one that they
    /// join.
    ///
    /// # Errors
    ///
    /// When it is full.
    pub fn join(&self, team: TeamId, mate: Mate) -> Result<Vec<Team>, TeamFault> {
        let Some(joined) = self.get(team) else { return Ok(Vec::new()) };
        let mut joined = joined.clone();
        match joined.mates.iter_mut().find(|other| other.user == mate.user) {
            Some(before) => *before = mate,
            None => joined.mates.push(mate),
        }
        if joined.mates.len() > MAX_PEOPLE {
            return Err(TeamFault::Full);
        }
        let left = self.of(mate.user).filter(|left| left.id != team).map(|left| left.without(mate.user));
        Ok(left.into_iter().chain([joined]).collect())
    }

    /// The teams as they race: without those who gave their place up or are gone from the server.
    #[must_use]
    pub fn standing(&self, sheet: &Sheet, gone: &HashSet<Id<UserMarker>>) -> Self {
        let stands = |mate: &Mate| !is_missing(mate, sheet, gone);
        let standing = |team: &Team| {
            let mates: Vec<Mate> = team.mates.iter().copied().filter(stands).collect();
            let leads = |user: &UserId| mates.iter().any(|mate| mate.user == *user);
            Team { captain: team.captain.filter(leads), mates, ..team.clone() }
        };
        Self(self.0.iter().map(standing).collect())
    }

    /// Those of a team who gave their place up or are gone from the server.
    pub fn missing<'t>(
        &'t self,
        team: TeamId,
        sheet: &'t Sheet,
        gone: &'t HashSet<Id<UserMarker>>,
    ) -> impl Iterator<Item = &'t Mate> {
        let mates = self.get(team).into_iter().flat_map(|team| &team.mates);
        mates.filter(|mate| is_missing(mate, sheet, gone))
    }

    /// Those of every team who gave their place up or are gone from the server, with when that was found.
    #[must_use]
    pub fn left(&self, sheet: &Sheet, gone: &HashMap<Id<UserMarker>, Timestamp>) -> Vec<Left> {
        let accounts = gone.keys().copied().collect();
        let of_team = |team: &Team| {
            let left = |mate: &Mate| {
                let gone_since = gone.get(&mate.discord).copied();
                let order =
                    sheet.of(mate.user).map_or(0, |line| i64::try_from(line.order).unwrap_or(i64::MAX));
                let mark = gone_since.map_or(order, Timestamp::as_millisecond);
                Left { gone_since, mark, mate: *mate, team: team.id }
            };
            self.missing(team.id, sheet, &accounts).map(left).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of_team).collect()
    }

    /// Those who have a place and are in no team.
    pub fn without_team<'t>(&'t self, sheet: &'t Sheet) -> impl Iterator<Item = &'t Signup> {
        sheet.everybody_in().filter(|line| self.of(line.user).is_none())
    }
}

fn is_missing(mate: &Mate, sheet: &Sheet, gone: &HashSet<Id<UserMarker>>) -> bool {
    let has_place = || sheet.of(mate.user).is_some_and(|line| line.state.has_place());
    gone.contains(&mate.discord) || (mate.duty.takes_place() && !has_place())
}

impl Team {
    /// The same without somebody; they lead it no more.
    #[must_use]
    pub fn without(&self, user: UserId) -> Self {
        Self {
            captain: self.captain.filter(|captain| *captain != user),
            mates: self.mates.iter().copied().filter(|mate| mate.user != user).collect(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests;
