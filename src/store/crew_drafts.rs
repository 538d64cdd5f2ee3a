//! Crews that were proposed to organisers and aren't settled yet.

use std::collections::HashMap;

use entity::crew_drafts::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, prelude::*, sea_query::OnConflict};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    connect::Store,
    convert::{Row, count, flake, json, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
    users,
};
use crate::domain::{
    crew::Draft,
    id::{EventId, UserId},
};

/// A draft that is kept for an organiser.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Kept {
    /// The crews.
    pub draft: Draft,
    /// Counts its changes.
    pub revision: u64,
}

/// What was proposed to whoever acts with that account for an event, if it isn't too old. People who turned out to be others are those
/// now.
///
/// # Errors
///
/// When the database fails.
pub async fn of(
    db: &impl Source,
    (event, organiser): (EventId, Id<UserMarker>),
    now: Timestamp,
) -> Result<Option<Kept>, StoreError> {
    let theirs = Entity::find_by_id((event.uuid(), flake(organiser))).filter(Column::ExpiresAt.gt(ms(now)));
    let Some(model) = theirs.one(&db.conn()).await? else { return Ok(None) };
    let mut kept = read(model)?;
    let draft = &mut kept.draft;
    let people = draft.crews.iter().flat_map(|crew| crew.people.iter().copied());
    let people: Vec<UserId> = people.chain(draft.moved.iter().map(|moved| moved.user)).collect();
    let current: HashMap<UserId, UserId> = users::current_of(db, people).await?;
    draft.rename(|user| current.get(&user).copied().unwrap_or(user));
    Ok(Some(kept))
}

fn read(model: Model) -> Result<Kept, StoreError> {
    let row = Row::new("crew_drafts", &model.event_id);
    let draft = row.parsed("draft", serde_json::from_value(model.draft))?;
    Ok(Kept { draft, revision: row.number("revision", model.revision)? })
}

/// Keeps what is proposed to whoever acts with that account, instead of what was before.
///
/// # Errors
///
/// When the database fails.
pub async fn put(
    tx: &Tx,
    (event, organiser): (EventId, Id<UserMarker>),
    kept: &Kept,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    let row = Model {
        created_at: ms(now),
        discord_id: flake(organiser),
        draft: json(&kept.draft),
        event_id: event.uuid(),
        expires_at: ms(expires_at),
        revision: count(kept.revision),
    };
    let replace = OnConflict::columns([Column::EventId, Column::DiscordId])
        .update_columns([Column::CreatedAt, Column::Draft, Column::ExpiresAt, Column::Revision])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(replace).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// Forgets what was proposed to whoever acts with that account.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, (event, organiser): (EventId, Id<UserMarker>)) -> Result<(), StoreError> {
    Entity::delete_by_id((event.uuid(), flake(organiser))).exec(&tx.conn()).await?;
    Ok(())
}

/// Forgets what nobody accepted in time, and says how many.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let expired = Entity::delete_many().filter(Column::ExpiresAt.lte(ms(now)));
    Ok(expired.exec(&store.write).await?.rows_affected)
}
