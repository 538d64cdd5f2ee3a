//! How far some stints are from legal, as one number: fast, for the search. [`check`](super::check()) says the same in full.

use super::{
    plan::Stint,
    problem::{Length, Person, Problem},
    rules::{Among, Excess},
    time::{Ms, Span},
    violation::Violation,
};

/// Whether stints are all there are, or more may follow.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Extent {
    /// All.
    Whole,
    /// More follow: only what they can't mend counts.
    Begun,
}

/// What somebody does in some stints.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) laps: u32,
    pub(super) spotted: u32,
    pub(super) stints: u32,
    pub(super) time: Ms,
    duty: Ms,
}

/// What each does, by person.
pub(super) type Tallies = [Tally; Problem::MOST_PEOPLE];

pub(super) fn tallies(stints: &[Stint]) -> Tallies {
    let mut tallies = Tallies::default();
    for stint in stints {
        let time = stint.time();
        if let Some(tally) = tallies.get_mut(stint.driver) {
            tally.laps += stint.laps;
            tally.stints += 1;
            tally.time = tally.time + time;
            tally.duty = tally.duty + time;
        }
        if let Some(tally) = stint.spotter.and_then(|spotter| tallies.get_mut(spotter)) {
            tally.spotted += 1;
            tally.duty = tally.duty + time;
        }
    }
    tallies
}

/// How far from legal: the [weights](Violation::weight) of all violations. Stints that have been driven are legal by themselves.
pub(super) fn illegal(problem: &Problem, stints: &[Stint], tallies: &Tallies, extent: Extent) -> u64 {
    let people = (0..problem.people().len()).zip(tallies);
    let single: u64 =
        (0..).zip(stints).skip(problem.driven()).map(|(_, stint)| of_stint(problem, stint)).sum();
    let person: u64 = people.map(|(person, tally)| of_person(problem, stints, person, tally, extent)).sum();
    single + person + of_runs(problem, stints) + of_car(problem, stints, tallies, extent)
}

const EACH: u64 = Violation::EACH;

fn over(time: Ms, most: Ms) -> u64 {
    if time > most { EACH + u64::from((time - most).begun_minutes()) } else { 0 }
}

fn tens(excess: u64) -> u64 {
    if excess > 0 { EACH + 10 * excess } else { 0 }
}

fn laps(excess: u32) -> u64 {
    if excess > 0 { EACH + u64::from(excess) } else { 0 }
}

fn of_stint(problem: &Problem, stint: &Stint) -> u64 {
    let rules = problem.ruleset();
    let absent = |person: Person| {
        let no = problem.person(person).map_or(Ms::ZERO, |one| one.answers.about(stint.span()).no);
        if no > problem.race().grace { over(no, Ms::ZERO) } else { 0 }
    };
    let role = |person: Person| problem.person(person).map(|one| one.role);
    let mut weight = absent(stint.driver);
    if role(stint.driver).is_none_or(|role| !role.drives()) {
        weight += EACH;
    }
    if let Some(spotter) = stint.spotter {
        if spotter != stint.driver {
            weight += absent(spotter);
        } else if rules.no_spotting_driver {
            weight += EACH;
        }
        if role(spotter).is_none_or(|role| !role.spots()) {
            weight += EACH;
        }
    }
    weight + rules.stint_clock.map_or(0, |most| over(stint.time(), most.into()))
}

/// What stints by one driver in a row, and the rest between, come to.
fn of_runs(problem: &Problem, stints: &[Stint]) -> u64 {
    let rules = problem.ruleset();
    if rules.continuous.is_none() && rules.rest.is_none() {
        return 0;
    }
    let mut ends = [None; Problem::MOST_PEOPLE];
    let (mut weight, mut at) = (0, 0);
    for run in stints.chunk_by(|one, next| one.driver == next.driver) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let end = ends.get_mut(first.driver);
        if at + run.len() > problem.driven() {
            weight += rules.continuous.map_or(0, |most| over(last.end - first.start, most.into()));
        }
        if let (true, Some(least), Some(Some(end))) = (at >= problem.driven(), rules.rest, &end) {
            weight += over(least.into(), first.start - *end);
        }
        if let Some(end) = end {
            *end = Some(last.end);
        }
        at += run.len();
    }
    weight
}

fn of_person(problem: &Problem, stints: &[Stint], person: Person, tally: &Tally, extent: Extent) -> u64 {
    let (rules, driver) = (problem.ruleset(), problem.person(person));
    let is_declared = driver.is_some_and(|one| one.declared && one.role.drives());
    let mut weight = 0;
    if rules.declared_only && tally.stints > 0 && !is_declared {
        weight += EACH;
    }
    for time in &rules.driving_time {
        let is_meant = time.class.is_none_or(|class| problem.race().class == Some(class))
            && time.grade.is_none_or(|grade| driver.is_some_and(|one| one.grade == Some(grade)));
        if !is_meant {
            continue;
        }
        weight += time.max.map_or(0, |most| over(tally.time, most.into()));
        if is_declared && extent == Extent::Whole {
            weight += time.min.map_or(0, |least| over(least.into(), tally.time));
        }
    }
    for window in &rules.windows {
        let mine = |stint: &Stint| stint.driver == person;
        weight += over(busiest(problem, stints, window.within.into(), mine), window.max.into());
    }
    if let Some(duty) = rules.duty {
        let mine = |stint: &Stint| stint.driver == person || stint.spotter == Some(person);
        let time = duty.within.map_or(tally.duty, |within| busiest(problem, stints, within.into(), mine));
        weight += over(time, duty.max.into());
    }
    if extent == Extent::Begun && matches!(problem.race().length, Length::Laps(_)) {
        return weight;
    }
    weight + time_share(problem, stints, tally)
}

