//! What people chose for themselves: their zone, and whether they are reminded.

use std::collections::{HashMap, HashSet};

use entity::{signups, users};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QuerySelect, QueryTrait, prelude::*};

use super::{
    convert::Row,
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    id::{EventId, UserId},
    rating::IRating,
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

/// The iRating that a person gave.
///
/// # Errors
///
/// When the database fails.
pub async fn rating(db: &impl Source, user: UserId) -> Result<Option<IRating>, StoreError> {
    let known = users::Entity::find_by_id(user.uuid()).one(&db.conn()).await?;
    known.and_then(|known| known.irating).map(|rating| read_rating(user, rating)).transpose()
}

/// The iRatings of those on an event's sheet who gave one.
///
/// # Errors
///
/// When the database fails.
pub async fn ratings(db: &impl Source, event: EventId) -> Result<HashMap<UserId, IRating>, StoreError> {
    let theirs: Vec<(Uuid, Option<i32>)> = users::Entity::find()
        .select_only()
        .columns([users::Column::Id, users::Column::Irating])
        .filter(users::Column::Id.in_subquery(on_sheet(event).into_query()))
        .filter(users::Column::Irating.is_not_null())
        .into_tuple()
        .all(&db.conn())
        .await?;
    let theirs = theirs.into_iter().filter_map(|(user, rating)| Some((UserId::new(user), rating?)));
    theirs.map(|(user, rating)| Ok((user, read_rating(user, rating)?))).collect()
}

fn read_rating(user: UserId, rating: i32) -> Result<IRating, StoreError> {
    let row = Row::new("users", &user);
    let rating: u16 = row.number("irating", rating)?;
    row.parsed("irating", rating.try_into())
}

/// Saves the iRating that a person gave, or that they gave none.
///
/// # Errors
///
/// When the database fails.
pub async fn set_rating(tx: &Tx, user: UserId, rating: Option<IRating>) -> Result<(), StoreError> {
    let rating = rating.map(|rating| i32::from(rating.get()));
    let row = users::ActiveModel { id: Set(user.uuid()), irating: Set(rating), ..Default::default() };
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
    let theirs: Vec<Uuid> = users::Entity::find()
        .select_only()
        .column(users::Column::Id)
        .filter(users::Column::Id.in_subquery(on_sheet(event).into_query()))
        .filter(users::Column::NoReminders.eq(true))
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(theirs.into_iter().map(UserId::new).collect())
}

/// Those on an event's sheet.
fn on_sheet(event: EventId) -> Select<signups::Entity> {
    signups::Entity::find()
        .select_only()
        .column(signups::Column::UserId)
        .filter(signups::Column::EventId.eq(event.uuid()))
}

/// Hands over what one person chose: the zone and the iRating where the other has none, and that they want no reminders.
///
/// # Errors
///
/// When the database fails.
pub async fn hand_over(tx: &Tx, from: UserId, into: UserId) -> Result<(), StoreError> {
    if let (Some(zone), None) = (zone(tx, from).await?, zone(tx, into).await?) {
        set_zone(tx, into, &zone).await?;
    }
    if let (Some(rating), None) = (rating(tx, from).await?, rating(tx, into).await?) {
        set_rating(tx, into, Some(rating)).await?;
    }
    if !wants_reminders(tx, from).await? {
        set_wants_reminders(tx, into, false).await?;
    }
    Ok(())
}
