//! Which of the pairs that may be are made.

use super::{Evidence, MAX_CANDIDATES};

/// A pair that is less likely is left to people.
const AUTOMATIC: u8 = 80;
/// So much likelier than any other of either side's a pair has to be.
const MARGIN: u8 = 5;

/// The pairs that may be, by position.
pub(super) struct Candidates {
    of_members: Vec<Vec<(usize, Evidence)>>,
    of_users: Vec<Vec<(usize, Evidence)>>,
}

/// Who is who, by position.
#[derive(Default)]
pub(super) struct Found {
    pub(super) sure: Vec<(usize, usize, Evidence)>,
    pub(super) unclear: Vec<(usize, Vec<(usize, Evidence)>)>,
    pub(super) unmatched: Vec<usize>,
}

impl Candidates {
    pub(super) fn new(members: usize, users: usize) -> Self {
        Self { of_members: vec![Vec::new(); members], of_users: vec![Vec::new(); users] }
    }

    pub(super) fn add(&mut self, member: usize, user: usize, evidence: Evidence) {
        self.of_members[member].push((user, evidence));
        self.of_users[user].push((member, evidence));
    }

    /// Makes the pairs that are clear, and then those that have become so.
    pub(super) fn assign(mut self) -> Found {
        let best_first = |candidates: &mut Vec<(usize, Evidence)>| {
            candidates.sort_by_key(|(other, evidence)| (std::cmp::Reverse(evidence.score()), *other));
        };
        self.of_members.iter_mut().chain(&mut self.of_users).for_each(best_first);
        let (mut members, mut users) = (vec![None; self.of_members.len()], vec![false; self.of_users.len()]);
        loop {
            let made = self.clear(&members, &users);
            if made.is_empty() {
                return self.found(&members, &users);
            }
            for (member, user, evidence) in made {
                members[member] = Some((user, evidence));
                users[user] = true;
            }
        }
    }

    /// The pairs that are clear among those who aren't in one yet.
    fn clear(&self, members: &[Option<(usize, Evidence)>], users: &[bool]) -> Vec<(usize, usize, Evidence)> {
        let mut clear = Vec::new();
        for (member, candidates) in
            self.of_members.iter().enumerate().filter(|(at, _)| members[*at].is_none())
        {
            let Some((user, evidence)) = first(candidates, |user| !users[user]) else { continue };
            let back = first(&self.of_users[user], |member| members[member].is_none());
            if back.is_some_and(|(back, _)| back == member) && evidence.score() >= AUTOMATIC {
                clear.push((member, user, evidence));
            }
        }
        clear
    }

    fn found(mut self, members: &[Option<(usize, Evidence)>], users: &[bool]) -> Found {
        let mut found = Found::default();
        for (member, candidates) in self.of_members.drain(..).enumerate() {
            if let Some((user, evidence)) = members[member] {
                found.sure.push((member, user, evidence));
                continue;
            }
            let free = candidates.into_iter().filter(|(user, _)| !users[*user]);
            let free: Vec<_> = free.take(MAX_CANDIDATES).collect();
            if free.is_empty() { found.unmatched.push(member) } else { found.unclear.push((member, free)) }
        }
        found
    }
}

/// The likeliest of those who are free, if it is clearly likelier than the next.
fn first(candidates: &[(usize, Evidence)], is_free: impl Fn(usize) -> bool) -> Option<(usize, Evidence)> {
    let mut free = candidates.iter().filter(|(other, _)| is_free(*other));
    let (best, next) = (free.next()?, free.next());
    let clear = next.is_none_or(|(_, next)| best.1.score() >= next.score() + MARGIN);
    clear.then_some(*best)
}
