//! Good plans, found by changing one a little time and again, and keeping what isn't worse than it was a while ago.

use super::Meter;
use crate::domain::stint::{
    plan::{Leg, Plan, Stint},
    problem::{Person, Problem},
    roll::{Road, fitted},
    score::Score,
};

/// A plan that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// What it is made of; `laps` is `None` where a stint is to be as long as can be.
    pub(crate) legs: Vec<Leg>,
    pub(crate) plan: Plan,
    pub(crate) score: Score,
}

/// How many changes ago a plan may be as good that a new one has to reach.
const PATIENCE: usize = 20;
/// After how many changes without a better plan to go back to the best, and to shake it.
const TRIES: u32 = 1500;

impl Found {
    /// The plan that these stints make.
    pub(crate) fn new(problem: &Problem, mut legs: Vec<Leg>) -> Self {
        let plan = fitted(problem, &legs);
        let score = Score::of(problem, &plan);
        let last = legs.last().copied();
        let stints = plan.to_come();
        let rest = stints.iter().skip(legs.len()).filter_map(|_| last.map(|last| Leg { laps: None, ..last }));
        let rest: Vec<Leg> = rest.collect();
        legs.extend(rest);
        legs.truncate(stints.len());
        Self { legs, plan, score }
    }
}

/// Stint after stint given to whoever is best at the time.
pub(crate) fn dealt(problem: &Problem, meter: &mut Meter) -> Found {
    let (mut road, mut stints) = Road::new(problem);
    let mut legs = Vec::new();
    while !road.is_over(problem) && stints.len() < Problem::MOST_STINTS {
        let mut best: Option<(Score, Leg, Road, Stint)> = None;
        for leg in choices(problem, &road) {
            let mut after = road;
            let laps = leg.laps.unwrap_or_else(|| road.longest(problem, leg.driver));
            let stint = after.drive(problem, leg, laps);
            stints.push(stint);
            let score = Score::bound(problem, &stints, problem.left(&after));
            stints.pop();
            let is_better = best.as_ref().is_none_or(|(best, ..)| score < *best);
            if is_better {
                best = Some((score, leg, after, stint));
            }
            if !meter.take(stints.len()) {
                break;
            }
        }
        let Some((_, leg, after, stint)) = best else { break };
        legs.push(leg);
        stints.push(stint);
        road = after;
    }
    Found::new(problem, legs)
}

/// What the next stint can be.
pub(crate) fn choices(problem: &Problem, road: &Road) -> Vec<Leg> {
    let mut choices = Vec::new();
    for driver in problem.drivers() {
        for (at, laps) in road.lengths(problem, driver).into_iter().enumerate() {
            let laps = (at > 0).then_some(laps);
            let others = problem.spotters().filter(|spotter| problem.race().spotting && *spotter != driver);
            let spotters = others.map(Some).chain([None]);
            choices.extend(spotters.map(|spotter| Leg { driver, laps, spotter }));
        }
    }
    choices
}

/// Changes a plan as long as there are steps, or until it is good enough.
pub(crate) fn climb(
    problem: &Problem,
    from: Found,
    chance: &mut Chance,
    meter: &mut Meter,
    is_enough: impl Fn(&Score) -> bool,
) -> Found {
    let mut kept = [guide(&from.score); PATIENCE];
    let (mut best, mut now, mut tries) = (from.clone(), from, 0_u32);
    let changer = Changer::new(problem);
    for at in (0..PATIENCE).cycle() {
        if is_enough(&best.score) || now.legs.is_empty() || !meter.take(now.plan.stints.len()) {
            break;
        }
        tries += 1;
        if tries > TRIES {
            (tries, now) = (0, changer.shaken(&best, chance));
            kept.fill(guide(&now.score));
        }
        let Some(next) = changer.changed(&now, chance).map(|legs| Found::new(problem, legs)) else {
            continue;
        };
        let Some(before) = kept.get_mut(at) else { break };
        let (new, old) = (guide(&next.score), guide(&now.score));
        if new <= old || new <= *before {
            now = next;
        }
        if now.score < best.score {
            (best, tries) = (now.clone(), 0);
        }
        *before = guide(&now.score).min(*before);
    }
    best
}

