//! When stints are: each follows from those before.

use super::{
    plan::{Driven, Leg, Plan, Stint},
    problem::{Fuel, Length, Person, Problem},
    rules::Among,
    time::{Ms, Span},
};

/// How many places short of its end a stint may be brought to an end.
const MOST_CUTS: usize = 3;

/// Where a race is after some stints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Road {
    /// When the next stint starts.
    pub(super) at: Ms,
    /// How many laps have been driven.
    pub(super) laps: u32,
    /// How many laps the set of tyres on the car has driven.
    set: u32,
    /// How many stints have been.
    pub(super) stints: usize,
}

impl Road {
    /// After what has been driven, and that as stints.
    pub(super) fn new(problem: &Problem) -> (Self, Vec<Stint>) {
        let mut road = Self { at: Ms::ZERO, laps: 0, set: 0, stints: 0 };
        let mut stints = Vec::with_capacity(64);
        for Driven { driver, end, laps, spotter, start } in problem.progress().stints.iter().copied() {
            stints.push(road.add(problem, Leg { driver, laps: Some(laps), spotter }, Span::new(start, end)));
        }
        road.at = problem.progress().next;
        (road, stints)
    }

    /// Before a stint to come of a plan, by its position among them, as far as the length of the stint depends on it.
    pub(super) fn before(plan: &Plan, at: usize) -> Option<Self> {
        let at = plan.driven + at;
        let start = plan.stints.get(at)?.start;
        let laps = plan.stints.iter().take(at).map(|stint| stint.laps).sum();
        Some(Self { at: start, laps, set: 0, stints: at })
    }

    /// Whether the race is over before another stint.
    pub(super) fn is_over(&self, problem: &Problem) -> bool {
        match problem.race().length {
            Length::Laps(laps) => self.laps >= laps,
            Length::Time(time) => self.at >= time,
        }
    }

    /// Drives so many laps, however far the tank goes.
    pub(super) fn drive(&mut self, problem: &Problem, leg: Leg, laps: u32) -> Stint {
        let end = problem.drive(leg.driver, self.at, laps);
        self.add(problem, Leg { laps: Some(laps), ..leg }, Span::new(self.at, end))
    }

    fn add(&mut self, problem: &Problem, leg: Leg, span: Span) -> Stint {
        let (race, laps) = (problem.race(), leg.laps.unwrap_or_default());
        let lasts = race.tyre_laps.is_some_and(|lasts| self.set.saturating_add(laps) <= lasts.get());
        let is_on_new_tyres = self.stints == 0 || !lasts;
        self.set = if is_on_new_tyres { laps } else { self.set.saturating_add(laps) };
        self.at = span.to + race.pit;
        self.laps = self.laps.saturating_add(laps);
        self.stints += 1;
        let fuel = match race.fuel {
            Fuel::Tank { lap, .. } => Some(u64::from(laps) * u64::from(lap.get())),
            Fuel::Time(_) => None,
        };
        let (driver, spotter) = (leg.driver, leg.spotter);
        Stint { driver, end: span.to, fuel, is_on_new_tyres, laps, spotter, start: span.from }
    }

    /// How many laps the longest stint of somebody has now: as far as the tank goes, the rules for a single stint allow, and the race
    /// lasts; less where otherwise there would be fewer stints than there have to be. At least one.
    pub(super) fn longest(&self, problem: &Problem, driver: Person) -> u32 {
        let (most, time) = problem.tank();
        let rules = problem.ruleset();
        let limits = [rules.stint_clock, rules.continuous].into_iter().flatten().map(Ms::from);
        let time = limits.chain([time]).min().unwrap_or(time);
        let missing = u32::try_from(problem.least_stints().saturating_sub(self.stints)).unwrap_or(1).max(1);
        let (most, enough) = match problem.race().length {
            Length::Laps(laps) => (most.min(laps.saturating_sub(self.laps).div_ceil(missing)), time),
            Length::Time(length) => {
                let stops = problem.race().pit.times(missing - 1);
                let share = (length - self.at - stops).max(Ms::ZERO).as_millis() / i64::from(missing);
                (most, Ms::millis(share))
            }
        };
        let (mut laps, mut end) = (1, self.at + problem.lap(driver, self.at));
        while laps < most && end - self.at < enough {
            end = end + problem.lap(driver, end);
            if end - self.at > time {
                break;
            }
            laps += 1;
        }
        laps
    }

