//! A race and its sign-up sheet's terms.

use sea_orm::entity::prelude::*;

/// A race and its sign-up sheet's terms.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The club it belongs to.
    pub club_id: Uuid,
    /// The series it belongs to.
    pub series_id: Option<Uuid>,
    /// Name that people read.
    pub name: String,
    /// Name folded for searching.
    pub name_key: String,
    /// Where it is raced.
    pub track: Option<String>,
    /// What it is about; may be empty.
    pub description: String,
    /// Start, in unix milliseconds.
    pub start_at: i64,
    /// Length of the race, in minutes.
    pub length_minutes: i32,
    /// Start plus length, in unix milliseconds; what finders sort and filter by.
    pub end_at: i64,
    /// `open`, `closed` or `cancelled`.
    pub state: String,
    /// When it was cancelled, in unix milliseconds.
    pub state_at: Option<i64>,
    /// Why it was cancelled; may be empty.
    pub state_reason: Option<String>,
    /// What becomes of its channel: `grace`, `kept` or `now`.
    pub fate: String,
    /// Since when it is put away, in unix milliseconds, where an organiser said so.
    pub fate_at: Option<i64>,
    /// Name of its text channel.
    pub channel_name: String,
    /// Whether it has channels.
    pub channels_wanted: bool,
    /// Terms of its sign-up sheet: cut-off, caps, what is required.
    #[sea_orm(column_type = "JsonBinary")]
    pub terms: Json,
    /// What the club's site calls it; unique in the club.
    pub external_id: Option<String>,
    /// Where people sign up on the club's site.
    pub signup_url: Option<String>,
    /// When it was created, in unix milliseconds.
    pub created_at: i64,
    /// Discord account of whoever created it; 0 where a program did.
    pub created_by: i64,
    /// Counts every change of the event and its sheet.
    pub revision: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
