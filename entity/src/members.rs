//! A person of a club.

use sea_orm::entity::prelude::*;

/// A person of a club.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "members")]
pub struct Model {
    /// The club.
    #[sea_orm(primary_key, auto_increment = false)]
    pub club_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// What the club's site or spreadsheet calls them; unique in the club.
    pub external_id: Option<String>,
    /// Name on the roster; of those who are on none, the name that Discord shows.
    pub name: String,
    /// E-mail on the roster, normalised.
    pub email: Option<String>,
    /// Customer number on iRacing.
    pub iracing_id: Option<i64>,
    /// Name on iRacing.
    pub iracing_name: Option<String>,
    /// What the roster says of their Discord account: its snowflake or its username.
    pub discord: Option<String>,
    /// IANA name of the zone on the roster.
    pub zone: Option<String>,
    /// Other names on the roster.
    #[sea_orm(column_type = "JsonBinary")]
    pub aliases: Json,
    /// Roles in the club that their Discord roles stand for.
    #[sea_orm(column_type = "JsonBinary")]
    pub roles: Json,
    /// Whether a roster names them.
    pub on_roster: bool,
    /// `active`, or `left` once all their Discord accounts left the server.
    pub status: String,
    /// Why they were taken for their Discord account, where a sync did.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub evidence: Option<Json>,
    /// When they were found to have left, in unix milliseconds.
    pub left_at: Option<i64>,
    /// When they were first noted, in unix milliseconds.
    pub created_at: i64,
    /// When that last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
