//! People who were asked to join a team.

use sea_orm::entity::prelude::*;

/// Somebody who was asked to join a team.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq, Eq)]
#[sea_orm(table_name = "team_invitations")]
pub struct Model {
    /// The team.
    #[sea_orm(primary_key, auto_increment = false)]
    pub team_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// The team's event.
    pub event_id: Uuid,
    /// Their Discord account.
    pub discord_id: i64,
    /// What they are wanted as: `driver`, `reserve` or `spotter`.
    pub duty: String,
    /// When they were asked, in unix milliseconds.
    pub asked_at: i64,
    /// When they declined, in unix milliseconds; null while they haven't answered.
    pub declined_at: Option<i64>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
