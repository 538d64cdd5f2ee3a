//! Invitations: whoever holds one binds its club to the server that they add the app to.

use entity::club_invites::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, prelude::*};

use super::{
    convert::ms,
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::id::ClubId;

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
