//! Accounts that may be one of several people, for organisers to decide.

use entity::conflicts::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, IntoActiveModel, QueryOrder, QuerySelect, prelude::*, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::UserMarker};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    convert::{Row, flake, ms, word},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    id::{ClubId, ConflictId},
    sync::Candidate,
};

/// An account that may be one of several people.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Conflict {
    /// The account.
    pub account: Id<UserMarker>,
    /// Who it may be, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// When it came up.
    pub created_at: Timestamp,
    /// Its identifier.
    pub id: ConflictId,
    /// How it stands.
    pub state: ConflictState,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// How a conflict stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConflictState {
    /// Somebody decided.
    Answered,
    /// Something else settled it.
    Moot,
    /// Nobody decided yet.
    Open,
}

/// Puts a conflict before the organisers; one about the same account that was settled comes up anew.
///
/// # Errors
///
/// When the database fails.
pub async fn put(
    tx: &Tx,
    club: ClubId,
    (account, candidates): (Id<UserMarker>, &[Candidate]),
    fresh: Uuid,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = Model {
        candidates: serde_json::to_value(candidates).unwrap_or_default(),
        club_id: club.uuid(),
        created_at: ms(now),
        discord_id: flake(account),
        id: fresh,
        state: word(&ConflictState::Open),
        updated_at: ms(now),
    };
    let replace = OnConflict::columns([Column::ClubId, Column::DiscordId])
        .update_columns([Column::Candidates, Column::State, Column::UpdatedAt])
        .to_owned();
    let put = Entity::insert(row.into_active_model()).on_conflict(replace);
    put.exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// How the conflict about an account ended.
///
/// # Errors
///
/// When the database fails.
pub async fn settle(
    tx: &Tx,
    club: ClubId,
    account: Id<UserMarker>,
    state: ConflictState,
    now: Timestamp,
) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { state: Set(word(&state)), updated_at: Set(ms(now)), ..Default::default() })
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::DiscordId.eq(flake(account)))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Which of a club's open conflicts is wanted, in the order in which they came up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wanted {
    /// The next after that one; the first once more after the last.
    After(ConflictId),
    /// The one before that one; the last once more before the first.
    Before(ConflictId),
    /// The first.
    First,
}

/// An open conflict of a club; `None` when there is none.
///
/// # Errors
///
/// When the database fails.
pub async fn open(db: &impl Source, club: ClubId, wanted: Wanted) -> Result<Option<Conflict>, StoreError> {
    let all = || {
        Entity::find()
            .filter(Column::ClubId.eq(club.uuid()))
            .filter(Column::State.eq(word(&ConflictState::Open)))
    };
    // Identifiers grow with time.
    let (near, else_) = match wanted {
        Wanted::First => (all().order_by_asc(Column::Id), None),
        Wanted::After(id) => (
            all().filter(Column::Id.gt(id.uuid())).order_by_asc(Column::Id),
            Some(all().order_by_asc(Column::Id)),
        ),
        Wanted::Before(id) => (
            all().filter(Column::Id.lt(id.uuid())).order_by_desc(Column::Id),
            Some(all().order_by_desc(Column::Id)),
        ),
    };
    let conn = db.conn();
    let mut found = near.one(&conn).await?;
    if let (None, Some(else_)) = (&found, else_) {
        found = else_.one(&conn).await?;
    }
    found.map(read).transpose()
}

/// A club's conflicts after one that stand like that, in the order in which they came up.
///
/// # Errors
///
/// When the database fails.
pub async fn page(
    db: &impl Source,
    club: ClubId,
    states: &[ConflictState],
    after: Option<ConflictId>,
    limit: u64,
) -> Result<Vec<Conflict>, StoreError> {
    let mut next = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::State.is_in(states.iter().map(word)));
    if let Some(after) = after {
        next = next.filter(Column::Id.gt(after.uuid()));
    }
    // Identifiers grow with time.
    next.order_by_asc(Column::Id).limit(limit).all(&db.conn()).await?.into_iter().map(read).collect()
}

/// How many conflicts of a club are open.
///
/// # Errors
///
/// When the database fails.
pub async fn count(db: &impl Source, club: ClubId) -> Result<u64, StoreError> {
    let open = word(&ConflictState::Open);
    let all = Entity::find().filter(Column::ClubId.eq(club.uuid())).filter(Column::State.eq(open));
    Ok(all.count(&db.conn()).await?)
}

/// A conflict of a club.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(db: &impl Source, club: ClubId, id: ConflictId) -> Result<Option<Conflict>, StoreError> {
    let one = Entity::find_by_id(id.uuid()).filter(Column::ClubId.eq(club.uuid()));
    one.one(&db.conn()).await?.map(read).transpose()
}

fn read(model: Model) -> Result<Conflict, StoreError> {
    let row = Row::new("conflicts", &model.id);
    Ok(Conflict {
        account: row.flake("discord_id", model.discord_id)?,
        candidates: row.parsed("candidates", serde_json::from_value(model.candidates))?,
        created_at: row.at("created_at", model.created_at)?,
        id: ConflictId::new(model.id),
        state: row.word("state", &model.state)?,
        updated_at: row.at("updated_at", model.updated_at)?,
    })
}
