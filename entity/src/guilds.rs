//! A Discord guild that the app was seen in.

use sea_orm::entity::prelude::*;

/// A Discord guild that the app was seen in.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "guilds")]
pub struct Model {
    /// Discord's snowflake, its 64 bits read as signed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The club bound to it; at most one guild has it.
    pub club_id: Option<Uuid>,
    /// Name, where Discord told it.
    pub name: Option<String>,
    /// `active`, or `lost` once the app was removed.
    pub state: String,
    /// When the app was found removed, in unix milliseconds.
    pub lost_at: Option<i64>,
    /// Discord account of whoever installed the app, where known.
    pub installed_by: Option<i64>,
    /// The app's permission bits, as last seen.
    pub bot_permissions: i64,
    /// Channels it had when they were last counted, categories included.
    pub channels: Option<i32>,
    /// Roles it had when they were last counted.
    pub roles: Option<i32>,
    /// When what Discord forbade there was last tried again because the app holds what it needs, in unix milliseconds.
    pub retried_at: Option<i64>,
    /// Preferred locale, such as `en-GB`.
    pub locale: Option<String>,
    /// When it was first seen, in unix milliseconds.
    pub created_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {
    /// The club bound to it.
    #[sea_orm(belongs_to = "super::clubs::Entity", from = "Column::ClubId", to = "super::clubs::Column::Id")]
    Clubs,
}

impl Related<super::clubs::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Clubs.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
