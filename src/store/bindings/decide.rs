//! What people decide about a binding.

use entity::bindings::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, prelude::*};
use serde_json::Value;
use twilight_model::id::{Id, marker::GuildMarker};

use crate::{
    domain::id::OwnerId,
    store::{
        bindings::BindingState,
        convert::{flake, ms},
        error::StoreError,
        tx::{Tx, sealed::Connected, statement},
    },
};

/// Lets everything of the guild that waits after a failure be tried again at once.
///
/// # Errors
///
/// When the database fails.
pub async fn unpark(tx: &Tx, guild: Id<GuildMarker>, now: Timestamp) -> Result<(), StoreError> {
    let row = ActiveModel { not_before: Set(None), updated_at: Set(ms(now)), ..Default::default() };
    Entity::update_many()
        .set(row)
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::NotBefore.is_not_null())
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Lets what somebody deleted in that slot, or what can't be told from something else, be made again, as often as before.
///
/// # Errors
///
/// When the database fails.
pub async fn allow_remake(tx: &Tx, owner: OwnerId, slot: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE bindings SET remakes = 0, tries = 0, not_before = NULL, error_class = NULL, last_error = NULL,
            updated_at = $3, state = CASE WHEN state IN ('ambiguous', 'gone') THEN 'unmade' ELSE state END
        WHERE owner_id = $1 AND slot = $2";
    of_slot(tx, sql, (owner, slot), now).await
}

/// Has a slot let go of what it stands for, so that something else can take its place. What was let go of stays as it is. `false` while
/// it can't be: what is being made there isn't known yet.
///
/// # Errors
///
/// When the database fails.
pub async fn let_go(tx: &Tx, owner: OwnerId, slot: &str, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE bindings SET state = 'retired', discord_id = NULL, remakes = 0, tries = 0, not_before = NULL, updated_at = $3
        WHERE owner_id = $1 AND slot = $2 AND state NOT IN ('ambiguous', 'creating')";
    of_slot(tx, sql, (owner, slot), now).await?;
    let binding = super::by_slot(tx, owner, slot).await?;
    Ok(binding.is_none_or(|binding| binding.state == BindingState::Retired))
}

/// Has an attempt that couldn't be told from something else looked into again.
///
/// # Errors
///
/// When the database fails.
pub async fn look_again(tx: &Tx, owner: OwnerId, slot: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE bindings SET state = 'creating', not_before = NULL, updated_at = $3
        WHERE owner_id = $1 AND slot = $2 AND state = 'ambiguous'";
    of_slot(tx, sql, (owner, slot), now).await
}

/// Takes a name and topic back that people changed: what was last applied of them is forgotten, so that the next pass sets what the
/// club's settings say.
///
/// # Errors
///
/// When the database fails.
pub async fn use_ours(tx: &Tx, owner: OwnerId, slot: &str, now: Timestamp) -> Result<(), StoreError> {
    let Some(binding) = super::by_slot(tx, owner, slot).await? else { return Ok(()) };
    let mut applied = binding.applied;
    if let Some(channel) = applied.as_mut().and_then(|applied| applied.get_mut("channel")) {
        channel["name"] = Value::from("");
        channel["topic"] = Value::Null;
    }
    let row = ActiveModel {
        applied: Set(applied),
        renamed: Set(false),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(binding.id.uuid())).exec(&tx.conn()).await?;
    Ok(())
}

async fn of_slot(
    tx: &Tx,
    sql: &str,
    (owner, slot): (OwnerId, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let db = &tx.conn();
    db.execute_raw(statement(db, sql, [owner.uuid().into(), slot.into(), ms(now).into()])).await?;
    Ok(())
}
