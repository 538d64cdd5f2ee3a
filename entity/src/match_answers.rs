//! What an organiser said about whether an account is a person.

use sea_orm::entity::prelude::*;

/// What an organiser said about whether an account is a person.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "match_answers")]
pub struct Model {
    /// The club.
    #[sea_orm(primary_key, auto_increment = false)]
    pub club_id: Uuid,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub discord_id: i64,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// `same` or `different`.
    pub verdict: String,
    /// Discord account of whoever said it; 0 for a program.
    pub answered_by: i64,
    /// When, in unix milliseconds.
    pub answered_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
