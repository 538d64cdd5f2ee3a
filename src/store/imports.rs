//! Rosters that were read and wait to be confirmed.

use entity::{
    import_jobs,
    imports::{Column, Entity, Model},
};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, QuerySelect, QueryTrait, prelude::*};
use serde_json::Value;
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    connect::Store,
    convert::{Row, flake, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::id::{ClubId, ImportId};

/// A roster that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Who brought it.
    pub by: Id<UserMarker>,
    /// The club.
    pub club: ClubId,
    /// When it may be forgotten.
    pub expires_at: Timestamp,
    /// Name of its file.
    pub file_name: String,
    /// Its identifier.
    pub id: ImportId,
    /// What it says.
    pub roster: Value,
}

/// Keeps a roster, unless it is kept already.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, import: Import, now: Timestamp) -> Result<(), StoreError> {
    let row = Model {
        by: flake(import.by),
        club_id: import.club.uuid(),
        created_at: ms(now),
        expires_at: ms(import.expires_at),
        file_name: import.file_name,
        id: import.id.uuid(),
        roster: import.roster,
    };
    let insert = Entity::insert(row.into_active_model()).on_conflict_do_nothing();
    insert.exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// The club's roster of that identifier, if its time isn't over.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(
    db: &impl Source,
    club: ClubId,
    id: ImportId,
    now: Timestamp,
) -> Result<Option<Import>, StoreError> {
    let one = Entity::find_by_id(id.uuid())
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::ExpiresAt.gt(ms(now)));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The roster of that identifier, however long ago it was read: somebody confirmed it in time.
///
/// # Errors
///
/// When the database fails.
pub async fn confirmed(db: &impl Source, id: ImportId) -> Result<Option<Import>, StoreError> {
    Entity::find_by_id(id.uuid()).one(&db.conn()).await?.map(read).transpose()
}

/// Forgets a roster, and says whether there was one.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, id: ImportId) -> Result<bool, StoreError> {
    Ok(Entity::delete_by_id(id.uuid()).exec(&tx.conn()).await?.rows_affected > 0)
}

/// Forgets the rosters whose time is over and that nobody writes.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let worked_on = import_jobs::Entity::find().select_only().column(import_jobs::Column::Id).into_query();
    let expired = Entity::delete_many()
        .filter(Column::ExpiresAt.lte(ms(now)))
        .filter(Column::Id.not_in_subquery(worked_on));
    Ok(expired.exec(&store.write).await?.rows_affected)
}

fn read(model: Model) -> Result<Import, StoreError> {
    let row = Row::new("imports", &model.id);
    Ok(Import {
        by: row.flake("by", model.by)?,
        club: ClubId::new(model.club_id),
        expires_at: row.at("expires_at", model.expires_at)?,
        id: ImportId::new(model.id),
        file_name: model.file_name,
        roster: model.roster,
    })
}
