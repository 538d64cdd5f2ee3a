//! When people can drive, beside their lines on the sheet.

use std::collections::HashMap;

use entity::signups::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, QuerySelect, prelude::*};
use uuid::Uuid;

use super::{
    convert::{Row, json},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    availability::Availability,
    id::{EventId, UserId},
};

/// What everybody on an event's sheet said who said anything, those who withdrew too.
///
/// # Errors
///
/// When the database fails.
pub async fn of_event(db: &impl Source, event: EventId) -> Result<HashMap<UserId, Availability>, StoreError> {
    let said: Vec<(Uuid, Option<Json>)> = Entity::find()
        .select_only()
        .columns([Column::UserId, Column::Availability])
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::Availability.is_not_null())
        .into_tuple()
        .all(&db.conn())
        .await?;
    said.into_iter()
        .filter_map(|(user, said)| Some((user, said?)))
        .map(|(user, said)| Ok((UserId::new(user), read(user, said)?)))
        .collect()
}

/// What somebody on an event's sheet said.
///
/// # Errors
///
/// When the database fails.
pub async fn of(db: &impl Source, event: EventId, user: UserId) -> Result<Availability, StoreError> {
    let said: Option<Option<Json>> = Entity::find()
        .select_only()
        .column(Column::Availability)
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::UserId.eq(user.uuid()))
        .into_tuple()
        .one(&db.conn())
        .await?;
    said.flatten().map_or_else(|| Ok(Availability::default()), |said| read(user.uuid(), said))
}

/// Saves what somebody said who is on the sheet of an event that is locked.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, event: EventId, user: UserId, said: &Availability) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { availability: Set(Some(json(said))), ..Default::default() })
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::UserId.eq(user.uuid()))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

fn read(user: Uuid, said: Json) -> Result<Availability, StoreError> {
    Row::new("signups", &user).parsed("availability", serde_json::from_value(said))
}
