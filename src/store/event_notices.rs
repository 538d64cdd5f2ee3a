//! What an event's channel was told, beyond what is said once: when an organiser had its people reminded, and how its sheet stood at the
//! last update.

use entity::event_notices::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, prelude::*, sea_query::OnConflict};

use super::{
    convert::{Row, json, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{id::EventId, snapshot::Snapshot};

/// What an event's channel was told.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Notices {
    /// When an organiser last had its people reminded.
    pub reminded_at: Option<Timestamp>,
    /// How its sheet stood at the last update.
    pub snapshot: Option<Snapshot>,
}

/// What an event's channel was told.
///
/// # Errors
///
/// When the database fails.
pub async fn of(db: &impl Source, event: EventId) -> Result<Notices, StoreError> {
    let Some(model) = Entity::find_by_id(event.uuid()).one(&db.conn()).await? else {
        return Ok(Notices::default());
    };
    let row = Row::new("event_notices", &event);
    let snapshot = model.snapshot.map(serde_json::from_value).transpose();
    Ok(Notices {
        reminded_at: row.at_opt("reminded_at", model.reminded_at)?,
        snapshot: row.parsed("snapshot", snapshot)?,
    })
}

/// Notes that an organiser has its people reminded.
///
/// # Errors
///
/// When the database fails.
pub async fn remind(tx: &Tx, event: EventId, now: Timestamp) -> Result<(), StoreError> {
    let row = ActiveModel { reminded_at: Set(Some(ms(now))), ..Default::default() };
    put(tx, event, row, Column::RemindedAt).await
}

/// Keeps how its sheet stands.
///
/// # Errors
///
/// When the database fails.
pub async fn keep(tx: &Tx, event: EventId, snapshot: &Snapshot) -> Result<(), StoreError> {
    let row = ActiveModel { snapshot: Set(Some(json(snapshot))), ..Default::default() };
    put(tx, event, row, Column::Snapshot).await
}

async fn put(tx: &Tx, event: EventId, row: ActiveModel, changed: Column) -> Result<(), StoreError> {
    let row = ActiveModel { event_id: Set(event.uuid()), ..row };
    let replace = OnConflict::column(Column::EventId).update_column(changed).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.conn()).await?;
    Ok(())
}
