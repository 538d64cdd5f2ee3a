//! What webhooks are yet to hear, and have heard.

use sea_orm::entity::prelude::*;

/// How far a webhook knows of one kind of changes of an event.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq, Eq)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    /// The webhook.
    #[sea_orm(primary_key, auto_increment = false)]
    pub webhook_id: Uuid,
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// The kind of changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Counts the changes.
    pub requested: i64,
    /// How many of them were told, or given up.
    pub done: i64,
    /// When the last of them was, in unix milliseconds.
    pub changed_at: i64,
    /// When it is to be told, in unix milliseconds; NULL when nothing is.
    pub not_before: Option<i64>,
    /// How often telling it has failed.
    pub tries: i32,
    /// When telling it was last given up, in unix milliseconds.
    pub given_up_at: Option<i64>,
    /// Why it failed last.
    pub last_error: Option<String>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
