//! Why a crew is as it is.

use super::{Apart, Why};
use crate::domain::crew::{
    answers::Span,
    cover::Cover,
    evaluate::Crew,
    problem::{Class, Driver, Person, Place, Problem, share},
    score::mean,
};

/// What there is to say about one of these crews.
pub(in crate::domain::crew) fn why(problem: &Problem, crews: &[Crew], crew: &Crew) -> Vec<Why> {
    let mut why = partners(problem, crews, crew);
    why.extend(car(problem, crew));
    why.extend(covered(problem, crew));
    why.extend(rating(problem, crew));
    why.extend(relies_on_unanswered(problem, crew));
    why
}

fn drivers<'p>(problem: &'p Problem, crew: &Crew) -> impl Iterator<Item = (Person, &'p Driver)> + Clone {
    let people = crew.people.clone();
    people.into_iter().filter_map(|person| Some((person, problem.driver(person)?)))
}

fn partners(problem: &Problem, crews: &[Crew], crew: &Crew) -> Vec<Why> {
    let wants = |one: &Driver, other: Person| one.partners.contains(&other);
    let (mut together, mut apart) = (Vec::new(), Vec::new());
    for (person, driver) in drivers(problem, crew) {
        for (other, with) in drivers(problem, crew).filter(|(other, _)| person < *other) {
            if wants(driver, other) || wants(with, person) {
                together.push(Why::Together(person, other));
            }
        }
        let mut partners = driver.partners.clone();
        partners.sort_unstable();
        partners.dedup();
        let gone = partners.into_iter().filter(|partner| !crew.people.contains(partner));
        for (partner, other) in gone.filter_map(|partner| Some((partner, problem.driver(partner)?))) {
            let is_crewed = crews.iter().any(|crew| crew.people.contains(&partner));
            let because = match () {
                () if other.class != driver.class => Apart::OtherClass,
                () if other.place != Place::In => Apart::NoPlace,
                () if !share(other.car, driver.car) => Apart::OtherCar,
                () if !is_crewed => Apart::LeftOut,
                () => Apart::OtherCrew,
            };
            apart.push(Why::Apart { person, partner, because });
        }
    }
    together.extend(apart);
    together
}

fn car(problem: &Problem, crew: &Crew) -> Option<Why> {
    let car = crew.car?;
    let chosen = |choice| drivers(problem, crew).filter(|(_, driver)| driver.car == choice).count();
    Some(Why::Car { car, chosen_by: chosen(Some(car)), any: chosen(None) })
}

fn covered(problem: &Problem, crew: &Crew) -> Option<Why> {
    let able = crew.hours.iter().map(|hour| hour.able).min()?;
    let from = crew.hours.iter().position(|hour| hour.able == able)?;
    let len = crew.hours.iter().skip(from).take_while(|hour| hour.able == able).count();
    let needed = problem.rules().awake.needed(crew.people.len());
    Some(Why::Covered { hours: Span { from, to: from + len }, able, needed })
}

fn rating(problem: &Problem, crew: &Crew) -> Option<Why> {
    let of = |ratings: &mut dyn Iterator<Item = u16>| {
        let (sum, number) = ratings.fold((0, 0), |(sum, number), one| (sum + u32::from(one), number + 1));
        mean(sum, number)
    };
    let mean = of(&mut drivers(problem, crew).filter_map(|(_, driver)| driver.rating))?;
    Some(Why::Rating { mean, class_mean: class_mean(problem, crew.class, of).unwrap_or(mean) })
}

fn class_mean(
    problem: &Problem,
    class: Class,
    of: impl Fn(&mut dyn Iterator<Item = u16>) -> Option<u32>,
) -> Option<u32> {
    of(&mut problem.to_crew(class).filter_map(|(_, driver)| driver.rating))
}

fn relies_on_unanswered(problem: &Problem, crew: &Crew) -> Option<Why> {
    let needed = problem.rules().awake.needed(crew.people.len());
    let lacking = |mask: fn(&Driver) -> u64| {
        Cover::of(drivers(problem, crew).map(|(_, driver)| mask(driver))).lacking(needed, problem.all_hours())
    };
    let hours = lacking(|driver| driver.answers.said_able()) & !lacking(|driver| driver.answers.able());
    let silent =
        drivers(problem, crew).filter(|(_, one)| hours & one.answers.able() & !one.answers.said_able() != 0);
    let people: Vec<Person> = silent.map(|(person, _)| person).collect();
    (hours != 0).then(|| Why::ReliesOnUnanswered { hours: Span::all(hours), people })
}
