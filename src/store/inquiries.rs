//! Inquiries: deferred replies of which nobody knows yet what they will say. They stand among the answers that are owed, and become one
//! of them once somebody has found out.

use std::time::Duration;

use entity::follow_ups::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect, prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};
use uuid::Uuid;

use super::{
    connect::Store,
    convert::{Row, ms, word},
    error::StoreError,
    follow_ups::{self, FollowUpKind, OwedFile},
    tx::{DbInstant, Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    actor::Actor,
    id::{DraftId, EventId, TeamId},
    membership::Standing,
    settings::GeneralChoice,
};

/// The kind of an inquiry's row.
pub(super) const KIND: &str = "inquiry";

/// A deferred reply whose content is to be found out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Inquiry {
    /// When the interaction's token dies.
    pub expires_at: Timestamp,
    /// Its identifier, which the answer keeps.
    pub id: Uuid,
    /// The request that asked, for the log.
    pub request_id: String,
    /// The interaction's token, encrypted.
    pub sealed_token: Vec<u8>,
    /// How often it was attempted, with the current one.
    pub tries: u32,
    /// What is asked.
    pub what: Asked,
}

/// A file of an event.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventFile {
    /// The event, for calendars.
    Calendar,
    /// Its sheet.
    Sheet,
}

/// What an inquiry asks.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "asked")]
pub enum Asked {
    /// Crews for an event.
    Crews {
        /// To whom they are proposed.
        actor: Box<Actor>,
        /// The event.
        event: EventId,
    },
    /// A file of an event.
    EventFile {
        /// The event.
        event: EventId,
        /// Which file.
        file: EventFile,
        /// Its club's guild.
        guild: Id<GuildMarker>,
    },
    /// How well a guild is set up.
    Health {
        /// The guild.
        guild: Id<GuildMarker>,
    },
    /// A file of a guild's club's members.
    Members {
        /// The guild.
        guild: Id<GuildMarker>,
        /// Where they stand; with `None`, all.
        standing: Option<Standing>,
    },
    /// How ready somebody of a team is.
    Readiness {
        /// Their account.
        account: Id<UserMarker>,
        /// Its club's guild.
        guild: Id<GuildMarker>,
        /// The team.
        team: TeamId,
    },
    /// Whether the bot may write in channels that an organiser chose, which are saved if it may.
    Posting(Box<Posting>),
}

/// What an organiser chose, with channels in it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Posting {
    /// Who.
    pub actor: Actor,
    /// What.
    pub choice: GeneralChoice,
    /// What they typed, to be edited again.
    pub draft: Option<DraftId>,
}

/// Promises to find out. `tries` counts from 0 whatever it says.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, inquiry: Inquiry, now: Timestamp) -> Result<(), StoreError> {
    let row = Model {
        body: serde_json::to_value(&inquiry.what).unwrap_or_default(),
        claim_until: 0,
        created_at: ms(now),
        expires_at: ms(inquiry.expires_at),
        id: inquiry.id,
        kind: KIND.to_owned(),
        last_error: None,
        request_id: inquiry.request_id,
        sealed_token: inquiry.sealed_token,
        tries: 0,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// The inquiries that nobody attends to, those whose token dies first in front.
///
/// # Errors
///
/// When the database fails.
pub async fn waiting(db: &impl Source, now: Timestamp, limit: u64) -> Result<Vec<Uuid>, StoreError> {
    let db = &db.conn();
    let DbInstant(db_now) = DbInstant::read(db).await?;
    let rows = Entity::find()
        .filter(Column::Kind.eq(KIND))
        .filter(Column::ExpiresAt.gt(ms(now)))
        .filter(Column::ClaimUntil.lt(db_now))
        .order_by_asc(Column::ExpiresAt)
        .limit(limit);
    Ok(rows.all(db).await?.into_iter().map(|row| row.id).collect())
}

/// Claims an inquiry for `ttl`; `None` while another worker has it, and once it has its answer or its token is dead.
///
/// # Errors
///
/// When the database fails.
pub async fn claim(
    store: &Store,
    id: Uuid,
    ttl: Duration,
    now: Timestamp,
) -> Result<Option<Inquiry>, StoreError> {
    let db = &store.write;
    let db_now = DbInstant::read(db).await?;
    let sql = "UPDATE follow_ups SET claim_until = $2, tries = tries + 1
               WHERE id = $1 AND kind = $5 AND claim_until < $3 AND expires_at > $4 RETURNING *";
    let values = [id.into(), db_now.plus(ttl).into(), db_now.0.into(), ms(now).into(), KIND.into()];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    read(Model::from_query_result(&row, "")?).map(Some)
}

/// Makes an inquiry an answer that is owed: the deferred reply, with that body and these files. Says whether it was still an inquiry:
/// whoever comes later changes nothing.
///
/// # Errors
///
/// When the database fails.
pub async fn settle(store: &Store, id: Uuid, body: Value, files: Vec<OwedFile>) -> Result<bool, StoreError> {
    let tx = store.begin().await?;
    let settled = Entity::update_many()
        .set(ActiveModel {
            body: Set(body),
            claim_until: Set(0),
            kind: Set(word(&FollowUpKind::Original)),
            last_error: Set(None),
            tries: Set(0),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::Kind.eq(KIND));
    let settled = settled.exec(&tx.conn()).await?.rows_affected > 0;
    if settled {
        follow_ups::put_files(&tx, id, files).await?;
    }
    tx.commit().await?;
    Ok(settled)
}

fn read(model: Model) -> Result<Inquiry, StoreError> {
    let row = Row::new("follow_ups", &model.id);
    Ok(Inquiry {
        expires_at: row.at("expires_at", model.expires_at)?,
        id: model.id,
        request_id: model.request_id.clone(),
        tries: row.number("tries", model.tries)?,
        what: row.parsed("body", serde_json::from_value(model.body))?,
        sealed_token: model.sealed_token,
    })
}
