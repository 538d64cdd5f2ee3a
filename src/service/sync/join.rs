//! People whom a sync makes members of the club, on their own until somebody knows who they are.

use std::collections::BTreeMap;

use twilight_model::id::{Id, marker::UserMarker};

use super::{
    super::{Service, ServiceError},
    apply::{Batch, there},
};
use crate::{
    domain::{
        id::UserId,
        member::Member,
        sync::{Change, Seen},
    },
    store::{
        guild_members::{self, GuildMember},
        identities, members,
        sync_changes::{ChangeState, Planned},
        users,
    },
};

impl Service {
    /// Makes members of all who were read and are to join, with few statements.
    pub(super) async fn join_all(
        &self,
        batch: &mut Batch<'_>,
        changes: &mut [Planned],
    ) -> Result<(), ServiceError> {
        let Batch { run, seen, work } = batch;
        let joins = |planned: &Planned| match planned.change {
            Change::Join { account } => seen.get(&account),
            _ => None,
        };
        let joining: Vec<&Seen> = changes.iter().filter_map(joins).collect();
        if joining.is_empty() {
            return Ok(());
        }
        let accounts = || joining.iter().map(|seen| seen.account.id);
        let known = users::by_accounts(&work.tx, accounts()).await?;
        let strangers = joining.iter().filter(|seen| !known.contains_key(&seen.account.id));
        let strangers: Vec<_> =
            strangers.map(|seen| (&seen.account, UserId::new(self.0.ids.uuid(work.now)))).collect();
        users::of_strangers(&work.tx, &strangers, work.now).await?;
        let known = users::by_accounts(&work.tx, accounts()).await?;
        let members = members::among(&work.tx, run.club, known.values().copied()).await?;
        let new = joining.iter().filter_map(|seen| Some((known.get(&seen.account.id)?, &seen.account)));
        let new = new.filter(|(user, _)| !members.contains(user));
        let new: BTreeMap<_, _> =
            new.map(|(user, account)| (*user, Member::on_their_own(*user, account))).collect();
        members::put(&work.tx, run.club, &new.into_values().collect::<Vec<_>>(), work.now).await?;
        let there: Vec<GuildMember> = joining.iter().map(|seen| there(seen)).collect();
        guild_members::put(&work.tx, run.guild, &there, work.now).await?;
        let joined: Vec<bool> = changes.iter().map(|planned| joins(planned).is_some()).collect();
        for (planned, joined) in changes.iter_mut().zip(joined) {
            if joined {
                planned.state = ChangeState::Done;
            }
        }
        Ok(())
    }

    pub(super) async fn join(
        &self,
        batch: &mut Batch<'_>,
        account: Id<UserMarker>,
    ) -> Result<bool, ServiceError> {
        let Batch { run, work, .. } = batch;
        let Some(user) = users::by_account(&work.tx, account).await? else { return Ok(false) };
        let Some(known) = guild_members::by_account(&work.tx, run.guild, account).await? else {
            return Ok(false);
        };
        if members::by_user(&work.tx, run.club, user).await?.is_none() {
            let member = Member::on_their_own(user, &known.account);
            members::put(&work.tx, run.club, &[member], work.now).await?;
        }
        Ok(true)
    }

    /// Somebody who joined by this and holds nothing of the roster's is no member any more.
    pub(super) async fn unjoin(
        &self,
        batch: &mut Batch<'_>,
        account: Id<UserMarker>,
    ) -> Result<bool, ServiceError> {
        let (club, work) = (batch.run.club, &batch.work);
        let Some(identity) = identities::by_account(&work.tx, account).await? else { return Ok(false) };
        let member = members::by_user(&work.tx, club, identity.user).await?;
        if identity.link.is_some() || member.is_none_or(|member| member.on_roster) {
            return Ok(false);
        }
        members::delete(&work.tx, club, identity.user).await?;
        Ok(true)
    }
}
