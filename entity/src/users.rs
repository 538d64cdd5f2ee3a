//! A person.

use sea_orm::entity::prelude::*;

/// A person.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name that people read.
    pub display_name: String,
    /// Whether no reminder of an event mentions them.
    pub no_reminders: bool,
    /// Their iRating, as they said.
    pub irating: Option<i32>,
    /// IANA name of their own zone.
    pub zone: Option<String>,
    /// Whom they turned out to be, once they were merged.
    pub merged_into: Option<Uuid>,
    /// When they were first seen, in unix milliseconds.
    pub created_at: i64,
    /// Counts the links to their calendar that were replaced.
    pub calendar_serial: i32,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
