//! The conflict inbox: accounts that may be one of several people, one at a time.

use serde_json::{Value, json};

use super::{Ask, Service, ServiceError, audit::Deed, roster::Doer, work::Work};
pub use crate::store::conflicts::Wanted;
use crate::{
    domain::{
        account::Account,
        actor::Actor,
        club::Club,
        id::{ClubId, ConflictId, UserId},
        matching::Evidence,
        member::{Judgement, Link, LinkedBy, Member},
        name::PersonName,
        refusal::Refusal,
    },
    store::{
        Source,
        conflicts::{self, Conflict, ConflictState},
        guild_members, identities,
        match_answers::{self, Verdict},
        members, users,
    },
};

/// A conflict with all that somebody needs to decide it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ShownConflict {
    /// The account, by every name that it has.
    pub account: Account,
    /// Who it may be, the likeliest first.
    pub candidates: Vec<(Member, Evidence)>,
    /// Its identifier.
    pub id: ConflictId,
    /// How many are open, this one included.
    pub open: u64,
}

/// What somebody decides.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
    /// The account is none of the people offered.
    NoneOfThese,
    /// The account is that person.
    Same(UserId),
}

/// What a decision came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decided {
    /// The account.
    pub account: Account,
    /// The conflict to look at next, if there is one.
    pub next: Option<ShownConflict>,
    /// Who the account is, if it is somebody.
    pub person: Option<PersonName>,
}

impl Service {
    /// An open conflict of the actor's club; `None` when there is none.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn conflict(
        &self,
        actor: &Actor,
        wanted: Wanted,
    ) -> Result<Option<ShownConflict>, ServiceError> {
        let club = self.organised_club(actor).await?;
        next(self.store(), &club, wanted).await
    }

    /// Decides a conflict, and remembers the answer. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and a conflict that was settled meanwhile or doesn't offer that person; fails when the database
    /// does.
    pub async fn decide_conflict(
        &self,
        ask: Ask<'_, Decided>,
        id: ConflictId,
        decision: Decision,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        users::decide_alone(&work.tx).await?;
        let club = work.organised_club(ask.actor).await?;
        let decided = self.decide(&mut work, &club, id, decision, ask.actor).await?;
        self.finish(work, &ask, &decided).await
    }

    async fn decide(
        &self,
        work: &mut Work,
        club: &Club,
        id: ConflictId,
        decision: Decision,
        actor: &Actor,
    ) -> Result<Decided, ServiceError> {
        let by = Doer::Account(actor.account.id);
        let (conflict, person) = self.settle_conflict(work, club.id, id, decision, by).await?;
        let account = account(&work.tx, club, &conflict).await?;
        Ok(Decided { account, next: next(&work.tx, club, Wanted::After(id)).await?, person })
    }

    /// Decides a conflict of a club, whoever asks. Tells who the account is, if it is somebody.
    pub(super) async fn settle_conflict(
        &self,
        work: &mut Work,
        club: ClubId,
        id: ConflictId,
        decision: Decision,
        by: Doer,
    ) -> Result<(Conflict, Option<PersonName>), ServiceError> {
        let found = conflicts::by_id(&work.tx, club, id).await?;
        let conflict = found.filter(|found| found.state == ConflictState::Open).ok_or(Refusal::Settled)?;
        let person = match decision {
            Decision::NoneOfThese => {
                for candidate in &conflict.candidates {
                    let Some(user) = users::current(&work.tx, candidate.user).await? else { continue };
                    let pair = (conflict.account, user);
                    match_answers::put(&work.tx, club, pair, Verdict::Different, by, work.now).await?;
                }
                None
            }
            Decision::Same(user) => {
                if !conflict.candidates.iter().any(|candidate| candidate.user == user) {
                    return Err(Refusal::Settled.into());
                }
                Some(self.take_for_person(work, club, &conflict, user, by).await?)
            }
        };
        conflicts::settle(&work.tx, club, conflict.account, ConflictState::Answered, work.now).await?;
        let deed = Deed {
            action: "member.decide",
            after: Some(json!({ "account": conflict.account, "person": person })),
            before: None,
            subject: id.to_string(),
        };
        self.audit_by(work, by, club, deed).await?;
        Ok((conflict, person))
    }

    async fn take_for_person(
        &self,
        work: &mut Work,
        club: ClubId,
        conflict: &Conflict,
        user: UserId,
        by: Doer,
    ) -> Result<PersonName, ServiceError> {
        let into = users::current(&work.tx, user).await?.ok_or(Refusal::Settled)?;
        let member = members::by_user(&work.tx, club, into).await?.ok_or(Refusal::Settled)?;
        let identity = identities::by_account(&work.tx, conflict.account).await?.ok_or(Refusal::Settled)?;
        let is_taken = identities::of(&work.tx, into).await?.iter().any(|other| other.link.is_some());
        if identity.link.is_some() || is_taken {
            return Err(Refusal::Settled.into());
        }
        self.merge(work, identity.user, into).await?;
        let link = Link { at: work.now, by: LinkedBy::Conflict };
        users::give(&work.tx, conflict.account, into, Some(link), identity.email.as_ref()).await?;
        if let Some(by) = by.account() {
            members::judge(&work.tx, club, into, &Judgement::Chosen { by }).await?;
        }
        match_answers::put(&work.tx, club, (conflict.account, into), Verdict::Same, by, work.now).await?;
        Ok(member.entry.name)
    }
}

async fn next(db: &impl Source, club: &Club, wanted: Wanted) -> Result<Option<ShownConflict>, ServiceError> {
    let Some(conflict) = conflicts::open(db, club.id, wanted).await? else { return Ok(None) };
    let mut candidates = Vec::new();
    for candidate in &conflict.candidates {
        let Some(user) = users::current(db, candidate.user).await? else { continue };
        if let Some(member) = members::by_user(db, club.id, user).await? {
            candidates.push((Member { user: candidate.user, ..member }, candidate.evidence));
        }
    }
    let account = account(db, club, &conflict).await?;
    let open = conflicts::count(db, club.id).await?;
    Ok(Some(ShownConflict { account, candidates, id: conflict.id, open }))
}

/// The account of a conflict, by the names that it has in the club's server.
async fn account(db: &impl Source, club: &Club, conflict: &Conflict) -> Result<Account, ServiceError> {
    if let Some(member) = guild_members::by_account(db, club.guild, conflict.account).await? {
        return Ok(member.account);
    }
    let known = identities::by_account(db, conflict.account).await?.map(|identity| identity.account);
    let id = conflict.account;
    Ok(known.unwrap_or_else(|| Account { global_name: None, id, nickname: None, username: id.to_string() }))
}
