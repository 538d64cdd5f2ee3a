//! A class of cars within an event.

use sea_orm::entity::prelude::*;

/// A class of cars within an event.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "event_classes")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The event.
    pub event_id: Uuid,
    /// Place in the organiser's order, from 0.
    pub position: i32,
    /// Name; null for the only class of an event without classes.
    pub name: Option<String>,
    /// How many may be in; null is no cap.
    pub capacity: Option<i32>,
    /// Cars to choose from, a list of names.
    #[sea_orm(column_type = "JsonBinary")]
    pub cars: Json,
    /// Roles of which one is needed, a list of ids.
    #[sea_orm(column_type = "JsonBinary")]
    pub roles: Json,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
