//! A member sync.

use sea_orm::entity::prelude::*;

/// A member sync.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "sync_runs")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club.
    pub club_id: Uuid,
    /// The guild.
    pub guild_id: i64,
    /// The guild again while it runs: one runs at a time.
    pub active_guild: Option<i64>,
    /// `preview`, `manual`, `nightly`, `api` or `undo`.
    pub kind: String,
    /// How far it is.
    pub state: String,
    /// The run that it undoes.
    pub undoes: Option<Uuid>,
    /// Discord account of whoever began it.
    pub started_by: Option<i64>,
    /// The last account that was read, or the last change that was made.
    pub cursor: i64,
    /// How many members there are about.
    pub expected: Option<i64>,
    /// Pages read.
    pub pages: i32,
    /// Calls made to Discord.
    pub calls: i32,
    /// What came of it.
    #[sea_orm(column_type = "JsonBinary")]
    pub results: Json,
    /// What keeps it from going on, or ended it.
    pub trouble: Option<String>,
    /// Token of the interaction that began it, encrypted.
    pub sealed_token: Option<Vec<u8>>,
    /// When the token dies, in unix milliseconds.
    pub token_expires_at: Option<i64>,
    /// When the reply was last edited, in unix milliseconds.
    pub shown_at: Option<i64>,
    /// Names the claim of the worker that has it.
    pub claim: Option<Uuid>,
    /// Until when a worker has it, on the database's clock; 0 is free.
    pub claim_until: i64,
    /// When it is tried again, in unix milliseconds.
    pub not_before: i64,
    /// Tries that failed in a row.
    pub tries: i32,
    /// When it began, in unix milliseconds.
    pub started_at: i64,
    /// When its difference stood, in unix milliseconds.
    pub planned_at: Option<i64>,
    /// When somebody had it applied, in unix milliseconds.
    pub applied_at: Option<i64>,
    /// When it ended, in unix milliseconds.
    pub finished_at: Option<i64>,
    /// When it was undone, in unix milliseconds.
    pub undone_at: Option<i64>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
