//! Who could step in for somebody who leaves a crew.

use twilight_model::id::{Id, marker::UserMarker};

use super::{
    evaluate::Arrangement,
    pool::{Pool, Standing},
    problem::{BadProblem, Driver, Group, Person, Place, Problem},
    rules::Rules,
    score::{Tally, mean},
};
use crate::domain::{availability::Answer, id::TeamId};

/// Where somebody comes from who could step in; whoever is left out comes first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Source {
    /// They have a place and are in no crew.
    LeftOut,
    /// They are on the waiting list and need a place first.
    Waiting,
    /// They come perhaps and need a place first.
    Tentative,
    /// They are in another crew, by its position, which is legal without them too.
    Crew(usize),
}

/// Somebody with whom a crew is legal in place of whoever leaves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct StandIn {
    /// How many of the crew can drive when it is fewest, with them in it.
    pub able: usize,
    /// Where they come from.
    pub from: Source,
    /// How many of the crew want them, or are wanted by them.
    pub partners: usize,
    /// Who.
    pub person: Person,
    /// In how many hours they would like to drive.
    pub preferred: usize,
    /// How far the crew's mean rating is then from what it was; `None` where one of both has none.
    pub rating_change: Option<i32>,
    /// In how many hours they didn't say whether they can drive.
    pub unanswered: usize,
}

/// Who could step in for `leaver` in a crew, by its position, or, where nobody is named, for somebody who left it already: with them
/// it is legal and of the same class and car. The best
/// come first: by where they come from, then by partners, by how little the rating changes, by how many can drive when it is fewest,
/// and in order. It is empty where there is no such crew or `leaver` isn't in it.
///
/// # Errors
/// When the arrangement has somebody who isn't one of the drivers.
pub fn stand_ins(
    problem: &Problem,
    arrangement: &Arrangement,
    crew: usize,
    leaver: Option<Person>,
) -> Result<Vec<StandIn>, BadProblem> {
    let all = arrangement.crews.iter().flat_map(|group| &group.people);
    if let Some(unknown) = all.copied().find(|person| problem.driver(*person).is_none()) {
        return Err(BadProblem::UnknownPerson(unknown));
    }
    let is_in = |group: &&Group| leaver.is_none_or(|leaver| group.people.contains(&leaver));
    let left = arrangement.crews.get(crew).filter(is_in);
    let Some(group) = left else { return Ok(Vec::new()) };
    let drivers = problem.drivers().iter().enumerate().filter(|(_, driver)| driver.class == group.class);
    let free = drivers.filter(|(person, _)| !group.people.contains(person));
    let stand_in = |(person, driver)| stand_in(problem, arrangement, group, (person, driver), leaver);
    let mut found: Vec<StandIn> = free.filter_map(stand_in).collect();
    found.sort_by_key(|one| {
        let change = one.rating_change.map_or(u32::MAX, i32::unsigned_abs);
        // Which other crew they come from makes no difference.
        let from = if let Source::Crew(_) = one.from { Source::Crew(0) } else { one.from };
        (from, usize::MAX - one.partners, change, usize::MAX - one.able, one.person)
    });
    Ok(found)
}

/// Who could step in for somebody who left a team, the best first: those with whom it is legal again; where there are none, whoever of
/// its class is free or has no place yet.
#[must_use]
pub fn substitutes(pool: &Pool, team: TeamId) -> Vec<Id<UserMarker>> {
    let Some(at) = pool.teams.iter().position(|standing| standing.team == team) else { return Vec::new() };
    let group = |team: &Standing| Group { car: team.car, class: team.class, people: team.drivers.clone() };
    let arrangement = Arrangement { crews: pool.teams.iter().map(group).collect() };
    let problem = Problem::new(pool.blocks.len(), pool.drivers.clone(), Rules::default(), Vec::new());
    let found = problem.and_then(|problem| stand_ins(&problem, &arrangement, at, None)).unwrap_or_default();
    let free = found.into_iter().filter(|one| !matches!(one.from, Source::Crew(_)));
    let mut people: Vec<Person> = free.map(|one| one.person).collect();
    if people.is_empty() {
        people = free_of_class(pool, at);
    }
    people.into_iter().filter_map(|person| pool.people.get(person)).map(|member| member.discord).collect()
}

/// Those of a team's class who are in no team: who has a place first, then who waits for one, then who may come.
fn free_of_class(pool: &Pool, team: usize) -> Vec<Person> {
    let class = pool.teams.get(team).map(|team| team.class);
    let is_free = |person: &Person| pool.teams.iter().all(|team| !team.drivers.contains(person));
    let of_class = pool.drivers.iter().enumerate().filter(|(_, driver)| Some(driver.class) == class);
    let mut free: Vec<(Place, Person)> = of_class
        .map(|(person, driver)| (driver.place, person))
        .filter(|(_, person)| is_free(person))
        .collect();
    free.sort_unstable();
    free.into_iter().map(|(_, person)| person).collect()
}

fn stand_in(
    problem: &Problem,
    arrangement: &Arrangement,
    group: &Group,
    (person, driver): (Person, &Driver),
    leaver: Option<Person>,
) -> Option<StandIn> {
    let from = source(problem, arrangement, person, driver)?;
    let stay = group.people.iter().copied().filter(|one| Some(*one) != leaver);
    let crew: Vec<Person> = stay.clone().chain([person]).collect();
    // The car stays the one that the crew has had, even where only the leaver had chosen it.
    let car = group.car.or_else(|| group.people.iter().find_map(|one| problem.driver(*one)?.car));
    if !Tally::of(problem, group.class, car, crew.iter().copied(), Some(person)).is_legal {
        return None;
    }
    let wants = |one: Person, other: Person| {
        problem.driver(one).is_some_and(|driver| driver.partners.contains(&other))
    };
    let answered = |answer| (0..problem.hours()).filter(|hour| driver.answers.of(*hour) == answer).count();
    let able = |hour| {
        let drivers = crew.iter().filter_map(|one| problem.driver(*one));
        drivers.filter(|driver| driver.answers.can(hour)).count()
    };
    let change =
        || i32::try_from(rating(problem, &crew)?).ok()?.checked_sub_unsigned(rating(problem, &group.people)?);
    Some(StandIn {
        able: (0..problem.hours()).map(able).min().unwrap_or_default(),
        from,
        partners: stay.filter(|one| wants(*one, person) || wants(person, *one)).count(),
        person,
        preferred: answered(Some(Answer::Preferred)),
        rating_change: change(),
        unanswered: answered(None),
    })
}

/// Where somebody would come from; `None` where their crew needs them.
fn source(problem: &Problem, arrangement: &Arrangement, person: Person, driver: &Driver) -> Option<Source> {
    let at = arrangement.crews.iter().position(|group| group.people.contains(&person));
    let Some((at, group)) = at.and_then(|at| Some((at, arrangement.crews.get(at)?))) else {
        return Some(match driver.place {
            Place::In | Place::Aside => Source::LeftOut,
            Place::Waiting => Source::Waiting,
            Place::Tentative => Source::Tentative,
        });
    };
    let others = group.people.iter().copied().filter(|one| *one != person);
    Tally::of(problem, group.class, group.car, others, None).is_legal.then_some(Source::Crew(at))
}

fn rating(problem: &Problem, people: &[Person]) -> Option<u32> {
    let ratings = people.iter().filter_map(|person| problem.driver(*person)?.rating);
    let (sum, number) = ratings.fold((0, 0), |(sum, number), one| (sum + u32::from(one), number + 1));
    mean(sum, number)
}
