//! How ready people of teams are for their races.

use sea_orm::entity::prelude::*;

/// What was found about a person of an event's team, and what they said.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq, Eq)]
#[sea_orm(table_name = "readiness")]
pub struct Model {
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// The team that they were in.
    pub team_id: Uuid,
    /// When it was found.
    pub checked_at: i64,
    /// Whether they see the event's channel, or what keeps them from it.
    pub sees: Json,
    /// Whether they are in their team's thread.
    pub in_thread: Json,
    /// Whether they may join the race voice room, or what keeps them from it.
    pub joins: Json,
    /// Whether they were connected to it.
    pub connected: Option<bool>,
    /// The room, where there was one.
    pub voice_id: Option<i64>,
    /// Whether they hear the others, by their own word.
    pub hears: Option<bool>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
