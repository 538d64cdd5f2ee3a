//! Answers that are still owed to interactions. A worker claims one before it sends it, on the database's
//! clock.

use std::time::Duration;

use entity::{
    follow_up_files,
    follow_ups::{Column, Entity, Model},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect, prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{
    connect::Store,
    convert::{Row, ms, word},
    error::StoreError,
    inquiries,
    tx::{DbInstant, Source, Tx, sealed::Connected, statement},
};

/// Which message a follow-up is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpKind {
    /// A message besides the reply.
    Message,
    /// The deferred reply itself.
    Original,
}

/// An answer owed to an interaction.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// What to send.
    pub body: Value,
    /// When the interaction's token dies.
    pub expires_at: Timestamp,
    /// Its identifier.
    pub id: Uuid,
    /// Which message it is.
    pub kind: FollowUpKind,
    /// The request that owes it, for the log.
    pub request_id: String,
    /// The interaction's token, encrypted.
    pub sealed_token: Vec<u8>,
    /// How often it was attempted, with the current one.
    pub tries: u32,
}

/// A file that goes out with an answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OwedFile {
    /// What is in it.
    pub content: Vec<u8>,
    /// Its name.
    pub name: String,
}

/// Promises an answer. `tries` counts from 0 whatever it says.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, owed: FollowUp, now: Timestamp) -> Result<(), StoreError> {
    let row = Model {
        body: owed.body,
        claim_until: 0,
        created_at: ms(now),
        expires_at: ms(owed.expires_at),
        id: owed.id,
        kind: word(&owed.kind),
        last_error: None,
        request_id: owed.request_id,
        sealed_token: owed.sealed_token,
        tries: 0,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// The answers that are owed and that nobody is sending, those whose token dies first in front.
///
/// # Errors
///
/// When the database fails.
pub async fn waiting(db: &impl Source, now: Timestamp, limit: u64) -> Result<Vec<Uuid>, StoreError> {
    let db = &db.conn();
    let DbInstant(db_now) = DbInstant::read(db).await?;
    let rows = Entity::find()
        .filter(Column::Kind.ne(inquiries::KIND))
        .filter(Column::ExpiresAt.gt(ms(now)))
        .filter(Column::ClaimUntil.lt(db_now))
        .order_by_asc(Column::ExpiresAt)
        .limit(limit);
    Ok(rows.all(db).await?.into_iter().map(|row| row.id).collect())
}

/// Has files go out with an answer.
pub(super) async fn put_files(tx: &Tx, id: Uuid, files: Vec<OwedFile>) -> Result<(), StoreError> {
    for (number, OwedFile { content, name }) in (0..).zip(files) {
        let row = follow_up_files::Model { content, follow_up_id: id, name, number };
        follow_up_files::Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    }
    Ok(())
}

/// The files that go out with an answer.
///
/// # Errors
///
/// When the database fails.
pub async fn files(db: &impl Source, id: Uuid) -> Result<Vec<OwedFile>, StoreError> {
    let theirs = follow_up_files::Entity::find()
        .filter(follow_up_files::Column::FollowUpId.eq(id))
        .order_by_asc(follow_up_files::Column::Number);
    let file = |model: follow_up_files::Model| OwedFile { content: model.content, name: model.name };
    Ok(theirs.all(&db.conn()).await?.into_iter().map(file).collect())
}

/// How many answers are owed, those included that somebody is sending or finding out.
///
/// # Errors
///
/// When the database fails.
pub async fn owed(db: &impl Source, now: Timestamp) -> Result<u64, StoreError> {
    Ok(Entity::find().filter(Column::ExpiresAt.gt(ms(now))).count(&db.conn()).await?)
}

/// Claims an answer for `ttl`; `None` while another worker has it, and once it was sent or its token is dead.
///
/// # Errors
///
/// When the database fails.
pub async fn claim(
    store: &Store,
    id: Uuid,
    ttl: Duration,
    now: Timestamp,
) -> Result<Option<FollowUp>, StoreError> {
    let db = &store.write;
    let db_now = DbInstant::read(db).await?;
    let sql = "UPDATE follow_ups SET claim_until = $2, tries = tries + 1
               WHERE id = $1 AND kind <> $5 AND claim_until < $3 AND expires_at > $4 RETURNING *";
    let inquiry = inquiries::KIND.into();
    let values = [id.into(), db_now.plus(ttl).into(), db_now.0.into(), ms(now).into(), inquiry];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    read(Model::from_query_result(&row, "")?).map(Some)
}

/// Gives a claimed answer back after an attempt that failed. Nobody tries it again within `wait`.
///
/// # Errors
///
/// When the database fails.
pub async fn failed(store: &Store, id: Uuid, error: &str, wait: Duration) -> Result<(), StoreError> {
    let db_now = DbInstant::read(&store.write).await?;
    Entity::update_many()
        .set(entity::follow_ups::ActiveModel {
            claim_until: Set(db_now.plus(wait)),
            last_error: Set(Some(error.to_owned())),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .exec(&store.write)
        .await?;
    Ok(())
}

/// Forgets an answer that was sent or can't be.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(store: &Store, id: Uuid) -> Result<(), StoreError> {
    Entity::delete_by_id(id).exec(&store.write).await?;
    Ok(())
}

/// Forgets the answers whose token is dead, and says how many.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let expired = Entity::delete_many().filter(Column::ExpiresAt.lte(ms(now)));
    Ok(expired.exec(&store.write).await?.rows_affected)
}

fn read(model: Model) -> Result<FollowUp, StoreError> {
    let row = Row::new("follow_ups", &model.id);
    Ok(FollowUp {
        expires_at: row.at("expires_at", model.expires_at)?,
        id: model.id,
        kind: row.word("kind", &model.kind)?,
        request_id: model.request_id.clone(),
        tries: row.number("tries", model.tries)?,
        body: model.body,
        sealed_token: model.sealed_token,
    })
}
