//! People of teams.

use sea_orm::entity::prelude::*;

/// A person of a team, of one in each event at most.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq, Eq)]
#[sea_orm(table_name = "team_members")]
pub struct Model {
    /// The team's event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// The team.
    pub team_id: Uuid,
    /// Their Discord account.
    pub discord_id: i64,
    /// `driver`, `reserve` or `spotter`.
    pub duty: String,
    /// Whether they are its captain.
    pub leads: bool,
    /// Their place among the team's people.
    pub ord: i32,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
