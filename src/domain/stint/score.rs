//! How good a plan is, exactly.

use super::{
    law::{Extent, Tallies, illegal, tallies},
    plan::{Plan, Stint},
    problem::{Length, Person, Problem},
    rules::Excess,
    time::{Ms, Span},
};

/// How good a plan is; the better score is the less. What comes first here decides, what follows decides between equals. What has been
/// driven counts where a number is over all stints.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Score {
    /// How far from legal it is: the sum of the [weights](super::Violation::weight) of what is wrong; 0 where it is legal.
    pub illegal: u64,
    /// How many laps are deducted, beyond somebody's greatest share.
    pub deducted: u32,
    /// In how many stints to come their driver didn't say whether they can, for longer than the time of grace. About what is after a
    /// race's time nobody is asked.
    pub unanswered: u32,
    /// How many stints to come have no spotter, where they should.
    pub unspotted: u32,
    /// How many stops there are.
    pub stops: u32,
    /// In how many stints to come their spotter didn't say whether they can, like `unanswered`.
    pub unsure: u32,
    /// How unevenly stints are shared: the sum of the squares of how many each drives.
    pub uneven: u32,
    /// How many stints to come their driver doesn't prefer for at least half of their time.
    pub unpreferred: u32,
    /// How many likes aren't kept to in stints to come: a night stint or the start by who doesn't like it, a single stint of who likes
    /// doubles, or a stint that follows the same driver's who doesn't.
    pub disliked: u32,
    /// How often drivers change.
    pub changes: u32,
    /// How many minutes, the last as a whole, the longest driving time is above the shortest, of who drives.
    pub spread: u32,
    /// How unevenly spotting is shared: the sum of the squares of how many stints each spots.
    pub spotting: u32,
}

/// A number of a [`Score`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// How far from legal.
    Illegal,
    /// Laps deducted.
    Deducted,
    /// Stints about which their driver didn't answer.
    Unanswered,
    /// Stints without a spotter.
    Unspotted,
    /// Stops.
    Stops,
    /// Stints about which their spotter didn't answer.
    Unsure,
    /// How unevenly stints are shared.
    Uneven,
    /// Stints that their driver doesn't prefer.
    Unpreferred,
    /// Likes not kept to.
    Disliked,
    /// Driver changes.
    Changes,
    /// How far driving times are apart.
    Spread,
    /// How unevenly spotting is shared.
    Spotting,
}

impl Score {
    /// Its numbers in order.
    #[must_use]
    pub fn levels(&self) -> [(Level, u64); 12] {
        [
            (Level::Illegal, self.illegal),
            (Level::Deducted, self.deducted.into()),
            (Level::Unanswered, self.unanswered.into()),
            (Level::Unspotted, self.unspotted.into()),
            (Level::Stops, self.stops.into()),
            (Level::Unsure, self.unsure.into()),
            (Level::Uneven, self.uneven.into()),
            (Level::Unpreferred, self.unpreferred.into()),
            (Level::Disliked, self.disliked.into()),
            (Level::Changes, self.changes.into()),
            (Level::Spread, self.spread.into()),
            (Level::Spotting, self.spotting.into()),
        ]
    }

    /// The first number in which they differ: the one that decides.
    #[must_use]
    pub fn differs_in(&self, other: &Self) -> Option<Level> {
        let mut pairs = self.levels().into_iter().zip(other.levels());
        pairs.find(|(one, other)| one != other).map(|((level, _), _)| level)
    }

    /// The score of a plan.
    #[must_use]
    pub fn of(problem: &Problem, plan: &Plan) -> Self {
        Self::of_stints(problem, &plan.stints)
    }

    pub(super) fn of_stints(problem: &Problem, stints: &[Stint]) -> Self {
        let tallies = tallies(stints);
        let mut score = Self::begun(problem, stints, &tallies, Extent::Whole);
        let rules = problem.ruleset();
        if rules.max_share.is_some_and(|rule| rule.excess == Excess::Deducted) {
            let total: u32 = tallies.iter().map(|tally| tally.laps).sum();
            let most = rules.most_laps(total);
            score.deducted = tallies.iter().map(|tally| tally.laps.saturating_sub(most)).sum();
        }
        let times = || tallies.iter().filter(|tally| tally.stints > 0).map(|tally| tally.time);
        let longest = times().max().unwrap_or_default();
        score.spread = (longest - times().min().unwrap_or_default()).begun_minutes();
        score
    }

