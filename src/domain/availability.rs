//! When somebody can drive: an event's hours, one by one.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::event::Event;

/// How long a block is that is answered as a whole.
const BLOCK: SignedDuration = SignedDuration::from_hours(1);

/// What somebody said about an hour; the better answer is the greater.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// They can't drive then.
    No,
    /// They can drive then.
    Available,
    /// They would like to drive then.
    Preferred,
}

/// An hour of an event, counted from its start; the last may be shorter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Block {
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub to: Timestamp,
}

/// What somebody said about the hours of an event. What they never answered isn't here.
///
/// Answers belong to instants: when the event is moved, what was said about an instant that it still has stands, and what is new has to
/// be answered anew.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(from = "Vec<Said>", into = "Vec<Said>")]
pub struct Availability(Vec<Said>);

/// What somebody said about a span. Those of one person are in order and don't overlap.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Said {
    answer: Answer,
    /// When they said it.
    at: Timestamp,
    from: Timestamp,
    to: Timestamp,
}

/// An answer to all hours of an event at once.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Pick {
    /// Every hour.
    All,
    /// The hours that begin from 6 to 22 o'clock in the person's zone.
    Days,
    /// The hours that begin from 22 to 6 o'clock in the person's zone.
    Nights,
    /// No hour.
    None,
}

/// The hours of an event, in their order.
#[must_use]
pub fn blocks(event: &Event) -> Vec<Block> {
    let end = event.end();
    let mut blocks = Vec::new();
    let mut from = event.start;
    while from < end {
        let to = from.saturating_add(BLOCK).unwrap_or(end).min(end);
        blocks.push(Block { from, to });
        from = to;
    }
    blocks
}

impl Pick {
    /// Every pick.
    pub const ALL: [Self; 4] = [Self::All, Self::None, Self::Days, Self::Nights];

    /// Whether it takes an hour, for somebody in that zone.
    #[must_use]
    pub fn takes(self, block: Block, zone: &TimeZone) -> bool {
        let hour = block.from.to_zoned(zone.clone()).hour();
        let is_day = (6..22).contains(&hour);
        match self {
            Self::All => true,
            Self::Days => is_day,
            Self::Nights => !is_day,
            Self::None => false,
        }
    }
}

impl Availability {
    /// What was said about an hour: the worst of what was said about any part of it; `None` while some part wasn't answered.
    #[must_use]
    pub fn of(&self, block: Block) -> Option<Answer> {
        let mut until = block.from;
        let mut worst = None;
        for said in self.0.iter().filter(|said| said.from < block.to && said.to > block.from) {
            if said.from > until {
                return None;
            }
            worst = Some(worst.map_or(said.answer, |worst: Answer| worst.min(said.answer)));
            until = said.to;
        }
        worst.filter(|_| until >= block.to)
    }

    /// Whether they said of any part of a block that they can't drive then.
    #[must_use]
    pub fn rules_out(&self, block: Block) -> bool {
        self.0.iter().any(|said| said.answer == Answer::No && said.from < block.to && said.to > block.from)
    }

    /// How many of these hours were answered.
    #[must_use]
    pub fn answered(&self, blocks: &[Block]) -> usize {
        blocks.iter().filter(|block| self.of(**block).is_some()).count()
    }

    /// Whether nothing was ever said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same where they say now that, of these hours, they can drive in those chosen and in no other. What they prefer stays
    /// preferred.
    #[must_use]
    pub fn with_available(
        &self,
        blocks: &[Block],
        now: Timestamp,
        is_chosen: impl Fn(Block) -> bool,
    ) -> Self {
        self.with(blocks, now, |block, before| match (is_chosen(block), before) {
            (true, Some(Answer::Preferred)) => Answer::Preferred,
            (true, _) => Answer::Available,
            (false, _) => Answer::No,
        })
    }

    /// The same where they say now that, of these hours, they prefer those chosen and no other. What they preferred before they can
    /// still drive.
    #[must_use]
    pub fn with_preferred(
        &self,
        blocks: &[Block],
        now: Timestamp,
        is_chosen: impl Fn(Block) -> bool,
    ) -> Self {
        self.with(blocks, now, |block, before| match (is_chosen(block), before) {
            (true, _) => Answer::Preferred,
            (false, Some(Answer::Preferred)) => Answer::Available,
            (false, before) => before.unwrap_or(Answer::No),
        })
    }

    /// What two people said who turned out to be one: what was said last counts.
    #[must_use]
    pub fn joined_by(self, other: Self) -> Self {
        // Of what was said at the same time, what `self` said counts.
        other.0.into_iter().chain(self.0).collect::<Vec<_>>().into()
    }

    fn with(
        &self,
        blocks: &[Block],
        now: Timestamp,
        answer: impl Fn(Block, Option<Answer>) -> Answer,
    ) -> Self {
        let said = blocks.iter().map(|block| Said {
            answer: answer(*block, self.of(*block)),
            at: now,
            from: block.from,
            to: block.to,
        });
        let mut after = self.clone();
        said.for_each(|said| after.overrule(said));
        after.join_touching();
        after
    }

    /// Says it, whatever was said about any part of its span.
    fn overrule(&mut self, said: Said) {
        let mut after: Vec<Said> = self.0.iter().flat_map(|old| old.outside(said)).collect();
        let place = after.partition_point(|old| old.from < said.from);
        after.insert(place, said);
        self.0 = after;
    }

    /// Makes one of spans that touch and say the same.
    fn join_touching(&mut self) {
        self.0.dedup_by(|next, last| {
            let is_same = last.to == next.from && (last.answer, last.at) == (next.answer, next.at);
            if is_same {
                last.to = next.to;
            }
            is_same
        });
    }
}

impl From<Vec<Said>> for Availability {
    fn from(mut all: Vec<Said>) -> Self {
        all.sort_by_key(|said| said.at);
        let mut availability = Self::default();
        all.into_iter().filter(|said| said.from < said.to).for_each(|said| availability.overrule(said));
        availability.join_touching();
        availability
    }
}

impl From<Availability> for Vec<Said> {
    fn from(availability: Availability) -> Self {
        availability.0
    }
}

impl Said {
    /// What is left of it before and after another span.
    fn outside(self, other: Self) -> impl Iterator<Item = Self> {
        let before = Self { to: self.to.min(other.from), ..self };
        let after = Self { from: self.from.max(other.to), ..self };
        [before, after].into_iter().filter(|part| part.from < part.to)
    }
}

#[cfg(test)]
mod tests;