fn time_share(problem: &Problem, stints: &[Stint], tally: &Tally) -> u64 {
    let (Some(rule), length) = (problem.ruleset().time_share, problem.race_time(stints)) else { return 0 };
    let is_long = length > rule.beyond.into();
    if is_long { over(tally.time, length.percent(rule.percent.get())) } else { 0 }
}

/// How long the busiest time of some length is that has part of a stint to come in it: of those that begin with a stint.
fn busiest(problem: &Problem, stints: &[Stint], within: Ms, is_mine: impl Fn(&Stint) -> bool) -> Ms {
    let of = |from: usize, start: Ms| {
        let window = Span::new(start, start + within);
        let mut is_to_come = false;
        let mut time = Ms::ZERO;
        for (at, stint) in (from..).zip(stints.iter().skip(from)).filter(|(_, stint)| is_mine(stint)) {
            let part = window.overlap(stint.span());
            if part == Ms::ZERO {
                break;
            }
            is_to_come |= at >= problem.driven();
            time = time + part;
        }
        if is_to_come { time } else { Ms::ZERO }
    };
    let starts = (0..).zip(stints).filter(|(_, stint)| is_mine(stint));
    starts.map(|(at, stint)| of(at, stint.start)).max().unwrap_or_default()
}

fn of_car(problem: &Problem, stints: &[Stint], tallies: &Tallies, extent: Extent) -> u64 {
    let rules = problem.ruleset();
    let drivers = || tallies.iter().filter(|tally| tally.stints > 0).count();
    let excess = |number: usize, most: u16| (number as u64).saturating_sub(u64::from(most));
    let lack = |least: u16, number: usize| u64::from(least).saturating_sub(number as u64);
    let mut weight = rules.max_drivers.map_or(0, |most| tens(excess(drivers(), most.get())));
    if let Some(most) = rules.tyre_sets {
        let sets = stints.iter().filter(|stint| stint.is_on_new_tyres).count();
        weight += tens(excess(sets, most.get()));
    }
    if let (true, Some(qualifier), Some(first)) =
        (rules.qualifier_starts, problem.race().qualifier, stints.first())
    {
        weight += if first.driver == qualifier { 0 } else { EACH };
    }
    if extent == Extent::Whole || matches!(problem.race().length, Length::Time(_)) {
        weight += awake(problem, stints);
    }
    if extent == Extent::Begun {
        return weight;
    }
    weight += rules.min_drivers.map_or(0, |least| tens(lack(least.get(), drivers())));
    weight += rules.min_stops.map_or(0, |least| tens(lack(least.get(), stints.len().saturating_sub(1))));
    weight + shares(problem, tallies)
}

fn shares(problem: &Problem, tallies: &Tallies) -> u64 {
    let rules = problem.ruleset();
    let total: u32 = tallies.iter().map(|tally| tally.laps).sum();
    let mut weight = 0;
    if rules.max_share.is_some_and(|rule| rule.excess == Excess::Forbidden) {
        let most = rules.most_laps(total);
        weight += tallies.iter().map(|tally| laps(tally.laps.saturating_sub(most))).sum::<u64>();
    }
    let declared = || problem.declared().filter_map(|person| tallies.get(person));
    let driving = || tallies.iter().filter(|tally| tally.stints > 0);
    weight += match rules.fair_share.map(|rule| rule.among) {
        Some(Among::Declared) => {
            let least = rules.fair_laps(total, declared().count());
            declared().map(|tally| laps(least.saturating_sub(tally.laps))).sum()
        }
        Some(Among::Driving) => {
            let least = rules.fair_laps(total, driving().count());
            driving().map(|tally| laps(least.saturating_sub(tally.laps))).sum()
        }
        None => 0,
    };
    let each = rules.min_stints.map_or(0, |each| u32::from(each.get()));
    weight + declared().map(|tally| tens(u64::from(each.saturating_sub(tally.stints)))).sum::<u64>()
}

fn awake(problem: &Problem, stints: &[Stint]) -> u64 {
    let Some(needed) = problem.ruleset().min_awake else { return 0 };
    let lack = |hour: Span| u64::from(needed.get()).saturating_sub(problem.awake(hour) as u64);
    problem.hours(problem.race_time(stints)).map(|hour| tens(lack(hour))).sum()
}

impl Problem {
    /// How long the race is: as it was said, or until the last stint ends.
    pub(super) fn race_time(&self, stints: &[Stint]) -> Ms {
        match self.race().length {
            Length::Time(time) => time,
            Length::Laps(_) => stints.last().map_or(Ms::ZERO, |last| last.end),
        }
    }

    /// The hours from green flag on, as far as they are to come.
    pub(super) fn hours(&self, until: Ms) -> impl Iterator<Item = Span> + use<> {
        let from = self.progress().next;
        let hours = (0..).map(|hour| Span::new(Ms::hours(hour), Ms::hours(hour + 1)));
        let hours = hours.skip_while(move |hour| hour.to <= from).take_while(move |hour| hour.from < until);
        hours.map(move |hour| Span::new(hour.from.max(from), hour.to.min(until)))
    }

    /// How many people aren't absent in an hour.
    pub(super) fn awake(&self, hour: Span) -> usize {
        self.people().iter().filter(|one| one.answers.about(hour).no <= self.race().grace).count()
    }
}
