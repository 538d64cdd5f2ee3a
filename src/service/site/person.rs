//! What people are called where a club's site sees them.

use std::collections::HashMap;

use twilight_model::id::{Id, marker::UserMarker};

use super::super::ServiceError;
use crate::{
    domain::{
        id::{ClubId, UserId},
        member::person_name,
        name::{ExternalId, PersonName},
    },
    store::{Source, identities, members},
};

/// Somebody, as a club's site sees them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SitePerson {
    /// The Discord account that they act with.
    pub discord: Id<UserMarker>,
    /// What the club's site calls them.
    pub external_id: Option<ExternalId>,
    /// Their name: the roster's, else their account's.
    pub name: PersonName,
    /// Who they are.
    pub user: UserId,
}

/// These people, each with the account that they act with: a fixed number of reads.
pub(super) async fn people(
    db: &impl Source,
    club: ClubId,
    people: &[(UserId, Id<UserMarker>)],
) -> Result<HashMap<UserId, SitePerson>, ServiceError> {
    let known = members::some(db, club, people.iter().map(|(user, _)| *user)).await?;
    let strangers = people.iter().filter(|(user, _)| !known.contains_key(user));
    let accounts = identities::by_accounts(db, strangers.map(|(_, account)| *account)).await?;
    let accounts: HashMap<UserId, PersonName> =
        accounts.into_values().map(|one| (one.user, person_name(&one.account))).collect();
    let person = |&(user, discord): &(UserId, Id<UserMarker>)| {
        let member = known.get(&user);
        let name = member.map(|member| &member.entry.name).or_else(|| accounts.get(&user)).cloned();
        let name = name.unwrap_or_else(|| PersonName::first_of([], discord.get()));
        let external_id = member.and_then(|member| member.entry.external_id.clone());
        (user, SitePerson { discord, external_id, name, user })
    };
    Ok(people.iter().map(person).collect())
}
