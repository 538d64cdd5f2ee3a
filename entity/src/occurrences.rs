//! An event that was made by a rule.

use sea_orm::entity::prelude::*;

/// An event that was made by a rule, or the one that the rule came from.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "occurrences")]
pub struct Model {
    /// The rule.
    #[sea_orm(primary_key, auto_increment = false)]
    pub recurrence_id: Uuid,
    /// Which occurrence it is, counted from 1; 0 is the event that the rule came from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    /// The event.
    pub event_id: Uuid,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
