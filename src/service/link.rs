//! Linking: a Discord account and the person of a club's roster whose it is.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{Service, ServiceError, audit::Deed, work::Work};
use crate::{
    domain::{
        account::Account,
        claim::{Candidate, Claims, Settled},
        email::Email,
        id::{ClubId, UserId},
        member::{Identity, Link, LinkedBy},
        name::{ClubName, EventName, PersonName},
        refusal::Refusal,
    },
    store::{
        Source,
        audit::Doer,
        clubs, identities,
        match_answers::{self, Verdict},
        members, users,
    },
};

/// Somebody asks for a change of their own link, on a server or in direct messages.
pub struct PersonAsk<'a, T: ?Sized> {
    /// Their account.
    pub account: &'a Account,
    /// The server where they ask, if it is one.
    pub guild: Option<Id<GuildMarker>>,
    /// The key that the answer is kept under.
    pub key: &'a str,
    /// Turns the outcome into the answer.
    pub render: &'a (dyn Fn(&T) -> Value + Sync),
    /// What the log lines of the work it causes carry.
    pub request_id: &'a str,
}

/// Where a person stands on a roster.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OnRoster {
    /// The club.
    pub club: ClubName,
    /// Their name there.
    pub name: PersonName,
}

/// What linking came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Linked {
    /// The events for which the person had said something twice: one line is left of the two.
    pub merged: Vec<EventName>,
    /// The rosters that they are on now; none for somebody with an account of their own.
    pub rosters: Vec<OnRoster>,
    /// The clubs on whose roster it can't be told who they are.
    pub unclear: Vec<ClubName>,
}

/// What Discord vouches for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proof {
    /// The account.
    pub account: Account,
    /// Its e-mail address, if it is verified.
    pub email: Option<Email>,
}

