//! What the reconciler writes about a binding, under the guild's lease.

use std::time::Duration;

use entity::bindings::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, prelude::*};
use serde_json::Value;
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GenericMarker},
};

use super::{Binding, BindingKind, BindingState, CARD, Evidence, click::reschedule};
use crate::{
    domain::id::{BindingId, OwnerId},
    store::{
        convert::{count, flake, ms, word},
        error::StoreError,
        fault::Fault,
        tx::{DbInstant, Fenced, sealed::Connected, statement},
    },
};

/// A resource about to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewBinding {
    /// What is to be made, as it will be known once it stands; `None` for a message.
    pub applied: Option<Value>,
    /// The channel that a message goes to.
    pub channel: Option<Id<ChannelMarker>>,
    /// Its identifier, unless the slot has a binding already, which keeps its own.
    pub id: BindingId,
    /// The kind of resource.
    pub kind: BindingKind,
    /// The owner.
    pub owner: OwnerId,
    /// The slot.
    pub slot: String,
    /// Random text for the audit reason of the call.
    pub token: String,
}

/// An attempt at a call whose outcome may stay unknown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Attempt {
    /// When it begins.
    pub at: Timestamp,
    /// How long it may last, its wait for the rate limiter included.
    pub lasts: Duration,
}

/// A resource that is known now.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// What was applied to it.
    pub applied: Applied,
    /// The channel that a message is in.
    pub channel: Option<Id<ChannelMarker>>,
    /// Its snowflake.
    pub discord: Id<GenericMarker>,
    /// How it is known to be ours.
    pub evidence: Evidence,
}

/// What a call made Discord show.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// The hash of `spec`.
    pub hash: String,
    /// The name that Discord returned.
    pub seen_name: Option<String>,
    /// What was applied.
    pub spec: Value,
    /// The version of the views that made it.
    pub view_version: u32,
}

/// Writes down that a create is about to be attempted. `None` when the slot has something that stands, or an
/// attempt whose outcome isn't known: nothing may be made then. After a deletion by hand it counts as a
/// remake.
///
/// # Errors
///
/// When the database fails, or the owner was never written down.
pub async fn begin_create(
    fenced: &Fenced,
    new: &NewBinding,
    attempt: Attempt,
) -> Result<Option<BindingId>, StoreError> {
    let sql =
        "INSERT INTO bindings (id, owner_id, guild_id, slot, kind, channel_id, state, token, view_version,
            attempt_at, attempt_deadline, fence, applied, clicks, remakes, renamed, tries, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'creating', $7, 0, $8, $9, $10, $11, 0, 0, FALSE, 0, $8, $8)
        ON CONFLICT (owner_id, slot) DO UPDATE SET
            remakes = bindings.remakes + CASE WHEN bindings.state = 'gone' THEN 1 ELSE 0 END,
            kind = excluded.kind, channel_id = excluded.channel_id, discord_id = NULL, state = excluded.state,
            evidence = NULL, token = excluded.token, applied_hash = NULL, applied = excluded.applied, view_version = 0,
            attempt_at = excluded.attempt_at, attempt_deadline = excluded.attempt_deadline,
            fence = excluded.fence, clicked_at = NULL, settle_at = NULL, settled_at = NULL, unsettled_at = NULL, seen_name = NULL,
            renamed = FALSE, updated_at = excluded.updated_at
        WHERE bindings.state IN ('gone', 'retired', 'unmade')
        RETURNING id";
    let db = &fenced.conn();
    let deadline = DbInstant::read(db).await?.plus(attempt.lasts);
    let values = [
        new.id.uuid().into(),
        new.owner.uuid().into(),
        flake(fenced.guild()).into(),
        new.slot.as_str().into(),
        word(&new.kind).into(),
        new.channel.map(flake).into(),
        new.token.as_str().into(),
        ms(attempt.at).into(),
        deadline.into(),
        fenced.fence().into(),
        new.applied.clone().into(),
    ];
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    Ok(row.map(|row| row.try_get("", "id")).transpose()?.map(BindingId::new))
}

/// Writes down the resource that a binding stands for now.
///
/// # Errors
///
/// When the database fails, or the resource is bound to something else already.
pub async fn bound(fenced: &Fenced, id: BindingId, made: Made, now: Timestamp) -> Result<(), StoreError> {
    let row = ActiveModel {
        applied: Set(Some(made.applied.spec)),
        applied_hash: Set(Some(made.applied.hash)),
        attempt_at: Set(None),
        attempt_deadline: Set(None),
        channel_id: Set(made.channel.map(flake)),
        discord_id: Set(Some(flake(made.discord))),
        error_class: Set(None),
        evidence: Set(Some(word(&made.evidence))),
        last_error: Set(None),
        not_before: Set(None),
        seen_name: Set(made.applied.seen_name),
        settle_at: Set(None),
        settled_at: Set(Some(ms(now))),
        unsettled_at: Set(None),
        state: Set(word(&BindingState::Bound)),
        tries: Set(0),
        view_version: Set(version(made.applied.view_version)),
        ..Default::default()
    };
    update(fenced, id, row, now).await
}

