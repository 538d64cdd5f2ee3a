//! An invitation to bind a club to whichever server its bearer adds the app to.

use sea_orm::entity::prelude::*;

/// An invitation to bind a club to whichever server its bearer adds the app to.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "club_invites")]
pub struct Model {
    /// Hash of its token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// The club.
    pub club_id: Uuid,
    /// When it was made, in unix milliseconds.
    pub created_at: i64,
    /// When it stops working, in unix milliseconds.
    pub expires_at: i64,
    /// When it was used, in unix milliseconds.
    pub used_at: Option<i64>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
