//! One person's line on an event's sheet.

use sea_orm::entity::prelude::*;

/// One person's line on an event's sheet.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "signups")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The event.
    pub event_id: Uuid,
    /// The person.
    pub user_id: Uuid,
    /// The Discord account they acted with.
    pub discord_id: i64,
    /// The class they signed up in last; none where they never did, or it is gone.
    pub class_id: Option<Uuid>,
    /// `in`, `late`, `tentative`, `waiting`, `withdrawn` or `absent`.
    pub state: String,
    /// Place in the order of commits.
    pub ord: i64,
    /// When they moved up from the waiting list, in unix milliseconds.
    pub promoted_at: Option<i64>,
    /// The car they drive.
    pub car: Option<String>,
    /// What they added.
    pub note: Option<String>,
    /// Until when a place is kept for them, in unix milliseconds.
    pub offered_until: Option<i64>,
    /// Whether they let an offer of a place lapse.
    pub offer_lapsed: bool,
    /// When they checked in, in unix milliseconds.
    pub checked_in_at: Option<i64>,
    /// When they can drive: spans of time, each with what they said about it and when.
    #[sea_orm(column_type = "JsonBinary")]
    pub availability: Option<Json>,
    /// The Discord accounts of those with whom they would like to drive.
    #[sea_orm(column_type = "JsonBinary")]
    pub partners: Option<Json>,
    /// Whether they took part.
    pub attended: Option<bool>,
    /// When the line was first written, in unix milliseconds.
    pub created_at: i64,
    /// When it last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
