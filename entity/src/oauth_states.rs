//! A way through OAuth that somebody has begun.

use sea_orm::entity::prelude::*;

/// A way through OAuth that somebody has begun.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "oauth_states")]
pub struct Model {
    /// Hash of the secret that names it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// What it is for.
    pub kind: String,
    /// Hash of the cookie of the browser that began it.
    pub browser_hash: Option<String>,
    /// What it has to remember.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    /// When it began, in unix milliseconds.
    pub created_at: i64,
    /// When it may be forgotten, in unix milliseconds.
    pub expires_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
