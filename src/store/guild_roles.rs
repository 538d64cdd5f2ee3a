//! A guild's roles, as they were last read on Discord. What is here may be a day old.

use std::collections::HashSet;

use entity::guild_roles::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, prelude::*, sea_query::OnConflict};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, RoleMarker},
};

use super::{
    convert::{Row, flake, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::health::{ServerRole, ServerRoles};

/// Writes a guild's roles as they were just read. With `None`, which of them the bot holds stays as it was known.
///
/// # Errors
///
/// When the database fails, or the guild was never seen.
pub async fn put(
    tx: &Tx,
    guild: Id<GuildMarker>,
    roles: &[ServerRole],
    held: Option<&[Id<RoleMarker>]>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = Model {
        guild_id: flake(guild),
        held: serde_json::to_value(held.unwrap_or_default()).unwrap_or_default(),
        read_at: ms(now),
        roles: serde_json::to_value(roles).unwrap_or_default(),
    };
    let told = held.map(|_| Column::Held);
    let replace = OnConflict::column(Column::GuildId)
        .update_columns([Column::Roles, Column::ReadAt].into_iter().chain(told))
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(replace).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// A guild's roles, as they were last read; `None` where they never were.
///
/// # Errors
///
/// When the database fails.
pub async fn of_guild(db: &impl Source, guild: Id<GuildMarker>) -> Result<Option<ServerRoles>, StoreError> {
    let Some(model) = Entity::find_by_id(flake(guild)).one(&db.conn()).await? else { return Ok(None) };
    let row = Row::new("guild_roles", &model.guild_id);
    let all: Vec<ServerRole> = row.parsed("roles", serde_json::from_value(model.roles))?;
    let there: HashSet<_> = all.iter().map(|role| role.id).collect();
    let mut held: Vec<Id<RoleMarker>> = row.parsed("held", serde_json::from_value(model.held))?;
    held.retain(|role| there.contains(role));
    Ok(Some(ServerRoles { all, everyone: guild.cast(), held }))
}
