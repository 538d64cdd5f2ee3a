//! A form that was refused, kept so that nobody types twice.

use sea_orm::entity::prelude::*;

/// A form that was refused, kept so that nobody types twice.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "drafts")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The guild.
    pub guild_id: i64,
    /// Discord account of whoever filled it in.
    pub user_id: i64,
    /// Which form.
    pub form: String,
    /// What the form was about.
    #[sea_orm(column_type = "JsonBinary")]
    pub context: Json,
    /// The form as it opens again, filled in.
    #[sea_orm(column_type = "JsonBinary")]
    pub fields: Json,
    /// When, in unix milliseconds.
    pub created_at: i64,
    /// When it may be forgotten, in unix milliseconds.
    pub expires_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
