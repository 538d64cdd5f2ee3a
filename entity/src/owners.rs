//! An owner of Discord resources, and how far its reconciling has come.

use sea_orm::entity::prelude::*;

/// An owner of Discord resources, and how far its reconciling has come.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "owners")]
pub struct Model {
    /// Its event's or series' identifier, or its guild's snowflake widened.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `event`, `guild` or `series`.
    pub kind: String,
    /// The guild its resources are in.
    pub guild_id: i64,
    /// The club it belongs to; null for a guild without one.
    pub club_id: Option<Uuid>,
    /// Generation asked for; grows with every change.
    pub requested: i64,
    /// When the oldest unserved request was made, in unix milliseconds.
    pub requested_at: i64,
    /// Rank of the most urgent unserved request; 0 presses most.
    pub request_rank: i32,
    /// Generation that Discord agrees with.
    pub done: i64,
    /// When the answer changes by itself, in unix milliseconds.
    pub due_at: Option<i64>,
    /// Rank of what is due then.
    pub due_rank: i32,
    /// Nearest expiry of a message not yet said, in unix milliseconds.
    pub expires_at: Option<i64>,
    /// Back-off: not to be tried before, in unix milliseconds; 0 is at once.
    pub not_before: i64,
    /// Passes begun since one last came to an end, well or badly: more than one in hand means that they were cut off.
    pub begun: i32,
    /// Failed passes since the last success.
    pub tries: i32,
    /// What went wrong last, for organisers.
    pub last_error: Option<String>,
    /// Class of that error.
    pub error_class: Option<String>,
    /// When the next full check is due, in unix milliseconds.
    pub check_due_at: i64,
    /// Whether the next pass reads Discord and checks everything.
    pub check_wanted: bool,
    /// Guilds only: the lease's end on the database's clock, in unix milliseconds; 0 is free.
    pub lease_until: i64,
    /// Guilds only: grows with every lease that is given out.
    pub lease_fence: i64,
    /// When the row last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
