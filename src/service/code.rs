//! Codes that a club's site gives its people, so that they can say in Discord who they are.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    Service, ServiceError,
    audit::Deed,
    link::{self, Linked, PersonAsk, Proof},
    roster::Doer,
    work::Work,
};
use crate::{
    domain::{
        claim::Candidate,
        id::{ClubId, UserId},
        link_code::LinkCode,
        member::LinkedBy,
        refusal::Refusal,
    },
    store::{identities, link_codes, members, users},
};

/// How long a code can be typed.
const LASTS: SignedDuration = SignedDuration::from_hours(24);

impl Service {
    /// Makes a code for a person of a club, and says until when it can be typed. Earlier ones stop working.
    ///
    /// # Errors
    ///
    /// Refuses somebody who isn't of the club, and fails when the database does.
    pub async fn make_code(
        &self,
        club: ClubId,
        user: UserId,
        by: Doer,
    ) -> Result<(LinkCode, Timestamp), ServiceError> {
        let work = self.begin().await?;
        let user = users::current(&work.tx, user).await?.ok_or(Refusal::UnknownPerson)?;
        members::by_user(&work.tx, club, user).await?.ok_or(Refusal::UnknownPerson)?;
        let code = LinkCode::new(&self.0.ids.reference());
        let until = work.now.saturating_add(LASTS).unwrap_or(Timestamp::MAX);
        let hash = self.0.codes.digest(code.as_str());
        link_codes::put(&work.tx, &hash, (club, user), work.now, until).await?;
        let deed = Deed {
            action: "member.code",
            after: Some(json!({ "until": until })),
            before: None,
            subject: user.to_string(),
        };
        self.audit_by(&work, by, club, deed).await?;
        work.tx.commit().await?;
        Ok((code, until))
    }

    /// Links an account to the person whom the club's site gave a code. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses a code that is unknown, used or too old, which counts; whoever is locked out for such; and an account that is somebody
    /// else on the same roster already. Fails when the database does.
    pub async fn redeem_code(
        &self,
        ask: PersonAsk<'_, Linked>,
        code: &LinkCode,
    ) -> Result<Value, ServiceError> {
        let (mut work, account) = (self.begin().await?, ask.account);
        users::decide_alone(&work.tx).await?;
        if let Some(until) = link_codes::begin_try(&work.tx, account.id, work.now).await? {
            return Err(Refusal::CodesLocked(until).into());
        }
        let hash = self.0.codes.digest(code.as_str());
        let Some((_, user)) = link_codes::spend(&work.tx, &hash, work.now).await? else {
            let locked = link_codes::wrong(&work.tx, account.id, work.now).await?;
            work.tx.commit().await?;
            return Err(locked.map_or(Refusal::WrongCode, Refusal::CodesLocked).into());
        };
        link_codes::right(&work.tx, account.id).await?;
        let into = users::current(&work.tx, user).await?.ok_or(Refusal::WrongCode)?;
        let own = self.person_of(&work, account).await?;
        users::hold(&work.tx, &[own, into]).await?;
        let own = self.free_for(&mut work, own, into, ask.account.id).await?;
        let others: Vec<UserId> = [own].into_iter().filter(|own| *own != into).collect();
        let merged = self.become_one(&mut work, account.id, into, &others).await?;
        let email = identities::by_account(&work.tx, account.id).await?.and_then(|identity| identity.email);
        let proof = Proof { account: account.clone(), email };
        self.give(&work, &proof, into, LinkedBy::Code).await?;
        let rosters = link::rosters(&work.tx, into).await?;
        let callback = (ask.render)(&Linked { merged, rosters, unclear: Vec::new() });
        self.keep_under(work, ask.key, ask.guild, ask.request_id, callback).await
    }

    /// The person behind an account, who can become one with `into`: no roster has them as two.
    async fn free_for(
        &self,
        work: &mut Work,
        own: UserId,
        into: UserId,
        account: Id<UserMarker>,
    ) -> Result<UserId, ServiceError> {
        let into = link::candidate(work, into).await?;
        let mut own = link::candidate(work, own).await?;
        if own.clashes(&into) {
            own = self.leave_a_guess(work, own, account).await?;
        }
        match clash(work, &own, &into).await? {
            Some(refusal) => Err(refusal.into()),
            None => Ok(own.user),
        }
    }
}

/// What somebody is told whom a roster has as another person already.
async fn clash(work: &Work, own: &Candidate, into: &Candidate) -> Result<Option<Refusal>, ServiceError> {
    if own.user == into.user {
        return Ok(None);
    }
    let Some(club) = own.rosters.intersection(&into.rosters).next() else { return Ok(None) };
    let member = members::by_user(&work.tx, *club, own.user).await?;
    Ok(member.map(|member| Refusal::LinkedElsewhere(member.entry.name)))
}
