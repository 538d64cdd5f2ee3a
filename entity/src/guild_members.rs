//! A Discord account in a guild, as it was last seen there.

use sea_orm::entity::prelude::*;

/// A Discord account in a guild, as it was last seen there.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "guild_members")]
pub struct Model {
    /// The guild.
    #[sea_orm(primary_key, auto_increment = false)]
    pub guild_id: i64,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub discord_id: i64,
    /// Its username.
    pub username: String,
    /// The name that it shows everywhere.
    pub global_name: Option<String>,
    /// The name that it has in the guild.
    pub nickname: Option<String>,
    /// Its roles there, as snowflakes.
    #[sea_orm(column_type = "JsonBinary")]
    pub roles: Json,
    /// When it was last seen there, in unix milliseconds.
    pub seen_at: i64,
    /// When it was found to have left, in unix milliseconds.
    pub left_at: Option<i64>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
