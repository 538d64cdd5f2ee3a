//! A code that links whoever types it to a person.

use sea_orm::entity::prelude::*;

/// A code that links whoever types it to a person.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "link_codes")]
pub struct Model {
    /// Hash of the code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// The club.
    pub club_id: Uuid,
    /// The person.
    pub user_id: Uuid,
    /// When it was made, in unix milliseconds.
    pub created_at: i64,
    /// When it stops working, in unix milliseconds.
    pub expires_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