    /// How many laps more the tyres on the car last.
    pub(super) fn tyres_last(&self, problem: &Problem) -> u32 {
        problem.race().tyre_laps.map_or(0, |lasts| lasts.get().saturating_sub(self.set))
    }

    /// How many laps somebody has from now to the race's end, with no stop; at least one.
    pub(super) fn laps_to_end(&self, problem: &Problem, driver: Person) -> u32 {
        match problem.race().length {
            Length::Laps(laps) => laps.saturating_sub(self.laps).max(1),
            Length::Time(time) => {
                let (mut laps, mut end) = (1, self.at + problem.lap(driver, self.at));
                while end < time {
                    end = end + problem.lap(driver, end);
                    laps += 1;
                }
                laps
            }
        }
    }

    /// The lengths a stint of somebody may have: the longest, and shorter ones that end where somebody comes or goes.
    pub(super) fn lengths(&self, problem: &Problem, driver: Person) -> Vec<u32> {
        let longest = self.longest(problem, driver);
        let mut lengths = vec![longest];
        let absent_from = |edge: Ms| {
            let absences = problem.person(driver).map(|one| one.answers.absences()).unwrap_or_default();
            absences.iter().any(|span| span.from == edge)
        };
        let (mut laps, mut end) = (0, self.at);
        for edge in problem.edges().iter().copied().filter(|edge| *edge > self.at) {
            while laps < longest && end < edge {
                end = end + problem.lap(driver, end);
                laps += 1;
            }
            let reaches_too_far = absent_from(edge) && end - edge > problem.race().grace;
            let cut = if reaches_too_far { laps.saturating_sub(1) } else { laps };
            if laps >= longest && !reaches_too_far || lengths.len() > MOST_CUTS {
                break;
            }
            if cut > 0 && !lengths.contains(&cut) {
                lengths.push(cut);
            }
            if laps >= longest {
                break;
            }
        }
        lengths
    }
}

/// The plan that these stints make: each as long as said, but no longer than it can be; what is beyond the race's end isn't driven,
/// and whoever is last drives on to it.
pub(super) fn fitted(problem: &Problem, legs: &[Leg]) -> Plan {
    let (mut road, mut stints) = Road::new(problem);
    let driven = stints.len();
    let mut legs = legs.iter().copied();
    let mut last = None;
    while !road.is_over(problem) && stints.len() < Problem::MOST_STINTS {
        last = legs.next().or_else(|| last.map(|last| Leg { laps: None, ..last }));
        let Some(leg) = last else { break };
        let longest = road.longest(problem, leg.driver);
        let laps = leg.laps.map_or(longest, |laps| laps.clamp(1, longest));
        stints.push(road.drive(problem, leg, laps));
    }
    Plan { driven, stints }
}

/// The plan that these stints make, each as long as said, whether or not it can be; what is beyond the race's end isn't driven.
pub(super) fn literal(problem: &Problem, legs: &[Leg]) -> Plan {
    let (mut road, mut stints) = Road::new(problem);
    let driven = stints.len();
    for leg in legs.iter().take(Problem::MOST_STINTS) {
        if road.is_over(problem) {
            break;
        }
        let laps = leg.laps.unwrap_or_else(|| road.longest(problem, leg.driver));
        stints.push(road.drive(problem, *leg, laps.clamp(1, road.laps_to_end(problem, leg.driver))));
    }
    Plan { driven, stints }
}