/// Writes down what a call applied to `binding`, as it was read before. What an older version of the views
/// made never replaces what a newer one did. When a click was answered since `binding` was read, the click's
/// answer may have been overwritten on Discord: then the card is to settle again.
///
/// # Errors
///
/// When the database fails.
pub async fn applied(
    fenced: &Fenced,
    binding: &Binding,
    applied: Applied,
    now: Timestamp,
) -> Result<(), StoreError> {
    let db = &fenced.conn();
    let row = ActiveModel {
        applied: Set(Some(applied.spec)),
        applied_hash: Set(Some(applied.hash)),
        error_class: Set(None),
        fence: Set(fenced.fence()),
        last_error: Set(None),
        not_before: Set(None),
        seen_name: Set(applied.seen_name),
        settle_at: Set(None),
        settled_at: Set(Some(ms(now))),
        unsettled_at: Set(None),
        tries: Set(0),
        updated_at: Set(ms(now)),
        view_version: Set(version(applied.view_version)),
        ..Default::default()
    };
    let mut save = Entity::update_many().set(row).filter(Column::Id.eq(binding.id.uuid()));
    if binding.slot == CARD {
        save = save
            .filter(Column::Clicks.eq(count(binding.clicks)))
            .filter(Column::ViewVersion.lte(version(applied.view_version)));
    }
    if save.exec(db).await?.rows_affected > 0 || binding.slot != CARD {
        return Ok(());
    }
    let settled = ActiveModel {
        error_class: Set(None),
        last_error: Set(None),
        not_before: Set(None),
        settled_at: Set(Some(ms(now))),
        tries: Set(0),
        unsettled_at: Set(None),
        ..Default::default()
    };
    update(fenced, binding.id, settled, now).await?;
    reschedule(fenced.tx(), binding.owner, now).await.map(|_| ())
}

/// Moves a binding to another state. An attempt's time is kept while its outcome isn't known; what went wrong with it is forgotten once
/// it isn't wanted any more.
///
/// # Errors
///
/// When the database fails.
pub async fn mark(
    fenced: &Fenced,
    id: BindingId,
    state: BindingState,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut row = ActiveModel { state: Set(word(&state)), ..Default::default() };
    if !matches!(state, BindingState::Ambiguous | BindingState::Creating) {
        row.attempt_at = Set(None);
        row.attempt_deadline = Set(None);
    }
    if !matches!(state, BindingState::Bound | BindingState::Full) {
        row.settle_at = Set(None);
        row.unsettled_at = Set(None);
    }
    if state == BindingState::Retired {
        row.error_class = Set(None);
        row.last_error = Set(None);
        row.not_before = Set(None);
        row.tries = Set(0);
    }
    update(fenced, id, row, now).await
}

/// Writes down that a step for a binding failed, for the `tries`-th time in a row, and when it may be tried again.
///
/// # Errors
///
/// When the database fails.
pub async fn retry(
    fenced: &Fenced,
    (id, tries): (BindingId, u32),
    not_before: Timestamp,
    fault: &Fault,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        error_class: Set(Some(word(&fault.class))),
        last_error: Set(Some(fault.message.clone())),
        not_before: Set(Some(ms(not_before))),
        tries: Set(i32::try_from(tries).unwrap_or(i32::MAX)),
        ..Default::default()
    };
    update(fenced, id, row, now).await
}

/// Lets no step for a binding be tried before `not_before`, without anything having failed.
///
/// # Errors
///
/// When the database fails.
pub async fn wait(
    fenced: &Fenced,
    id: BindingId,
    not_before: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    update(fenced, id, ActiveModel { not_before: Set(Some(ms(not_before))), ..Default::default() }, now).await
}

/// Asks for something in that slot, unless the slot has a binding already.
///
/// # Errors
///
/// When the database fails, or the owner was never written down.
pub async fn want(fenced: &Fenced, new: &NewBinding, now: Timestamp) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO bindings (id, owner_id, guild_id, slot, kind, state, token, view_version, fence, clicks,
            remakes, renamed, tries, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, 'unmade', $6, 0, $7, 0, 0, FALSE, 0, $8, $8)
        ON CONFLICT (owner_id, slot) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at
        WHERE bindings.state = 'retired'";
    let db = &fenced.conn();
    let values = [
        new.id.uuid().into(),
        new.owner.uuid().into(),
        flake(fenced.guild()).into(),
        new.slot.as_str().into(),
        word(&new.kind).into(),
        new.token.as_str().into(),
        fenced.fence().into(),
        ms(now).into(),
    ];
    db.execute_raw(statement(db, sql, values)).await?;
    Ok(())
}

/// Writes down what a fresh read showed of a resource.
///
/// # Errors
///
/// When the database fails.
pub async fn observed(fenced: &Fenced, id: BindingId, spec: Value, now: Timestamp) -> Result<(), StoreError> {
    update(fenced, id, ActiveModel { applied: Set(Some(spec)), ..Default::default() }, now).await
}

/// Writes down that people gave a resource a name or topic of their own.
///
/// # Errors
///
/// When the database fails.
pub async fn renamed(fenced: &Fenced, id: BindingId, name: &str, now: Timestamp) -> Result<(), StoreError> {
    let row = ActiveModel { renamed: Set(true), seen_name: Set(Some(name.to_owned())), ..Default::default() };
    update(fenced, id, row, now).await
}

/// Forgets a binding: nothing stands for it, and nothing of it need be remembered.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(fenced: &Fenced, id: BindingId) -> Result<(), StoreError> {
    Entity::delete_by_id(id.uuid()).exec(&fenced.conn()).await?;
    Ok(())
}

async fn update(fenced: &Fenced, id: BindingId, row: ActiveModel, now: Timestamp) -> Result<(), StoreError> {
    let row = ActiveModel { fence: Set(fenced.fence()), updated_at: Set(ms(now)), ..row };
    Entity::update_many().set(row).filter(Column::Id.eq(id.uuid())).exec(&fenced.conn()).await?;
    Ok(())
}

fn version(version: u32) -> i32 {
    i32::try_from(version).unwrap_or(i32::MAX)
}
