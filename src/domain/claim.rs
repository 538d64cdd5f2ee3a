//! Who somebody is who can prove something: decided from what the rosters say, and from nothing that only looks alike.

use std::collections::{BTreeMap, BTreeSet};

use super::id::{ClubId, UserId};

/// A person whom somebody may be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Candidate {
    /// Whether the entry is another account's already, and what names this one may change hands.
    pub is_taken: bool,
    /// The clubs on whose rosters they are.
    pub rosters: BTreeSet<ClubId>,
    /// The person.
    pub user: UserId,
}

/// Whom the rosters say that somebody is, by club.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Claims(pub BTreeMap<ClubId, Vec<Candidate>>);

/// What the claims come to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Settled {
    /// Who they are.
    pub into: UserId,
    /// Who turned out to be the same person, in the order in which to merge them.
    pub others: Vec<UserId>,
    /// The clubs whose organisers have to say who it is.
    pub unclear: Vec<ClubId>,
}

impl Candidate {
    /// Whether one roster names both, as two people.
    #[must_use]
    pub fn clashes(&self, other: &Self) -> bool {
        self.user != other.user && !self.rosters.is_disjoint(&other.rosters)
    }
}

impl Claims {
    /// Everybody who is claimed, in order.
    #[must_use]
    pub fn people(&self) -> BTreeSet<UserId> {
        self.0.values().flatten().map(|candidate| candidate.user).collect()
    }

    /// Whether the rosters say that `own` is somebody else, where a roster has them both.
    #[must_use]
    pub fn contradict(&self, own: &Candidate) -> bool {
        let mut claimed = self.0.values().flatten();
        !self.people().contains(&own.user) && claimed.any(|other| !other.is_taken && own.clashes(other))
    }

    /// Sorts out who it is, of whom `own` is known so far. Nobody becomes one with two entries of a roster, and where it could be
    /// either of two, it is neither. Of several people the oldest stays, for the clubs' sites know them for longest.
    #[must_use]
    pub fn settle(&self, own: &Candidate) -> Settled {
        let open = |candidates: &&Vec<Candidate>| candidates.iter().all(|one| one.user != own.user);
        let sole: Vec<&Candidate> = self
            .0
            .values()
            .filter(open)
            .filter_map(|candidates| match candidates.as_slice() {
                [one] if !one.is_taken && !one.clashes(own) => Some(one),
                _ => None,
            })
            .collect();
        let is_clear = |one: &Candidate| !sole.iter().any(|other| one.clashes(other));
        let people: BTreeSet<UserId> = sole.iter().filter(|one| is_clear(one)).map(|one| one.user).collect();
        let is_unclear =
            |candidates: &Vec<Candidate>| candidates.iter().all(|one| !people.contains(&one.user));
        let unclear = self.0.iter().filter(|(_, of)| !of.is_empty() && open(of) && is_unclear(of));
        let unclear = unclear.map(|(club, _)| *club).collect();
        let mut everyone = people;
        let into = if own.rosters.is_empty() {
            everyone.first().copied().unwrap_or(own.user)
        } else {
            everyone.first().map_or(own.user, |first| own.user.min(*first))
        };
        everyone.insert(own.user);
        everyone.remove(&into);
        Settled { into, others: everyone.into_iter().collect(), unclear }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};
    use uuid::Uuid;

    use super::*;

    fn user(number: u64) -> UserId {
        UserId::new(Uuid::from_u64_pair(1, number))
    }

    fn club(number: u64) -> ClubId {
        ClubId::new(Uuid::from_u64_pair(2, number))
    }

    fn candidate(number: u64, rosters: &[u64]) -> Candidate {
        Candidate {
            is_taken: false,
            rosters: rosters.iter().copied().map(club).collect(),
            user: user(number),
        }
    }

    fn claims(of: &[(u64, &[Candidate])]) -> Claims {
        Claims(of.iter().map(|(number, candidates)| (club(*number), candidates.to_vec())).collect())
    }

    #[test]
    fn one_entry_of_each_roster_is_somebody() {
        let (own, one, two) = (candidate(9, &[]), candidate(2, &[1]), candidate(3, &[2]));
        let settled = claims(&[(1, &[one]), (2, &[two])]).settle(&own);
        assert_eq!(settled, Settled { into: user(2), others: vec![user(3), user(9)], unclear: vec![] });
    }

    #[test]
    fn two_entries_of_a_roster_are_nobody() {
        let (own, one, two) = (candidate(9, &[]), candidate(2, &[1]), candidate(3, &[1]));
        let settled = claims(&[(1, &[one.clone(), two])]).settle(&own);
        assert_eq!(settled, Settled { into: user(9), others: vec![], unclear: vec![club(1)] });
        let taken = claims(&[(1, &[Candidate { is_taken: true, ..one }])]).settle(&own);
        assert_eq!(taken, settled);
    }

    #[test]
    fn whoever_is_one_of_two_stays_that_one() {
        let (own, other) = (candidate(2, &[1]), candidate(1, &[1]));
        let both = claims(&[(1, &[other.clone(), own.clone()])]);
        assert_eq!(both.settle(&own), Settled { into: user(2), others: vec![], unclear: vec![] });
        assert!(!both.contradict(&own));
        let only = claims(&[(1, &[other])]);
        assert_eq!(only.settle(&own), Settled { into: user(2), others: vec![], unclear: vec![club(1)] });
        assert!(only.contradict(&own));
        assert!(!only.contradict(&candidate(2, &[2])), "of another roster");
    }

    /// Five people, four clubs; who is on which roster, and whom each claims.
    fn a_case() -> impl Strategy<Value = (Candidate, Claims)> {
        let person = (any::<bool>(), vec(any::<bool>(), 4));
        (vec(person, 5), vec(vec(any::<bool>(), 5), 4)).prop_map(|(people, claimed)| {
            let people: Vec<Candidate> = (1..)
                .zip(people)
                .map(|(number, (is_taken, on))| {
                    let rosters = (0..4).filter(|at| on[*at]).map(|at| club(at as u64)).collect();
                    Candidate { is_taken, rosters, user: user(number) }
                })
                .collect();
            let of_club = |(at, chosen): (u64, Vec<bool>)| {
                let on =
                    people.iter().zip(chosen).filter(|(one, yes)| *yes && one.rosters.contains(&club(at)));
                (club(at), on.map(|(one, _)| one.clone()).collect())
            };
            (people[2].clone(), Claims((0..).zip(claimed).map(of_club).collect()))
        })
    }

    proptest! {
        #[test]
        fn nobody_becomes_two_of_a_roster((own, claims) in a_case()) {
            let Settled { into, others, unclear } = claims.settle(&own);
            let mut group: Vec<UserId> = others.clone();
            group.push(into);
            prop_assert!(group.contains(&own.user));
            prop_assert!(!others.contains(&into));
            let all: Vec<&Candidate> = claims.0.values().flatten().chain([&own]).collect();
            let theirs = |who: &UserId| all.iter().find(|one| one.user == *who).copied();
            for one in group.iter().filter_map(theirs) {
                prop_assert!(one.user == own.user || !one.is_taken);
                for other in group.iter().filter_map(theirs) {
                    prop_assert!(!one.clashes(other));
                }
            }
            for (club, candidates) in &claims.0 {
                let known = candidates.iter().any(|one| group.contains(&one.user));
                prop_assert_eq!(unclear.contains(club), !known && !candidates.is_empty());
            }
        }
    }
}
