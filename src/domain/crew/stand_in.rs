//! Who could step in for somebody who leaves a crew.

use super::{
    evaluate::Arrangement,
    problem::{BadProblem, Driver, Group, Person, Place, Problem},
    score::{Tally, mean},
};
use crate::domain::availability::Answer;

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

/// Who could step in for `leaver` in a crew, by its position: with them instead it is legal and of the same class and car. The best
/// come first: by where they come from, then by partners, by how little the rating changes, by how many can drive when it is fewest,
/// and in order. It is empty where there is no such crew or `leaver` isn't in it.
///
/// # Errors
/// When the arrangement has somebody who isn't one of the drivers.
pub fn stand_ins(
    problem: &Problem,
    arrangement: &Arrangement,
    crew: usize,
    leaver: Person,
) -> Result<Vec<StandIn>, BadProblem> {
    let all = arrangement.crews.iter().flat_map(|group| &group.people);
    if let Some(unknown) = all.copied().find(|person| problem.driver(*person).is_none()) {
        return Err(BadProblem::UnknownPerson(unknown));
    }
    let left = arrangement.crews.get(crew).filter(|group| group.people.contains(&leaver));
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

fn stand_in(
    problem: &Problem,
    arrangement: &Arrangement,
    group: &Group,
    (person, driver): (Person, &Driver),
    leaver: Person,
) -> Option<StandIn> {
    let from = source(problem, arrangement, person, driver)?;
    let stay = group.people.iter().copied().filter(|one| *one != leaver);
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
