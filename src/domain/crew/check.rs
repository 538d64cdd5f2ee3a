//! Whether what is said about crews is true, counted again hour by hour and person by person.
//!
//! Nothing here uses what the search or the explanations are made with, so that a mistake in those doesn't hide itself.

mod claims;
mod obstacles;
pub(super) mod recount;

use std::collections::BTreeMap;

use super::{
    evaluate::{Crew, Evaluation},
    explain::{Certainty, LeftOut, Obstacle, Reason, Why},
    problem::{Class, Person, Problem},
    score::Score,
    solve::Proposal,
};

/// Something that isn't as it is said to be, or as it has to be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Untrue {
    /// The bound of a class is less than its score, or the classes' scores don't add up.
    Bound,
    /// What a crew, by its position, is said to be: its car, its people's order, its hours.
    Crew(usize),
    /// A crew, by its position, is illegal though it isn't said to be, or the reverse, or though no pin makes it so.
    Faults(usize),
    /// There are more crews in a class than may be, and no pin makes it so.
    Grid(Class),
    /// Somebody isn't exactly once in a crew or among those left out.
    NotOnce(Person),
    /// An obstacle isn't one, or is less of one.
    Obstacle(Obstacle),
    /// Somebody pinned isn't in their crew.
    Pin(Person),
    /// Why somebody is left out.
    Reason(LeftOut),
    /// The score.
    Score,
    /// Something about a crew, by its position.
    Why(usize, Why),
}

/// All that isn't true of a proposal; empty where everything is. That nobody can be in a legal crew is proven again for classes of up
/// to 12 people only.
#[must_use]
pub fn check(problem: &Problem, proposal: &Proposal) -> Vec<Untrue> {
    let evaluation = &proposal.evaluation;
    let mut untrue = check_evaluation(problem, evaluation);
    let crews = || evaluation.crews.iter().enumerate();
    let is_given_up = |crew: &Crew| {
        let pinned = crew.pinned.and_then(|pin| problem.pinned().get(pin));
        pinned.is_some_and(|group| group.people.iter().all(|one| crew.people.contains(one)))
            && pinned.is_some_and(|group| group.people.len() == crew.people.len())
    };
    let illegal = crews().filter(|(_, crew)| !recount::is_legal(problem, crew.class, crew.car, &crew.people));
    untrue.extend(illegal.filter(|(_, crew)| !is_given_up(crew)).map(|(at, _)| Untrue::Faults(at)));
    for (at, group) in problem.pinned().iter().enumerate() {
        let crew = evaluation.crews.iter().find(|crew| crew.pinned == Some(at) && crew.class == group.class);
        let is_in = |person: &&Person| crew.is_some_and(|crew| crew.people.contains(person));
        untrue.extend(group.people.iter().filter(|one| !is_in(one)).map(|one| Untrue::Pin(*one)));
    }
    untrue.extend(over_grid(problem, evaluation).into_iter().map(Untrue::Grid));
    let sum = proposal.classes.iter().fold(Score::default(), |sum, class| sum + class.score);
    if sum != evaluation.score || proposal.classes.iter().any(|class| class.score > class.bound) {
        untrue.push(Untrue::Bound);
    }
    let is_proven =
        |class| proposal.classes.iter().any(|one| one.class == class && one.score.crewed == one.bound.crewed);
    let unproven = |left: &&LeftOut| {
        let claims = matches!(left.reason, Reason::OthersFirst { certainty: Certainty::Proven, .. });
        claims && !problem.driver(left.person).is_some_and(|driver| is_proven(driver.class))
    };
    untrue.extend(evaluation.left_out.iter().filter(unproven).cloned().map(Untrue::Reason));
    let unproven = |obstacle: &&Obstacle| matches!(obstacle, Obstacle::LeftOver { class, certainty: Certainty::Proven, .. } if !is_proven(*class));
    untrue.extend(evaluation.obstacles.iter().filter(unproven).cloned().map(Untrue::Obstacle));
    untrue
}

/// All that isn't true of what was said about crews; empty where everything is.
#[must_use]
pub fn check_evaluation(problem: &Problem, evaluation: &Evaluation) -> Vec<Untrue> {
    let mut untrue = once(problem, evaluation);
    for (at, crew) in evaluation.crews.iter().enumerate() {
        if !claims::is_described(problem, crew) {
            untrue.push(Untrue::Crew(at));
        }
        let is_legal = recount::is_legal(problem, crew.class, crew.car, &crew.people);
        if is_legal != crew.faults.is_empty() || !claims::are_faults(problem, crew) {
            untrue.push(Untrue::Faults(at));
        }
        let wrong = crew.why.iter().filter(|why| !claims::is_why(problem, evaluation, crew, why));
        untrue.extend(wrong.map(|why| Untrue::Why(at, why.clone())));
    }
    let wrong = evaluation.left_out.iter().filter(|left| !claims::is_reason(problem, left));
    untrue.extend(wrong.cloned().map(Untrue::Reason));
    let wrong = evaluation.obstacles.iter();
    let wrong = wrong.filter(|obstacle| !obstacles::is_obstacle(problem, evaluation, obstacle));
    untrue.extend(wrong.cloned().map(Untrue::Obstacle));
    if recount::score(problem, &evaluation.crews) != evaluation.score {
        untrue.push(Untrue::Score);
    }
    untrue
}

fn once(problem: &Problem, evaluation: &Evaluation) -> Vec<Untrue> {
    let crewed = evaluation.crews.iter().flat_map(|crew| crew.people.iter().copied());
    let mut times: BTreeMap<Person, usize> = (0..problem.drivers().len()).map(|person| (person, 0)).collect();
    for person in crewed.chain(evaluation.left_out.iter().map(|left| left.person)) {
        *times.entry(person).or_insert(2) += 1;
    }
    times.into_iter().filter(|(_, times)| *times != 1).map(|(person, _)| Untrue::NotOnce(person)).collect()
}

/// The classes that have more crews than they may though there is one without pinned people.
fn over_grid(problem: &Problem, evaluation: &Evaluation) -> Vec<Class> {
    let is_over = |class: &Class| {
        let crews = || evaluation.crews.iter().filter(|crew| crew.class == *class);
        let limit = problem.rules().grid.get(class).copied();
        limit.is_some_and(|limit| crews().count() > limit) && crews().any(|crew| crew.pinned.is_none())
    };
    problem.classes().into_iter().filter(is_over).collect()
}
