//! Discord accounts, and whose they are.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use entity::discord_identities;
use sea_orm::{EntityTrait, QueryFilter, prelude::*};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    convert::{Row, flake},
    error::StoreError,
    tx::Source,
};
use crate::domain::{
    account::Account,
    id::UserId,
    member::{Identity, Link},
};

/// A Discord account, and whose it is.
///
/// # Errors
///
/// When the database fails.
pub async fn by_account(db: &impl Source, account: Id<UserMarker>) -> Result<Option<Identity>, StoreError> {
    let one = discord_identities::Entity::find_by_id(flake(account)).one(&db.conn()).await?;
    one.map(read).transpose()
}

/// A person's Discord accounts, the one linked last first.
///
/// # Errors
///
/// When the database fails.
pub async fn of(db: &impl Source, user: UserId) -> Result<Vec<Identity>, StoreError> {
    Ok(of_all(db, [user]).await?.remove(&user).unwrap_or_default())
}

/// The accounts of each of these people, the one linked last first.
///
/// # Errors
///
/// When the database fails.
pub async fn of_all(
    db: &impl Source,
    users: impl IntoIterator<Item = UserId>,
) -> Result<HashMap<UserId, Vec<Identity>>, StoreError> {
    let theirs = discord_identities::Entity::find()
        .filter(discord_identities::Column::UserId.is_in(users.into_iter().map(UserId::uuid)));
    let mut by_person: HashMap<UserId, Vec<Identity>> = HashMap::new();
    for model in theirs.all(&db.conn()).await? {
        let identity = read(model)?;
        by_person.entry(identity.user).or_default().push(identity);
    }
    // The databases don't agree on where a missing instant stands.
    for theirs in by_person.values_mut() {
        theirs.sort_by_key(|one| (Reverse(one.link.map(|link| link.at)), one.account.id));
    }
    Ok(by_person)
}

/// Those of these accounts that were seen before, by account.
///
/// # Errors
///
/// When the database fails.
pub async fn by_accounts(
    db: &impl Source,
    accounts: impl IntoIterator<Item = Id<UserMarker>>,
) -> Result<BTreeMap<Id<UserMarker>, Identity>, StoreError> {
    let these = discord_identities::Entity::find()
        .filter(discord_identities::Column::DiscordId.is_in(accounts.into_iter().map(flake)));
    let pair = |model| read(model).map(|identity| (identity.account.id, identity));
    these.all(&db.conn()).await?.into_iter().map(pair).collect()
}

pub(super) fn read(model: discord_identities::Model) -> Result<Identity, StoreError> {
    let row = Row::new("discord_identities", &model.discord_id);
    let by = model.linked_by.as_deref().map(|by| row.word("linked_by", by)).transpose()?;
    let at = row.at_opt("linked_at", model.linked_at)?;
    Ok(Identity {
        account: Account {
            global_name: model.global_name,
            id: row.flake("discord_id", model.discord_id)?,
            nickname: None,
            username: model.username,
        },
        email: model.email.map(|email| row.parsed("email", email.parse())).transpose()?,
        link: by.zip(at).map(|(by, at)| Link { at, by }),
        user: UserId::new(model.user_id),
    })
}
