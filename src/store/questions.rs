//! Questions to a club's organisers. One of a kind is open for a slot at a time.

use entity::questions::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder, prelude::*};
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{
    convert::{Row, flake, ms, word},
    error::StoreError,
    tx::{Fenced, Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    id::{OwnerId, QuestionId},
    panel::{Answer, Topic},
};

/// The state of a question that nobody answered yet.
const OPEN: &str = "open";
/// The state of a question that settled by itself.
const SETTLED: &str = "settled";

/// A question to the organisers.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// How it ended; `None` while it is open.
    pub answered: Option<Answered>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The guild.
    pub guild: Id<GuildMarker>,
    /// Its identifier.
    pub id: QuestionId,
    /// The owner it is about; the guild's own for the whole guild.
    pub owner: OwnerId,
    /// The slot it is about; empty for the whole owner.
    pub slot: String,
    /// What it is about.
    pub topic: Topic,
}

impl Asked {
    /// When an organiser decided on paused deletions and how, if this was asked.
    #[must_use]
    pub fn decided_deletions(&self) -> Option<(Timestamp, Answer)> {
        let answered = self.answered.filter(|_| matches!(self.topic, Topic::DeletionsPaused))?;
        Some((answered.at, answered.answer?))
    }

    /// Whether it is open, and moot once what it is about succeeds.
    #[must_use]
    pub const fn is_settled_by_success(&self) -> bool {
        let moot = match self.topic {
            Topic::Ambiguous { .. }
            | Topic::Broken { .. }
            | Topic::Deleted { .. }
            | Topic::Forbidden { .. }
            | Topic::Full { .. } => true,
            Topic::DeletionsPaused
            | Topic::NoAnnouncementChannel
            | Topic::NoOrganiserChannel
            | Topic::Renamed { .. }
            | Topic::SyncAsks { .. }
            | Topic::SyncDone { .. }
            | Topic::SyncFailed { .. }
            | Topic::SyncWaits { .. } => false,
        };
        moot && self.answered.is_none()
    }
}

/// How a question ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Answered {
    /// The answer; `None` when the question settled by itself.
    pub answer: Option<Answer>,
    /// When.
    pub at: Timestamp,
    /// Who gave it.
    pub by: Option<Id<UserMarker>>,
}

/// A question about to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct NewQuestion {
    /// Its identifier.
    pub id: QuestionId,
    /// The owner it is about; the guild's own for the whole guild.
    pub owner: OwnerId,
    /// The slot it is about; empty for the whole owner.
    pub slot: String,
    /// What it is about.
    pub topic: Topic,
}

/// Asks in the leased guild, unless that question is open already; says whether it is new.
///
/// # Errors
///
/// When the database fails.
pub async fn ask(fenced: &Fenced, question: NewQuestion, now: Timestamp) -> Result<bool, StoreError> {
    ask_in(fenced.tx(), fenced.guild(), question, now).await
}

/// Asks in a guild that needn't be leased, as what is asked is about none of its resources; says whether it is new.
///
/// # Errors
///
/// When the database fails.
pub async fn ask_in(
    tx: &Tx,
    guild: Id<GuildMarker>,
    question: NewQuestion,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let db = &tx.conn();
    let sql = "INSERT INTO questions (id, guild_id, owner_id, kind, slot, detail, state, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, 'open', $7)
               ON CONFLICT (owner_id, kind, slot) WHERE state = 'open' DO NOTHING";
    let detail = serde_json::to_value(&question.topic).unwrap_or_default();
    let values = [
        question.id.uuid().into(),
        flake(guild).into(),
        question.owner.uuid().into(),
        kind_of(&detail).into(),
        question.slot.into(),
        detail.into(),
        ms(now).into(),
    ];
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected() == 1)
}

