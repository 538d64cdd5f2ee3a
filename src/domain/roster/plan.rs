//! What a roster would change in a club: who of it is whom among those whom the club knows.
//!
//! People are known by their external id, then by their e-mail address. Only where these can't tell, as one side doesn't say
//! them, an iRacing id does, and last a name that nobody else has. What contradicts itself is a [`Clash`]: nothing is guessed.
//!
//! The plan doesn't depend on how much of it has been carried out: planned again in the middle, it goes on as it would have.

mod assign;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use thiserror::Error;

use self::assign::assign;
use super::{RosterEntry, RosterLine};
use crate::domain::{
    email::Email,
    id::UserId,
    member::Member,
    name::{ExternalId, PersonName},
    text,
};

/// What a club knows before.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// Everybody of the club, those included whom no roster names.
    pub people: &'k [Member],
    /// Who proved an address of the roster to be theirs, by linking an account whose address Discord verified. An address that
    /// several people proved is none of theirs here.
    pub proven: &'k HashMap<Email, UserId>,
}

/// What is to be done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Plan {
    /// How many people of the club's roster are on no line. They stay as they are.
    pub missing: usize,
    /// What becomes of each line.
    pub verdicts: Vec<Verdict>,
}

/// What becomes of a line.
pub type Verdict = Result<Step, Clash>;

/// What is to be done about an entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
    /// Somebody on the roster changes, who was like this.
    Change(Box<Member>),
    /// Somebody new.
    Create,
    /// Somebody is on the roster as the entry has them.
    Keep(UserId),
    /// The entry is somebody who is known from Discord and whom the club's roster didn't name: they proved its address to be theirs.
    Reconnect {
        /// Who proved it.
        found: UserId,
        /// Whom the roster has for the entry, if it has somebody; they turn out to be one.
        person: Option<Box<Member>>,
    },
}

/// Why it can't be told who somebody is. What it quotes stands between backticks and has none.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum Clash {
    /// The address is that of somebody with another external id.
    #[error("the club has that e-mail under the external_id `{}`", text::excerpt(.0.as_str()))]
    OtherExternalId(ExternalId),
    /// The external id is one person, the address another.
    #[error(
        "external_id is `{}` of the club, and the e-mail is that of `{}`", text::excerpt(.by_id.as_str()), text::excerpt(.by_email.as_str())
    )]
    OtherPerson {
        /// Whom the address names.
        by_email: PersonName,
        /// Whom the external id names.
        by_id: PersonName,
    },
    /// An earlier line has the same address.
    #[error("same e-mail as line {first}")]
    SameEmail {
        /// That line.
        first: usize,
    },
    /// An earlier line has the same external id.
    #[error("same external_id as line {first}")]
    SameExternalId {
        /// That line.
        first: usize,
    },
    /// An earlier line has the same iRacing id, and this one has nothing better.
    #[error("same iracing_id as line {first}")]
    SameIRacingId {
        /// That line.
        first: usize,
    },
    /// An earlier line has the same name, and nothing tells the two apart.
    #[error("same name as line {first}, and no external_id, e-mail or iracing_id to tell them apart")]
    SameName {
        /// That line.
        first: usize,
    },
    /// Another line is the same person of the club.
    #[error("same person as line {other}")]
    SamePerson {
        /// That line.
        other: usize,
    },
    /// Several people of the club have the address.
    #[error("{0} people of the club have that e-mail; give an external_id")]
    SharedEmail(usize),
    /// Several people of the club have the iRacing id.
    #[error("{0} people of the club have that iracing_id; give an external_id or e-mail")]
    SharedIRacingId(usize),
    /// Several people of the club have the name.
    #[error("{0} people of the club have that name; give an external_id, e-mail or iracing_id")]
    SharedName(usize),
}

/// Plans to have these lines in a club's roster.
#[must_use]
pub fn plan(known: &Known<'_>, lines: &[RosterLine]) -> Plan {
    let roster: Vec<&Member> = known.people.iter().filter(|member| member.on_roster).collect();
    let assigned = assign(&roster, lines);
    let found: HashSet<usize> = assigned.iter().filter_map(|found| found.clone().ok().flatten()).collect();
    let mut proving =
        Proving { proven: known.proven, spoken_for: roster.iter().map(|member| member.user).collect() };
    let verdict = |(line, found): (&RosterLine, Result<Option<usize>, Clash>)| {
        let person = found?.map(|at| roster[at]);
        Ok(step(&line.entry, person, proving.found(&line.entry, person)))
    };
    let verdicts = lines.iter().zip(assigned).map(verdict).collect();
    Plan { missing: roster.len() - found.len(), verdicts }
}

/// Finds whoever proved an address, each once.
struct Proving<'k> {
    proven: &'k HashMap<Email, UserId>,
    /// Those whom the club's roster names already: they can't be another one of it.
    spoken_for: HashSet<UserId>,
}

impl Proving<'_> {
    fn found(&mut self, entry: &RosterEntry, person: Option<&Member>) -> Option<UserId> {
        let email = entry.email.as_ref().or_else(|| person?.entry.email.as_ref())?;
        let found = *self.proven.get(email)?;
        self.spoken_for.insert(found).then_some(found)
    }
}

fn step(entry: &RosterEntry, person: Option<&Member>, found: Option<UserId>) -> Step {
    match (person, found) {
        (None, None) => Step::Create,
        (person, Some(found)) => Step::Reconnect { found, person: person.cloned().map(Box::new) },
        (Some(member), None) if combined(&member.entry, entry) == member.entry => Step::Keep(member.user),
        (Some(member), None) => Step::Change(Box::new(member.clone())),
    }
}

/// What is known of somebody once an entry is taken: what it doesn't say stays as it was.
#[must_use]
pub fn combined(known: &RosterEntry, entry: &RosterEntry) -> RosterEntry {
    let aliases = if entry.aliases.is_empty() { &known.aliases } else { &entry.aliases };
    RosterEntry {
        aliases: aliases.clone(),
        discord: entry.discord.clone().or_else(|| known.discord.clone()),
        email: entry.email.clone().or_else(|| known.email.clone()),
        external_id: entry.external_id.clone().or_else(|| known.external_id.clone()),
        iracing_id: entry.iracing_id.or(known.iracing_id),
        iracing_name: entry.iracing_name.clone().or_else(|| known.iracing_name.clone()),
        name: entry.name.clone(),
        zone: entry.zone.clone().or_else(|| known.zone.clone()),
    }
}
