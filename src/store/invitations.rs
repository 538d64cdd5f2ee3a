//! Invitations: whoever holds one binds its club to the server that they add the app to.

use entity::club_invites::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, prelude::*};

use super::{
    convert::ms,
    error::StoreError,
    tx::{Source, Tx, sealed::Connected, statement},
};
use crate::domain::id::ClubId;

/// Keeps an invitation to a club that is good until `until`, by its token's hash.
///
/// # Errors
///
/// When the database fails, or there is no such club.
pub async fn put(
    tx: &Tx,
    hash: &str,
    club: ClubId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    let row = Model {
        club_id: club.uuid(),
        created_at: ms(now),
        expires_at: ms(until),
        hash: hash.to_owned(),
        used_at: None,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// The club that an unused invitation is for, by its token's hash; `None` for one that is unknown, used or too old.
///
/// # Errors
///
/// When the database fails.
pub async fn club_of(db: &impl Source, hash: &str, now: Timestamp) -> Result<Option<ClubId>, StoreError> {
    let valid = Entity::find_by_id(hash)
        .filter(Column::ExpiresAt.gt(ms(now)))
        .filter(Column::UsedAt.is_null())
        .one(&db.conn())
        .await?;
    Ok(valid.map(|invite| ClubId::new(invite.club_id)))
}

/// The club that an invitation is for, or was until it was used or too old.
///
/// # Errors
///
/// When the database fails.
pub async fn made_for(db: &impl Source, hash: &str) -> Result<Option<ClubId>, StoreError> {
    let made = Entity::find_by_id(hash).one(&db.conn()).await?;
    Ok(made.map(|invite| ClubId::new(invite.club_id)))
}

/// The club that an unused invitation is for, as [`club_of`] gives it. Nobody else binds the club before the transaction ends.
///
/// # Errors
///
/// When the database fails.
pub async fn lock(tx: &Tx, hash: &str, now: Timestamp) -> Result<Option<ClubId>, StoreError> {
    let db = &tx.conn();
    let sql = format!(
        "SELECT clubs.id FROM clubs JOIN club_invites ON club_invites.club_id = clubs.id
         WHERE club_invites.hash = $1{}",
        tx.for_no_key_update_of("clubs")
    );
    db.query_one_raw(statement(db, sql, [hash.into()])).await?;
    club_of(tx, hash, now).await
}

/// Uses an invitation up; `false` when somebody else has.
///
/// # Errors
///
/// When the database fails.
pub async fn spend(tx: &Tx, hash: &str, now: Timestamp) -> Result<bool, StoreError> {
    let spent = Entity::update_many()
        .set(ActiveModel { used_at: Set(Some(ms(now))), ..Default::default() })
        .filter(Column::Hash.eq(hash))
        .filter(Column::UsedAt.is_null())
        .exec(&tx.conn())
        .await?;
    Ok(spent.rows_affected > 0)
}
