//! A racing club.

use sea_orm::entity::prelude::*;

/// A racing club.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "clubs")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name that people read.
    pub name: String,
    /// IANA name of the zone in which its people type times.
    pub zone: String,
    /// When it was set up, in unix milliseconds.
    pub created_at: i64,
    /// Counts the links to its calendar that were replaced.
    pub calendar_serial: i32,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {
    /// What the club chose.
    #[sea_orm(has_one = "super::club_settings::Entity")]
    ClubSettings,
    /// The guild the club is bound to.
    #[sea_orm(has_one = "super::guilds::Entity")]
    Guilds,
}

impl Related<super::club_settings::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ClubSettings.def()
    }
}

impl Related<super::guilds::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Guilds.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
