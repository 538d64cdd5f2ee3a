//! The conflict inbox as programs see it: a list, each with everything that somebody needs to decide it.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use twilight_model::id::{Id, marker::UserMarker};

use super::{Service, ServiceError, conflict::Decision, roster::Doer, work::Work};
pub use crate::store::conflicts::ConflictState;
use crate::{
    domain::{
        account::Account,
        id::{ClubId, ConflictId, UserId},
        matching::Evidence,
        member::Member,
        refusal::Refusal,
    },
    store::{
        Source, clubs,
        conflicts::{self, Conflict},
        guild_members, identities, match_answers, members, users,
    },
};

/// A conflict, open or settled.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListedConflict {
    /// The account, by every name that it has.
    pub account: Account,
    /// Who it may be, the likeliest first, as far as the club still knows them.
    pub candidates: Vec<(Member, Evidence)>,
    /// When it came up.
    pub created_at: Timestamp,
    /// Its identifier.
    pub id: ConflictId,
    /// Who the account was said to be, if it was.
    pub person: Option<UserId>,
    /// How it stands.
    pub state: ConflictState,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Service {
    /// The club's conflicts after one that stand like that, in the order in which they came up.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn conflicts(
        &self,
        club: ClubId,
        states: &[ConflictState],
        after: Option<ConflictId>,
        limit: u64,
    ) -> Result<Vec<ListedConflict>, ServiceError> {
        clubs::name(self.store(), club).await?.ok_or(Refusal::NoClub)?;
        let page = conflicts::page(self.store(), club, states, after, limit).await?;
        listed(self.store(), club, page).await
    }

    /// Decides a conflict for a program, and remembers the answer.
    ///
    /// # Errors
    ///
    /// Refuses a conflict that the club doesn't have or that is settled, and a person whom it doesn't offer; fails when the database does.
    pub async fn decide_for(
        &self,
        club: ClubId,
        id: ConflictId,
        decision: Decision,
        by: Doer,
        request_id: &str,
    ) -> Result<ListedConflict, ServiceError> {
        let mut work = self.begin().await?;
        users::decide_alone(&work.tx).await?;
        if !clubs::hold(&work.tx, club).await? {
            return Err(Refusal::NoClub.into());
        }
        let found = conflicts::by_id(&work.tx, club, id).await?.ok_or(Refusal::UnknownConflict)?;
        let decision = offered(&work, &found, decision).await?;
        self.settle_conflict(&mut work, club, id, decision, by).await?;
        let settled = conflicts::by_id(&work.tx, club, id).await?;
        let shown = listed(&work.tx, club, settled.into_iter().collect()).await?;
        self.commit(work, request_id).await?;
        Ok(shown.into_iter().next().ok_or(Refusal::UnknownConflict)?)
    }
}

/// The decision in the terms of the conflict: whoever was offered may have turned out to be somebody else since.
async fn offered(work: &Work, conflict: &Conflict, decision: Decision) -> Result<Decision, ServiceError> {
    let Decision::Same(user) = decision else { return Ok(decision) };
    if conflict.state != ConflictState::Open {
        return Ok(decision);
    }
    let offered = conflict.candidates.iter().map(|candidate| candidate.user);
    let current = users::current_of(&work.tx, offered.clone().chain([user])).await?;
    let meant = current.get(&user).ok_or(Refusal::NotACandidate)?;
    let found = offered.into_iter().find(|offered| current.get(offered) == Some(meant));
    Ok(Decision::Same(found.ok_or(Refusal::NotACandidate)?))
}

/// Conflicts with all that is known of whom they are about.
async fn listed(
    db: &impl Source,
    club: ClubId,
    page: Vec<Conflict>,
) -> Result<Vec<ListedConflict>, ServiceError> {
    let candidates = page.iter().flat_map(|conflict| &conflict.candidates).map(|candidate| candidate.user);
    let current = users::current_of(db, candidates).await?;
    let people = members::some(db, club, current.values().copied()).await?;
    let said = match_answers::same(db, club, page.iter().map(|conflict| conflict.account)).await?;
    let mut accounts = accounts(db, club, &page).await?;
    let conflict = |conflict: Conflict| ListedConflict {
        account: accounts.remove(&conflict.account).unwrap_or_else(|| nameless(conflict.account)),
        candidates: known(&conflict, &current, &people),
        created_at: conflict.created_at,
        id: conflict.id,
        person: said.get(&conflict.account).copied().filter(|_| conflict.state == ConflictState::Answered),
        state: conflict.state,
        updated_at: conflict.updated_at,
    };
    Ok(page.into_iter().map(conflict).collect())
}

fn known(
    conflict: &Conflict,
    current: &HashMap<UserId, UserId>,
    people: &HashMap<UserId, Member>,
) -> Vec<(Member, Evidence)> {
    let candidates = conflict.candidates.iter();
    let known = candidates.filter_map(|candidate| {
        let member = people.get(current.get(&candidate.user)?)?;
        Some((member.clone(), candidate.evidence))
    });
    known.collect()
}

/// The accounts of conflicts, by the names that they have in the club's server.
async fn accounts(
    db: &impl Source,
    club: ClubId,
    page: &[Conflict],
) -> Result<BTreeMap<Id<UserMarker>, Account>, ServiceError> {
    let ids = || page.iter().map(|conflict| conflict.account);
    let known = identities::by_accounts(db, ids()).await?;
    let mut accounts: BTreeMap<_, _> =
        known.into_iter().map(|(id, identity)| (id, identity.account)).collect();
    if let Some(guild) = clubs::guild_of(db, club).await? {
        let there = guild_members::some(db, guild, ids()).await?;
        accounts.extend(there.into_iter().map(|member| (member.account.id, member.account)));
    }
    Ok(accounts)
}

fn nameless(id: Id<UserMarker>) -> Account {
    Account { global_name: None, id, nickname: None, username: id.to_string() }
}
