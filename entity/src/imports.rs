//! A roster that was read and waits to be confirmed.

use sea_orm::entity::prelude::*;

/// A roster that was read and waits to be confirmed.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club.
    pub club_id: Uuid,
    /// Discord account of whoever brought it.
    pub by: i64,
    /// Name of its file.
    pub file_name: String,
    /// What it says.
    #[sea_orm(column_type = "JsonBinary")]
    pub roster: Json,
    /// When, in unix milliseconds.
    pub created_at: i64,
    /// When it may be forgotten, in unix milliseconds.
    pub expires_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
