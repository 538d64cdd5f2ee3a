//! Changes of a sync, made in the database, and taken back.

use std::collections::BTreeMap;

use twilight_model::id::{Id, marker::UserMarker};

use super::super::{Service, ServiceError, work::Work};
use crate::{
    domain::{
        id::{ClubId, OwnerId, UserId},
        member::{Identity, Judgement, Link},
        name::RoleName,
        owner::Rank,
        sync::{Candidate, Change, Grounds, Run, Seen, SyncKind},
    },
    store::{
        conflicts::{self, ConflictState},
        guild_members::{self, GuildMember},
        identities, match_answers, members, sync_changes,
        sync_changes::{ChangeState, Planned},
        teams, users,
    },
};

/// A batch of changes that are being made.
pub(super) struct Batch<'b> {
    pub(super) run: &'b Run,
    /// Who was read, of those that the batch is about.
    pub(super) seen: BTreeMap<Id<UserMarker>, Seen>,
    pub(super) work: &'b mut Work,
}

/// An account was taken for a person.
#[derive(Clone, Copy)]
struct Taken {
    /// The member that it was until then, on their own.
    was: Option<UserId>,
}

impl Service {
    /// Makes changes, or takes them back. What rests on something that has changed since is left out.
    pub(super) async fn make_changes(
        &self,
        work: &mut Work,
        run: &Run,
        changes: &mut [Planned],
    ) -> Result<(), ServiceError> {
        users::decide_alone(&work.tx).await?;
        let seen = sync_changes::staged_among(&work.tx, run.id, changes).await?;
        let seen = seen.into_iter().map(|seen| (seen.account.id, seen)).collect();
        let mut batch = Batch { run, seen, work };
        if run.kind != SyncKind::Undo {
            self.join_all(&mut batch, changes).await?;
        }
        for planned in changes.iter_mut().filter(|planned| planned.state == ChangeState::Planned) {
            let made = if run.kind == SyncKind::Undo {
                self.take_back(&mut batch, planned).await?
            } else {
                self.make(&mut batch, planned).await?
            };
            planned.state = if made { ChangeState::Done } else { ChangeState::Skipped };
        }
        Ok(sync_changes::settle(&batch.work.tx, run.id, changes).await?)
    }

    async fn make(&self, batch: &mut Batch<'_>, planned: &mut Planned) -> Result<bool, ServiceError> {
        match &planned.change {
            Change::Ask { account, candidates } => self.ask_who(batch, *account, candidates).await,
            Change::Back { account } => self.come_back(batch, *account).await,
            // A join of somebody who wasn't read: they used the app, and are known already.
            Change::Join { account } => self.join(batch, *account).await,
            Change::Leave { account } => self.leave(batch, *account).await,
            Change::Link { account, by, user } => {
                let taken = self.take_for(batch, *account, by, *user).await?;
                planned.user = taken.and_then(|taken| taken.was);
                Ok(taken.is_some())
            }
            Change::Roles { account, after, before } => self.set_roles(batch, *account, before, after).await,
            Change::Grant { .. } => Ok(false),
        }
    }

    /// Takes a change back, as far as what it made still stands.
    async fn take_back(&self, batch: &mut Batch<'_>, planned: &Planned) -> Result<bool, ServiceError> {
        match &planned.change {
            Change::Ask { account, .. } => {
                let (club, now) = (batch.run.club, batch.work.now);
                conflicts::settle(&batch.work.tx, club, *account, ConflictState::Moot, now).await?;
                Ok(true)
            }
            Change::Back { account } => self.leave(batch, *account).await,
            Change::Join { account } => self.unjoin(batch, *account).await,
            Change::Leave { account } => self.come_back(batch, *account).await,
            Change::Link { by, user, .. } => self.part_from(batch, planned, by, *user).await,
            Change::Roles { account, after, before } => self.set_roles(batch, *account, after, before).await,
            Change::Grant { .. } => Ok(false),
        }
    }

    /// Whose an account is, who is seen for the first time becoming a person.
    async fn owner_of(
        &self,
        batch: &Batch<'_>,
        account: Id<UserMarker>,
    ) -> Result<Option<UserId>, ServiceError> {
        match batch.seen.get(&account) {
            Some(seen) => Ok(Some(self.person_of(batch.work, &seen.account).await?)),
            None => Ok(users::by_account(&batch.work.tx, account).await?),
        }
    }

    async fn take_for(
        &self,
        batch: &mut Batch<'_>,
        account: Id<UserMarker>,
        by: &Grounds,
        user: UserId,
    ) -> Result<Option<Taken>, ServiceError> {
        let Some(own) = self.owner_of(batch, account).await? else { return Ok(None) };
        let Batch { run, work, .. } = batch;
        let identity = identities::by_account(&work.tx, account).await?;
        let is_free = identity.as_ref().is_some_and(|identity| identity.link.is_none());
        let into = users::current(&work.tx, user).await?;
        let is_there = match into {
            Some(into) => members::by_user(&work.tx, run.club, into).await?.is_some_and(|one| one.on_roster),
            None => false,
        };
        let Some(into) = into.filter(|_| is_free && is_there) else { return Ok(None) };
        let linked = identities::of(&work.tx, into).await?;
        if linked.iter().any(|other| other.link.is_some()) {
            return Ok(None);
        }
        let was = members::by_user(&work.tx, run.club, own).await?.map(|member| member.user);
        self.merge(work, own, into).await?;
        let link = Link { at: work.now, by: by.linked_by() };
        users::give(&work.tx, account, into, Some(link), identity.and_then(|one| one.email).as_ref()).await?;
        let judged = match by {
            Grounds::Answer => match_answers::said_by(&work.tx, run.club, (account, into))
                .await?
                .map(|by| Judgement::Chosen { by }),
            Grounds::Names { evidence } => Some(Judgement::Names { evidence: *evidence }),
            Grounds::Roster => None,
        };
        if let Some(judged) = judged {
            members::judge(&work.tx, run.club, into, &judged).await?;
        }
        conflicts::settle(&work.tx, run.club, account, ConflictState::Moot, work.now).await?;
        self.note_seen(batch, account).await?;
        Ok(Some(Taken { was }))
    }

