//! A Discord account and the person it belongs to.

use sea_orm::entity::prelude::*;

/// A Discord account and the person it belongs to.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "discord_identities")]
pub struct Model {
    /// Discord's snowflake, its 64 bits read as signed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub discord_id: i64,
    /// The person.
    pub user_id: Uuid,
    /// Username, unique on Discord.
    pub username: String,
    /// Name that others read: nickname, else global name, else username.
    pub name: String,
    /// The name that it shows everywhere, where it has one.
    pub global_name: Option<String>,
    /// Its e-mail, normalised, where Discord vouched for it.
    pub email: Option<String>,
    /// How it came to be linked: `oauth`, `code`, `sync`, `conflict` or `roster`; none where nobody linked it.
    pub linked_by: Option<String>,
    /// When it was linked, in unix milliseconds.
    pub linked_at: Option<i64>,
    /// When it was first seen, in unix milliseconds.
    pub created_at: i64,
    /// When its names last changed, in unix milliseconds.
    pub updated_at: i64,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
