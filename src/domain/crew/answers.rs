//! What somebody said about the hours of an event, an hour a bit.

use crate::domain::availability::Answer;

/// What somebody said about each hour. Whoever didn't answer counts as able to drive.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Answers {
    answered: u64,
    no: u64,
    preferred: u64,
}

/// Hours of an event that follow each other, counted from 0: `from` to `to`, which isn't in it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Span {
    /// The first hour.
    pub from: usize,
    /// The hour after the last.
    pub to: usize,
}

impl Answers {
    /// The answers to the hours in their order, `None` where there was none. What follows the 64th hour is no hour of any event.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = Option<Answer>>) -> Self {
        let mut said = Self::default();
        for (hour, answer) in (0..u64::BITS).zip(answers) {
            let Some(answer) = answer else { continue };
            let bit = 1 << hour;
            said.answered |= bit;
            match answer {
                Answer::No => said.no |= bit,
                Answer::Available => {}
                Answer::Preferred => said.preferred |= bit,
            }
        }
        said
    }

    /// What they said about an hour; `None` where they said nothing.
    #[must_use]
    pub fn of(self, hour: usize) -> Option<Answer> {
        let bit = bit(hour);
        match () {
            () if self.no & bit != 0 => Some(Answer::No),
            () if self.preferred & bit != 0 => Some(Answer::Preferred),
            () if self.answered & bit != 0 => Some(Answer::Available),
            () => None,
        }
    }

    /// Whether they can drive in an hour, or may be able to.
    #[must_use]
    pub fn can(self, hour: usize) -> bool {
        self.no & bit(hour) == 0
    }

    pub(super) const fn able(self) -> u64 {
        !self.no
    }

    pub(super) const fn preferred(self) -> u64 {
        self.preferred
    }

    pub(super) const fn said_able(self) -> u64 {
        self.answered & !self.no
    }
}

impl Span {
    /// How many hours it has.
    #[must_use]
    pub const fn len(self) -> usize {
        self.to.saturating_sub(self.from)
    }

    /// Whether it has no hour.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Its hours.
    pub fn hours(self) -> impl Iterator<Item = usize> + Clone {
        self.from..self.to
    }

    /// The longest spans that the hours of a mask make.
    pub(super) fn all(mask: u64) -> Vec<Self> {
        let mut spans: Vec<Self> = Vec::new();
        for hour in (0..64).filter(|hour| mask & bit(*hour) != 0) {
            match spans.last_mut() {
                Some(last) if last.to == hour => last.to += 1,
                _ => spans.push(Self { from: hour, to: hour + 1 }),
            }
        }
        spans
    }
}

/// The bit of an hour; none from the 65th on.
fn bit(hour: usize) -> u64 {
    u32::try_from(hour).ok().and_then(|hour| 1_u64.checked_shl(hour)).unwrap_or_default()
}
