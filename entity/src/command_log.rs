//! A command that somebody used.

use sea_orm::entity::prelude::*;

/// A command that somebody used.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "command_log")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The guild; null in direct messages.
    pub guild_id: Option<i64>,
    /// Discord account of whoever used it.
    pub user_id: i64,
    /// The command, such as `event create`.
    pub command: String,
    /// What became of it.
    pub outcome: String,
    /// How long the answer took, in milliseconds.
    pub millis: i32,
    /// When, in unix milliseconds.
    pub at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
