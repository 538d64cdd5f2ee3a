//! Why each stint is its driver's.

use super::{Bar, Because, Other, Why};
use crate::domain::stint::{
    check::check,
    plan::{Leg, Plan, Stint},
    problem::{Person, Problem},
    roll::fitted,
    score::Score,
    time::Ms,
    violation::Violation,
};

/// Why the stints to come are as they are.
pub(crate) fn why(problem: &Problem, plan: &Plan) -> Vec<Why> {
    (plan.driven..plan.stints.len()).filter_map(|stint| why_one(problem, plan, stint)).collect()
}

fn why_one(problem: &Problem, plan: &Plan, stint: usize) -> Option<Why> {
    let driver = plan.stints.get(stint)?.driver;
    let others = others(problem, plan, stint);
    let mut because = Vec::new();
    if !others.iter().any(|other| other.bar.is_legal()) {
        because.push(Because::OnlyOne);
    }
    because.extend(own(problem, plan, stint));
    let needed = others.iter().filter_map(|other| match &other.bar {
        Bar::Violations(violations) => {
            violations.iter().find(|one| is_lack(one) && one.person() == Some(driver))
        }
        _ => None,
    });
    because.extend(needed.copied().next().map(Because::Needed));
    Some(Why { because, others })
}

const fn is_lack(violation: &Violation) -> bool {
    use Violation::{DrivingTimeMin, FairShare, MinStints};
    matches!(violation, DrivingTimeMin { .. } | FairShare { .. } | MinStints { .. })
}

/// What of the driver's own speaks for a stint.
fn own(problem: &Problem, plan: &Plan, at: usize) -> Vec<Because> {
    let Some(stint) = plan.stints.get(at) else { return Vec::new() };
    let Some(driver) = problem.person(stint.driver) else { return Vec::new() };
    let told = driver.answers.about(stint.span());
    let is_theirs = |at: Option<usize>| {
        at.and_then(|at| plan.stints.get(at)).is_some_and(|other| other.driver == stint.driver)
    };
    let goes_on = is_theirs(at.checked_sub(1));
    let before = plan.stints.iter().take(at).rev().find(|other| other.driver == stint.driver);
    let rested =
        before.filter(|_| !goes_on && problem.ruleset().rest.is_some()).map(|last| stint.start - last.end);
    let rested = rested.filter(|time| problem.ruleset().rest.is_some_and(|least| *time >= least.into()));
    let said = [
        (Because::Preferred, told.preferred.times(2) >= stint.time()),
        (Because::LikesStart, driver.likes.start && at == 0),
        (Because::LikesNight, driver.likes.night && problem.is_night(stint.span())),
        (Because::LikesDoubles, driver.likes.doubles && (goes_on || is_theirs(at.checked_add(1)))),
        (Because::Rested(rested.unwrap_or_default()), rested.is_some()),
        (Because::Unanswered, told.unanswered > Ms::ZERO),
    ];
    said.into_iter().filter(|(_, is_so)| *is_so).map(|(because, _)| because).collect()
}

/// What comes of it when each other who drives takes a stint to come, everything else as it is. Those who can come first, the best
/// before others.
pub(crate) fn others(problem: &Problem, plan: &Plan, stint: usize) -> Vec<Other> {
    let score = Score::of(problem, plan);
    let before = check(problem, plan);
    let Some(now) = plan.stints.get(stint).filter(|_| stint >= plan.driven) else { return Vec::new() };
    let people = problem.drivers().filter(|person| *person != now.driver);
    let mut others: Vec<(Score, Other)> = people
        .map(|person| {
            let with = given(problem, plan, stint, person);
            let after = Score::of(problem, &with);
            let new = new_in(&before, &check(problem, &with));
            let bar = match score.differs_in(&after) {
                _ if !new.is_empty() => Bar::Violations(new),
                None => Bar::Equal,
                Some(level) if after < score => Bar::None(level),
                Some(level) => Bar::Worse(level),
            };
            (after, Other { bar, person })
        })
        .collect();
    others.sort_by_key(|(score, other)| (!other.bar.is_legal(), *score, other.person));
    others.into_iter().map(|(_, other)| other).collect()
}

/// The plan in which somebody else drives a stint. Who would have spotted for them, if it is the same, is left off.
pub(crate) fn given(problem: &Problem, plan: &Plan, stint: usize, person: Person) -> Plan {
    let mut legs = as_long(problem, plan);
    if let Some(leg) = stint.checked_sub(plan.driven).and_then(|at| legs.get_mut(at)) {
        leg.driver = person;
        leg.spotter = leg.spotter.filter(|spotter| *spotter != person);
    }
    fitted(problem, &legs)
}

/// What is decided about a plan's stints, where those that are as long as can be stay so whoever drives.
pub(crate) fn as_long(problem: &Problem, plan: &Plan) -> Vec<Leg> {
    let leg = |(at, stint): (usize, &Stint)| {
        let road = crate::domain::stint::roll::Road::before(plan, at);
        let is_longest = road.is_none_or(|road| road.longest(problem, stint.driver) <= stint.laps);
        Leg { driver: stint.driver, laps: Some(stint.laps).filter(|_| !is_longest), spotter: stint.spotter }
    };
    plan.to_come().iter().enumerate().map(leg).collect()
}

/// What is wrong now and wasn't, or not as much.
fn new_in(before: &[Violation], after: &[Violation]) -> Vec<Violation> {
    let is_new = |one: &&Violation| {
        let what = |one: &Violation| (std::mem::discriminant(one), one.rule(), one.person(), one.stint());
        // Times move with the driver; what was as wrong before isn't theirs.
        !before.iter().any(|old| what(old) == what(one) && old.weight() >= one.weight())
    };
    after.iter().filter(is_new).copied().collect()
}
