//! What an event is made from, kept under a name.

use sea_orm::entity::prelude::*;

/// What an event is made from, kept under a name.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "templates")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club it belongs to.
    pub club_id: Uuid,
    /// Name that people read.
    pub name: String,
    /// Name folded for comparing; unique in the club.
    pub name_key: String,
    /// The series that its events belong to.
    pub series_id: Option<Uuid>,
    /// What its events are like.
    #[sea_orm(column_type = "JsonBinary")]
    pub blueprint: Json,
    /// When it was created, in unix milliseconds.
    pub created_at: i64,
    /// When it last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
