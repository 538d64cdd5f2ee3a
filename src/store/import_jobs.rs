//! Imports that are being worked on. A worker claims one on the database's clock.

use std::time::Duration;

use entity::import_jobs::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect, TryInsertResult, prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    connect::Store,
    convert::{Row, count, flake, ms, word},
    error::StoreError,
    tx::{DbInstant, Source, Tx, sealed::Connected, statement},
};
use crate::domain::id::{ClubId, ImportId};

/// What is being done.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportWork {
    /// A file is read.
    Read,
    /// A roster that was confirmed is written.
    Write,
}

/// An import that is being worked on.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportJob {
    /// Who asked.
    pub by: Id<UserMarker>,
    /// The club.
    pub club: ClubId,
    /// How many entries are written.
    pub cursor: usize,
    /// What writing them came to.
    pub done: Value,
    /// Name of the file.
    pub file_name: String,
    /// The import's identifier.
    pub id: ImportId,
    /// The request that asked, for the log.
    pub request_id: String,
    /// The interaction's token and the file's address, encrypted.
    pub sealed: Vec<u8>,
    /// When the token dies.
    pub token_expires_at: Timestamp,
    /// How often it was taken up since it last got on, with the current one.
    pub tries: u32,
    /// What is being done.
    pub work: ImportWork,
}

/// Has an import worked on; `false` when it is already. `tries` counts from 0 whatever it says.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, job: ImportJob, now: Timestamp) -> Result<bool, StoreError> {
    let row = Model {
        by: flake(job.by),
        claim_until: 0,
        club_id: job.club.uuid(),
        created_at: ms(now),
        cursor: count(job.cursor as u64),
        done: job.done,
        file_name: job.file_name,
        id: job.id.uuid(),
        kind: word(&job.work),
        request_id: job.request_id,
        sealed: job.sealed,
        token_expires_at: ms(job.token_expires_at),
        tries: 0,
    };
    let inserted = Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(&tx.conn())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

/// The imports that nobody works on at the moment, each with the request that asked.
///
/// # Errors
///
/// When the database fails.
pub async fn waiting(db: &impl Source, limit: u64) -> Result<Vec<(ImportId, String)>, StoreError> {
    let db = &db.conn();
    let DbInstant(db_now) = DbInstant::read(db).await?;
    let rows =
        Entity::find().filter(Column::ClaimUntil.lt(db_now)).order_by_asc(Column::ClaimUntil).limit(limit);
    Ok(rows.all(db).await?.into_iter().map(|row| (ImportId::new(row.id), row.request_id)).collect())
}

/// How many imports are to be worked on, those included that somebody does.
///
/// # Errors
///
/// When the database fails.
pub async fn owed(db: &impl Source) -> Result<u64, StoreError> {
    Ok(Entity::find().count(&db.conn()).await?)
}

/// Whether an import is being worked on.
///
/// # Errors
///
/// When the database fails.
pub async fn exists(db: &impl Source, id: ImportId) -> Result<bool, StoreError> {
    Ok(Entity::find_by_id(id.uuid()).one(&db.conn()).await?.is_some())
}

/// Claims an import for `ttl`; `None` while another worker has it, and once it is over.
///
/// # Errors
///
/// When the database fails.
pub async fn claim(store: &Store, id: ImportId, ttl: Duration) -> Result<Option<ImportJob>, StoreError> {
    let db = &store.write;
    let db_now = DbInstant::read(db).await?;
    let sql = "UPDATE import_jobs SET claim_until = $2, tries = tries + 1
               WHERE id = $1 AND claim_until < $3 RETURNING *";
    let values = [id.uuid().into(), db_now.plus(ttl).into(), db_now.0.into()];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    read(Model::from_query_result(&row, "")?).map(Some)
}

/// Notes how far an import has got, from where it was, and claims it for another `ttl`. `false` when another worker got it there
/// meanwhile: whoever reads this stops.
///
/// # Errors
///
/// When the database fails.
pub async fn advance(
    tx: &Tx,
    id: ImportId,
    (from, to): (usize, usize),
    done: Value,
    ttl: Duration,
) -> Result<bool, StoreError> {
    let db = &tx.conn();
    let until = DbInstant::read(db).await?.plus(ttl);
    let sql = "UPDATE import_jobs SET cursor = $3, done = $4, claim_until = $5, tries = 0
               WHERE id = $1 AND cursor = $2";
    let (from, to) = (count(from as u64), count(to as u64));
    let values = [id.uuid().into(), from.into(), to.into(), done.into(), until.into()];
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected() > 0)
}

/// Ends the work on an import, if it is still where it was.
///
/// # Errors
///
/// When the database fails.
pub async fn finish(tx: &Tx, id: ImportId, work: ImportWork, cursor: usize) -> Result<bool, StoreError> {
    let one = Entity::delete_many()
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::Kind.eq(word(&work)))
        .filter(Column::Cursor.eq(count(cursor as u64)));
    Ok(one.exec(&tx.conn()).await?.rows_affected > 0)
}

fn read(model: Model) -> Result<ImportJob, StoreError> {
    let row = Row::new("import_jobs", &model.id);
    Ok(ImportJob {
        by: row.flake("by", model.by)?,
        club: ClubId::new(model.club_id),
        cursor: row.number("cursor", model.cursor)?,
        id: ImportId::new(model.id),
        token_expires_at: row.at("token_expires_at", model.token_expires_at)?,
        tries: row.number("tries", model.tries)?,
        work: row.word("kind", &model.kind)?,
        done: model.done,
        file_name: model.file_name,
        request_id: model.request_id,
        sealed: model.sealed,
    })
}
