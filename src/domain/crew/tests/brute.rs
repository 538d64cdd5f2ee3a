//! Every way to crew a few people is tried.

use super::*;
use crate::domain::crew::check::recount;

/// What matters of a crew for the score of its class.
#[derive(Clone, Copy)]
struct Worth {
    is_legal: bool,
    mean: Option<u32>,
    pairs: u32,
    score: Score,
}

struct Brute<'p> {
    best: Option<Score>,
    class: Class,
    free: Vec<Person>,
    /// Of new crews and then of each pinned one: what each set of free people makes with it.
    worth: Vec<Vec<Worth>>,
    most: usize,
    problem: &'p Problem,
}

/// The best score that there is.
fn best(problem: &Problem) -> Score {
    let classes = problem.classes().into_iter();
    classes.map(|class| Brute::new(problem, class).best()).fold(Score::default(), |sum, one| sum + one)
}

impl<'p> Brute<'p> {
    fn new(problem: &'p Problem, class: Class) -> Self {
        let pinned: Vec<&Group> = problem.pinned().iter().filter(|group| group.class == class).collect();
        let is_free = |one: &Person| !problem.pinned().iter().any(|group| group.people.contains(one));
        let free: Vec<Person> = recount::to_crew(problem, class).into_iter().filter(is_free).collect();
        let sets = |base: &[Person], car| {
            let of = |set: usize| (0..free.len()).filter(move |at| set >> at & 1 == 1).map(|at| free[at]);
            let worth = |set| worth(problem, class, car, base.iter().copied().chain(of(set)).collect());
            (0..1 << free.len()).map(worth).collect::<Vec<_>>()
        };
        let mut worth = vec![sets(&[], None)];
        worth.extend(pinned.iter().map(|group| sets(&group.people, group.car)));
        let grid = problem.rules().grid.get(&class).copied().unwrap_or(usize::MAX);
        let most = grid.saturating_sub(pinned.len());
        Self { best: None, class, free, worth, most, problem }
    }

    fn best(mut self) -> Score {
        self.pinned(1, 0, &mut Vec::new());
        self.best.unwrap()
    }

    /// Puts every set of people into each pinned crew, so that it is legal or has nobody else.
    fn pinned(&mut self, at: usize, used: usize, crews: &mut Vec<Worth>) {
        if at == self.worth.len() {
            return self.new_crews(used, self.most, crews);
        }
        for set in 0..1_usize << self.free.len() {
            let worth = self.worth[at][set];
            if set & used == 0 && (set == 0 || worth.is_legal) {
                crews.push(worth);
                self.pinned(at + 1, used | set, crews);
                crews.pop();
            }
        }
    }

    /// Leaves the first person who isn't anywhere yet out, or puts them in every legal crew.
    fn new_crews(&mut self, used: usize, more: usize, crews: &mut Vec<Worth>) {
        let first = 1 << (!used).trailing_zeros();
        if first >= 1 << self.free.len() {
            let score = self.score(crews);
            self.best = self.best.max(Some(score));
            return;
        }
        self.new_crews(used | first, more, crews);
        if more == 0 {
            return;
        }
        let rest = ((1 << self.free.len()) - 1) & !used & !first;
        let mut others = rest;
        loop {
            let set = others | first;
            let worth = self.worth[0][set];
            if worth.is_legal {
                crews.push(worth);
                self.new_crews(used | set, more - 1, crews);
                crews.pop();
            }
            if others == 0 {
                return;
            }
            others = (others - 1) & rest;
        }
    }

    fn score(&self, crews: &[Worth]) -> Score {
        let legal = || crews.iter().filter(|crew| crew.is_legal);
        let spread = |values: Vec<u32>| values.iter().max().unwrap_or(&0) - values.iter().min().unwrap_or(&0);
        let apart = recount::pairs(self.problem, self.class).len();
        Score {
            crewed: legal().map(|crew| crew.score.crewed).sum(),
            split: u32::try_from(apart).unwrap() - crews.iter().map(|crew| crew.pairs).sum::<u32>(),
            rating_spread: spread(legal().filter_map(|crew| crew.mean).collect()) / 100,
            size_spread: spread(legal().map(|crew| crew.score.crewed).collect()),
            slack: legal().map(|crew| crew.score.slack).min().unwrap_or(0),
            preferred: legal().map(|crew| crew.score.preferred).sum(),
        }
    }
}

