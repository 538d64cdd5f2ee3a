//! Wrong codes that a Discord account has typed.

use sea_orm::entity::prelude::*;

/// Wrong codes that a Discord account has typed.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "link_tries")]
pub struct Model {
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub discord_id: i64,
    /// How many in a row.
    pub wrong: i32,
    /// When the first was typed, in unix milliseconds.
    pub since: i64,
    /// Until when it may try no more, in unix milliseconds.
    pub locked_until: Option<i64>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
