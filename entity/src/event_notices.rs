//! What an event's channel was told, beyond what is said once.

use sea_orm::entity::prelude::*;

/// What an event's channel was told, beyond what is said once.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "event_notices")]
pub struct Model {
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// When an organiser last had its people reminded, in unix milliseconds.
    pub reminded_at: Option<i64>,
    /// How its sheet stood at the last update.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub snapshot: Option<Json>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
