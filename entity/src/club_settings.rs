//! What a club chose.

use sea_orm::entity::prelude::*;

/// What a club chose.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "club_settings")]
pub struct Model {
    /// The club.
    #[sea_orm(primary_key, auto_increment = false)]
    pub club_id: Uuid,
    /// Channel for the board of coming events.
    pub announcement_channel_id: Option<i64>,
    /// Whether an event gets its channel without anybody asking.
    pub auto_create_channels: bool,
    /// How an event's channel is named, such as `{series} {event}`.
    pub channel_naming_pattern: String,
    /// Whether reminders are deleted once a newer one is sent, or the event has started.
    pub clean_reminders: bool,
    /// Whole minutes before the start at which people are asked to check in; 0 is never.
    pub check_in_minutes: i32,
    /// Whether the service acts on Discord for this club at all.
    pub discord_integration_enabled: bool,
    /// Whole hours between an event's end and its being put away.
    pub grace_hours: i32,
    /// Language of weekdays and months, by its code.
    pub locale: String,
    /// Role that a sync gives to every member.
    pub member_role_id: Option<i64>,
    /// Whether events stand among Discord's own, too.
    pub native_events: bool,
    /// Whether members are synced every night.
    pub nightly_sync: bool,
    /// How many minutes before the start people are reminded.
    #[sea_orm(column_type = "JsonBinary")]
    pub reminders: Json,
    /// Which Discord role stands for which role in the club.
    #[sea_orm(column_type = "JsonBinary")]
    pub role_map: Json,
    /// Where messages are sent, by name.
    #[sea_orm(column_type = "JsonBinary")]
    pub notification_preferences: Json,
    /// Channel for questions and findings.
    pub organiser_channel_id: Option<i64>,
    /// Role whose holders are organisers.
    pub organiser_role_id: Option<i64>,
    /// What becomes of a finished event's channel: `archive` or `delete`.
    pub put_away: String,
    /// Whole hours before the start at which race voice opens; null is never.
    pub race_voice_lead_hours: Option<i32>,
    /// Who may join race voice: `open`, `participants` or `team`.
    pub race_voice_access: String,
    /// What its teams get.
    #[sea_orm(column_type = "JsonBinary")]
    pub teams: Json,
    /// Whole hours between two updates of an event's channel; null is none.
    pub update_hours: Option<i32>,
    /// When they last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {
    /// The club.
    #[sea_orm(belongs_to = "super::clubs::Entity", from = "Column::ClubId", to = "super::clubs::Column::Id")]
    Clubs,
}

impl Related<super::clubs::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Clubs.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
