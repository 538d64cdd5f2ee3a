//! An account that may be one of several people.

use sea_orm::entity::prelude::*;

/// An account that may be one of several people.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "conflicts")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club.
    pub club_id: Uuid,
    /// The account.
    pub discord_id: i64,
    /// Who it may be, the likeliest first, with the evidence.
    #[sea_orm(column_type = "JsonBinary")]
    pub candidates: Json,
    /// `open`, `answered` or `moot`.
    pub state: String,
    /// When it came up, in unix milliseconds.
    pub created_at: i64,
    /// When it last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
