//! The answer that a state change got, for its repetition.

use sea_orm::entity::prelude::*;

/// The answer that a state change got, for its repetition.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "answers")]
pub struct Model {
    /// Which request: `i:` or `m:` and an interaction's snowflake.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The answer.
    #[sea_orm(column_type = "JsonBinary")]
    pub body: Json,
    /// When it was given, in unix milliseconds.
    pub created_at: i64,
    /// When it may be forgotten, in unix milliseconds.
    pub expires_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
