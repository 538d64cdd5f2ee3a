//! Finding a club's events.

use std::collections::HashSet;

use entity::events::{Column, Entity};
use jiff::Timestamp;
use sea_orm::{Condition, ExprTrait, QueryOrder, QuerySelect, prelude::*, sea_query::SelectStatement};
use twilight_model::id::{Id, marker::ChannelMarker};

use super::{CANCELLED, KEPT, with_classes};
use crate::{
    domain::{
        club::Club,
        event::Event,
        id::{ClubId, EventId},
    },
    store::{bindings, convert::ms, error::StoreError, series::holds, tx::Source},
};

/// The club's event of that identifier.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(db: &impl Source, club: ClubId, id: EventId) -> Result<Option<Event>, StoreError> {
    let one = Entity::find_by_id(id.uuid()).filter(Column::ClubId.eq(club.uuid()));
    Ok(all(db, one).await?.pop())
}

/// The club's event that a channel belongs to.
///
/// # Errors
///
/// When the database fails.
pub async fn by_channel(
    db: &impl Source,
    club: &Club,
    channel: Id<ChannelMarker>,
) -> Result<Option<Event>, StoreError> {
    let Some(binding) = bindings::by_channel(db, club.guild, channel).await? else { return Ok(None) };
    by_id(db, club.id, EventId::new(binding.owner.uuid())).await
}

/// The club's events that aren't over or cancelled at `now`, the next first.
///
/// # Errors
///
/// When the database fails.
pub async fn coming(
    db: &impl Source,
    club: ClubId,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let coming = of_coming(club, now).order_by_asc(Column::StartAt).order_by_asc(Column::Id).limit(limit);
    all(db, coming).await
}

/// How many of the club's events aren't over or cancelled at `now`.
///
/// # Errors
///
/// When the database fails.
pub async fn count_coming(db: &impl Source, club: ClubId, now: Timestamp) -> Result<usize, StoreError> {
    let many = of_coming(club, now).count(&db.conn()).await?;
    Ok(usize::try_from(many).unwrap_or(usize::MAX))
}

fn of_coming(club: ClubId, now: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::EndAt.gt(ms(now)))
        .filter(Column::State.ne(CANCELLED))
}

/// The club's events that end after `since` or are kept, cancelled ones too, the next first.
///
/// # Errors
///
/// When the database fails.
pub async fn live(db: &impl Source, club: ClubId, since: Timestamp) -> Result<Vec<Event>, StoreError> {
    let live = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(stands(since))
        .order_by_asc(Column::StartAt)
        .order_by_asc(Column::Id);
    all(db, live).await
}

/// The club's events whose name holds what was typed: first those to come, then those that are over, each
/// nearest first.
///
/// # Errors
///
/// When the database fails.
pub async fn search(
    db: &impl Source,
    club: ClubId,
    typed: &str,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let found = |is_over: bool| {
        let theirs = Entity::find()
            .filter(Column::ClubId.eq(club.uuid()))
            .filter(Column::NameKey.into_expr().like(holds(typed)))
            .limit(limit);
        match is_over {
            false => theirs.filter(Column::EndAt.gt(ms(now))).order_by_asc(Column::EndAt),
            true => theirs.filter(Column::EndAt.lte(ms(now))).order_by_desc(Column::EndAt),
        }
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut events = all(db, found(false)).await?;
    if events.len() < limit {
        events.extend(all(db, found(true)).await?);
        events.truncate(limit);
    }
    Ok(events)
}

/// The channel names of the club's events that end after `since` or are kept.
///
/// # Errors
///
/// When the database fails.
pub async fn channel_names_taken(
    db: &impl Source,
    club: ClubId,
    since: Timestamp,
) -> Result<HashSet<String>, StoreError> {
    let names: Vec<String> = Entity::find()
        .select_only()
        .column(Column::ChannelName)
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(stands(since))
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(names.into_iter().collect())
}

/// The events of any club whose identifiers a query gives, the first to start first.
///
/// # Errors
///
/// When the database fails.
pub(in crate::store) async fn among(
    db: &impl Source,
    ids: SelectStatement,
) -> Result<Vec<Event>, StoreError> {
    let these = Entity::find()
        .filter(Column::Id.in_subquery(ids))
        .order_by_asc(Column::StartAt)
        .order_by_asc(Column::Id);
    all(db, these).await
}

/// That an event ends after `since`, or its channel is kept however long ago that is.
fn stands(since: Timestamp) -> Condition {
    Condition::any().add(Column::EndAt.gt(ms(since))).add(Column::Fate.eq(KEPT))
}

async fn all(db: &impl Source, rows: Select<Entity>) -> Result<Vec<Event>, StoreError> {
    let rows = rows.all(&db.conn()).await?;
    with_classes(db, rows).await
}
