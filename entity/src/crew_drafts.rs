//! Crews that were proposed to an organiser and aren't settled yet.

use sea_orm::entity::prelude::*;

/// Crews that were proposed to an organiser and aren't settled yet.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "crew_drafts")]
pub struct Model {
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// Discord account of the organiser.
    #[sea_orm(primary_key, auto_increment = false)]
    pub discord_id: i64,
    /// The crews, who was moved by hand, and the rules.
    #[sea_orm(column_type = "JsonBinary")]
    pub draft: Json,
    /// Counts its changes.
    pub revision: i64,
    /// When it was last changed, in unix milliseconds.
    pub created_at: i64,
    /// When it may be forgotten, in unix milliseconds.
    pub expires_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
