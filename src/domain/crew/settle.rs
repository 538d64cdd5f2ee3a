//! Teams of the crews that an organiser accepted.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::{Id, marker::UserMarker};

use super::draft::{Draft, DraftCrew, free_name};
use crate::domain::{
    event::Event,
    id::TeamId,
    name::{CarName, TeamName},
    signup::{Sheet, Signup},
    team::{Duty, MAX_PEOPLE, MAX_TEAMS, Mate, Team, Teams},
};

/// The teams that crews become.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Settled {
    /// Those that somebody joins.
    pub filled: Vec<Team>,
    /// Those that are made.
    pub made: Vec<Team>,
}

/// Why crews can't become teams.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unsettled {
    /// What they were built from has changed.
    Changed {
        /// Those who gave their place up, changed class, left, or are in another team by now.
        people: Vec<Id<UserMarker>>,
        /// The teams that were disbanded or are in another class.
        teams: Vec<TeamName>,
    },
    /// A team would have more people than it may have.
    Full(TeamName),
    /// Nobody is in a crew who isn't in a team already.
    Nobody,
    /// The event would have more teams than it may have.
    TooMany,
}

/// What an event's crews become teams of.
#[derive(Clone, Copy, Debug)]
pub struct SettleFacts<'f> {
    /// The event.
    pub event: &'f Event,
    /// Those who are gone from the server.
    pub gone: &'f HashSet<Id<UserMarker>>,
    /// What time it is.
    pub now: Timestamp,
    /// Its sheet.
    pub sheet: &'f Sheet,
    /// Its teams.
    pub teams: &'f Teams,
}

/// The teams that a draft's crews become, new ones with fresh identifiers.
///
/// # Errors
///
/// See [`Unsettled`].
pub fn settle(
    draft: &Draft,
    facts: &SettleFacts<'_>,
    mut fresh: impl FnMut() -> TeamId,
) -> Result<Settled, Unsettled> {
    let crews = || draft.crews.iter().filter(|crew| !crew.people.is_empty());
    if crews().next().is_none() {
        return Err(Unsettled::Nobody);
    }
    check(facts, crews())?;
    let mut settled = Settled::default();
    let mut names: HashSet<TeamName> = HashSet::new();
    for crew in crews() {
        let mates = crew.people.iter().filter_map(|user| facts.sheet.of(*user)).map(mate);
        if let Some(team) = crew.team.and_then(|team| facts.teams.get(team)) {
            let mates: Vec<Mate> = team.mates.iter().copied().chain(mates).collect();
            if mates.len() > MAX_PEOPLE {
                return Err(Unsettled::Full(team.name.clone()));
            }
            let car = team.car.clone().or_else(|| car_of(facts.sheet, crew));
            settled.filled.push(Team { car, mates, ..team.clone() });
            continue;
        }
        let is_taken = |name: &TeamName| names.contains(name) || facts.teams.named(name).is_some();
        let name = match is_taken(&crew.name) {
            true => free_name(facts.event, crew.class, is_taken).ok_or(Unsettled::TooMany)?,
            false => crew.name.clone(),
        };
        names.insert(name.clone());
        settled.made.push(Team {
            captain: None,
            car: car_of(facts.sheet, crew),
            class: crew.class,
            created_at: after(facts.now, settled.made.len()),
            finalized_at: None,
            id: fresh(),
            mates: mates.collect(),
            name,
            number: None,
            revision: 0,
        });
    }
    if facts.teams.all().len() + settled.made.len() > MAX_TEAMS {
        return Err(Unsettled::TooMany);
    }
    Ok(settled)
}

/// Whether everybody and every team is still as the crews want them.
fn check<'d>(facts: &SettleFacts<'_>, crews: impl Iterator<Item = &'d DraftCrew>) -> Result<(), Unsettled> {
    let (mut people, mut teams, mut is_lost) = (Vec::new(), Vec::new(), false);
    for crew in crews {
        if let Some(team) = crew.team
            && facts.teams.get(team).is_none_or(|team| team.class != crew.class)
        {
            teams.push(crew.name.clone());
        }
        for user in &crew.people {
            let Some(line) = facts.sheet.of(*user) else {
                is_lost = true;
                continue;
            };
            let has_place = line.state.has_place() && line.class == Some(crew.class);
            if !has_place || facts.gone.contains(&line.discord) || facts.teams.of(*user).is_some() {
                people.push(line.discord);
            }
        }
    }
    let is_same = people.is_empty() && teams.is_empty() && !is_lost;
    if is_same { Ok(()) } else { Err(Unsettled::Changed { people, teams }) }
}

/// Teams that are made at once stay in their order.
fn after(now: Timestamp, teams: usize) -> Timestamp {
    let millis = i64::try_from(teams).unwrap_or_default();
    now.saturating_add(SignedDuration::from_millis(millis)).unwrap_or(now)
}

const fn mate(line: &Signup) -> Mate {
    Mate { discord: line.discord, duty: Duty::Driver, user: line.user }
}

/// The car that its people chose, where nobody chose another.
fn car_of(sheet: &Sheet, crew: &DraftCrew) -> Option<CarName> {
    let mut cars = crew.people.iter().filter_map(|user| sheet.of(*user)?.car.clone());
    let first = cars.next()?;
    cars.all(|car| car == first).then_some(first)
}
