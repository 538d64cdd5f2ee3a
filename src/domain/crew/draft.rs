//! Crews as they are proposed to an organiser, who may move people by hand before they become teams.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    pool::{Pool, Standing},
    preview::Search,
    problem::{BadProblem, Group, Person, Place, Problem},
    rules::{Awake, BadSizes, Rules, Sizes},
    solve::{ClassBound, Proposal},
};
use crate::domain::{
    event::Event,
    id::{ClassId, TeamId, UserId},
    name::TeamName,
    team::Teams,
    text::fold,
};

/// Crews that are proposed to an organiser.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Draft {
    /// How good the crews of each class are and could be, as the search found them.
    pub bounds: Vec<ClassBound>,
    /// The crews.
    pub crews: Vec<DraftCrew>,
    /// The fingerprint of the pool in which they were searched for; `None` until then.
    pub fingerprint: Option<String>,
    /// Whether somebody was moved since the search.
    pub is_by_hand: bool,
    /// Whom the organiser moved: they stay there when others are searched for anew.
    pub moved: Vec<Moved>,
    /// What every crew has to keep to.
    pub rules: DraftRules,
}

/// A crew of a draft.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct DraftCrew {
    /// Its class.
    pub class: ClassId,
    /// What it is to be called.
    pub name: TeamName,
    /// What tells it from the draft's others.
    pub number: u16,
    /// Who is to be in it; of a team that there is already, who is to join it.
    pub people: Vec<UserId>,
    /// The team that there is already.
    pub team: Option<TeamId>,
}

/// Somebody whom the organiser moved.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Moved {
    /// Into which crew; `None` is out of all.
    pub crew: Option<u16>,
    /// Who.
    pub user: UserId,
}

/// What every crew of a draft has to keep to.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct DraftRules {
    /// How many have to be able to drive in every hour.
    pub awake: u8,
    /// How many crews a class may have; `None` is any number.
    pub limit: Option<u8>,
    /// The most drivers of a crew.
    pub max: u8,
    /// The fewest drivers of a crew.
    pub min: u8,
}

/// Where somebody is moved.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Target {
    /// Into a crew of the draft, by its number.
    Crew(u16),
    /// Into a new crew.
    New,
    /// Out of all.
    Out,
}

/// A crew as the sheet and the teams now have it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cell {
    /// Its place in the draft; `None` for a team that the draft doesn't know.
    pub crew: Option<usize>,
    /// Its people.
    pub group: Group,
    /// The team that there is already.
    pub team: Option<TeamId>,
}

impl Default for DraftRules {
    fn default() -> Self {
        Self { awake: 2, limit: None, max: 6, min: 2 }
    }
}

impl DraftRules {
    /// The most crews of a class that can be asked for.
    pub const MOST_CREWS: u8 = 60;

    /// The rules for a pool.
    ///
    /// # Errors
    ///
    /// When no crew can have such a size.
    pub fn rules(&self, pool: &Pool) -> Result<Rules, BadSizes> {
        let limit = self.limit.map(usize::from);
        let classes = pool.classes.iter().filter_map(|class| pool.class(*class));
        Ok(Rules {
            awake: Awake { capped: false, drivers: usize::from(self.awake) },
            grid: classes.filter_map(|class| Some((class, limit?))).collect(),
            sizes: Sizes::new(usize::from(self.min), usize::from(self.max))?,
        })
    }
}

