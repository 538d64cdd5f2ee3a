//! Steps through OAuth that were taken: what carries them is sealed and knows its own end, so only what is spent is kept, until it
//! would be refused anyway.

use entity::oauth_states::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, TryInsertResult, prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    connect::Store,
    convert::{ms, word},
    error::StoreError,
    tx::{Tx, sealed::Connected},
};

/// What is spent by being used.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The yes to moving a club to another server.
    Move,
    /// The state that Discord's authorize page carries back.
    State,
    /// The button that `/link` answers with.
    Ticket,
}

/// Takes the step that `hash` names; `false` when it was taken before. It is remembered until `until`.
///
/// # Errors
///
/// When the database fails.
pub async fn spend(
    tx: &Tx,
    step: Step,
    hash: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let row = Model { created_at: ms(now), expires_at: ms(until), hash: hash.to_owned(), kind: word(&step) };
    let inserted = Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(&tx.conn())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

/// Lets a step be taken again that came to nothing.
///
/// # Errors
///
/// When the database fails.
pub async fn give_back(store: &Store, hash: &str) -> Result<(), StoreError> {
    Entity::delete_by_id(hash).exec(&store.write).await?;
    Ok(())
}

/// Forgets the steps that are too old to be taken, and says how many.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let expired = Entity::delete_many().filter(Column::ExpiresAt.lte(ms(now)));
    Ok(expired.exec(&store.write).await?.rows_affected)
}
