//! What has to be driven yet.

use super::{Now, Owed, Warning, mean_lap};
use crate::domain::stint::{
    problem::{Length, Person},
    rules::{Among, Rule},
    time::Ms,
};

/// How many times as long as another lap of the same driver a lap can take.
const PACES: i64 = 4;

/// What each still has to drive, and whether there is time for all of it.
pub(super) fn owed(now: &Now) -> Vec<Warning> {
    let (mut warnings, mut needed) = (Vec::new(), Ms::ZERO);
    for person in now.problem.drivers() {
        let owed = of(now, person);
        let takes = |(_, owed, _): &(Rule, Owed, bool)| takes(now, person, *owed);
        needed = needed + owed.iter().map(takes).max().unwrap_or_default();
        warnings.extend(owed.iter().map(|one| {
            let (rule, owed, is_too_late) = *one;
            if is_too_late {
                return Warning::TooLate { owed, person, rule };
            }
            let latest = (now.end - takes(one)).max(now.road.at);
            Warning::Owes { latest, owed, person, rule }
        }));
    }
    let left = now.left();
    if needed > left {
        warnings.push(Warning::NotAll { left, needed });
    }
    warnings
}

/// What somebody still has to drive by which rule, and whether they can't any more.
fn of(now: &Now, person: Person) -> Vec<(Rule, Owed, bool)> {
    let rules = now.problem.ruleset();
    let driver = now.problem.person(person);
    let is_declared = driver.is_some_and(|one| one.declared);
    let is_timed = matches!(now.problem.race().length, Length::Time(_));
    let mut owed = Vec::from_iter(fair_share(now, person, is_declared));
    let stints = now.drives(person).count();
    let least = rules.min_stints.filter(|_| is_declared).map_or(0, |least| usize::from(least.get()));
    if stints < least {
        let missing = least - stints;
        // All but the last take a lap and a stop.
        let lap = now.problem.lap(person, now.road.at);
        let others = u32::try_from(missing - 1).unwrap_or(u32::MAX);
        let shortest = Ms::millis(lap.as_millis() / PACES);
        let is_too_late = is_timed && (now.problem.race().pit + shortest).times(others) > now.left();
        owed.push((Rule::MinStints, Owed::Stints(missing), is_too_late));
    }
    for (at, time) in rules.driving_time.iter().enumerate().filter(|_| is_declared) {
        let is_meant = time.class.is_none_or(|class| now.problem.race().class == Some(class))
            && time.grade.is_none_or(|grade| driver.is_some_and(|one| one.grade == Some(grade)));
        let least = time.min.filter(|_| is_meant).map_or(Ms::ZERO, Ms::from);
        let missing = least - now.time(person);
        if missing > Ms::ZERO {
            // The last lap may begin just before the end.
            let lap = now.problem.lap(person, now.road.at).times(4);
            let is_too_late = is_timed && missing > now.left() + lap;
            owed.push((Rule::DrivingTimeMin(at), Owed::Time(missing), is_too_late));
        }
    }
    owed
}

fn fair_share(now: &Now, person: Person, is_declared: bool) -> Option<(Rule, Owed, bool)> {
    let rules = now.problem.ruleset();
    let drove = now.who_drove();
    let (people, most_people) = match rules.fair_share?.among {
        Among::Declared => is_declared.then(|| now.problem.declared().count()).map(|all| (all, all))?,
        Among::Driving => drove.contains(&person).then_some((drove.len(), now.problem.people().len()))?,
    };
    let to_come = now.laps_to_come();
    let laps = now.laps(person);
    let missing = rules.fair_laps(now.road.laps + to_come, people).saturating_sub(laps);
    // Nothing is better for their share than to drive all the rest, without a stop; more drivers make the share less.
    let possible = now.road.laps_to_end(now.problem, person);
    let least = rules.fair_laps(now.road.laps + possible, most_people);
    let is_too_late = laps + possible < least;
    (missing > 0).then_some((Rule::FairShare, Owed::Laps(missing), is_too_late))
}

/// How long it takes somebody to drive that, the stops among it included.
fn takes(now: &Now, person: Person, owed: Owed) -> Ms {
    let lap = now.problem.lap(person, now.road.at);
    let (laps, stints) = match owed {
        Owed::Laps(laps) => (laps, 1),
        Owed::Stints(stints) => {
            let stints = u32::try_from(stints).unwrap_or(u32::MAX);
            (stints, stints)
        }
        Owed::Time(time) => {
            (u32::try_from(time.as_millis() / lap.as_millis().max(1)).unwrap_or(u32::MAX) + 1, 1)
        }
    };
    let stops = laps.div_ceil(now.road.longest(now.problem, person).max(1)).max(stints).saturating_sub(1);
    lap.times(laps) + now.problem.race().pit.times(stops)
}

/// What the car as a whole still has to have.
pub(super) fn car(now: &Now) -> Vec<Warning> {
    let rules = now.problem.ruleset();
    let mut warnings = Vec::new();
    let each = mean_lap(now.problem, now.road.at) + now.problem.race().pit;
    let before_end = |times: usize| {
        let takes = each.times(u32::try_from(times).unwrap_or(u32::MAX));
        (now.end - takes).max(now.road.at)
    };
    let least = rules.min_drivers.map_or(0, |least| usize::from(least.get()));
    let missing = least.saturating_sub(now.who_drove().len());
    if missing > 0 {
        warnings.push(Warning::Drivers { latest: before_end(1), missing });
    }
    let least = rules.min_stops.map_or(0, |least| usize::from(least.get()));
    let missing = least.saturating_sub(now.plan.stints.len());
    if missing > 0 {
        warnings.push(Warning::Stops { latest: before_end(missing), missing });
    }
    warnings
}
