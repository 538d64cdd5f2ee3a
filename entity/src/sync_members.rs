//! A member as a running sync has read them.

use sea_orm::entity::prelude::*;

/// A member as a running sync has read them.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "sync_members")]
pub struct Model {
    /// The sync.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: Uuid,
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
    /// Whether it is a bot.
    pub is_bot: bool,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