    /// A score that none is less than, of plans that begin with these stints and go on for at least so long.
    pub(super) fn bound(problem: &Problem, stints: &[Stint], left: Length) -> Self {
        let tallies = tallies(stints);
        let more = problem.fewest_stints(left);
        let mut score = Self::begun(problem, stints, &tallies, Extent::Begun);
        let stops = (stints.len() + more).saturating_sub(1);
        score.stops = score.stops.max(u32::try_from(stops).unwrap_or(u32::MAX));
        score.uneven = evened(problem, &tallies, more);
        score
    }

    fn begun(problem: &Problem, stints: &[Stint], tallies: &Tallies, extent: Extent) -> Self {
        let to_come = stints.get(problem.driven()..).unwrap_or_default();
        let preferred = |stint: &&Stint| {
            let answers = problem.person(stint.driver).map(|one| one.answers.about(stint.span()));
            answers.is_some_and(|told| told.preferred.times(2) >= stint.time())
        };
        let is_missing = |stint: &&Stint| problem.race().spotting && stint.spotter.is_none();
        let squares = |of: fn(&super::law::Tally) -> u32| tallies.iter().map(|tally| of(tally).pow(2)).sum();
        Self {
            illegal: illegal(problem, stints, tallies, extent),
            deducted: 0,
            unanswered: unanswered(problem, to_come, |stint| Some(stint.driver)),
            unspotted: count(to_come.iter().filter(is_missing)),
            unsure: unanswered(problem, to_come, |stint| stint.spotter),
            stops: u32::try_from(stints.len().saturating_sub(1)).unwrap_or(u32::MAX),
            uneven: squares(|tally| tally.stints),
            unpreferred: count(to_come.iter().filter(|stint| !preferred(stint))),
            disliked: disliked(problem, stints, extent),
            changes: count(
                stints.windows(2).filter(|pair| matches!(pair, [one, next] if one.driver != next.driver)),
            ),
            spread: 0,
            spotting: squares(|tally| tally.spotted),
        }
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}

/// In how many of these stints somebody didn't say whether they can.
fn unanswered(problem: &Problem, stints: &[Stint], who: impl Fn(&Stint) -> Option<Person>) -> u32 {
    let until = match problem.race().length {
        Length::Time(time) => time,
        Length::Laps(_) => Ms::millis(i64::MAX),
    };
    let is_unanswered = |stint: &&Stint| {
        let asked = Span::new(stint.start, stint.end.min(until));
        let person = who(stint).and_then(|person| problem.person(person));
        person.is_some_and(|one| one.answers.about(asked).unanswered > problem.race().grace)
    };
    count(stints.iter().filter(is_unanswered))
}

fn disliked(problem: &Problem, stints: &[Stint], extent: Extent) -> u32 {
    let likes = |stint: &Stint| problem.person(stint.driver).map(|one| one.likes).unwrap_or_default();
    let (mut disliked, mut at) = (0, 0);
    for run in stints.chunk_by(|one, next| one.driver == next.driver) {
        let (from, to) = (at, at + run.len());
        at = to;
        let Some(first) = run.first().filter(|_| to > problem.driven()) else { continue };
        let likes = likes(first);
        let planned = run.get(problem.driven().saturating_sub(from)..).unwrap_or_default();
        if from == 0 && problem.driven() == 0 && !likes.start {
            disliked += 1;
        }
        if !likes.night {
            disliked += count(planned.iter().filter(|stint| problem.is_night(stint.span())));
        }
        let may_grow = extent == Extent::Begun && to == stints.len();
        disliked += match likes.doubles {
            true if run.len() == 1 && !may_grow => 1,
            true => 0,
            false => u32::try_from(planned.len().min(run.len() - 1)).unwrap_or(0),
        };
    }
    disliked
}

/// How unevenly stints are shared at least after so many more.
fn evened(problem: &Problem, tallies: &Tallies, more: usize) -> u32 {
    let mut stints = tallies.map(|tally| tally.stints);
    let mut drives = [false; Problem::MOST_PEOPLE];
    problem.drivers().for_each(|person| {
        drives.get_mut(person).into_iter().for_each(|drives| *drives = true);
    });
    for _ in 0..more {
        let open = stints.iter_mut().zip(drives).filter(|(_, drives)| *drives).map(|(stints, _)| stints);
        if let Some(least) = open.min() {
            *least += 1;
        }
    }
    stints.iter().map(|stints| stints.pow(2)).sum()
}
