//! Teams of events.

use sea_orm::entity::prelude::*;

/// A team of an event.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq, Eq)]
#[sea_orm(table_name = "teams")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The event.
    pub event_id: Uuid,
    /// The class it drives in.
    pub class_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its name as it is compared; unique in its event.
    pub name_key: String,
    /// The number on its car; unique in its event.
    pub number: Option<String>,
    /// The car it drives.
    pub car: Option<String>,
    /// When it got its thread, its role and its rooms, in unix milliseconds.
    pub finalized_at: Option<i64>,
    /// Counts its changes.
    pub revision: i64,
    /// When it was made, in unix milliseconds.
    pub created_at: i64,
    /// When it last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
