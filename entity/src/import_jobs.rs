//! An import that is being worked on: a file is read, or a roster that was confirmed is written.

use sea_orm::entity::prelude::*;

/// An import that is being worked on.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "import_jobs")]
pub struct Model {
    /// Identifier, the import's own.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club.
    pub club_id: Uuid,
    /// Discord account of whoever asked.
    pub by: i64,
    /// `read` a file, `write` a roster.
    pub kind: String,
    /// Name of the file.
    pub file_name: String,
    /// The interaction's token, and the file's address where it is to be read, encrypted.
    pub sealed: Vec<u8>,
    /// When the token dies, in unix milliseconds.
    pub token_expires_at: i64,
    /// Request that asked, for the log.
    pub request_id: String,
    /// How many entries are written.
    pub cursor: i64,
    /// What writing them came to.
    #[sea_orm(column_type = "JsonBinary")]
    pub done: Json,
    /// Until when a worker has it, on the database's clock; 0 is free.
    pub claim_until: i64,
    /// How often it was taken up since it last got on.
    pub tries: i32,
    /// When it was asked for, in unix milliseconds.
    pub created_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
