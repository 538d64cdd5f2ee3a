//! A deletion that counts towards a guild's hourly budget.

use sea_orm::entity::prelude::*;

/// A deletion that counts towards a guild's hourly budget.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "deletions")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The guild.
    pub guild_id: i64,
    /// When, in unix milliseconds.
    pub at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
