//! Templates, whose names are unique in their club.

use entity::templates::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ExprTrait, IntoActiveModel, QueryOrder, QuerySelect, TryInsertResult, prelude::*,
};

use super::{
    convert::{Row, json, ms},
    error::StoreError,
    series::holds,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    id::{ClubId, SeriesId, TemplateId},
    name::EventName,
    template::Template,
    text::fold,
};

/// Writes a new template. `false` when another of the club's has its name.
///
/// # Errors
///
/// When the database fails.
pub async fn create(tx: &Tx, template: &Template, now: Timestamp) -> Result<bool, StoreError> {
    let row = Model {
        blueprint: json(&template.blueprint),
        club_id: template.club.uuid(),
        created_at: ms(now),
        id: template.id.uuid(),
        name: template.name.to_string(),
        name_key: fold(template.name.as_str()),
        series_id: template.series.map(SeriesId::uuid),
        updated_at: ms(now),
    };
    let inserted = Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([Column::ClubId, Column::NameKey])
        .exec_without_returning(&tx.conn())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

/// Saves a template of a locked club. `false` when another of the club's has its name, or it is gone.
///
/// # Errors
///
/// When the database fails.
pub async fn save(tx: &Tx, template: &Template, now: Timestamp) -> Result<bool, StoreError> {
    if by_name(tx, template.club, &template.name).await?.is_some_and(|namesake| namesake.id != template.id) {
        return Ok(false);
    }
    let row = ActiveModel {
        blueprint: Set(json(&template.blueprint)),
        name: Set(template.name.to_string()),
        name_key: Set(fold(template.name.as_str())),
        series_id: Set(template.series.map(SeriesId::uuid)),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    let theirs = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(template.id.uuid()))
        .filter(Column::ClubId.eq(template.club.uuid()));
    Ok(theirs.exec(&tx.conn()).await?.rows_affected == 1)
}

/// Deletes a template of the club's.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, club: ClubId, id: TemplateId) -> Result<(), StoreError> {
    let one = Entity::delete_many().filter(Column::Id.eq(id.uuid())).filter(Column::ClubId.eq(club.uuid()));
    one.exec(&tx.conn()).await?;
    Ok(())
}

/// The club's template of that identifier.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(db: &impl Source, club: ClubId, id: TemplateId) -> Result<Option<Template>, StoreError> {
    let one = Entity::find_by_id(id.uuid()).filter(Column::ClubId.eq(club.uuid()));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The club's template of that name, in whatever case.
///
/// # Errors
///
/// When the database fails.
pub async fn by_name(
    db: &impl Source,
    club: ClubId,
    name: &EventName,
) -> Result<Option<Template>, StoreError> {
    let one =
        Entity::find().filter(Column::ClubId.eq(club.uuid())).filter(Column::NameKey.eq(fold(name.as_str())));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The club's templates by name.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(db: &impl Source, club: ClubId) -> Result<Vec<Template>, StoreError> {
    let all = Entity::find().filter(Column::ClubId.eq(club.uuid())).order_by_asc(Column::NameKey);
    all.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// The club's templates whose name holds what was typed, by name.
///
/// # Errors
///
/// When the database fails.
pub async fn search(
    db: &impl Source,
    club: ClubId,
    typed: &str,
    limit: u64,
) -> Result<Vec<Template>, StoreError> {
    let found = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::NameKey.into_expr().like(holds(typed)))
        .order_by_asc(Column::NameKey)
        .limit(limit);
    found.all(&db.conn()).await?.into_iter().map(read).collect()
}

pub(super) fn read(model: Model) -> Result<Template, StoreError> {
    let row = Row::new("templates", &model.id);
    Ok(Template {
        blueprint: row.parsed("blueprint", serde_json::from_value(model.blueprint))?,
        club: ClubId::new(model.club_id),
        id: TemplateId::new(model.id),
        name: row.parsed("name", model.name.parse())?,
        series: model.series_id.map(SeriesId::new),
    })
}
