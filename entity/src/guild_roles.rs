//! A guild's roles, as they were last read on Discord.

use sea_orm::entity::prelude::*;

/// A guild's roles, as they were last read on Discord.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "guild_roles")]
pub struct Model {
    /// The guild.
    #[sea_orm(primary_key, auto_increment = false)]
    pub guild_id: i64,
    /// Every role, with its name and its place.
    #[sea_orm(column_type = "JsonBinary")]
    pub roles: Json,
    /// Which of them the bot held when that was last read, as snowflakes.
    #[sea_orm(column_type = "JsonBinary")]
    pub held: Json,
    /// When they were read, in unix milliseconds.
    pub read_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
