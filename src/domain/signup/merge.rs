//! Two lines of one person.

use jiff::Timestamp;

use super::{Sheet, Signup};
use crate::domain::{event::Event, id::UserId};

impl Sheet {
    /// The lines that change when two people turn out to be one, for whom `into` stays: the one line that is left of theirs, and
    /// those of whoever moves up. `from` has none any more.
    #[must_use]
    pub fn merge(&self, event: &Event, (from, into): (UserId, UserId), now: Timestamp) -> Vec<Signup> {
        let Some(kept) = self.merged(from, into) else { return Vec::new() };
        let before = self.without(from);
        let mut after = before.with(kept);
        after.advance(event, now);
        before.changes(&after)
    }

    /// The line of two people who turned out to be one; `None` where neither has one.
    ///
    /// Where both are signed up, the better place is kept, and of two alike the earlier. Else what was said last counts. That one
    /// of the two checked in or took part holds for both.
    fn merged(&self, from: UserId, into: UserId) -> Option<Signup> {
        let (one, other) = (self.of(from), self.of(into));
        let kept = match (one, other) {
            (Some(a), Some(b)) if a.state.is_signed_up() && b.state.is_signed_up() => {
                [a, b].into_iter().min_by_key(|line| (line.state.rank(), line.order))
            }
            (Some(a), Some(b)) => [a, b].into_iter().max_by_key(|line| line.order),
            (a, b) => a.or(b),
        };
        let lines = || one.into_iter().chain(other);
        kept.map(|line| Signup {
            attended: lines().filter_map(|line| line.attended).max(),
            checked_in_at: lines()
                .filter_map(|line| line.checked_in_at)
                .min()
                .filter(|_| line.state.has_place()),
            user: into,
            ..line.clone()
        })
    }
}