/// A score as one number, the less the better: a little worse in what decides may be on the way to what is better.
fn guide(score: &Score) -> u64 {
    const WEIGHTS: [u64; 12] = [1, 100, 400, 500, 500, 150, 60, 60, 25, 8, 1, 1];
    score.levels().into_iter().zip(WEIGHTS).map(|((_, number), weight)| number.saturating_mul(weight)).sum()
}

/// Changes plans.
struct Changer<'p> {
    drivers: Vec<Person>,
    problem: &'p Problem,
    spotters: Vec<Person>,
}

impl<'p> Changer<'p> {
    fn new(problem: &'p Problem) -> Self {
        Self { drivers: problem.drivers().collect(), problem, spotters: problem.spotters().collect() }
    }

    /// A plan's stints after a change; `None` where the change is none.
    fn changed(&self, found: &Found, chance: &mut Chance) -> Option<Vec<Leg>> {
        let mut legs = found.legs.clone();
        let at = chance.below(legs.len());
        let other = chance.below(legs.len());
        match chance.below(100) {
            0..35 => {
                self.give(&mut legs, at, self.drivers.get(chance.below(self.drivers.len())).copied()?)?
            }
            35..60 => {
                let (one, two) = (legs.get(at)?.driver, legs.get(other)?.driver);
                self.give(&mut legs, at, two)?;
                self.give(&mut legs, other, one)?;
            }
            60..70 => {
                let leg = legs.remove(at);
                legs.insert(other, leg);
                (at != other).then_some(())?;
            }
            70..85 if !self.problem.edges().is_empty() => self.cut(found, &mut legs, at, chance)?,
            85..100 if self.problem.race().spotting => {
                let spotter = self.spotters.get(chance.below(self.spotters.len() + 1)).copied();
                let leg = legs.get_mut(at)?;
                (leg.spotter != spotter && spotter != Some(leg.driver)).then(|| leg.spotter = spotter)?;
            }
            _ => {
                // Two drivers trade places in a whole part of the race.
                let (one, two) = (legs.get(at)?.driver, legs.get(other)?.driver);
                let from = chance.below(legs.len());
                (one != two).then_some(())?;
                for leg in legs.iter_mut().skip(from).take(2 + chance.below(6)) {
                    let driver = leg.driver;
                    leg.driver = if driver == one {
                        two
                    } else if driver == two {
                        one
                    } else {
                        driver
                    };
                    leg.spotter =
                        leg.spotter.map(|spotter| if spotter == leg.driver { driver } else { spotter });
                }
            }
        }
        Some(legs)
    }

    /// A plan after a few changes at once.
    fn shaken(&self, found: &Found, chance: &mut Chance) -> Found {
        let mut shaken = found.clone();
        for _ in 0..3 + chance.below(6) {
            if let Some(legs) = self.changed(&shaken, chance) {
                shaken = Found::new(self.problem, legs);
            }
        }
        shaken
    }

    /// Lets somebody drive a stint. Who spotted it, if it is the same, changes places with who drove it.
    fn give(&self, legs: &mut [Leg], at: usize, driver: Person) -> Option<()> {
        let leg = legs.get_mut(at).filter(|leg| leg.driver != driver)?;
        if leg.spotter == Some(driver) {
            leg.spotter = Some(leg.driver).filter(|driver| self.spotters.contains(driver));
        }
        leg.driver = driver;
        Some(())
    }

    /// Brings a stint to another end.
    fn cut(&self, found: &Found, legs: &mut [Leg], at: usize, chance: &mut Chance) -> Option<()> {
        let leg = legs.get_mut(at)?;
        let road = Road::before(&found.plan, at)?;
        let lengths = road.lengths(self.problem, leg.driver);
        let pick = chance.below(lengths.len());
        let laps = lengths.get(pick).copied().filter(|_| pick > 0);
        (laps != leg.laps).then(|| leg.laps = laps)
    }
}

/// Numbers that follow from a seed: `SplitMix64`.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another, or 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut next = self.0;
        next = (next ^ (next >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        next = (next ^ (next >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        next ^= next >> 31;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        usize::try_from(next.checked_rem(limit).unwrap_or_default()).unwrap_or_default()
    }
}
