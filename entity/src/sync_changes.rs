//! Something that a sync changes.

use sea_orm::entity::prelude::*;

/// Something that a sync changes.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "sync_changes")]
pub struct Model {
    /// The sync.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: Uuid,
    /// Its place in order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ord: i64,
    /// What kind of change.
    pub kind: String,
    /// The account.
    pub discord_id: Option<i64>,
    /// The person.
    pub user_id: Option<Uuid>,
    /// What it was before and why it changes.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    /// `planned`, `done`, `skipped` or `undone`.
    pub state: String,
    /// Why it was skipped.
    pub why: Option<String>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
