//! A club's people as programs see and bring them.

use serde_json::Value;

use super::{
    Service, ServiceError,
    roster::{Doer, Upserted},
};
pub use crate::{domain::membership::Listed, store::members::Listing};
use crate::{
    domain::{
        id::{ClubId, UserId},
        member::{Judgement, Member},
        name::ExternalId,
        refusal::Refusal,
        roster::{
            json::{EntryError, read_list},
            preview::Counts,
        },
    },
    store::{StoreError, clubs, identities, members},
};

/// What became of a list of entries.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Brought {
    /// What became of those that were taken.
    pub counts: Counts,
    /// What became of each, in the order of the list.
    pub outcomes: Vec<Outcome>,
}

/// What became of an entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outcome {
    /// What the club's site calls them, if the entry says that in a way that can be read.
    pub external_id: Option<ExternalId>,
    /// What was done, or everything that is wrong with it.
    pub result: Result<Upserted, Vec<EntryError>>,
}

impl Service {
    /// The club's people after one, by identifier.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn people(
        &self,
        club: ClubId,
        listing: &Listing,
        after: Option<UserId>,
        limit: u64,
    ) -> Result<Vec<Listed>, ServiceError> {
        clubs::name(self.store(), club).await?.ok_or(Refusal::NoClub)?;
        let page = members::page(self.store(), club, listing, after, limit).await?;
        let users = page.iter().map(|(member, _)| member.user);
        let mut accounts = identities::of_all(self.store(), users).await?;
        let listed = |(member, judged): (Member, Option<Judgement>)| Listed {
            accounts: accounts.remove(&member.user).unwrap_or_default(),
            judged,
            member,
        };
        Ok(page.into_iter().map(listed).collect())
    }

    /// Has the people of a list in a club's roster, as far as each entry can be taken; what is wrong with the others is told. Entries with
    /// an external id may be sent again.
    ///
    /// # Errors
    ///
    /// When there is no such club, or the database fails. Entries before the failure may have been taken then.
    pub async fn bring_people(
        &self,
        club: ClubId,
        entries: Vec<Value>,
        by: Doer,
        request_id: &str,
    ) -> Result<Brought, ServiceError> {
        let read = move || {
            let external_ids = entries.iter().map(external_id).collect::<Vec<_>>();
            (read_list(&entries), external_ids)
        };
        let read = tokio::task::spawn_blocking(read).await;
        let (list, external_ids) = read.map_err(|error| StoreError::Db(Box::new(error)))?;
        let written = self.upsert_people(club, &list.people, by, request_id).await?;
        let counts = written.iter().flatten().collect();
        let taken = list.people.iter().zip(written);
        let taken =
            taken.map(|(line, one)| (line.line, one.map_err(|clash| vec![EntryError::of_clash(&clash)])));
        let bad = list.bad.iter().map(|bad| {
            let errors = bad.faults.iter().map(EntryError::of_fault).collect();
            (bad.line, Err(errors))
        });
        let mut results: Vec<(usize, Result<Upserted, Vec<EntryError>>)> = taken.chain(bad).collect();
        results.sort_by_key(|(line, _)| *line);
        let outcome = |(external_id, (_, result))| Outcome { external_id, result };
        Ok(Brought { counts, outcomes: external_ids.into_iter().zip(results).map(outcome).collect() })
    }
}

fn external_id(entry: &Value) -> Option<ExternalId> {
    entry.get("external_id")?.as_str()?.parse().ok()
}
