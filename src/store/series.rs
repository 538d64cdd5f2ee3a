//! Series, whose names are unique in their club.

use entity::series::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ExprTrait, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, TryInsertResult,
    prelude::*, sea_query::LikeExpr,
};

use super::{
    convert::{Row, flake, json, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    club::Series,
    id::{ClubId, SeriesId},
    name::SeriesName,
    text::fold,
};

/// Writes a new series. `false` when another of the club's has its name.
///
/// # Errors
///
/// When the database fails.
pub async fn create(tx: &Tx, series: &Series, now: Timestamp) -> Result<bool, StoreError> {
    let row = Model {
        adopted_category_id: series.adopted_category.map(flake),
        archived_at: series.archived_at.map(ms),
        club_id: series.club.uuid(),
        created_at: ms(now),
        defaults: json(&series.defaults),
        id: series.id.uuid(),
        name: series.name.to_string(),
        name_key: fold(series.name.as_str()),
    };
    let inserted = Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([Column::ClubId, Column::NameKey])
        .exec_without_returning(&tx.conn())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

/// Saves a series. `false` when another of the club's has its name.
///
/// # Errors
///
/// When the database fails.
pub async fn save(tx: &Tx, series: &Series) -> Result<bool, StoreError> {
    if by_name(tx, series.club, &series.name).await?.is_some_and(|namesake| namesake.id != series.id) {
        return Ok(false);
    }
    let row = ActiveModel {
        adopted_category_id: Set(series.adopted_category.map(flake)),
        archived_at: Set(series.archived_at.map(ms)),
        defaults: Set(json(&series.defaults)),
        name: Set(series.name.to_string()),
        name_key: Set(fold(series.name.as_str())),
        ..Default::default()
    };
    let theirs = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(series.id.uuid()))
        .filter(Column::ClubId.eq(series.club.uuid()));
    Ok(theirs.exec(&tx.conn()).await?.rows_affected == 1)
}

/// The club's series of that identifier.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(db: &impl Source, club: ClubId, id: SeriesId) -> Result<Option<Series>, StoreError> {
    let one = Entity::find_by_id(id.uuid()).filter(Column::ClubId.eq(club.uuid()));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The club's series of that name, in whatever case.
///
/// # Errors
///
/// When the database fails.
pub async fn by_name(
    db: &impl Source,
    club: ClubId,
    name: &SeriesName,
) -> Result<Option<Series>, StoreError> {
    let one =
        Entity::find().filter(Column::ClubId.eq(club.uuid())).filter(Column::NameKey.eq(fold(name.as_str())));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The club's series by name, those archived last.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(db: &impl Source, club: ClubId) -> Result<Vec<Series>, StoreError> {
    let all = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .order_by_asc(Column::ArchivedAt.is_not_null())
        .order_by_asc(Column::NameKey);
    all.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// The club that a series belongs to.
///
/// # Errors
///
/// When the database fails.
pub async fn club_of(db: &impl Source, id: SeriesId) -> Result<Option<ClubId>, StoreError> {
    let club: Option<Uuid> = Entity::find_by_id(id.uuid())
        .select_only()
        .column(Column::ClubId)
        .into_tuple()
        .one(&db.conn())
        .await?;
    Ok(club.map(ClubId::new))
}

/// A club's series after one, in the order in which they were made: all of them, or those that are archived or aren't.
///
/// # Errors
///
/// When the database fails.
pub async fn page(
    db: &impl Source,
    club: ClubId,
    archived: Option<bool>,
    after: Option<SeriesId>,
    limit: u64,
) -> Result<Vec<Series>, StoreError> {
    let is_archived = |archived| match archived {
        true => Column::ArchivedAt.is_not_null(),
        false => Column::ArchivedAt.is_null(),
    };
    let next = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .apply_if(after, |rows, after| rows.filter(Column::Id.gt(after.uuid())))
        .apply_if(archived, |rows, archived| rows.filter(is_archived(archived)))
        .order_by_asc(Column::Id)
        .limit(limit);
    next.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// The club's series whose name holds what was typed, by name; those that are archived only if they are wanted, after the others.
///
/// # Errors
///
/// When the database fails.
pub async fn search(
    db: &impl Source,
    club: ClubId,
    (typed, archived): (&str, bool),
    limit: u64,
) -> Result<Vec<Series>, StoreError> {
    let mut found = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::NameKey.into_expr().like(holds(typed)));
    if !archived {
        found = found.filter(Column::ArchivedAt.is_null());
    }
    let found =
        found.order_by_asc(Column::ArchivedAt.is_not_null()).order_by_asc(Column::NameKey).limit(limit);
    found.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// The pattern of keys that hold what was typed, each of its signs meaning itself.
pub(super) fn holds(typed: &str) -> LikeExpr {
    let literal = fold(typed).replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    LikeExpr::new(format!("%{literal}%")).escape('\\')
}

pub(super) fn read(model: Model) -> Result<Series, StoreError> {
    let row = Row::new("series", &model.id);
    Ok(Series {
        adopted_category: row.flake_opt("adopted_category_id", model.adopted_category_id)?,
        archived_at: row.at_opt("archived_at", model.archived_at)?,
        club: ClubId::new(model.club_id),
        defaults: row.parsed("defaults", serde_json::from_value(model.defaults))?,
        id: SeriesId::new(model.id),
        name: row.parsed("name", model.name.parse())?,
    })
}
