//! What is said once: alerts, announcements, questions. One row for each, written before the call that says it.

use entity::messages::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, prelude::*};
use serde::{Deserialize, Serialize};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, MessageMarker},
};
use uuid::Uuid;

use super::{
    bindings::Attempt,
    convert::{Row, flake, ms, word},
    error::StoreError,
    fault::Fault,
    tx::{DbInstant, Fenced, Source, Tx, sealed::Connected, statement},
};
use crate::domain::id::OwnerId;

/// A message that is said once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Said {
    /// When it was attempted last, by the clock that is passed in.
    pub attempt_at: Option<Timestamp>,
    /// When that attempt is certainly over, by the database's clock.
    pub attempt_deadline: Option<DbInstant>,
    /// The channel it is said in.
    pub channel: Id<ChannelMarker>,
    /// When it is worthless.
    pub expires_at: Option<Timestamp>,
    /// What went wrong.
    pub fault: Option<Fault>,
    /// Its identifier.
    pub id: Uuid,
    /// What is said, unique for its owner.
    pub key: String,
    /// The message's snowflake, once known.
    pub message: Option<Id<MessageMarker>>,
    /// The nonce of the call.
    pub nonce: String,
    /// It isn't tried again before that.
    pub not_before: Option<Timestamp>,
    /// The owner.
    pub owner: OwnerId,
    /// Whether it was said.
    pub state: SaidState,
    /// Failures since the last success.
    pub tries: u32,
}

/// Whether something was said.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidState {
    /// It was worthless before it could be said, and never will be.
    Expired,
    /// It was said.
    Said,
    /// It was or is being attempted; the outcome isn't known.
    Saying,
    /// An attempt certainly said nothing: it may be tried again.
    Unsaid,
    /// It was said and taken back.
    Withdrawn,
}

/// A message about to be said.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewMessage {
    /// The channel.
    pub channel: Id<ChannelMarker>,
    /// When it is worthless.
    pub expires_at: Option<Timestamp>,
    /// Its identifier, unless its key has a row already, which keeps its own.
    pub id: Uuid,
    /// What is said, unique for its owner.
    pub key: String,
    /// The nonce of the call, at most 25 characters.
    pub nonce: String,
    /// The owner.
    pub owner: OwnerId,
}

/// Writes down that a message is about to be said. `None` when it was said, has expired, or an attempt's
/// outcome isn't known: nothing may be said then.
///
/// # Errors
///
/// When the database fails, or the owner was never written down.
pub async fn begin(fenced: &Fenced, new: &NewMessage, attempt: Attempt) -> Result<Option<Uuid>, StoreError> {
    let db = &fenced.conn();
    let deadline = DbInstant::read(db).await?.plus(attempt.lasts);
    upsert(fenced, new, SaidState::Saying, Some((ms(attempt.at), deadline))).await
}

/// Writes down that a message is never said, because it was worthless before it could be. `false` when it was
/// said; an attempt of unknown outcome counts as expired, since nobody needs it any more.
///
/// # Errors
///
/// When the database fails, or the owner was never written down.
pub async fn expire(fenced: &Fenced, new: &NewMessage) -> Result<bool, StoreError> {
    Ok(upsert(fenced, new, SaidState::Expired, None).await?.is_some())
}

async fn upsert(
    fenced: &Fenced,
    new: &NewMessage,
    state: SaidState,
    attempt: Option<(i64, i64)>,
) -> Result<Option<Uuid>, StoreError> {
    let sql = "INSERT INTO messages (id, owner_id, key, channel_id, state, nonce, expires_at, attempt_at,
            attempt_deadline, fence, tries)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
        ON CONFLICT (owner_id, key) DO UPDATE SET
            channel_id = excluded.channel_id, state = excluded.state, nonce = excluded.nonce,
            expires_at = excluded.expires_at, attempt_at = excluded.attempt_at,
            attempt_deadline = excluded.attempt_deadline, fence = excluded.fence
        WHERE messages.state = 'unsaid' OR (messages.state = 'saying' AND excluded.state = 'expired')
        RETURNING id";
    let values = [
        new.id.into(),
        new.owner.uuid().into(),
        new.key.as_str().into(),
        flake(new.channel).into(),
        word(&state).into(),
        new.nonce.as_str().into(),
        new.expires_at.map(ms).into(),
        attempt.map(|(at, _)| at).into(),
        attempt.map(|(_, deadline)| deadline).into(),
        fenced.fence().into(),
    ];
    let db = &fenced.conn();
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    Ok(row.map(|row| row.try_get("", "id")).transpose()?)
}

