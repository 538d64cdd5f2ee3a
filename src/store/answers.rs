//! Answers that state changes got, so that a repetition gets the same one.

use std::time::Duration;

use entity::answers::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, TryInsertResult, prelude::*};
use serde_json::Value;

use super::{
    connect::Store,
    convert::ms,
    error::StoreError,
    tx::{Source, Tx, millis, sealed::Connected},
};

/// How long an answer is kept: an interaction's token lives 15 minutes, and nothing repeats it later.
const KEPT: Duration = Duration::from_secs(60 * 60);

/// The answer that was given under `key`.
///
/// # Errors
///
/// When the database fails.
pub async fn get(db: &impl Source, key: &str) -> Result<Option<Value>, StoreError> {
    Ok(Entity::find_by_id(key).one(&db.conn()).await?.map(|answer| answer.body))
}

/// Keeps an answer with the change that it tells of. `false` when another transaction answered under `key`
/// meanwhile: roll back and give its answer.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, key: &str, body: Value, now: Timestamp) -> Result<bool, StoreError> {
    let answer = Model {
        body,
        created_at: ms(now),
        expires_at: ms(now).saturating_add(millis(KEPT)),
        key: key.to_owned(),
    };
    let inserted = Entity::insert::<ActiveModel>(answer.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(&tx.conn())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

/// Forgets the answers whose time is over, and says how many.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let expired = Entity::delete_many().filter(Column::ExpiresAt.lte(ms(now)));
    Ok(expired.exec(&store.write).await?.rows_affected)
}
