//! A class as the search sees it.

use super::reach::{Reach, completed, crew_with};
use crate::domain::crew::{
    explain::PATIENCE,
    problem::{Class, Group, Person, Problem},
};

/// A class, without those whom no crew can be legal with.
pub(super) struct Field<'p> {
    pub(super) class: Class,
    /// Who can be moved, those who can drive least first.
    pub(super) free: Vec<Person>,
    /// How many crews there may be besides the pinned ones.
    pub(super) new_crews: usize,
    /// How many wanted pairs the class has.
    pub(super) pairs: usize,
    pub(super) pinned: Vec<Pinned<'p>>,
    pub(super) problem: &'p Problem,
}

/// A pinned crew.
pub(super) struct Pinned<'p> {
    /// Whether it may become legal.
    pub(super) is_open: bool,
    pub(super) group: &'p Group,
}

impl<'p> Field<'p> {
    pub(super) fn new(problem: &'p Problem, class: Class) -> Self {
        let groups = problem.pinned().iter().filter(|group| group.class == class);
        let is_open = |group| completed(problem, group, None, PATIENCE) != Reach::Nothing;
        let pinned: Vec<_> = groups.map(|group| Pinned { is_open: is_open(group), group }).collect();
        let unpinned = problem.to_crew(class).filter(|(person, _)| problem.pin_of(*person).is_none());
        let mut free: Vec<_> =
            unpinned.filter(|(person, _)| crew_with(problem, *person, PATIENCE) != Reach::Nothing).collect();
        // By what they are and not by where they stand, so that the order of the input hardly matters.
        free.sort_by_key(|(person, driver)| {
            let able = driver.answers.able() & problem.all_hours();
            let wanted = problem.wanted(*person).len();
            (able.count_ones(), driver.car, driver.rating, driver.answers, wanted, *person)
        });
        Self {
            class,
            free: free.into_iter().map(|(person, _)| person).collect(),
            new_crews: problem.grid(class).saturating_sub(pinned.len()),
            pairs: problem.pairs(class),
            pinned,
            problem,
        }
    }

    /// What share of the search it gets.
    pub(super) fn weight(&self) -> u64 {
        u64::try_from(1 + self.free.len() + self.pinned.len()).unwrap_or(u64::MAX)
    }

    /// Everybody who may end up in a legal crew.
    pub(super) fn hopeful(&self) -> impl Iterator<Item = Person> {
        let open = self.pinned.iter().filter(|pinned| pinned.is_open);
        self.free.iter().copied().chain(open.flat_map(|pinned| pinned.group.people.iter().copied()))
    }
}
