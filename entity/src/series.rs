//! A championship or cup.

use sea_orm::entity::prelude::*;

/// A championship or cup.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "series")]
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
    /// Category that an organiser handed over.
    pub adopted_category_id: Option<i64>,
    /// When it was archived, in unix milliseconds.
    pub archived_at: Option<i64>,
    /// When it was created, in unix milliseconds.
    pub created_at: i64,
    /// What its events are like unless somebody says otherwise.
    #[sea_orm(column_type = "JsonBinary")]
    pub defaults: Json,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
