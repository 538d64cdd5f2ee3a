//! A rule by which an event comes again.

use sea_orm::entity::prelude::*;

/// A rule by which an event comes again.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "recurrences")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club it belongs to.
    pub club_id: Uuid,
    /// The series that its events belong to.
    pub series_id: Option<Uuid>,
    /// What its events are called.
    pub name: String,
    /// When they come.
    #[sea_orm(column_type = "JsonBinary")]
    pub rule: Json,
    /// What they are like.
    #[sea_orm(column_type = "JsonBinary")]
    pub blueprint: Json,
    /// The last occurrence that has been made or passed over, counted from 1; 0 is the event that it came from.
    pub made: i32,
    /// When the next one is to be made, in unix milliseconds; none once it has ended or was stopped.
    pub due_at: Option<i64>,
    /// When somebody stopped it, in unix milliseconds.
    pub stopped_at: Option<i64>,
    /// When it was created, in unix milliseconds.
    pub created_at: i64,
    /// Discord account of whoever created it.
    pub created_by: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
