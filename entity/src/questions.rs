//! A question to a club's organisers.

use sea_orm::entity::prelude::*;

/// A question to a club's organisers.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "questions")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The guild.
    pub guild_id: i64,
    /// The owner it is about; the guild's own for the whole guild.
    pub owner_id: Uuid,
    /// What is asked.
    pub kind: String,
    /// The slot it is about; empty for the whole owner.
    pub slot: String,
    /// What the question's text needs.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    /// `open`, or the answer.
    pub state: String,
    /// Discord account of whoever answered.
    pub answered_by: Option<i64>,
    /// When, in unix milliseconds.
    pub answered_at: Option<i64>,
    /// When it was asked, in unix milliseconds.
    pub created_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