impl Problem {
    /// How long somebody's lap takes that begins then.
    pub(super) fn lap(&self, driver: Person, at: Ms) -> Ms {
        let lap = self.person(driver).map_or(Ms::mins(2), |one| one.lap);
        let pace = &self.race().day.pace;
        let Some(last) = pace.last() else { return lap };
        let hour = self.hour(at);
        let now = pace.iter().rev().find(|pace| pace.from_hour <= hour).unwrap_or(last);
        Ms::millis(lap.as_millis() * i64::from(now.permille) / 1000)
    }

    /// When somebody has driven so many laps from then.
    fn drive(&self, driver: Person, from: Ms, laps: u32) -> Ms {
        if self.race().day.pace.is_empty() {
            return from + self.lap(driver, from).times(laps);
        }
        (0..laps).fold(from, |at, _| at + self.lap(driver, at))
    }

    /// How far a tank goes: in laps and in time.
    pub(super) fn tank(&self) -> (u32, Ms) {
        match self.race().fuel {
            Fuel::Time(time) => (u32::MAX, time),
            Fuel::Tank { lap, tank } => (tank.get() / lap, Ms::millis(i64::MAX)),
        }
    }

    /// How many stints there have to be for the rules, whatever a tank lasts. At most what a race can have.
    pub(super) fn least_stints(&self) -> usize {
        let rules = self.ruleset();
        let declared = self.declared().count();
        let stops = rules.min_stops.map_or(0, |stops| usize::from(stops.get()) + 1);
        let drivers =
            rules.min_drivers.map_or(0, |drivers| usize::from(drivers.get()).min(self.drivers().count()));
        let each = rules.min_stints.map_or(0, |each| usize::from(each.get()) * declared);
        let shares = rules.fair_share.is_some_and(|share| share.among == Among::Declared);
        let shares = if shares { declared } else { 0 };
        let times = rules.driving_time.iter().any(|time| time.min.is_some());
        let times = if times { declared } else { 0 };
        stops.max(drivers).max(each).max(shares).max(times).min(Self::MOST_STINTS / 2)
    }

    /// The fewest stints that so much can be driven in, by whoever drives longest on a tank.
    pub(super) fn fewest_stints(&self, left: Length) -> usize {
        let (laps, time) = self.tank();
        let rules = self.ruleset();
        let limits = [rules.stint_clock, rules.continuous].into_iter().flatten().map(Ms::from);
        let time = limits.chain([time]).min().unwrap_or(time);
        let pace = || self.race().day.pace.iter().map(|pace| i64::from(pace.permille));
        let scaled = |lap: Ms, permille: i64| (lap.as_millis() * permille / 1000).max(1);
        let drivers = || self.drivers().filter_map(|person| self.person(person)).map(|one| one.lap);
        let slowest = scaled(drivers().max().unwrap_or(Ms::mins(2)), pace().max().unwrap_or(1000));
        let fastest = scaled(drivers().min().unwrap_or(Ms::mins(2)), pace().min().unwrap_or(1000));
        let fewest = match left {
            Length::Laps(left) => {
                let most = i64::from(laps).min((time.as_millis() / fastest).max(1));
                i64::from(left).unsigned_abs().div_ceil(most.unsigned_abs().max(1))
            }
            Length::Time(left) => {
                let most = time.as_millis().max(slowest).min(slowest.saturating_mul(i64::from(laps)));
                let each = most.saturating_add(self.race().pit.as_millis()).unsigned_abs().max(1);
                left.max(Ms::ZERO).as_millis().unsigned_abs().div_ceil(each)
            }
        };
        usize::try_from(fewest).unwrap_or(usize::MAX)
    }

    /// How much is left to drive.
    pub(super) fn left(&self, road: &Road) -> Length {
        match self.race().length {
            Length::Laps(laps) => Length::Laps(laps.saturating_sub(road.laps)),
            Length::Time(time) => Length::Time(time - road.at),
        }
    }
}
