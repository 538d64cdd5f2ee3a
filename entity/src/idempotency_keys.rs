//! The answer that a request to the API got, kept for its repetitions.

use sea_orm::entity::prelude::*;

/// The answer that a request to the API got, kept for its repetitions.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// Whose key it is: a token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub caller: String,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Hash of what was asked.
    pub request_hash: String,
    /// Status of the answer.
    pub status: i32,
    /// Body of the answer.
    #[sea_orm(column_type = "JsonBinary")]
    pub body: Json,
    /// When, in unix milliseconds.
    pub created_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
