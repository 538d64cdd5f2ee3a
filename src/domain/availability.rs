//! When somebody can drive: an event's hours, one by one.

use std::collections::BTreeMap;

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
#[serde(transparent)]
pub struct Availability(BTreeMap<Timestamp, Answer>);

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
        let mut from = block.from;
        let mut worst = None;
        while from < block.to {
            let (said, answer) = self.0.range(..=from).next_back()?;
            let until = said.saturating_add(BLOCK).unwrap_or(block.to);
            if until <= from {
                return None;
            }
            worst = Some(worst.map_or(*answer, |worst: Answer| worst.min(*answer)));
            from = until;
        }
        worst
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

    /// The same where, of these hours, they can drive in those chosen and in no other. What they prefer stays preferred.
    #[must_use]
    pub fn with_available(&self, blocks: &[Block], is_chosen: impl Fn(Block) -> bool) -> Self {
        self.with(blocks, |block, before| match (is_chosen(block), before) {
            (true, Some(Answer::Preferred)) => Answer::Preferred,
            (true, _) => Answer::Available,
            (false, _) => Answer::No,
        })
    }

    /// The same where, of these hours, they prefer those chosen and no other. What they preferred before they can still drive.
    #[must_use]
    pub fn with_preferred(&self, blocks: &[Block], is_chosen: impl Fn(Block) -> bool) -> Self {
        self.with(blocks, |block, before| match (is_chosen(block), before) {
            (true, _) => Answer::Preferred,
            (false, Some(Answer::Preferred)) => Answer::Available,
            (false, before) => before.unwrap_or(Answer::No),
        })
    }

    /// What two people said who turned out to be one: what `self` said counts where both did.
    #[must_use]
    pub fn joined_by(mut self, other: Self) -> Self {
        for (from, answer) in other.0 {
            self.0.entry(from).or_insert(answer);
        }
        self
    }

    fn with(&self, blocks: &[Block], answer: impl Fn(Block, Option<Answer>) -> Answer) -> Self {
        let mut after = self.clone();
        for block in blocks {
            let said = answer(*block, self.of(*block));
            let end = block.to;
            // What was said about an hour that began within this one is overruled, as far as they overlap.
            let begun: Vec<Timestamp> = after.0.range(block.from..end).map(|(from, _)| *from).collect();
            for from in begun {
                after.0.remove(&from);
            }
            after.0.insert(block.from, said);
        }
        after
    }
}

#[cfg(test)]
mod tests;
