//! What organisers changed, with before and after.

use entity::audit_log::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, prelude::*};
use serde_json::Value;
use twilight_model::id::{Id, marker::UserMarker};
use uuid::Uuid;

use super::{
    convert::{Row, flake, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{actor::Actor, id::ClubId};

/// Who changes something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Doer {
    /// Somebody on Discord.
    Account(Id<UserMarker>),
    /// Whoever runs the service, through the API.
    Operator,
    /// A program with a token of the club's.
    Token(Uuid),
}

impl From<&Actor> for Doer {
    fn from(actor: &Actor) -> Self {
        Self::Account(actor.account.id)
    }
}

impl Doer {
    /// Their account, where it is somebody on Discord.
    #[must_use]
    pub const fn account(self) -> Option<Id<UserMarker>> {
        match self {
            Self::Account(account) => Some(account),
            Self::Operator | Self::Token(_) => None,
        }
    }
}

/// Something that an organiser changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What was done, such as `event.cancel`.
    pub action: String,
    /// Who did it.
    pub by: Doer,
    /// How it became; `None` for what is gone.
    pub after: Option<Value>,
    /// When.
    pub at: Timestamp,
    /// How it was; `None` for what is new.
    pub before: Option<Value>,
    /// The club.
    pub club: ClubId,
    /// Its identifier.
    pub id: Uuid,
    /// The identifier of the thing it was done to.
    pub subject_id: String,
    /// The kind of thing it was done to, such as `event`.
    pub subject_kind: String,
}

/// Writes an entry with the change that it tells of.
///
/// # Errors
///
/// When the database fails.
pub async fn write(tx: &Tx, entry: Entry) -> Result<(), StoreError> {
    let (actor, token_id) = match entry.by {
        Doer::Account(account) => (flake(account), None),
        Doer::Operator => (0, None),
        Doer::Token(token) => (0, Some(token)),
    };
    let row = Model {
        action: entry.action,
        actor,
        after: entry.after,
        at: ms(entry.at),
        before: entry.before,
        club_id: entry.club.uuid(),
        id: entry.id,
        subject_id: entry.subject_id,
        subject_kind: entry.subject_kind,
        token_id,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// A club's entries, the latest first.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(db: &impl Source, club: ClubId, limit: u64) -> Result<Vec<Entry>, StoreError> {
    let latest = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(&db.conn())
        .await?;
    latest.into_iter().map(read).collect()
}

fn read(model: Model) -> Result<Entry, StoreError> {
    let row = Row::new("audit_log", &model.id);
    let by = match (model.actor, model.token_id) {
        (0, None) => Doer::Operator,
        (0, Some(token)) => Doer::Token(token),
        (account, _) => Doer::Account(row.flake("actor", account)?),
    };
    Ok(Entry {
        by,
        at: row.at("at", model.at)?,
        club: ClubId::new(model.club_id),
        id: model.id,
        action: model.action,
        after: model.after,
        before: model.before,
        subject_id: model.subject_id,
        subject_kind: model.subject_kind,
    })
}
