//! What stands on Discord for one slot of an owner.

use sea_orm::entity::prelude::*;

/// What stands on Discord for one slot of an owner.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "bindings")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The owner.
    pub owner_id: Uuid,
    /// The guild.
    pub guild_id: i64,
    /// Name of the slot, unique for its owner.
    pub slot: String,
    /// `category`, `text`, `voice` or `card`.
    pub kind: String,
    /// The channel that a message is in.
    pub channel_id: Option<i64>,
    /// The resource's snowflake, once known.
    pub discord_id: Option<i64>,
    /// Where the resource stands, such as `creating` or `bound`.
    pub state: String,
    /// How the resource is known to be ours.
    pub evidence: Option<String>,
    /// Random text in the audit reason of the call that makes it.
    pub token: String,
    /// Hash of what was last applied, or is presumed to be shown.
    pub applied_hash: Option<String>,
    /// What was last applied.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub applied: Option<Json>,
    /// Version of the views that applied it.
    pub view_version: i32,
    /// When the create was attempted, in unix milliseconds.
    pub attempt_at: Option<i64>,
    /// When that attempt is certainly over, on the database's clock.
    pub attempt_deadline: Option<i64>,
    /// Fencing number of the lease that wrote last.
    pub fence: i64,
    /// Counts the clicks that a card answered.
    pub clicks: i64,
    /// When a card last answered a click, in unix milliseconds.
    pub clicked_at: Option<i64>,
    /// When a card is to be edited whatever its hash, in unix milliseconds.
    pub settle_at: Option<i64>,
    /// When a card last settled, in unix milliseconds.
    pub settled_at: Option<i64>,
    /// Since when a card waits to settle, in unix milliseconds.
    pub unsettled_at: Option<i64>,
    /// How often it was made again after having been deleted by hand.
    pub remakes: i32,
    /// Name that Discord returned.
    pub seen_name: Option<String>,
    /// Whether people gave it a name or topic of their own.
    pub renamed: bool,
    /// No step for it is tried before that, in unix milliseconds.
    pub not_before: Option<i64>,
    /// Failures since the last success.
    pub tries: i32,
    /// Class of the last error since the last success.
    pub error_class: Option<String>,
    /// What went wrong, for organisers.
    pub last_error: Option<String>,
    /// When the row was written, in unix milliseconds.
    pub created_at: i64,
    /// When it last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
