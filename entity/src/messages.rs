//! A message that is said once.

use sea_orm::entity::prelude::*;

/// A message that is said once.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The owner.
    pub owner_id: Uuid,
    /// What is said, unique for its owner.
    pub key: String,
    /// The channel.
    pub channel_id: i64,
    /// `saying`, `said`, `expired`, `unsaid` or `withdrawn`.
    pub state: String,
    /// Nonce of the call, at most 25 characters.
    pub nonce: String,
    /// The message's snowflake, once known.
    pub message_id: Option<i64>,
    /// When it is worthless, in unix milliseconds.
    pub expires_at: Option<i64>,
    /// When it was last attempted, in unix milliseconds.
    pub attempt_at: Option<i64>,
    /// When that attempt is certainly over, on the database's clock.
    pub attempt_deadline: Option<i64>,
    /// When it was said, in unix milliseconds.
    pub said_at: Option<i64>,
    /// Fencing number of the lease that wrote last.
    pub fence: i64,
    /// It isn't tried again before that, in unix milliseconds.
    pub not_before: Option<i64>,
    /// Failures since the last success.
    pub tries: i32,
    /// Class of the last error since the last success.
    pub error_class: Option<String>,
    /// What went wrong, for organisers.
    pub last_error: Option<String>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
