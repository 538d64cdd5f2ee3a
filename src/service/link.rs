//! Linking: a Discord account and the person of a club's roster whose it is.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{Service, ServiceError, audit::Deed, merge::Merged, work::Work};
use crate::{
    domain::{
        account::Account,
        email::Email,
        id::{ClubId, UserId},
        link_code::LinkCode,
        member::{Identity, Link, LinkedBy, Member},
        name::{ClubName, EventName, PersonName},
        refusal::Refusal,
    },
    store::{
        Source,
        audit::Doer,
        clubs, guild_members, link_codes,
        match_answers::{self, Verdict},
        members, users,
    },
};

/// How long a code from the site can be typed.
const CODE_LASTS: SignedDuration = SignedDuration::from_hours(24);

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
    /// The clubs that have several people with the address, so that it can't be told which.
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
        let mut work = self.begin().await?;
        let own = self.person_of(&work, &proof.account).await?;
        let claimed = members::claimed_by(&work.tx, &proof.account, proof.email.as_ref()).await?;
        let own = self.leave_a_guess(&mut work, own, proof.account.id, &claimed).await?;
        let ours = members::of_user(&work.tx, own).await?;
        let Sorted { people, unclear } = sort(own, &ours, claimed);
        let mut merged = Merged::default();
        // The oldest entry stays: the club's site knows it for longest.
        let into = people.first().copied().unwrap_or(own);
        for from in people.iter().copied().chain([own]).filter(|user| *user != into) {
            merged.events.extend(self.merge(&mut work, from, into).await?.events);
        }
        let link = Link { at: work.now, by: LinkedBy::Oauth };
        users::give(&work.tx, proof.account.id, into, Some(link), proof.email.as_ref()).await?;
        self.remember_link(&work, &proof.account, into, LinkedBy::Oauth).await?;
        let rosters = rosters(&work.tx, into).await?;
        let unclear = names(&work, unclear).await?;
        self.commit(work, request_id).await?;
        Ok(Linked { merged: merged.events, rosters, unclear })
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
        let mut work = self.begin().await?;
        let account = ask.account;
        if let Some(until) = link_codes::begin_try(&work.tx, account.id, work.now).await? {
            return Err(Refusal::CodesLocked(until).into());
        }
        let hash = self.0.codes.digest(code.as_str());
        let Some((club, user)) = link_codes::spend(&work.tx, &hash, work.now).await? else {
            let locked = link_codes::wrong(&work.tx, account.id, work.now).await?;
            work.tx.commit().await?;
            return Err(locked.map_or(Refusal::WrongCode, Refusal::CodesLocked).into());
        };
        link_codes::right(&work.tx, account.id).await?;
        let into = users::current(&work.tx, user).await?.ok_or(Refusal::WrongCode)?;
        let own = self.person_of(&work, account).await?;
        if own != into {
            self.refuse_two_entries(&work, club, own).await?;
        }
        let Merged { events } = self.merge(&mut work, own, into).await?;
        let email = users::identity(&work.tx, account.id).await?.and_then(|identity| identity.email);
        let link = Link { at: work.now, by: LinkedBy::Code };
        users::give(&work.tx, account.id, into, Some(link), email.as_ref()).await?;
        self.remember_link(&work, account, into, LinkedBy::Code).await?;
        let linked = Linked { merged: events, rosters: rosters(&work.tx, into).await?, unclear: Vec::new() };
        let callback = (ask.render)(&linked);
        self.keep_under(work, ask.key, ask.guild, ask.request_id, callback).await
    }

    /// Makes a code for a person of a club, and says until when it can be typed. Earlier ones stop working.
    ///
    /// # Errors
    ///
    /// Refuses somebody who isn't of the club, and fails when the database does.
    pub async fn make_code(&self, club: ClubId, user: UserId) -> Result<(LinkCode, Timestamp), ServiceError> {
        let work = self.begin().await?;
        let user = users::current(&work.tx, user).await?.ok_or(Refusal::UnknownPerson)?;
        members::by_user(&work.tx, club, user).await?.ok_or(Refusal::UnknownPerson)?;
        let code = LinkCode::new(&self.0.ids.reference());
        let until = work.now.saturating_add(CODE_LASTS).unwrap_or(Timestamp::MAX);
        let hash = self.0.codes.digest(code.as_str());
        link_codes::put(&work.tx, &hash, (club, user), work.now, until).await?;
        work.tx.commit().await?;
        Ok((code, until))
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
        let Some(identity) = users::identity(self.store(), account).await? else {
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
        let identity = users::identity(&work.tx, ask.account.id).await?;
        let identity = identity.filter(|identity| identity.link.is_some()).ok_or(Refusal::NotLinked)?;
        self.separate(&mut work, &identity).await?;
        for (club, member) in members::of_user(&work.tx, identity.user).await? {
            if member.on_roster {
                let pair = (ask.account.id, identity.user);
                match_answers::put(&work.tx, club, pair, Verdict::Different, ask.account.id, work.now)
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

    /// Makes an account a person of its own, with what was done with it, and a member of the clubs whose servers it is in.
    pub(super) async fn separate(
        &self,
        work: &mut Work,
        identity: &Identity,
    ) -> Result<UserId, ServiceError> {
        let fresh = UserId::new(self.0.ids.uuid(work.now));
        let account = &identity.account;
        users::create(&work.tx, fresh, account.name(), work.now).await?;
        users::give(&work.tx, account.id, fresh, None, None).await?;
        self.part(work, account.id, fresh).await?;
        for guild in guild_members::guilds_of(&work.tx, account.id).await? {
            let Some(club) = clubs::of_guild(&work.tx, guild).await? else { continue };
            // Only those of whom the club knew, by a sync, are members of it.
            if members::by_user(&work.tx, club.id, identity.user).await?.is_some() {
                let own = Member::on_their_own(fresh, account);
                members::put(&work.tx, club.id, &[own], work.now).await?;
            }
        }
        Ok(fresh)
    }

    /// Parts an account from a person that it was only taken for by its names, where what can't be mistaken names somebody else. Says
    /// whose it is then.
    async fn leave_a_guess(
        &self,
        work: &mut Work,
        own: UserId,
        account: Id<UserMarker>,
        claimed: &[(ClubId, Member)],
    ) -> Result<UserId, ServiceError> {
        let identity = users::identity(&work.tx, account).await?;
        let guessed = |identity: &Identity| {
            identity.link.is_some_and(|link| matches!(link.by, LinkedBy::Conflict | LinkedBy::Sync))
        };
        let contradicts = !claimed.is_empty() && claimed.iter().all(|(_, member)| member.user != own);
        let Some(identity) = identity.filter(|identity| contradicts && guessed(identity)) else {
            return Ok(own);
        };
        for (club, _) in members::of_user(&work.tx, own).await? {
            match_answers::put(&work.tx, club, (account, own), Verdict::Different, account, work.now).await?;
        }
        self.separate(work, &identity).await
    }

    /// Refuses to make one person of two whom the same roster names.
    async fn refuse_two_entries(&self, work: &Work, club: ClubId, own: UserId) -> Result<(), ServiceError> {
        match members::by_user(&work.tx, club, own).await? {
            Some(member) if member.on_roster => Err(Refusal::LinkedElsewhere(member.entry.name).into()),
            _ => Ok(()),
        }
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
                match_answers::put(&work.tx, club, pair, Verdict::Same, account.id, work.now).await?;
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

/// The people on rosters who are somebody, and the clubs where it can't be told.
struct Sorted {
    people: Vec<UserId>,
    unclear: Vec<ClubId>,
}

/// Sorts out who of those claimed the person is: one of a club at most, and none where the club's roster names the person already.
fn sort(own: UserId, ours: &[(ClubId, Member)], claimed: Vec<(ClubId, Member)>) -> Sorted {
    let mut sorted = Sorted { people: Vec::new(), unclear: Vec::new() };
    let on_roster = |club: ClubId| ours.iter().any(|(theirs, member)| *theirs == club && member.on_roster);
    let clubs: std::collections::BTreeSet<ClubId> = claimed.iter().map(|(club, _)| *club).collect();
    for club in clubs.into_iter().filter(|club| !on_roster(*club)) {
        let mut of_club = claimed.iter().filter(|(theirs, _)| *theirs == club).map(|(_, member)| member.user);
        match (of_club.next(), of_club.next()) {
            (Some(user), None) if user != own => sorted.people.push(user),
            (Some(_), Some(_)) => sorted.unclear.push(club),
            _ => {}
        }
    }
    if ours.iter().any(|(_, member)| member.on_roster) {
        sorted.people.push(own);
    }
    sorted.people.sort_unstable();
    sorted.people.dedup();
    sorted
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
