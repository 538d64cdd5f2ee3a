//! Practice rooms that somebody opened or closed.

use sea_orm::entity::prelude::*;

/// A practice room that somebody opened or closed.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq, Eq)]
#[sea_orm(table_name = "rooms")]
pub struct Model {
    /// Its team, or its event where it is everybody's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its event.
    pub event_id: Uuid,
    /// Its team.
    pub team_id: Option<Uuid>,
    /// Until when it is open, in unix milliseconds; null for one that was closed.
    pub open_until: Option<i64>,
    /// When that was decided, in unix milliseconds.
    pub changed_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
