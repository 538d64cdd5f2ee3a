//! Who of a server's members is who on a club's roster, told by their names.
//!
//! Links and what people answered before are certain and stand outside of this. Of all others every name that each side has is
//! compared with every name of the other; see [`Likeness`] for what counts. A pair is made only if it is likely by itself, clearly
//! likelier than any other that either of the two could be in, and each of them is in one pair only. All else is left to people:
//! nobody is guessed at.

mod assign;
mod company;
mod evidence;
mod fold;
mod index;
mod likeness;
mod parts;
mod rarity;
mod script;
mod short;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::evidence::{Alike, Evidence, Likeness};
use self::{assign::Candidates, fold::Folded, index::Index, rarity::Rarity};

/// Candidates that are offered to choose from, at most.
pub const MAX_CANDIDATES: usize = 8;

/// Somebody with every name that they go by.
#[derive(Clone, Debug)]
pub struct Person<K> {
    /// Whatever identifies them.
    pub key: K,
    /// Their names, in any order.
    pub names: Vec<Name>,
}

/// A name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Name {
    /// Where it stands.
    pub kind: NameKind,
    /// The name, as it is written there.
    pub text: String,
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// The nickname in the server.
    Nickname,
    /// The name that a Discord account shows.
    Global,
    /// A Discord account's unique name.
    Username,
    /// The name on the roster.
    Name,
    /// The name on iRacing.
    #[serde(rename = "iracing")]
    IRacing,
    /// Another name on the roster.
    Alias,
}

/// A pair that is certain enough to be made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pair<M, U> {
    /// The server's member.
    pub member: M,
    /// The roster's user.
    pub user: U,
    /// Why.
    pub evidence: Evidence,
}

/// A member who may be one of several, or may be one but isn't certain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unclear<M, U> {
    /// The server's member.
    pub member: M,
    /// Who it may be, the likeliest first; at most [`MAX_CANDIDATES`].
    pub candidates: Vec<(U, Evidence)>,
}

/// Who is who.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Matching<M, U> {
    /// Pairs that are certain enough, by member.
    pub sure: Vec<Pair<M, U>>,
    /// Members for people to look at, by member.
    pub unclear: Vec<Unclear<M, U>>,
    /// Members whom nobody on the roster resembles.
    pub unmatched: Vec<M>,
}

/// Finds who is who. Pairs in `refused` were said not to be the same person, and aren't looked at.
///
/// What comes out doesn't depend on the order of what goes in. Costs grow with the number of people and of those who share
/// a name, not with the product of both sides.
#[must_use]
pub fn match_people<M: Copy + Ord, U: Copy + Ord>(
    members: &[Person<M>],
    users: &[Person<U>],
    refused: &BTreeSet<(M, U)>,
) -> Matching<M, U> {
    let (members, users) = (sorted(members), sorted(users));
    let folded = |people: &[&[Name]]| people.iter().map(|names| Folded::of(names)).collect::<Vec<_>>();
    let of_users = folded(&users.iter().map(|user| user.names.as_slice()).collect::<Vec<_>>());
    let of_members = folded(&members.iter().map(|member| member.names.as_slice()).collect::<Vec<_>>());
    let index = Index::of(&of_users);
    let rarity = Rarity::of(&of_members, &of_users);
    let mut candidates = Candidates::new(members.len(), users.len());
    let mut near = Vec::new();
    for (at, member) in of_members.iter().enumerate() {
        index.near(member, &mut near);
        for user in near.iter().map(|user| *user as usize) {
            let refused = refused.contains(&(members[at].key, users[user].key));
            if let Some(evidence) = likeness::compare(member, &of_users[user], &rarity).filter(|_| !refused) {
                candidates.add(at, user, evidence);
            }
        }
    }
    let found = candidates.assign();
    let key = |member: usize| members[member].key;
    Matching {
        sure: found
            .sure
            .into_iter()
            .map(|(member, user, evidence)| Pair { member: key(member), user: users[user].key, evidence })
            .collect(),
        unclear: found
            .unclear
            .into_iter()
            .map(|(member, candidates)| Unclear {
                member: key(member),
                candidates: candidates
                    .into_iter()
                    .map(|(user, evidence)| (users[user].key, evidence))
                    .collect(),
            })
            .collect(),
        unmatched: found.unmatched.into_iter().map(key).collect(),
    }
}

fn sorted<K: Copy + Ord>(people: &[Person<K>]) -> Vec<&Person<K>> {
    let mut people: Vec<_> = people.iter().collect();
    people.sort_by_key(|person| person.key);
    people
}