impl Service {
    /// Links an account to whomever a roster says it is: by its verified e-mail address, or because the roster names it. Who is on no
    /// roster keeps an account of their own.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn link_proven(&self, proof: Proof, request_id: &str) -> Result<Linked, ServiceError> {
        let (mut work, account) = (self.begin().await?, &proof.account);
        users::decide_alone(&work.tx).await?;
        let own = self.person_of(&work, account).await?;
        let claims = self.claims(&work, &proof).await?;
        let everybody: Vec<UserId> = claims.people().into_iter().chain([own]).collect();
        users::hold(&work.tx, &everybody).await?;
        let mut own = candidate(&work, own).await?;
        if claims.contradict(&own) {
            own = self.leave_a_guess(&mut work, own, account.id).await?;
        }
        let Settled { into, others, unclear } = claims.settle(&own);
        let events = self.become_one(&mut work, account.id, into, &others).await?;
        self.give(&work, &proof, into, LinkedBy::Oauth).await?;
        let rosters = rosters(&work.tx, into).await?;
        let unclear = names(&work, unclear).await?;
        self.commit(work, request_id).await?;
        Ok(Linked { merged: events, rosters, unclear })
    }

    /// How an account is linked, and the rosters that its person is on.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn link_of(
        &self,
        account: Id<UserMarker>,
    ) -> Result<(Option<Identity>, Vec<OnRoster>), ServiceError> {
        let Some(identity) = identities::by_account(self.store(), account).await? else {
            return Ok((None, Vec::new()));
        };
        let rosters = rosters(self.store(), identity.user).await?;
        Ok((Some(identity), rosters))
    }

    /// Parts an account from the person that it is linked to. What was done with the account goes with it; the roster keeps its entry,
    /// and no sync links the two again. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses where there is no link, and fails when the database does.
    pub async fn unlink(&self, ask: PersonAsk<'_, ()>) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        users::decide_alone(&work.tx).await?;
        self.person_of(&work, ask.account).await?;
        let identity = identities::by_account(&work.tx, ask.account.id).await?;
        let identity = identity.filter(|identity| identity.link.is_some()).ok_or(Refusal::NotLinked)?;
        self.separate(&mut work, &identity).await?;
        for (club, member) in members::of_user(&work.tx, identity.user).await? {
            if member.on_roster {
                let pair = (ask.account.id, identity.user);
                match_answers::put(
                    &work.tx,
                    club,
                    pair,
                    Verdict::Different,
                    Doer::Account(ask.account.id),
                    work.now,
                )
                .await?;
            }
            let deed = Deed {
                action: "member.unlink",
                after: None,
                before: Some(json!({ "account": ask.account.id })),
                subject: identity.user.to_string(),
            };
            self.audit_by(&work, Doer::Account(ask.account.id), club, deed).await?;
        }
        let callback = (ask.render)(&());
        self.keep_under(work, ask.key, ask.guild, ask.request_id, callback).await
    }

    /// Whom the rosters say that the account is by what can't be mistaken.
    async fn claims(&self, work: &Work, proof: &Proof) -> Result<Claims, ServiceError> {
        let mut claims = Claims::default();
        for (club, member) in members::claimed_by(&work.tx, &proof.account, proof.email.as_ref()).await? {
            let entry = &member.entry;
            let is_sure = entry.email.is_some() && entry.email == proof.email
                || entry.discord.as_ref().is_some_and(|handle| handle.id() == Some(proof.account.id));
            let mut person = candidate(work, member.user).await?;
            // A username changes hands: whose entry is somebody's already isn't taken by it.
            person.is_taken = !is_sure && is_another(work, member.user, proof.account.id).await?;
            claims.0.entry(club).or_default().push(person);
        }
        Ok(claims)
    }

    /// Parts an account from a person that it was only taken for, where what can't be mistaken says otherwise. Says whose it is then.
    pub(super) async fn leave_a_guess(
        &self,
        work: &mut Work,
        own: Candidate,
        account: Id<UserMarker>,
    ) -> Result<Candidate, ServiceError> {
        let identity = identities::by_account(&work.tx, account).await?;
        let guessed = |link: Link| matches!(link.by, LinkedBy::Conflict | LinkedBy::Sync);
        let Some(identity) = identity.filter(|identity| identity.link.is_some_and(guessed)) else {
            return Ok(own);
        };
        for club in &own.rosters {
            let pair = (account, own.user);
            match_answers::put(&work.tx, *club, pair, Verdict::Different, Doer::Account(account), work.now)
                .await?;
        }
        let fresh = self.separate(work, &identity).await?;
        candidate(work, fresh).await
    }

    /// Makes one person of several. Other accounts that a sync took for one of them by their names are namesakes'. Returns the events
    /// for which one line is left of two.
    pub(super) async fn become_one(
        &self,
        work: &mut Work,
        account: Id<UserMarker>,
        into: UserId,
        others: &[UserId],
    ) -> Result<Vec<EventName>, ServiceError> {
        for user in others.iter().chain([&into]) {
            for identity in identities::of(&work.tx, *user).await? {
                let guessed = identity.link.is_some_and(|link| link.by == LinkedBy::Sync);
                if guessed && identity.account.id != account {
                    self.separate(work, &identity).await?;
                }
            }
        }
        let mut events: Vec<EventName> = Vec::new();
        for from in others {
            for event in self.merge(work, *from, into).await?.events {
                if !events.contains(&event) {
                    events.push(event);
                }
            }
        }
        Ok(events)
    }

    /// Gives the account to the person that it proved to be.
    pub(super) async fn give(
        &self,
        work: &Work,
        proof: &Proof,
        user: UserId,
        by: LinkedBy,
    ) -> Result<(), ServiceError> {
        let link = Link { at: work.now, by };
        users::give(&work.tx, proof.account.id, user, Some(link), proof.email.as_ref()).await?;
        self.remember_link(work, &proof.account, user, by).await
    }

    /// Remembers in each club that the account is that person, whatever a sync would think.
    pub(super) async fn remember_link(
        &self,
        work: &Work,
        account: &Account,
        user: UserId,
        by: LinkedBy,
    ) -> Result<(), ServiceError> {
        for (club, member) in members::of_user(&work.tx, user).await? {
            if member.on_roster {
                let pair = (account.id, user);
                match_answers::put(&work.tx, club, pair, Verdict::Same, Doer::Account(account.id), work.now)
                    .await?;
            }
            let deed = Deed {
                action: "member.link",
                after: Some(json!({ "account": account.id, "by": by })),
                before: None,
                subject: user.to_string(),
            };
            self.audit_by(work, Doer::Account(account.id), club, deed).await?;
        }
        Ok(())
    }
}

/// A person with the rosters that they are on.
pub(super) async fn candidate(work: &Work, user: UserId) -> Result<Candidate, ServiceError> {
    let theirs = members::of_user(&work.tx, user).await?;
    let rosters: BTreeSet<ClubId> =
        theirs.into_iter().filter(|(_, member)| member.on_roster).map(|(club, _)| club).collect();
    Ok(Candidate { is_taken: false, rosters, user })
}

/// Whether a person is linked to another account than that, and not by a guess.
async fn is_another(work: &Work, user: UserId, account: Id<UserMarker>) -> Result<bool, ServiceError> {
    let sure = |identity: &Identity| identity.link.is_some_and(|link| link.by != LinkedBy::Sync);
    let mut theirs = identities::of(&work.tx, user).await?.into_iter();
    Ok(theirs.any(|identity| identity.account.id != account && sure(&identity)))
}

/// The rosters that somebody is on.
pub(super) async fn rosters(db: &impl Source, user: UserId) -> Result<Vec<OnRoster>, ServiceError> {
    let mut rosters = Vec::new();
    for (club, member) in members::of_user(db, user).await? {
        if let Some(name) = clubs::name(db, club).await?.filter(|_| member.on_roster) {
            rosters.push(OnRoster { club: name, name: member.entry.name });
        }
    }
    Ok(rosters)
}

async fn names(work: &Work, clubs: Vec<ClubId>) -> Result<Vec<ClubName>, ServiceError> {
    let mut names = Vec::new();
    for club in clubs {
        names.extend(clubs::name(&work.tx, club).await?);
    }
    Ok(names)
}
