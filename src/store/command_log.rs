//! Which commands were used, by whom and with what outcome.

use std::time::Duration;

use entity::command_log::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, prelude::*};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};
use uuid::Uuid;

use super::{
    connect::Store,
    convert::{Row, flake, ms},
    error::StoreError,
    tx::Source,
};

/// A command that somebody used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The command, such as `event create`.
    pub command: String,
    /// The guild; `None` in direct messages.
    pub guild: Option<Id<GuildMarker>>,
    /// Its identifier.
    pub id: Uuid,
    /// What became of it.
    pub outcome: String,
    /// How long the answer took, in whole milliseconds.
    pub took: Duration,
    /// Who used it.
    pub user: Id<UserMarker>,
}

/// Writes an entry.
///
/// # Errors
///
/// When the database fails.
pub async fn write(store: &Store, entry: Entry) -> Result<(), StoreError> {
    let row = Model {
        at: ms(entry.at),
        command: entry.command,
        guild_id: entry.guild.map(flake),
        id: entry.id,
        millis: i32::try_from(entry.took.as_millis()).unwrap_or(i32::MAX),
        outcome: entry.outcome,
        user_id: flake(entry.user),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&store.write).await?;
    Ok(())
}

/// A guild's entries, the latest first.
///
/// # Errors
///
/// When the database fails.
pub async fn of_guild(
    db: &impl Source,
    guild: Id<GuildMarker>,
    limit: u64,
) -> Result<Vec<Entry>, StoreError> {
    let latest = Entity::find()
        .filter(Column::GuildId.eq(flake(guild)))
        .order_by_desc(Column::At)
        .limit(limit)
        .all(&db.conn())
        .await?;
    latest.into_iter().map(read).collect()
}

/// Every guild's entries, the latest first: those before that one.
///
/// # Errors
///
/// When the database fails.
pub async fn latest(db: &impl Source, before: Option<Uuid>, limit: u64) -> Result<Vec<Entry>, StoreError> {
    let mut latest = Entity::find();
    if let Some(before) = before {
        latest = latest.filter(Column::Id.lt(before));
    }
    // Identifiers grow with time.
    latest.order_by_desc(Column::Id).limit(limit).all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Forgets the entries from before `before`, and says how many.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, before: Timestamp) -> Result<u64, StoreError> {
    let old = Entity::delete_many().filter(Column::At.lt(ms(before)));
    Ok(old.exec(&store.write).await?.rows_affected)
}

fn read(model: Model) -> Result<Entry, StoreError> {
    let row = Row::new("command_log", &model.id);
    Ok(Entry {
        at: row.at("at", model.at)?,
        guild: row.flake_opt("guild_id", model.guild_id)?,
        id: model.id,
        took: Duration::from_millis(row.number("millis", model.millis)?),
        user: row.flake("user_id", model.user_id)?,
        command: model.command,
        outcome: model.outcome,
    })
}
