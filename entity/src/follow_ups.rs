//! An answer that is still owed to an interaction.

use sea_orm::entity::prelude::*;

/// An answer that is still owed to an interaction.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "follow_ups")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The interaction's token, encrypted.
    pub sealed_token: Vec<u8>,
    /// `original` edits the deferred reply, `message` adds one.
    pub kind: String,
    /// What to send.
    #[sea_orm(column_type = "JsonBinary")]
    pub body: Json,
    /// Request that owes it, for the log.
    pub request_id: String,
    /// When the token dies, in unix milliseconds.
    pub expires_at: i64,
    /// Until when a worker has it, on the database's clock; 0 is free.
    pub claim_until: i64,
    /// How often it was attempted.
    pub tries: i32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was promised, in unix milliseconds.
    pub created_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