impl Draft {
    /// A draft by these rules that is yet to be searched for.
    #[must_use]
    pub fn with(rules: DraftRules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// The crew of that number.
    #[must_use]
    pub fn crew(&self, number: u16) -> Option<&DraftCrew> {
        self.crews.iter().find(|crew| crew.number == number)
    }

    /// Where somebody is.
    #[must_use]
    pub fn crew_of(&self, user: UserId) -> Option<&DraftCrew> {
        self.crews.iter().find(|crew| crew.people.contains(&user))
    }

    /// Has people be whom they turned out to be.
    pub fn rename(&mut self, whom: impl Fn(UserId) -> UserId) {
        let mut seen = HashSet::new();
        for crew in &mut self.crews {
            crew.people.iter_mut().for_each(|user| *user = whom(*user));
            crew.people.retain(|user| seen.insert(*user));
        }
        self.moved.iter_mut().for_each(|moved| moved.user = whom(moved.user));
    }

    fn pin_of(&self, user: UserId) -> Option<Moved> {
        self.moved.iter().copied().find(|moved| moved.user == user)
    }

    /// The draft where somebody is moved and stays; `None` where there is no such crew in their class.
    #[must_use]
    pub fn moving(
        &self,
        user: UserId,
        class: ClassId,
        target: Target,
        (event, teams): (&Event, &Teams),
    ) -> Option<Self> {
        let mut after = self.clone();
        after.crews.iter_mut().for_each(|crew| crew.people.retain(|one| *one != user));
        after.moved.retain(|moved| moved.user != user);
        let crew = match target {
            Target::Crew(number) => {
                let crew =
                    after.crews.iter_mut().find(|crew| crew.number == number && crew.class == class)?;
                crew.people.push(user);
                Some(number)
            }
            Target::New => {
                let (name, number) =
                    (Names::of(&after, teams).free(event, class)?, free_number(&after.crews));
                after.crews.push(DraftCrew { class, name, number, people: vec![user], team: None });
                Some(number)
            }
            Target::Out => None,
        };
        after.moved.push(Moved { crew, user });
        after.crews.retain(|crew| !crew.people.is_empty() || crew.team.is_some());
        after.is_by_hand = true;
        Some(after)
    }

    /// The draft with the crews that were found. Those that hold moved people or are teams already keep their names; teams without
    /// drivers are filled first.
    #[must_use]
    pub fn found(&self, search: &Search, proposal: &Proposal, (event, teams): (&Event, &Teams)) -> Self {
        let pool = &search.pool;
        let mut after = Self {
            bounds: proposal.classes.clone(),
            fingerprint: Some(pool.fingerprint()),
            ..Self::with(self.rules)
        };
        let is_pinned = |team: TeamId| search.cells.iter().any(|cell| cell.team == Some(team));
        let mut bare: Vec<&Standing> = pool.teams.iter().filter(|team| !is_pinned(team.team)).collect();
        for crew in &proposal.evaluation.crews {
            let Some(class) = pool.classes.get(usize::from(crew.class.0)).copied() else { continue };
            let cell = crew.pinned.and_then(|at| search.cells.get(at));
            let known = cell.and_then(|cell| self.crews.get(cell.crew?));
            let fits =
                |team: &&Standing| team.class == crew.class && (team.car.is_none() || team.car == crew.car);
            let team = match cell {
                Some(cell) => cell.team,
                None => bare.iter().position(fits).map(|at| bare.remove(at).team),
            };
            let named = team.and_then(|team| Some(teams.get(team)?.name.clone()));
            let name = named.or_else(|| Some(known?.name.clone()));
            let name = name.or_else(|| Names::of(&after, teams).free(event, class));
            let number = known.map_or_else(|| self.fresh_number(search, &after), |known| known.number);
            let already = pool.teams.iter().find(|standing| team == Some(standing.team));
            let joins = |person: &&Person| already.is_none_or(|team| !team.drivers.contains(*person));
            let people = crew.people.iter().filter(joins);
            let people = people.filter_map(|person| Some(pool.people.get(*person)?.user)).collect();
            after.crews.extend(name.map(|name| DraftCrew { class, name, number, people, team }));
        }
        after.crews.sort_by_key(|crew| (pool.class(crew.class), crew.number));
        let stays = |moved: &&Moved| match moved.crew {
            Some(number) => after.crew(number).is_some_and(|crew| crew.people.contains(&moved.user)),
            None => pool.person(moved.user).is_some() && after.crew_of(moved.user).is_none(),
        };
        after.moved = self.moved.iter().filter(stays).copied().collect();
        after
    }

    /// A number that no crew has that was found, nor one that is kept.
    fn fresh_number(&self, search: &Search, after: &Self) -> u16 {
        let kept = search.cells.iter().filter_map(|cell| self.crews.get(cell.crew?));
        free_number(kept.chain(&after.crews))
    }

    /// What there is of each crew by now, its moved people alone or all of them. Whoever is in a team already counts there.
    pub(super) fn cells(&self, pool: &Pool, only_moved: bool) -> Vec<Cell> {
        let mut seen: HashSet<Person> = HashSet::new();
        let mut cells: Vec<Cell> = Vec::new();
        for team in &pool.teams {
            let crew = self
                .crews
                .iter()
                .position(|crew| crew.team == Some(team.team) && pool.class(crew.class) == Some(team.class));
            seen.extend(&team.drivers);
            let group = Group { car: team.car, class: team.class, people: team.drivers.clone() };
            cells.push(Cell { crew, group, team: Some(team.team) });
        }
        for (at, crew) in self.crews.iter().enumerate() {
            let Some(class) = pool.class(crew.class) else { continue };
            let is_shown = |user: &&UserId| {
                !only_moved || self.pin_of(**user).is_some_and(|moved| moved.crew == Some(crew.number))
            };
            let people = crew.people.iter().filter(is_shown).filter_map(|user| pool.person(*user));
            let may = |person: &Person| {
                let driver = pool.drivers.get(*person);
                driver.is_some_and(|driver| driver.place == Place::In && driver.class == class)
            };
            let people: Vec<Person> = people.filter(may).filter(|person| seen.insert(*person)).collect();
            match cells.iter_mut().find(|cell| cell.crew == Some(at)) {
                Some(cell) => cell.group.people.extend(people),
                None => {
                    let group = Group { car: None, class, people };
                    cells.push(Cell { crew: Some(at), group, team: None });
                }
            }
        }
        cells
    }

    /// The problem of crewing a pool by the draft's rules, where the people of these cells stay together.
    pub(super) fn problem(&self, pool: &Pool, pinned: &[Cell]) -> Result<Problem, BadProblem> {
        let is_out = |user| self.pin_of(user).is_some_and(|moved| moved.crew.is_none());
        let pinned: Vec<Group> = pinned.iter().map(|cell| cell.group.clone()).collect();
        let stays = |person: Person| pinned.iter().any(|group| group.people.contains(&person));
        let drivers = pool.people.iter().zip(&pool.drivers).enumerate().map(|(person, (member, driver))| {
            let mut driver = driver.clone();
            if driver.place == Place::In && is_out(member.user) && !stays(person) {
                driver.place = Place::Aside;
            }
            driver
        });
        let rules = self.rules.rules(pool).unwrap_or_default();
        Problem::new(pool.blocks.len().max(1), drivers.collect(), rules, pinned.clone())
    }
}

fn free_number<'c>(crews: impl IntoIterator<Item = &'c DraftCrew>) -> u16 {
    let taken: HashSet<u16> = crews.into_iter().map(|crew| crew.number).collect();
    (1..=u16::MAX).find(|number| !taken.contains(number)).unwrap_or_default()
}

/// The names that are taken.
struct Names(HashSet<String>);

impl Names {
    fn of(draft: &Draft, teams: &Teams) -> Self {
        let of_teams = teams.all().iter().map(|team| fold(team.name.as_str()));
        Self(draft.crews.iter().map(|crew| fold(crew.name.as_str())).chain(of_teams).collect())
    }

    fn free(&self, event: &Event, class: ClassId) -> Option<TeamName> {
        free_name(event, class, |name| self.0.contains(&fold(name.as_str())))
    }
}

/// The first name for a crew of a class that isn't taken: the class's with a number.
pub(super) fn free_name(
    event: &Event,
    class: ClassId,
    is_taken: impl Fn(&TeamName) -> bool,
) -> Option<TeamName> {
    let class = event.class(class).and_then(|class| class.name.as_ref());
    let word = class.map_or("Team", |name| name.as_str());
    let mut names = (1..10_000_u32).filter_map(|number| TeamName::parse(&format!("{word} {number}")).ok());
    names.find(|name| !is_taken(name))
}
