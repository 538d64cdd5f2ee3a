//! Sign-up sheets.

use std::collections::HashMap;

use entity::{
    events,
    signups::{Column, Entity, Model},
};
use jiff::Timestamp;
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    prelude::*,
    sea_query::{OnConflict, SimpleExpr},
};
use twilight_model::id::{Id, marker::UserMarker};
use uuid::Uuid;

use super::{
    convert::{Row, count, flake, ms, word},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    id::{ClassId, ClubId, EventId, UserId},
    signup::{Sheet, Signup},
};

/// An event's sheet. To decide on it, lock the event first ([`super::events::lock`]).
///
/// # Errors
///
/// When the database fails.
pub async fn sheet(db: &impl Source, event: EventId) -> Result<Sheet, StoreError> {
    let lines = Entity::find().filter(Column::EventId.eq(event.uuid())).all(&db.conn()).await?;
    Ok(Sheet::new(lines.into_iter().map(read).collect::<Result<_, _>>()?))
}

/// The sheets of several events, one for each: one read for all of them.
///
/// # Errors
///
/// When the database fails.
pub async fn sheets(db: &impl Source, events: &[EventId]) -> Result<HashMap<EventId, Sheet>, StoreError> {
    let wanted = Entity::find().filter(Column::EventId.is_in(events.iter().map(|event| event.uuid())));
    let mut lines: HashMap<EventId, Vec<Signup>> = events.iter().map(|&event| (event, Vec::new())).collect();
    for model in wanted.all(&db.conn()).await? {
        lines.entry(EventId::new(model.event_id)).or_default().push(read(model)?);
    }
    Ok(lines.into_iter().map(|(event, lines)| (event, Sheet::new(lines))).collect())
}

/// The order that the sheet's next change gets.
#[must_use]
pub fn next_order(sheet: &Sheet) -> u64 {
    sheet.lines().last().map_or(1, |line| line.order.saturating_add(1))
}

/// Writes changed lines of an event that is locked, in one statement. `fresh` gives the identifiers of lines
/// that are new.
///
/// # Errors
///
/// When the database fails, or a line names a person or class that isn't there.
pub async fn put(
    tx: &Tx,
    event: EventId,
    lines: &[Signup],
    mut fresh: impl FnMut() -> Uuid,
    now: Timestamp,
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = lines.iter().map(|line| row(event, line, fresh(), now).into_active_model()).collect();
    let replace = OnConflict::columns([Column::EventId, Column::UserId])
        .update_columns([
            Column::ClassId,
            Column::DiscordId,
            Column::Ord,
            Column::PromotedAt,
            Column::State,
            Column::UpdatedAt,
        ])
        .to_owned();
    Entity::insert_many(rows).on_conflict(replace).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// The events on whose sheet somebody has a line, with their clubs, in the order in which to lock them.
///
/// # Errors
///
/// When the database fails.
pub async fn events_of(db: &impl Source, user: UserId) -> Result<Vec<(ClubId, EventId)>, StoreError> {
    with_lines(db, Column::UserId.eq(user.uuid())).await
}

/// The events that end after `now` and on whose sheet somebody has a line, with their clubs, the next to begin first.
///
/// # Errors
///
/// When the database fails.
pub async fn events_ahead_of(
    db: &impl Source,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<(ClubId, EventId)>, StoreError> {
    let lines = Entity::find().select_only().column(Column::EventId).filter(Column::UserId.eq(user.uuid()));
    let theirs: Vec<(Uuid, Uuid)> = events::Entity::find()
        .select_only()
        .column(events::Column::ClubId)
        .column(events::Column::Id)
        .filter(events::Column::Id.in_subquery(lines.into_query()))
        .filter(events::Column::EndAt.gt(ms(now)))
        .order_by_asc(events::Column::StartAt)
        .order_by_asc(events::Column::Id)
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(theirs.into_iter().map(|(club, event)| (ClubId::new(club), EventId::new(event))).collect())
}

/// The events on whose sheet somebody acted with that account, with their clubs, in the order in which to lock them.
///
/// # Errors
///
/// When the database fails.
pub async fn events_by_account(
    db: &impl Source,
    account: Id<UserMarker>,
) -> Result<Vec<(ClubId, EventId)>, StoreError> {
    with_lines(db, Column::DiscordId.eq(flake(account))).await
}

async fn with_lines(db: &impl Source, whose: SimpleExpr) -> Result<Vec<(ClubId, EventId)>, StoreError> {
    let lines = Entity::find().select_only().column(Column::EventId).filter(whose).into_query();
    let theirs: Vec<(Uuid, Uuid)> = events::Entity::find()
        .select_only()
        .column(events::Column::ClubId)
        .column(events::Column::Id)
        .filter(events::Column::Id.in_subquery(lines))
        .order_by_asc(events::Column::Id)
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(theirs.into_iter().map(|(club, event)| (ClubId::new(club), EventId::new(event))).collect())
}

/// Takes people off the sheet of an event that is locked.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, event: EventId, users: &[UserId]) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::UserId.is_in(users.iter().map(|user| user.uuid())))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

fn row(event: EventId, line: &Signup, id: Uuid, now: Timestamp) -> Model {
    Model {
        class_id: line.class.map(ClassId::uuid),
        created_at: ms(now),
        discord_id: flake(line.discord),
        event_id: event.uuid(),
        id,
        ord: count(line.order),
        promoted_at: line.promoted_at.map(ms),
        state: word(&line.state),
        updated_at: ms(now),
        user_id: line.user.uuid(),
    }
}

fn read(model: Model) -> Result<Signup, StoreError> {
    let row = Row::new("signups", &model.id);
    Ok(Signup {
        class: model.class_id.map(ClassId::new),
        discord: row.flake("discord_id", model.discord_id)?,
        order: row.number("ord", model.ord)?,
        promoted_at: row.at_opt("promoted_at", model.promoted_at)?,
        state: row.word("state", &model.state)?,
        user: UserId::new(model.user_id),
    })
}
