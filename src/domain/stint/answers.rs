//! What somebody said about when they can drive.

use thiserror::Error;

use super::time::{Ms, Span};
use crate::domain::availability::Answer;

/// What somebody said about the time from green flag on, in order. Where they said nothing they may be able to drive.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Answers(Vec<(Span, Answer)>);

/// Two spans overlap, or one has no length.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("the answer from {} to {} is empty or overlaps another", .0.from, .0.to)]
pub struct BadAnswer(pub Span);

/// How much of some time is of which answer; the rest they can drive.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Told {
    /// Time in which they can't.
    pub no: Ms,
    /// Time in which they would like to.
    pub preferred: Ms,
    /// Time about which they said nothing.
    pub unanswered: Ms,
}

impl Answers {
    /// These answers, in any order.
    ///
    /// # Errors
    /// When a span is empty or two overlap.
    pub fn new(said: impl IntoIterator<Item = (Span, Answer)>) -> Result<Self, BadAnswer> {
        let mut said: Vec<(Span, Answer)> = said.into_iter().collect();
        said.sort_by_key(|(span, _)| *span);
        let mut until = Ms::millis(i64::MIN);
        for (span, _) in &said {
            if span.is_empty() || span.from < until {
                return Err(BadAnswer(*span));
            }
            until = span.to;
        }
        Ok(Self::joined(said))
    }

    /// Makes one of spans that touch and say the same.
    fn joined(mut said: Vec<(Span, Answer)>) -> Self {
        said.dedup_by(|(next, after), (last, before)| {
            let is_same = last.to == next.from && before == after;
            if is_same {
                last.to = next.to;
            }
            is_same
        });
        Self(said)
    }

    /// How much of a span is of which answer.
    #[must_use]
    pub fn about(&self, span: Span) -> Told {
        let mut told = Told { unanswered: span.len(), ..Told::default() };
        for (said, answer) in self.0.iter().take_while(|(said, _)| said.from < span.to) {
            let overlap = said.overlap(span);
            told.unanswered = told.unanswered - overlap;
            match answer {
                Answer::No => told.no = told.no + overlap,
                Answer::Available => {}
                Answer::Preferred => told.preferred = told.preferred + overlap,
            }
        }
        told
    }

    /// The longest spans in which they can't drive.
    #[must_use]
    pub fn absences(&self) -> Vec<Span> {
        let absences = self.0.iter().filter(|(_, answer)| *answer == Answer::No);
        absences.map(|(span, _)| *span).collect()
    }

    /// The same where they say something else about a span.
    #[must_use]
    pub fn with(&self, span: Span, answer: Answer) -> Self {
        let outside = self.0.iter().flat_map(|(said, was)| {
            let before = Span::new(said.from, said.to.min(span.from));
            let after = Span::new(said.from.max(span.to), said.to);
            [(before, *was), (after, *was)]
        });
        let mut said: Vec<_> = outside.chain([(span, answer)]).filter(|(span, _)| !span.is_empty()).collect();
        said.sort_by_key(|(span, _)| *span);
        Self::joined(said)
    }

    /// The same answers, counted from a green flag so much later.
    #[must_use]
    pub fn from_green(&self, later: Ms) -> Self {
        let moved = |span: &Span| Span::new(span.from - later, span.to - later);
        Self(self.0.iter().map(|(span, answer)| (moved(span), *answer)).collect())
    }
}
