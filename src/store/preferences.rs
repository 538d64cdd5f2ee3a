//! What people chose for themselves: their zone, and whether they are reminded.

use std::collections::HashSet;

use entity::{signups, users};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QuerySelect, QueryTrait, prelude::*};

use super::{
    convert::Row,
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    id::{EventId, UserId},
    zone::Zone,
};

/// The zone that a person chose for themselves.
///
/// # Errors
///
/// When the database fails.
pub async fn zone(db: &impl Source, user: UserId) -> Result<Option<Zone>, StoreError> {
    let known = users::Entity::find_by_id(user.uuid()).one(&db.conn()).await?;
    let Some(name) = known.and_then(|known| known.zone) else { return Ok(None) };
    let zone = Zone::parse(&name).map_err(|_| "no such zone");
    Row::new("users", &user).parsed("zone", zone).map(Some)
}

/// Saves the zone that a person chose.
///
/// # Errors
///
/// When the database fails.
pub async fn set_zone(tx: &Tx, user: UserId, zone: &Zone) -> Result<(), StoreError> {
    let row = users::ActiveModel {
        id: Set(user.uuid()),
        zone: Set(Some(zone.name().to_owned())),
        ..Default::default()
    };
    users::Entity::update(row).exec(&tx.conn()).await?;
    Ok(())
}

/// Whether a person wants to be reminded of what they signed up for.
///
/// # Errors
///
/// When the database fails.
pub async fn wants_reminders(db: &impl Source, user: UserId) -> Result<bool, StoreError> {
    let known = users::Entity::find_by_id(user.uuid()).one(&db.conn()).await?;
    Ok(known.is_none_or(|known| !known.no_reminders))
}

/// Saves whether a person wants to be reminded.
///
/// # Errors
///
/// When the database fails.
pub async fn set_wants_reminders(tx: &Tx, user: UserId, wants: bool) -> Result<(), StoreError> {
    let row = users::ActiveModel { id: Set(user.uuid()), no_reminders: Set(!wants), ..Default::default() };
    users::Entity::update(row).exec(&tx.conn()).await?;
    Ok(())
}

/// Those on an event's sheet who don't want to be reminded.
///
/// # Errors
///
/// When the database fails.
pub async fn unreminded(db: &impl Source, event: EventId) -> Result<HashSet<UserId>, StoreError> {
    let on_sheet = signups::Entity::find()
        .select_only()
        .column(signups::Column::UserId)
        .filter(signups::Column::EventId.eq(event.uuid()));
    let theirs: Vec<Uuid> = users::Entity::find()
        .select_only()
        .column(users::Column::Id)
        .filter(users::Column::Id.in_subquery(on_sheet.into_query()))
        .filter(users::Column::NoReminders.eq(true))
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(theirs.into_iter().map(UserId::new).collect())
}

/// Hands over what one person chose: the zone where the other has none, and that they want no reminders.
///
/// # Errors
///
/// When the database fails.
pub async fn hand_over(tx: &Tx, from: UserId, into: UserId) -> Result<(), StoreError> {
    if let (Some(zone), None) = (zone(tx, from).await?, zone(tx, into).await?) {
        set_zone(tx, into, &zone).await?;
    }
    if !wants_reminders(tx, from).await? {
        set_wants_reminders(tx, into, false).await?;
    }
    Ok(())
}
