//! Rules by which events come again, and the events that were made by them.

use entity::{
    occurrences,
    recurrences::{ActiveModel, Column, Entity, Model},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, Condition, FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect, prelude::*,
};
use uuid::Uuid;

use super::{
    convert::{Row, flake, json, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    blueprint::Blueprint,
    id::{ClubId, EventId, RecurrenceId, SeriesId},
    recurrence::Recurrence,
};

/// Writes a new rule, and the event that it came from. The next occurrence is to be made at `due_at`.
///
/// # Errors
///
/// When the database fails.
pub async fn create(
    tx: &Tx,
    recurrence: &Recurrence,
    from: EventId,
    due_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let blueprint = Blueprint { length: Some(recurrence.length), ..recurrence.blueprint.clone() };
    let row = Model {
        blueprint: json(&blueprint),
        club_id: recurrence.club.uuid(),
        created_at: ms(recurrence.created_at),
        created_by: flake(recurrence.created_by),
        due_at: due_at.map(ms),
        id: recurrence.id.uuid(),
        made: recurrence.made.into(),
        name: recurrence.name.to_string(),
        rule: json(&recurrence.rule),
        series_id: recurrence.series.map(SeriesId::uuid),
        stopped_at: recurrence.stopped_at.map(ms),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    made(tx, recurrence.id, 0, from).await
}

/// Writes down which event an occurrence is. Each occurrence is one event, once.
///
/// # Errors
///
/// When the database fails, or the occurrence was made before.
pub async fn made(tx: &Tx, recurrence: RecurrenceId, ordinal: u16, event: EventId) -> Result<(), StoreError> {
    let row = occurrences::Model {
        event_id: event.uuid(),
        ordinal: ordinal.into(),
        recurrence_id: recurrence.uuid(),
    };
    let insert = occurrences::Entity::insert(row.into_active_model());
    insert.exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// Moves a locked rule on: everything up to `made` is made or passed over, and the next is to be made at `due_at`.
///
/// # Errors
///
/// When the database fails.
pub async fn advance(
    tx: &Tx,
    id: RecurrenceId,
    made: u16,
    due_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let row = ActiveModel { due_at: Set(due_at.map(ms)), made: Set(made.into()), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.uuid())).exec(&tx.conn()).await?;
    Ok(())
}

/// Stops a rule that hasn't been stopped. Its events stay.
///
/// # Errors
///
/// When the database fails.
pub async fn stop(tx: &Tx, id: RecurrenceId, now: Timestamp) -> Result<(), StoreError> {
    Entity::update_many().set(stopped(now)).filter(Column::Id.eq(id.uuid())).exec(&tx.conn()).await?;
    Ok(())
}

/// Stops the rules of a series, and returns which were still to make something.
///
/// # Errors
///
/// When the database fails.
pub async fn stop_of_series(
    tx: &Tx,
    series: SeriesId,
    now: Timestamp,
) -> Result<Vec<RecurrenceId>, StoreError> {
    let db = &tx.conn();
    let theirs = || Condition::all().add(Column::SeriesId.eq(series.uuid())).add(Column::DueAt.is_not_null());
    let found: Vec<Uuid> =
        Entity::find().select_only().column(Column::Id).filter(theirs()).into_tuple().all(db).await?;
    Entity::update_many().set(stopped(now)).filter(theirs()).exec(db).await?;
    Ok(found.into_iter().map(RecurrenceId::new).collect())
}

fn stopped(now: Timestamp) -> ActiveModel {
    ActiveModel { due_at: Set(None), stopped_at: Set(Some(ms(now))), ..Default::default() }
}

/// The rules that have an occurrence to make, the one that has waited longest first, each with its club.
///
/// # Errors
///
/// When the database fails.
pub async fn due(
    db: &impl Source,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<(ClubId, RecurrenceId)>, StoreError> {
    let due: Vec<(Uuid, Uuid)> = Entity::find()
        .select_only()
        .columns([Column::ClubId, Column::Id])
        .filter(Column::DueAt.lte(ms(now)))
        .order_by_asc(Column::DueAt)
        .limit(limit)
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(due.into_iter().map(|(club, id)| (ClubId::new(club), RecurrenceId::new(id))).collect())
}

/// The club's rule of that identifier if it has an occurrence to make, which nobody else changes before the transaction ends.
///
/// # Errors
///
/// When the database fails.
pub async fn lock_due(
    tx: &Tx,
    club: ClubId,
    id: RecurrenceId,
    now: Timestamp,
) -> Result<Option<Recurrence>, StoreError> {
    let sql = format!(
        "SELECT * FROM recurrences WHERE id = $1 AND club_id = $2 AND due_at <= $3{}",
        tx.for_update()
    );
    let db = &tx.conn();
    let values = [id.uuid().into(), club.uuid().into(), ms(now).into()];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    read(Model::from_query_result(&row, "")?).map(Some)
}

/// The rule by which the club's event repeats or that it was made by, unless it has been stopped: the newest.
///
/// # Errors
///
/// When the database fails.
pub async fn of_event(
    db: &impl Source,
    club: ClubId,
    event: EventId,
) -> Result<Option<Recurrence>, StoreError> {
    let sql =
        "SELECT recurrences.* FROM occurrences JOIN recurrences ON recurrences.id = occurrences.recurrence_id
         WHERE occurrences.event_id = $1 AND recurrences.club_id = $2 AND recurrences.stopped_at IS NULL
         ORDER BY recurrences.created_at DESC, recurrences.id DESC LIMIT 1";
    let db = &db.conn();
    let values = [event.uuid().into(), club.uuid().into()];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    read(Model::from_query_result(&row, "")?).map(Some)
}

fn read(model: Model) -> Result<Recurrence, StoreError> {
    let row = Row::new("recurrences", &model.id);
    let blueprint: Blueprint = row.parsed("blueprint", serde_json::from_value(model.blueprint))?;
    Ok(Recurrence {
        club: ClubId::new(model.club_id),
        created_at: row.at("created_at", model.created_at)?,
        created_by: row.flake("created_by", model.created_by)?,
        id: RecurrenceId::new(model.id),
        length: row.parsed("blueprint", blueprint.length.ok_or("no length"))?,
        made: row.number("made", model.made)?,
        name: row.parsed("name", model.name.parse())?,
        rule: row.parsed("rule", serde_json::from_value(model.rule))?,
        series: model.series_id.map(SeriesId::new),
        stopped_at: row.at_opt("stopped_at", model.stopped_at)?,
        blueprint,
    })
}