/// Writes down that a message was said.
///
/// # Errors
///
/// When the database fails.
pub async fn said(
    fenced: &Fenced,
    id: Uuid,
    message: Id<MessageMarker>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        attempt_deadline: Set(None),
        error_class: Set(None),
        last_error: Set(None),
        message_id: Set(Some(flake(message))),
        said_at: Set(Some(ms(now))),
        state: Set(word(&SaidState::Said)),
        ..Default::default()
    };
    update(fenced, id, row).await
}

/// Writes down that an attempt certainly said nothing.
///
/// # Errors
///
/// When the database fails.
pub async fn unsaid(fenced: &Fenced, id: Uuid) -> Result<(), StoreError> {
    update(fenced, id, ActiveModel { state: Set(word(&SaidState::Unsaid)), ..Default::default() }).await
}

/// Writes down that a message was taken back.
///
/// # Errors
///
/// When the database fails.
pub async fn withdrawn(fenced: &Fenced, id: Uuid) -> Result<(), StoreError> {
    let row = ActiveModel {
        error_class: Set(None),
        last_error: Set(None),
        state: Set(word(&SaidState::Withdrawn)),
        ..Default::default()
    };
    update(fenced, id, row).await
}

/// Lets a message not be said before `not_before`, without anything having failed.
///
/// # Errors
///
/// When the database fails.
pub async fn wait(fenced: &Fenced, id: Uuid, not_before: Timestamp) -> Result<(), StoreError> {
    update(fenced, id, ActiveModel { not_before: Set(Some(ms(not_before))), ..Default::default() }).await
}

/// Writes down that saying something failed, and when it may be tried again.
///
/// # Errors
///
/// When the database fails.
pub async fn retry(
    fenced: &Fenced,
    id: Uuid,
    tries: u32,
    not_before: Timestamp,
    fault: &Fault,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        error_class: Set(Some(word(&fault.class))),
        last_error: Set(Some(fault.message.clone())),
        not_before: Set(Some(ms(not_before))),
        tries: Set(i32::try_from(tries).unwrap_or(i32::MAX)),
        ..Default::default()
    };
    update(fenced, id, row).await
}

async fn update(fenced: &Fenced, id: Uuid, row: ActiveModel) -> Result<(), StoreError> {
    let row = ActiveModel { fence: Set(fenced.fence()), ..row };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(&fenced.conn()).await?;
    Ok(())
}

/// Lets every message of those owners that waits after a failure be tried again at once.
///
/// # Errors
///
/// When the database fails.
pub async fn unpark(tx: &Tx, owners: &[OwnerId]) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { not_before: Set(None), ..Default::default() })
        .filter(Column::OwnerId.is_in(owners.iter().map(|owner| owner.uuid())))
        .filter(Column::NotBefore.is_not_null())
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Everything that was said for those owners, or was to be, by owner and key.
///
/// # Errors
///
/// When the database fails.
pub async fn of_owners(db: &impl Source, owners: &[OwnerId]) -> Result<Vec<Said>, StoreError> {
    let theirs = Entity::find().filter(Column::OwnerId.is_in(owners.iter().map(|owner| owner.uuid())));
    let rows = theirs.all(&db.conn()).await?;
    let mut messages = rows.into_iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
    messages.sort_by(|a, b| (a.owner, &a.key).cmp(&(b.owner, &b.key)));
    Ok(messages)
}

fn read(model: Model) -> Result<Said, StoreError> {
    let row = Row::new("messages", &model.id);
    Ok(Said {
        attempt_at: row.at_opt("attempt_at", model.attempt_at)?,
        attempt_deadline: model.attempt_deadline.map(DbInstant),
        channel: row.flake("channel_id", model.channel_id)?,
        expires_at: row.at_opt("expires_at", model.expires_at)?,
        fault: Fault::read(&row, model.error_class.as_deref(), model.last_error)?,
        id: model.id,
        message: row.flake_opt("message_id", model.message_id)?,
        owner: OwnerId::new(model.owner_id),
        state: row.word("state", &model.state)?,
        key: model.key,
        nonce: model.nonce,
        not_before: row.at_opt("not_before", model.not_before)?,
        tries: row.number("tries", model.tries)?,
    })
}
