//! The service's own settings; one row.

use sea_orm::entity::prelude::*;

/// The service's own settings; one row.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "bot_settings")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Discord account of the app's bot.
    pub bot_user_id: Option<i64>,
    /// Hash of the commands registered last.
    pub commands_hash: Option<String>,
    /// When they were registered, in unix milliseconds.
    pub commands_at: Option<i64>,
    /// Why the last registration failed.
    pub commands_error: Option<String>,
    /// What whoever runs the service has to say to everybody.
    pub notice: Option<String>,
    /// When the row last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
