//! With whom people would like to drive, beside their lines on the sheet.

use std::collections::{HashMap, HashSet};

use entity::signups::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, QuerySelect, prelude::*};
use twilight_model::id::{Id, marker::UserMarker};
use uuid::Uuid;

use super::{
    convert::{Row, json},
    error::StoreError,
    identities,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::id::{EventId, UserId};

/// The accounts of those with whom everybody on an event's sheet would like to drive who named anybody.
///
/// # Errors
///
/// When the database fails.
pub async fn of_event(
    db: &impl Source,
    event: EventId,
) -> Result<HashMap<UserId, Vec<Id<UserMarker>>>, StoreError> {
    let named: Vec<(Uuid, Option<Json>)> = Entity::find()
        .select_only()
        .columns([Column::UserId, Column::Partners])
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::Partners.is_not_null())
        .into_tuple()
        .all(&db.conn())
        .await?;
    let named = named.into_iter().filter_map(|(user, partners)| Some((user, partners?)));
    named.map(|(user, partners)| Ok((UserId::new(user), read(user, partners)?))).collect()
}

/// Those with whom everybody on an event's sheet would like to drive who named anybody, as far as they are known.
///
/// # Errors
///
/// When the database fails.
pub async fn users_of_event(
    db: &impl Source,
    event: EventId,
) -> Result<HashMap<UserId, Vec<UserId>>, StoreError> {
    let named = of_event(db, event).await?;
    let accounts: HashSet<Id<UserMarker>> = named.values().flatten().copied().collect();
    let known = identities::by_accounts(db, accounts).await?;
    let user = |account: &Id<UserMarker>| known.get(account).map(|identity| identity.user);
    Ok(named.iter().map(|(one, named)| (*one, named.iter().filter_map(user).collect())).collect())
}

/// The accounts of those with whom somebody on an event's sheet would like to drive.
///
/// # Errors
///
/// When the database fails.
pub async fn of(db: &impl Source, event: EventId, user: UserId) -> Result<Vec<Id<UserMarker>>, StoreError> {
    let named: Option<Option<Json>> = Entity::find()
        .select_only()
        .column(Column::Partners)
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::UserId.eq(user.uuid()))
        .into_tuple()
        .one(&db.conn())
        .await?;
    named.flatten().map_or_else(|| Ok(Vec::new()), |partners| read(user.uuid(), partners))
}

/// Saves with whom somebody would like to drive who is on the sheet of an event that is locked.
///
/// # Errors
///
/// When the database fails.
pub async fn put(
    tx: &Tx,
    event: EventId,
    user: UserId,
    partners: &[Id<UserMarker>],
) -> Result<(), StoreError> {
    let partners = (!partners.is_empty()).then(|| json(&partners));
    Entity::update_many()
        .set(ActiveModel { partners: Set(partners), ..Default::default() })
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::UserId.eq(user.uuid()))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

fn read(user: Uuid, partners: Json) -> Result<Vec<Id<UserMarker>>, StoreError> {
    Row::new("signups", &user).parsed("partners", serde_json::from_value(partners))
}
