//! People, found by their Discord accounts.

use entity::{discord_identities, users};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, QueryFilter, TryInsertResult, prelude::*};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    convert::{flake, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{account::Account, id::UserId};

/// The person behind a Discord account; `None` for an account that was never seen.
///
/// # Errors
///
/// When the database fails.
pub async fn by_account(db: &impl Source, account: Id<UserMarker>) -> Result<Option<UserId>, StoreError> {
    let identity = discord_identities::Entity::find_by_id(flake(account)).one(&db.conn()).await?;
    Ok(identity.map(|identity| UserId::new(identity.user_id)))
}

/// The person behind a Discord account. One that was never seen becomes the person `fresh`; two transactions
/// that see it first at once agree on one of theirs. Changed names are kept.
///
/// # Errors
///
/// When the database fails.
pub async fn of_account(
    tx: &Tx,
    account: &Account,
    fresh: UserId,
    now: Timestamp,
) -> Result<UserId, StoreError> {
    if let Some(known) = known(tx, account, now).await? {
        return Ok(known);
    }
    let db = &tx.conn();
    let user = users::Model {
        created_at: ms(now),
        display_name: account.name().to_owned(),
        id: fresh.uuid(),
        merged_into: None,
        zone: None,
    };
    users::Entity::insert(user.into_active_model()).exec_without_returning(db).await?;
    let identity = discord_identities::Model {
        created_at: ms(now),
        discord_id: flake(account.id),
        email: None,
        global_name: account.global_name.clone(),
        linked_at: None,
        linked_by: None,
        name: account.name().to_owned(),
        updated_at: ms(now),
        user_id: fresh.uuid(),
        username: account.username.clone(),
    };
    let inserted = discord_identities::Entity::insert(identity.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
        return Ok(fresh);
    }
    users::Entity::delete_by_id(fresh.uuid()).exec(db).await?;
    let winner = known(tx, account, now).await?;
    winner.ok_or_else(|| StoreError::Db("an account was there and is gone".into()))
}

/// The person behind a known account, whose names are brought up to date.
async fn known(tx: &Tx, account: &Account, now: Timestamp) -> Result<Option<UserId>, StoreError> {
    let db = &tx.conn();
    let Some(identity) = discord_identities::Entity::find_by_id(flake(account.id)).one(db).await? else {
        return Ok(None);
    };
    let names = (identity.name.as_str(), identity.global_name.as_ref(), identity.username.as_str());
    if names != (account.name(), account.global_name.as_ref(), account.username.as_str()) {
        discord_identities::Entity::update_many()
            .set(discord_identities::ActiveModel {
                global_name: Set(account.global_name.clone()),
                name: Set(account.name().to_owned()),
                updated_at: Set(ms(now)),
                username: Set(account.username.clone()),
                ..Default::default()
            })
            .filter(discord_identities::Column::DiscordId.eq(identity.discord_id))
            .exec(db)
            .await?;
    }
    Ok(Some(UserId::new(identity.user_id)))
}
