//! Forms that were refused, kept so that nobody types twice.

use entity::drafts::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, prelude::*};
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{
    connect::Store,
    convert::{flake, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::id::DraftId;

/// What somebody typed into a form that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What the form was about.
    pub context: Value,
    /// When it may be forgotten.
    pub expires_at: Timestamp,
    /// The form as it opens again, filled in.
    pub fields: Value,
    /// Which form.
    pub form: String,
    /// The guild they typed it in.
    pub guild: Id<GuildMarker>,
    /// Its identifier.
    pub id: DraftId,
    /// Who typed it.
    pub user: Id<UserMarker>,
}

/// Keeps a draft.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, draft: Draft, now: Timestamp) -> Result<(), StoreError> {
    let row = Model {
        context: draft.context,
        created_at: ms(now),
        expires_at: ms(draft.expires_at),
        fields: draft.fields,
        form: draft.form,
        guild_id: flake(draft.guild),
        id: draft.id.uuid(),
        user_id: flake(draft.user),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// The draft of that identifier, if that person typed it in that guild and its time isn't over.
///
/// # Errors
///
/// When the database fails.
pub async fn of_person(
    db: &impl Source,
    id: DraftId,
    (guild, user): (Id<GuildMarker>, Id<UserMarker>),
    now: Timestamp,
) -> Result<Option<Draft>, StoreError> {
    let theirs = Entity::find_by_id(id.uuid())
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::UserId.eq(flake(user)))
        .filter(Column::ExpiresAt.gt(ms(now)));
    let Some(row) = theirs.one(&db.conn()).await? else { return Ok(None) };
    let expires_at = super::convert::Row::new("drafts", &row.id).at("expires_at", row.expires_at)?;
    let (context, fields, form) = (row.context, row.fields, row.form);
    Ok(Some(Draft { context, expires_at, fields, form, guild, id, user }))
}

/// Forgets a draft, whose form was accepted.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, id: DraftId) -> Result<(), StoreError> {
    Entity::delete_by_id(id.uuid()).exec(&tx.conn()).await?;
    Ok(())
}

/// Forgets the drafts whose time is over, and says how many.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let expired = Entity::delete_many().filter(Column::ExpiresAt.lte(ms(now)));
    Ok(expired.exec(&store.write).await?.rows_affected)
}
