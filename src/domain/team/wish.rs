//! All teams of an event as somebody wants them: what that changes, or all that is in the way.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::{CarNumber, MAX_PEOPLE, MAX_TEAMS, Mate, Team, Teams};
use crate::domain::{
    id::{ClassId, TeamId, UserId},
    name::{CarName, ClassName, EventName, TeamName},
    signup::Sheet,
    text::fold,
};

/// A team as it is to be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TeamWish {
    /// Who leads it: one of its people.
    pub captain: Option<UserId>,
    /// The car it drives.
    pub car: Option<CarName>,
    /// The class it drives in.
    pub class: ClassId,
    /// Which of the event's teams it is; without it the one of that name, or a new one.
    pub id: Option<TeamId>,
    /// Its people.
    pub mates: Vec<Mate>,
    /// Its name.
    pub name: TeamName,
    /// The number on its car.
    pub number: Option<CarNumber>,
}

/// What has to change for an event's teams to be as wanted.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Overhaul {
    /// Those that change or are new, as they are to be. A new one has the revision 0.
    pub changed: Vec<Team>,
    /// Those that nobody wants any more.
    pub disbanded: Vec<Team>,
}

/// What is in the way of a wish.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Misfit {
    /// Which of the wishes, from 0.
    pub team: usize,
    /// What is wrong with it.
    pub what: Unfit,
}

/// What is wrong with a wish. Places are counted from 0.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unfit {
    /// Its captain isn't among its people.
    CaptainElsewhere,
    /// It has more people than a team may have.
    Full,
    /// The person at that place is in another team already, or twice in this one.
    InTeam(usize, TeamName),
    /// Another wish has its name.
    NameTaken,
    /// The person at that place has no Discord account that is known.
    NoAccount(usize),
    /// The person at that place is to drive and has no place in the team's class.
    NoPlace(usize),
    /// In another event of the series that team has its number.
    NumberReserved {
        /// The event.
        event: EventName,
        /// The team.
        team: TeamName,
    },
    /// Another wish has its number.
    NumberTaken(TeamName),
    /// One of these classes has to be named.
    PickClass(Vec<ClassName>),
    /// Another wish has its identifier.
    SameTeam,
    /// There are more teams than an event may have.
    TooMany,
    /// The event has no such class.
    UnknownClass,
    /// Nobody of the club is the person at that place.
    UnknownPerson(usize),
    /// The event has no such team.
    UnknownTeam,
}

impl Teams {
    /// What has to change for these to be all teams of the event. `fresh` gives identifiers for new ones.
    ///
    /// # Errors
    ///
    /// With everything that is in the way; there is something then.
    pub fn overhaul(
        &self,
        wishes: &[TeamWish],
        sheet: &Sheet,
        now: Timestamp,
        mut fresh: impl FnMut() -> TeamId,
    ) -> Result<Overhaul, Vec<Misfit>> {
        let misfits = self.misfits(wishes, sheet);
        if !misfits.is_empty() {
            return Err(misfits);
        }
        let known: Vec<Option<&Team>> = self.meant(wishes);
        let kept: HashSet<TeamId> = known.iter().flatten().map(|team| team.id).collect();
        let changed = wishes.iter().zip(&known).filter_map(|(wish, known)| {
            let team = match known {
                Some(known) => wish.onto(known),
                None => wish.onto(&blank(wish, fresh(), now)),
            };
            (*known != Some(&team)).then_some(team)
        });
        let changed = changed.collect();
        let disbanded = self.0.iter().filter(|team| !kept.contains(&team.id)).cloned().collect();
        Ok(Overhaul { changed, disbanded })
    }

    /// The team that each wish is about; `None` for a new one.
    #[must_use]
    pub fn meant(&self, wishes: &[TeamWish]) -> Vec<Option<&Team>> {
        let named: HashSet<TeamId> = wishes.iter().filter_map(|wish| wish.id).collect();
        let meant = |wish: &TeamWish| match wish.id {
            Some(id) => self.get(id),
            None => self.named(&wish.name).filter(|team| !named.contains(&team.id)),
        };
        wishes.iter().map(meant).collect()
    }

    fn misfits(&self, wishes: &[TeamWish], sheet: &Sheet) -> Vec<Misfit> {
        let mut seen = Seen::default();
        let mut misfits = Vec::new();
        for (team, wish) in wishes.iter().enumerate() {
            let unknown = wish.id.filter(|id| self.get(*id).is_none()).map(|_| Unfit::UnknownTeam);
            let found = unknown.into_iter().chain(seen.take(wish)).chain(wish.misfits(sheet));
            misfits.extend(found.map(|what| Misfit { team, what }));
        }
        if wishes.len() > MAX_TEAMS {
            misfits.push(Misfit { team: MAX_TEAMS, what: Unfit::TooMany });
        }
        misfits
    }
}

/// What the wishes before one have taken.
#[derive(Default)]
struct Seen<'w> {
    ids: HashSet<TeamId>,
    names: HashSet<String>,
    numbers: HashMap<&'w CarNumber, &'w TeamName>,
    people: HashMap<UserId, &'w TeamName>,
}

impl<'w> Seen<'w> {
    /// What of a wish is taken; the rest is its own from now on.
    fn take(&mut self, wish: &'w TeamWish) -> Vec<Unfit> {
        let mut taken = Vec::new();
        if wish.id.is_some_and(|id| !self.ids.insert(id)) {
            taken.push(Unfit::SameTeam);
        }
        if !self.names.insert(fold(wish.name.as_str())) {
            taken.push(Unfit::NameTaken);
        }
        if let Some(number) = &wish.number
            && let Some(other) = self.numbers.insert(number, &wish.name)
        {
            taken.push(Unfit::NumberTaken(other.clone()));
        }
        for (at, mate) in wish.mates.iter().enumerate() {
            if let Some(other) = self.people.insert(mate.user, &wish.name) {
                taken.push(Unfit::InTeam(at, other.clone()));
            }
        }
        taken
    }
}

impl TeamWish {
    /// What is wrong with it whatever the others are.
    fn misfits(&self, sheet: &Sheet) -> Vec<Unfit> {
        let leads = |captain| self.mates.iter().any(|mate| mate.user == captain);
        let captain = self.captain.filter(|captain| !leads(*captain)).map(|_| Unfit::CaptainElsewhere);
        let full = (self.mates.len() > MAX_PEOPLE).then_some(Unfit::Full);
        let has_place = |mate: &Mate| {
            let line = sheet.of(mate.user).filter(|line| line.state.has_place());
            line.is_some_and(|line| line.class == Some(self.class))
        };
        let mates = self.mates.iter().enumerate();
        let placeless = mates.filter(|(_, mate)| mate.duty.takes_place() && !has_place(mate));
        let placeless = placeless.map(|(at, _)| Unfit::NoPlace(at));
        captain.into_iter().chain(full).chain(placeless).collect()
    }

    /// The team as it is to be; what a wish doesn't name stays.
    fn onto(&self, team: &Team) -> Team {
        Team {
            captain: self.captain,
            car: self.car.clone(),
            class: self.class,
            mates: self.mates.clone(),
            name: self.name.clone(),
            number: self.number.clone(),
            ..team.clone()
        }
    }
}

fn blank(wish: &TeamWish, id: TeamId, now: Timestamp) -> Team {
    Team {
        captain: None,
        car: None,
        class: wish.class,
        created_at: now,
        finalized_at: None,
        id,
        mates: Vec::new(),
        name: wish.name.clone(),
        number: None,
        revision: 0,
    }
}

#[cfg(test)]
mod tests;
