//! Requests to the API that are answered once, however often they are sent.

use std::time::Duration;

use entity::idempotency_keys::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, IntoActiveModel, TryInsertResult, prelude::*};
use serde_json::Value;

use super::{
    connect::Store,
    convert::{Row, ms},
    error::StoreError,
    tx::millis,
};

/// How long an answer is kept.
pub const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// The status of a request that isn't answered yet.
const OPEN: i32 = 0;

/// A request by the key that it came with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Keyed<'k> {
    /// Who sent it.
    pub caller: &'k str,
    /// The hash of what it asks.
    pub hash: &'k str,
    /// The key.
    pub key: &'k str,
}

/// What a key stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// The request was answered with that status and body.
    Answered(u16, Value),
    /// Nothing yet: whoever claims it answers the request.
    Mine,
    /// Another request.
    Other,
    /// The same request, which isn't answered yet.
    Open,
}

/// Claims a key for a request.
///
/// # Errors
///
/// When the database fails.
pub async fn claim(store: &Store, asked: Keyed<'_>, now: Timestamp) -> Result<Claim, StoreError> {
    let row = Model {
        body: Value::Null,
        caller: asked.caller.to_owned(),
        created_at: ms(now),
        key: asked.key.to_owned(),
        request_hash: asked.hash.to_owned(),
        status: OPEN,
    };
    let inserted = Entity::insert::<ActiveModel>(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(&store.write)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
        return Ok(Claim::Mine);
    }
    let first = Entity::find_by_id((asked.caller.to_owned(), asked.key.to_owned())).one(&store.write).await?;
    // One that was given up meanwhile is free the next time.
    let Some(first) = first else { return Ok(Claim::Open) };
    if first.request_hash != asked.hash {
        return Ok(Claim::Other);
    }
    if first.status == OPEN {
        return Ok(Claim::Open);
    }
    let status = Row::new("idempotency_keys", &first.key).number("status", first.status)?;
    Ok(Claim::Answered(status, first.body))
}

/// Keeps the answer to a request whose key was claimed.
///
/// # Errors
///
/// When the database fails.
pub async fn keep(store: &Store, asked: Keyed<'_>, status: u16, body: Value) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { body: Set(body), status: Set(status.into()), ..Default::default() })
        .filter(Column::Caller.eq(asked.caller))
        .filter(Column::Key.eq(asked.key))
        .exec(&store.write)
        .await?;
    Ok(())
}

/// Gives a claimed key back: the request came to nothing.
///
/// # Errors
///
/// When the database fails.
pub async fn give_back(store: &Store, asked: Keyed<'_>) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Caller.eq(asked.caller))
        .filter(Column::Key.eq(asked.key))
        .filter(Column::Status.eq(OPEN))
        .exec(&store.write)
        .await?;
    Ok(())
}

/// Forgets the keys that have been kept long enough, and says how many.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let old = Entity::delete_many().filter(Column::CreatedAt.lte(ms(now).saturating_sub(millis(KEPT))));
    Ok(old.exec(&store.write).await?.rows_affected)
}
