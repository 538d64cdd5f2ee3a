//! A step through OAuth that was taken, and can't be taken again.

use sea_orm::entity::prelude::*;

/// A step through OAuth that was taken, and can't be taken again.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "oauth_states")]
pub struct Model {
    /// Hash of the secret that names it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// What kind of step: `state`, `ticket` or `move`.
    pub kind: String,
    /// When it was taken, in unix milliseconds.
    pub created_at: i64,
    /// When it may be forgotten, in unix milliseconds.
    pub expires_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
