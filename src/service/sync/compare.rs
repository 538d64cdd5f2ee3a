//! The difference that a sync makes, from the facts in the database to its plan there.

use std::collections::{BTreeMap, BTreeSet};

use twilight_model::id::{Id, marker::UserMarker};

use super::super::{Service, ServiceError};
use crate::{
    domain::{
        member::{Member, person_name},
        refusal::Refusal,
        sync::{Difference, Results, Run, Seen, SyncFacts, Trouble, compare},
    },
    store::{clubs, guild_members, guild_members::GuildMember, match_answers, members, sync_changes, users},
};

/// How many rows are written in one transaction, so that nobody waits long for the database.
const ROWS: usize = 1_000;

impl Service {
    /// Computes what a run changes, and writes it down; how far it is stays to be saved. Done again, it comes to the same.
    pub(super) async fn plan_sync(&self, run: &mut Run) -> Result<(), ServiceError> {
        let facts = self.sync_facts(run).await?;
        self.refresh_names(run, &facts).await?;
        let difference = tokio::task::spawn_blocking(move || compare(&facts)).await;
        let Difference { changes, counts } =
            difference.map_err(|error| crate::store::StoreError::Db(Box::new(error)))?;
        let total = u32::try_from(changes.len()).unwrap_or(u32::MAX);
        self.write_changes(run, changes).await?;
        run.results = Results { counts, total, ..Results::default() };
        Ok(())
    }

    async fn sync_facts(&self, run: &Run) -> Result<SyncFacts, ServiceError> {
        let db = self.store();
        let club = clubs::of_guild(db, run.guild).await?.filter(|club| club.id == run.club);
        let club = club.ok_or(Refusal::NotOnDiscord)?;
        let known = guild_members::of_guild(db, run.guild).await?;
        let is_whole = run.trouble != Some(Trouble::NoIntent);
        let seen = if is_whole { sync_changes::staged(db, run.id).await? } else { seen_before(&known) };
        let (gone, before): (Vec<_>, Vec<_>) = known.into_iter().partition(|member| member.left_at.is_some());
        let accounts =
            |members: Vec<GuildMember>| members.into_iter().map(|member| member.account.id).collect();
        let answers = match_answers::of_club(db, run.club).await?;
        Ok(SyncFacts {
            before: accounts(before),
            different: answers.different,
            gone: accounts(gone),
            identities: users::owners(db, run.id, run.guild, run.club).await?,
            is_whole,
            member_role: club.settings.member_role,
            members: members::of_club(db, run.club).await?,
            role_map: club.settings.role_map,
            same: answers.same,
            seen,
        })
    }

    /// Brings the names and roles of those up to date who are known to be there: they are facts, whatever becomes of the difference.
    async fn refresh_names(&self, run: &Run, facts: &SyncFacts) -> Result<(), ServiceError> {
        let known: BTreeMap<Id<UserMarker>, GuildMember> = guild_members::of_guild(self.store(), run.guild)
            .await?
            .into_iter()
            .map(|member| (member.account.id, member))
            .collect();
        let mut renamed = Vec::new();
        for seen in facts.seen.iter().filter(|seen| !seen.is_bot) {
            let now = GuildMember { account: seen.account.clone(), left_at: None, roles: seen.roles.clone() };
            if known.get(&seen.account.id).is_some_and(|before| before.left_at.is_none() && *before != now) {
                renamed.push(now);
            }
        }
        let people = on_their_own(facts, &renamed);
        for chunk in renamed.chunks(ROWS) {
            let work = self.begin().await?;
            guild_members::put(&work.tx, run.guild, chunk, work.now).await?;
            work.tx.commit().await?;
        }
        for chunk in people.chunks(ROWS) {
            let work = self.begin().await?;
            members::put(&work.tx, run.club, chunk, work.now).await?;
            work.tx.commit().await?;
        }
        Ok(())
    }

    async fn write_changes(
        &self,
        run: &Run,
        changes: Vec<crate::domain::sync::Change>,
    ) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        sync_changes::clear(&work.tx, run.id).await?;
        work.tx.commit().await?;
        let mut written = 0;
        for chunk in changes.chunks(ROWS) {
            let work = self.begin().await?;
            written += sync_changes::plan(&work.tx, run.id, written, chunk).await?;
            work.tx.commit().await?;
        }
        Ok(())
    }
}

/// Those who were seen in interactions, and haven't left.
fn seen_before(known: &[GuildMember]) -> Vec<Seen> {
    let there = known.iter().filter(|member| member.left_at.is_none());
    there
        .map(|member| Seen { account: member.account.clone(), is_bot: false, roles: member.roles.clone() })
        .collect()
}

/// The members on no roster among those renamed, by the names that they show now.
fn on_their_own(facts: &SyncFacts, renamed: &[GuildMember]) -> Vec<Member> {
    let members: BTreeMap<_, &Member> = facts.members.iter().map(|member| (member.user, member)).collect();
    let mut people = Vec::new();
    let mut done = BTreeSet::new();
    for seen in renamed {
        let Some(owner) = facts.identities.get(&seen.account.id) else { continue };
        let Some(member) = members.get(&owner.user).filter(|member| !member.on_roster) else { continue };
        let name = person_name(&seen.account);
        if member.entry.name != name && done.insert(owner.user) {
            let mut member = (*member).clone();
            member.entry.name = name;
            people.push(member);
        }
    }
    people
}