/// Answers a question of the guild; `false` when it isn't open any more.
///
/// # Errors
///
/// When the database fails.
pub async fn answer(
    tx: &Tx,
    (guild, id): (Id<GuildMarker>, QuestionId),
    answer: Answer,
    by: Id<UserMarker>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    close(tx, (guild, id), &word(&answer), Some(by), now).await
}

/// Closes a question that settled by itself; `false` when it isn't open any more.
///
/// # Errors
///
/// When the database fails.
pub async fn settle(fenced: &Fenced, id: QuestionId, now: Timestamp) -> Result<bool, StoreError> {
    close(fenced.tx(), (fenced.guild(), id), SETTLED, None, now).await
}

async fn close(
    tx: &Tx,
    (guild, id): (Id<GuildMarker>, QuestionId),
    state: &str,
    by: Option<Id<UserMarker>>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let closed = Entity::update_many()
        .set(ActiveModel {
            answered_at: Set(Some(ms(now))),
            answered_by: Set(by.map(flake)),
            state: Set(state.to_owned()),
            ..Default::default()
        })
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::State.eq(OPEN));
    Ok(closed.exec(&tx.conn()).await?.rows_affected == 1)
}

/// Closes the guild's open questions on a topic that has settled by itself.
///
/// # Errors
///
/// When the database fails.
pub async fn moot(tx: &Tx, guild: Id<GuildMarker>, topic: &Topic, now: Timestamp) -> Result<(), StoreError> {
    for asked in open(tx, guild).await?.iter().filter(|asked| asked.topic == *topic) {
        close(tx, (guild, asked.id), SETTLED, None, now).await?;
    }
    Ok(())
}

/// Closes every open question of a guild whose club has left it.
pub(super) async fn abandon(tx: &Tx, guild: Id<GuildMarker>, now: Timestamp) -> Result<(), StoreError> {
    for asked in open(tx, guild).await? {
        close(tx, (guild, asked.id), SETTLED, None, now).await?;
    }
    Ok(())
}

/// The guild's open questions, the oldest first.
///
/// # Errors
///
/// When the database fails.
pub async fn open(db: &impl Source, guild: Id<GuildMarker>) -> Result<Vec<Asked>, StoreError> {
    let open = Entity::find()
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::State.eq(OPEN))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    open.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Every question about those owners, answered or not, the oldest first.
///
/// # Errors
///
/// When the database fails.
pub async fn of_owners(db: &impl Source, owners: &[OwnerId]) -> Result<Vec<Asked>, StoreError> {
    let theirs = Entity::find()
        .filter(Column::OwnerId.is_in(owners.iter().map(|owner| owner.uuid())))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    theirs.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// The guild's question of that identifier.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(
    db: &impl Source,
    guild: Id<GuildMarker>,
    id: QuestionId,
) -> Result<Option<Asked>, StoreError> {
    let found =
        Entity::find_by_id(id.uuid()).filter(Column::GuildId.eq(flake(guild))).one(&db.conn()).await?;
    found.map(read).transpose()
}

/// The kind of a question: its topic without what varies, so that one of a kind is open at a time.
fn kind_of(detail: &Value) -> String {
    detail.get("topic").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn read(model: Model) -> Result<Asked, StoreError> {
    let row = Row::new("questions", &model.id);
    let answered = match (model.state.as_str(), model.answered_at) {
        (OPEN, _) => None,
        (_, None) => return Err(row.corrupt("answered_at", "missing")),
        (state, Some(at)) => Some(Answered {
            answer: (state != SETTLED).then(|| row.word("state", state)).transpose()?,
            at: row.at("answered_at", at)?,
            by: row.flake_opt("answered_by", model.answered_by)?,
        }),
    };
    Ok(Asked {
        answered,
        asked_at: row.at("created_at", model.created_at)?,
        guild: row.flake("guild_id", model.guild_id)?,
        id: QuestionId::new(model.id),
        owner: OwnerId::new(model.owner_id),
        topic: row.parsed("detail", serde_json::from_value(model.detail))?,
        slot: model.slot,
    })
}
