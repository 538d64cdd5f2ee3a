//! Tokens of clubs for the API, by their hashes.

use std::time::Duration;

use entity::api_tokens::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel, QueryOrder, QuerySelect, prelude::*};

use super::{
    connect::Store,
    convert::{Row, ms},
    error::StoreError,
    tx::{Source, Tx, millis, sealed::Connected},
};
use crate::domain::{
    id::{ClubId, TokenId},
    name::TokenName,
    scope::Scopes,
};

/// How far apart a token's use is written down.
const USES_APART: Duration = Duration::from_secs(60);

/// A token of a club.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ApiToken {
    /// The club.
    pub club: ClubId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its identifier.
    pub id: TokenId,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// What people call it.
    pub name: TokenName,
    /// What it may do.
    pub scopes: Scopes,
}

/// Keeps a token by its hash.
///
/// # Errors
///
/// When the database fails, or there is no such club.
pub async fn put(tx: &Tx, token: &ApiToken, hash: &str) -> Result<(), StoreError> {
    let row = Model {
        club_id: token.club.uuid(),
        created_at: ms(token.created_at),
        hash: hash.to_owned(),
        id: token.id.uuid(),
        last_used_at: token.last_used_at.map(ms),
        name: token.name.to_string(),
        revoked_at: None,
        scopes: serde_json::to_value(&token.scopes).unwrap_or_default(),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// The token of that hash; `None` for one that is unknown or revoked.
///
/// # Errors
///
/// When the database fails.
pub async fn by_hash(db: &impl Source, hash: &str) -> Result<Option<ApiToken>, StoreError> {
    let valid = Entity::find().filter(Column::Hash.eq(hash)).filter(Column::RevokedAt.is_null());
    valid.one(&db.conn()).await?.map(read).transpose()
}

/// A club's tokens that aren't revoked, the oldest first: those after that one.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(
    db: &impl Source,
    club: ClubId,
    after: Option<TokenId>,
    limit: u64,
) -> Result<Vec<ApiToken>, StoreError> {
    let mut valid = Entity::find().filter(Column::ClubId.eq(club.uuid())).filter(Column::RevokedAt.is_null());
    if let Some(after) = after {
        valid = valid.filter(Column::Id.gt(after.uuid()));
    }
    valid.order_by_asc(Column::Id).limit(limit).all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Notes that a token is used, once a minute at most.
///
/// # Errors
///
/// When the database fails.
pub async fn used(store: &Store, token: &ApiToken, now: Timestamp) -> Result<(), StoreError> {
    let before = ms(now).saturating_sub(millis(USES_APART));
    if token.last_used_at.is_some_and(|used| ms(used) > before) {
        return Ok(());
    }
    Entity::update_many()
        .set(ActiveModel { last_used_at: Set(Some(ms(now))), ..Default::default() })
        .filter(Column::Id.eq(token.id.uuid()))
        .filter(Condition::any().add(Column::LastUsedAt.is_null()).add(Column::LastUsedAt.lte(before)))
        .exec(&store.write)
        .await?;
    Ok(())
}

/// Revokes a club's token for good; `false` when the club has no such token.
///
/// # Errors
///
/// When the database fails.
pub async fn revoke(tx: &Tx, club: ClubId, token: TokenId, now: Timestamp) -> Result<bool, StoreError> {
    let revoked = Entity::update_many()
        .set(ActiveModel { revoked_at: Set(Some(ms(now))), ..Default::default() })
        .filter(Column::Id.eq(token.uuid()))
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::RevokedAt.is_null())
        .exec(&tx.conn())
        .await?;
    Ok(revoked.rows_affected > 0)
}

fn read(model: Model) -> Result<ApiToken, StoreError> {
    let row = Row::new("api_tokens", &model.id);
    Ok(ApiToken {
        club: ClubId::new(model.club_id),
        created_at: row.at("created_at", model.created_at)?,
        id: TokenId::new(model.id),
        last_used_at: row.at_opt("last_used_at", model.last_used_at)?,
        name: row.parsed("name", model.name.parse())?,
        scopes: row.parsed("scopes", serde_json::from_value(model.scopes))?,
    })
}