fn worth(problem: &Problem, class: Class, car: Option<Car>, people: Vec<Person>) -> Worth {
    let together = recount::pairs(problem, class)
        .into_iter()
        .filter(|(one, other)| people.contains(one) && people.contains(other))
        .count();
    let crew = Crew { car, class, people, faults: vec![], hours: vec![], pinned: None, why: vec![] };
    Worth {
        is_legal: recount::is_legal(problem, class, car, &crew.people),
        mean: recount::mean(problem, crew.people.iter().copied()),
        pairs: u32::try_from(together).unwrap(),
        score: recount::of_class(problem, class, &[crew]),
    }
}

fn is_best(problem: &Problem) {
    let proposal = propose(problem, Budget::default());
    assert!(proposal.is_optimal(), "{:?} of {:?}", proposal.evaluation.score, proposal.bound());
    assert_eq!(proposal.evaluation.score, best(problem));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_is_better(problem in small()) {
        is_best(&problem);
    }

    #[test]
    fn no_bound_is_exceeded_and_none_exceeds_a_better_one(problem in small(), steps in 0..200_u64) {
        let hasty = propose(&problem, Budget { steps, ..Budget::default() });
        let best = best(&problem);
        prop_assert!(hasty.steps <= steps);
        prop_assert!(hasty.evaluation.score <= best && best <= hasty.bound());
        prop_assert_eq!(check(&problem, &hasty), []);
    }

    #[test]
    fn the_order_of_the_input_makes_no_difference(
        (problem, order) in small().prop_flat_map(|problem| {
            let order: Vec<Person> = (0..problem.drivers().len()).collect();
            (Just(problem), Just(order).prop_shuffle())
        }),
    ) {
        let mut drivers: Vec<Driver> = order.iter().map(|old| problem.drivers()[*old].clone()).collect();
        let new = |old: Person| order.iter().position(|one| *one == old).unwrap();
        drivers.iter_mut().flat_map(|driver| &mut driver.partners).for_each(|one| *one = new(*one));
        let pins = problem.pinned().iter().rev().map(|group| {
            Group { people: group.people.iter().map(|one| new(*one)).collect(), ..group.clone() }
        });
        let other = Problem::new(problem.hours(), drivers, problem.rules().clone(), pins.collect()).unwrap();
        let (one, other) = (propose(&problem, Budget::default()), propose(&other, Budget::default()));
        prop_assert_eq!(one.evaluation.score, other.evaluation.score);
        prop_assert_eq!(one.bound(), other.bound());
    }
}

#[test]
fn nothing_is_better_than_what_is_found_for_nine_who_can_always_drive() {
    let drivers = (0..9)
        .map(|at| Driver { partners: vec![(at * 4 + 1) % 9], ..driver("aapa", 1000 + 130 * at as u16) });
    let drivers: Vec<Driver> = drivers.collect();
    for (min, max) in [(1, 9), (2, 4), (3, 3), (4, 4), (5, 8)] {
        is_best(&Problem::new(4, drivers.clone(), rules(min, max), Vec::new()).unwrap());
    }
}

#[test]
fn nothing_is_better_than_what_is_found_for_two_cars_and_people_for_any() {
    let texts = ["aann", "nnaa", "aaan", "nnpp", "ppnn", "aaaa", "a??a", "naan", "annp"];
    let drivers = texts.iter().zip(0_u16..).map(|(text, at)| Driver {
        car: [Some(Car(0)), Some(Car(1)), None][usize::from(at) % 3],
        partners: vec![(usize::from(at) + 1) % 9],
        ..driver(text, 900 + at * at * 40)
    });
    let drivers: Vec<Driver> = drivers.collect();
    for drivers_awake in 0..=2 {
        let awake = Awake { capped: false, drivers: drivers_awake };
        let pins = if drivers_awake == 1 { vec![group(&[0, 3])] } else { Vec::new() };
        is_best(&Problem::new(4, drivers.clone(), Rules { awake, ..rules(2, 5) }, pins).unwrap());
    }
}
