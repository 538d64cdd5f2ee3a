//! A token of a club for the API.

use sea_orm::entity::prelude::*;

/// A token of a club for the API.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "api_tokens")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club.
    pub club_id: Uuid,
    /// Hash of the token.
    pub hash: String,
    /// What people call it.
    pub name: String,
    /// What it may do.
    #[sea_orm(column_type = "JsonBinary")]
    pub scopes: Json,
    /// When it was made, in unix milliseconds.
    pub created_at: i64,
    /// When it was last used, in unix milliseconds.
    pub last_used_at: Option<i64>,
    /// When it was revoked, in unix milliseconds.
    pub revoked_at: Option<i64>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
