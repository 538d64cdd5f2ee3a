//! The budget of deletions: at most so many in a guild within any hour.

use std::time::Duration;

use entity::deletions::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, PaginatorTrait, prelude::*};
use twilight_model::id::{Id, marker::GuildMarker};
use uuid::Uuid;

use super::{
    connect::Store,
    convert::{flake, ms},
    error::StoreError,
    tx::{Fenced, Source, millis, sealed::Connected},
};

/// The window over which deletions are counted.
pub const WINDOW: Duration = Duration::from_secs(60 * 60);

/// How many deletions a guild had within the hour before `now`.
///
/// # Errors
///
/// When the database fails.
pub async fn recent(db: &impl Source, guild: Id<GuildMarker>, now: Timestamp) -> Result<u64, StoreError> {
    let in_window = Entity::find()
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::At.gt(ms(now).saturating_sub(millis(WINDOW))));
    Ok(in_window.count(&db.conn()).await?)
}

/// Counts a deletion in the leased guild, before it is made.
///
/// # Errors
///
/// When the database fails.
pub async fn count(fenced: &Fenced, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let row = Model { at: ms(now), guild_id: flake(fenced.guild()), id };
    Entity::insert(row.into_active_model()).exec_without_returning(&fenced.conn()).await?;
    Ok(())
}

/// Forgets the deletions that no window holds any more, and says how many.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let old = Entity::delete_many().filter(Column::At.lte(ms(now).saturating_sub(millis(WINDOW))));
    Ok(old.exec(&store.write).await?.rows_affected)
}
