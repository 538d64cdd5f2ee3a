//! Whether somebody can be in a legal crew at all.

use super::Meter;
use crate::domain::crew::{
    cover::Cover,
    problem::{Car, Class, Group, Person, Problem, share},
    score::Tally,
};

/// What became of looking for a legal crew.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::domain::crew) enum Reach {
    /// Here is one.
    Found(Vec<Person>),
    /// There is none.
    Nothing,
    /// The steps didn't suffice to say.
    Unknown,
}

/// A legal crew with somebody who is to be crewed, where pinned people stay in their crews.
pub(in crate::domain::crew) fn crew_with(problem: &Problem, person: Person, steps: u64) -> Reach {
    let Some(class) = problem.driver(person).map(|driver| driver.class) else { return Reach::Nothing };
    if let Some(group) = problem.pin_of(person).and_then(|pin| problem.pinned().get(pin)) {
        return completed(problem, group, None, steps);
    }
    let free: Vec<Person> = free(problem, class).collect();
    let alone = crew_of(problem, None, &[person], &free, steps);
    if matches!(alone, Reach::Found(_)) {
        return alone;
    }
    let pinned = problem.pinned().iter().filter(|group| group.class == class);
    let joined = pinned.map(|group| completed(problem, group, Some(person), steps));
    joined.fold(alone, |best, next| match (&best, &next) {
        (Reach::Found(_), _) | (Reach::Unknown, Reach::Nothing) => best,
        _ => next,
    })
}

/// A legal crew of a pinned group and others, `with` among them.
pub(in crate::domain::crew) fn completed(
    problem: &Problem,
    group: &Group,
    with: Option<Person>,
    steps: u64,
) -> Reach {
    let base: Vec<Person> = group.people.iter().copied().chain(with).collect();
    if Tally::of(problem, group.class, group.car, base.iter().copied(), None).is_mixed {
        return Reach::Nothing;
    }
    let free: Vec<Person> = free(problem, group.class).collect();
    crew_of(problem, group.car, &base, &free, steps)
}

/// A legal crew of `base`, who can be in one together, and some of `others`.
pub(in crate::domain::crew) fn crew_of(
    problem: &Problem,
    car: Option<Car>,
    base: &[Person],
    others: &[Person],
    steps: u64,
) -> Reach {
    let others: Vec<Person> = others.iter().copied().filter(|other| !base.contains(other)).collect();
    let able = base.iter().filter_map(|person| problem.driver(*person)).map(|one| one.answers.able());
    let car = car.or_else(|| base.iter().find_map(|person| problem.driver(*person)?.car));
    let mut search = Search { crew: base.to_vec(), meter: Meter::new(steps), problem };
    search.grow(car, Cover::of(able), others)
}

/// Who of a class is to be crewed and isn't pinned.
fn free(problem: &Problem, class: Class) -> impl Iterator<Item = Person> {
    problem.to_crew(class).map(|(person, _)| person).filter(|person| problem.pin_of(*person).is_none())
}

struct Search<'p> {
    crew: Vec<Person>,
    meter: Meter,
    problem: &'p Problem,
}

impl Search<'_> {
    /// Adds some of `others` to the crew, which drives `car`, until it is legal.
    fn grow(&mut self, car: Option<Car>, cover: Cover, mut others: Vec<Person>) -> Reach {
        if !self.meter.step() {
            return Reach::Unknown;
        }
        let (rules, hours, size) = (self.problem.rules(), self.problem.all_hours(), self.crew.len());
        let needed = rules.awake.needed(size.max(rules.sizes.min()));
        let lacking = cover.lacking(needed, hours);
        let Some(seats) = rules.sizes.max().checked_sub(size) else { return Reach::Nothing };
        if size >= rules.sizes.min() && lacking == 0 {
            return Reach::Found(self.crew.clone());
        }
        if seats == 0 || cover.lacking(needed.saturating_sub(seats), hours) != 0 {
            return Reach::Nothing;
        }
        let able =
            |problem: &Problem, other: Person| problem.driver(other).map_or(0, |one| one.answers.able());
        let choice = |problem: &Problem, other: Person| problem.driver(other).and_then(|one| one.car);
        others.retain(|other| share(car, choice(self.problem, *other)));
        // Somebody has to drive in the hour in which the fewest can.
        let in_hour =
            |hour: &u32| others.iter().filter(|one| able(self.problem, **one) >> hour & 1 == 1).count();
        let hour = (0..64).filter(|hour| lacking >> hour & 1 == 1).min_by_key(in_hour);
        let drives = |one: &Person| hour.is_none_or(|hour| able(self.problem, *one) >> hour & 1 == 1);
        let mut next: Vec<Person> = others.iter().copied().filter(drives).collect();
        next.sort_by_key(|one| ((lacking & !able(self.problem, *one)).count_ones(), *one));
        for one in next {
            others.retain(|other| *other != one);
            let mut cover = cover;
            cover.add(able(self.problem, one));
            self.crew.push(one);
            let reach = self.grow(car.or(choice(self.problem, one)), cover, others.clone());
            self.crew.pop();
            if reach != Reach::Nothing {
                return reach;
            }
        }
        Reach::Nothing
    }
}
