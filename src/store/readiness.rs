//! How ready people of teams are for their races.

use std::collections::HashMap;

use entity::readiness::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, IntoActiveModel, QuerySelect, QueryTrait, prelude::*, sea_query::OnConflict,
};

use super::{
    convert::{Row, flake, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    id::{EventId, TeamId, UserId},
    readiness::{Check, Readiness, Told},
};

/// How ready an event's people are, as far as they were checked.
///
/// # Errors
///
/// When the database fails.
pub async fn of_event(db: &impl Source, event: EventId) -> Result<HashMap<UserId, Readiness>, StoreError> {
    let all = Entity::find().filter(Column::EventId.eq(event.uuid())).all(&db.conn()).await?;
    all.into_iter().map(|model| Ok((UserId::new(model.user_id), read(model)?))).collect()
}

/// How ready somebody is, if they were checked.
///
/// # Errors
///
/// When the database fails.
pub async fn of(db: &impl Source, event: EventId, user: UserId) -> Result<Option<Readiness>, StoreError> {
    let one = Entity::find_by_id((event.uuid(), user.uuid())).one(&db.conn()).await?;
    one.map(read).transpose()
}

/// Notes what was found about somebody. What they said themselves stays.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, (event, user): (EventId, UserId), check: &Check) -> Result<(), StoreError> {
    let row = Model {
        checked_at: ms(check.at),
        connected: check.connected,
        event_id: event.uuid(),
        hears: None,
        in_thread: json(&check.in_thread),
        joins: json(&check.joins),
        sees: json(&check.sees),
        team_id: check.team.uuid(),
        user_id: user.uuid(),
        voice_id: check.voice.map(flake),
    };
    let again = OnConflict::columns([Column::EventId, Column::UserId])
        .update_columns([
            Column::CheckedAt,
            Column::Connected,
            Column::InThread,
            Column::Joins,
            Column::Sees,
            Column::TeamId,
            Column::VoiceId,
        ])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// Notes whether somebody who was checked hears the others, by their own word.
///
/// # Errors
///
/// When the database fails.
pub async fn say(tx: &Tx, (event, user): (EventId, UserId), hears: bool) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { hears: Set(Some(hears)), ..Default::default() })
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::UserId.eq(user.uuid()))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Makes one person of two: where both were checked for an event, what is known of `into` stays.
///
/// # Errors
///
/// When the database fails.
pub async fn merge(tx: &Tx, from: UserId, into: UserId) -> Result<(), StoreError> {
    let db = &tx.conn();
    let kept = Entity::find().select_only().column(Column::EventId).filter(Column::UserId.eq(into.uuid()));
    Entity::delete_many()
        .filter(Column::UserId.eq(from.uuid()))
        .filter(Column::EventId.in_subquery(kept.into_query()))
        .exec(db)
        .await?;
    let theirs = ActiveModel { user_id: Set(into.uuid()), ..Default::default() };
    Entity::update_many().set(theirs).filter(Column::UserId.eq(from.uuid())).exec(db).await?;
    Ok(())
}

fn json(told: &Told) -> Json {
    serde_json::to_value(told).unwrap_or_default()
}

fn read(model: Model) -> Result<Readiness, StoreError> {
    let row = Row::new("readiness", &model.user_id);
    let voice = model.voice_id.map(|voice| row.flake("voice_id", voice)).transpose()?;
    let check = Check {
        at: row.at("checked_at", model.checked_at)?,
        connected: model.connected,
        in_thread: row.parsed("in_thread", serde_json::from_value(model.in_thread))?,
        joins: row.parsed("joins", serde_json::from_value(model.joins))?,
        sees: row.parsed("sees", serde_json::from_value(model.sees))?,
        team: TeamId::new(model.team_id),
        voice,
    };
    Ok(Readiness { check, hears: model.hears })
}