    /// Parts an account from whom it was taken for, if that still stands as it was made.
    async fn part_from(
        &self,
        batch: &mut Batch<'_>,
        planned: &Planned,
        by: &Grounds,
        user: UserId,
    ) -> Result<bool, ServiceError> {
        let (club, work) = (batch.run.club, &mut *batch.work);
        let into = users::current(&work.tx, user).await?;
        let identity = identities::by_account(&work.tx, planned.change.account()).await?;
        let stands = |identity: &Identity| {
            Some(identity.user) == into && identity.link.is_some_and(|link| link.by == by.linked_by())
        };
        let Some(identity) = identity.filter(stands) else { return Ok(false) };
        let fresh = self.separate(work, &identity).await?;
        if planned.user.is_none() {
            members::delete(&work.tx, club, fresh).await?;
        }
        Ok(true)
    }

    /// Notes that somebody who was read is in the server.
    async fn note_seen(&self, batch: &Batch<'_>, account: Id<UserMarker>) -> Result<(), ServiceError> {
        let Some(seen) = batch.seen.get(&account) else { return Ok(()) };
        guild_members::put(&batch.work.tx, batch.run.guild, &[there(seen)], batch.work.now).await?;
        Ok(())
    }

    async fn ask_who(
        &self,
        batch: &mut Batch<'_>,
        account: Id<UserMarker>,
        candidates: &[Candidate],
    ) -> Result<bool, ServiceError> {
        let work = &batch.work;
        let identity = identities::by_account(&work.tx, account).await?;
        if identity.is_some_and(|identity| identity.link.is_some()) {
            return Ok(false);
        }
        let fresh = self.0.ids.uuid(work.now);
        conflicts::put(&work.tx, batch.run.club, (account, candidates), fresh, work.now).await?;
        Ok(true)
    }

    async fn come_back(&self, batch: &mut Batch<'_>, account: Id<UserMarker>) -> Result<bool, ServiceError> {
        self.note_seen(batch, account).await?;
        let Batch { run, work, .. } = batch;
        guild_members::stay(&work.tx, run.guild, &[account]).await?;
        follow_teams(work, run.club, account).await?;
        let Some(user) = users::by_account(&work.tx, account).await? else { return Ok(false) };
        members::set_left(&work.tx, run.club, &[user], None, work.now).await?;
        Ok(true)
    }

    /// Somebody has left once none of their accounts is in the server any more.
    async fn leave(&self, batch: &mut Batch<'_>, account: Id<UserMarker>) -> Result<bool, ServiceError> {
        let Batch { run, work, .. } = batch;
        guild_members::leave(&work.tx, run.guild, &[account], work.now).await?;
        follow_teams(work, run.club, account).await?;
        let Some(user) = users::by_account(&work.tx, account).await? else { return Ok(true) };
        for other in identities::of(&work.tx, user).await? {
            let there = guild_members::by_account(&work.tx, run.guild, other.account.id).await?;
            if there.is_some_and(|there| there.left_at.is_none()) {
                return Ok(true);
            }
        }
        members::set_left(&work.tx, run.club, &[user], Some(work.now), work.now).await?;
        Ok(true)
    }

    async fn set_roles(
        &self,
        batch: &mut Batch<'_>,
        account: Id<UserMarker>,
        from: &[RoleName],
        to: &[RoleName],
    ) -> Result<bool, ServiceError> {
        let Batch { run, work, .. } = batch;
        let Some(user) = users::by_account(&work.tx, account).await? else { return Ok(false) };
        let Some(mut member) = members::by_user(&work.tx, run.club, user).await? else { return Ok(false) };
        if member.roles != from {
            return Ok(false);
        }
        member.roles = to.to_vec();
        members::put(&work.tx, run.club, &[member], work.now).await?;
        Ok(true)
    }
}

/// Somebody who was read, as the guild has them.
pub(super) fn there(seen: &Seen) -> GuildMember {
    GuildMember { account: seen.account.clone(), left_at: None, roles: seen.roles.clone() }
}

/// Somebody came or left: their teams' threads, roles and rooms follow.
async fn follow_teams(work: &mut Work, club: ClubId, account: Id<UserMarker>) -> Result<(), ServiceError> {
    let events = teams::events_with(&work.tx, club, account, work.now).await?;
    let owners: Vec<OwnerId> = events.into_iter().map(OwnerId::of_event).collect();
    if owners.is_empty() { Ok(()) } else { work.request(&owners, Rank::People).await }
}
