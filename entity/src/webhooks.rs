//! Where a club's site wants to hear of changes.

use sea_orm::entity::prelude::*;

/// A webhook of a club.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq, Eq)]
#[sea_orm(table_name = "webhooks")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club.
    pub club_id: Uuid,
    /// Where changes are told.
    pub url: String,
    /// Of what it wants to hear: words with spaces in between.
    pub kinds: String,
    /// What messages are signed with, encrypted.
    pub sealed_secret: Vec<u8>,
    /// When it was made, in unix milliseconds.
    pub created_at: i64,
    /// Until when a worker has it to itself, on the database's clock.
    pub claim_until: i64,
    /// When it last took a message, in unix milliseconds.
    pub delivered_at: Option<i64>,
    /// Since when it has taken none, in unix milliseconds.
    pub failing_since: Option<i64>,
    /// Why it didn't take the last one.
    pub last_error: Option<String>,
    /// When it was switched off, in unix milliseconds.
    pub disabled_at: Option<i64>,
    /// Why: `failing`, `gone` or `sealed`.
    pub disabled_for: Option<String>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
