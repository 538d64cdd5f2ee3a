//! Something that an organiser changed.

use sea_orm::entity::prelude::*;

/// Something that an organiser changed.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club.
    pub club_id: Uuid,
    /// Discord account of whoever did it; 0 for a program.
    pub actor: i64,
    /// The token of the program that did it; none for the operator's.
    pub token_id: Option<Uuid>,
    /// What was done, such as `event.cancel`.
    pub action: String,
    /// Kind of thing it was done to.
    pub subject_kind: String,
    /// Identifier of that thing.
    pub subject_id: String,
    /// How it was.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub before: Option<Json>,
    /// How it became.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub after: Option<Json>,
    /// When, in unix milliseconds.
    pub at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
