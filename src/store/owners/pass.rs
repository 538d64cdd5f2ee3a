//! How a pass over an owner ended.

use std::time::Duration;

use entity::owners::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, FromQueryResult, prelude::*};

use super::{NEVER, first_check, rank_number, sweep::DueOwner};
use crate::{
    domain::owner::Rank,
    store::{
        convert::{count, flake, ms, word},
        error::StoreError,
        fault::Fault,
        tx::{Fenced, millis, sealed::Connected, statement},
    },
};

/// How long an owner waits whose passes were cut off, at first.
const CUT_OFF: Duration = Duration::from_secs(10);
/// How soon what has come due and couldn't be done is looked at again.
const SOON: Duration = Duration::from_secs(5);

/// When the answer changes by itself, and how much that will press.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Next {
    /// When.
    pub at: Timestamp,
    /// How much it presses then.
    pub rank: Rank,
}

/// Until when an owner's work is left undone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Wait {
    /// How much it presses then, where something more urgent than now comes due by itself.
    pub rank: Option<Rank>,
    /// When.
    pub until: Timestamp,
}

impl Wait {
    /// Until an instant, as urgent as it is now.
    #[must_use]
    pub const fn until(until: Timestamp) -> Self {
        Self { rank: None, until }
    }
}

/// How a pass ended that did all it could.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Finish {
    /// The nearest expiry of a message not yet said.
    pub expires_at: Option<Timestamp>,
    /// Whether nothing will stand on Discord any more, so that there is nothing to check either.
    pub is_over: bool,
    /// When the answer changes by itself.
    pub next: Option<Next>,
}

/// Counts a pass that begins. Where several before it were cut off, as a crash cuts them off, the owner waits before it is tried
/// once more, each time longer, so that it can't bring the service down again and again.
///
/// # Errors
///
/// When the database fails.
pub async fn begin(fenced: &Fenced, due: &DueOwner, now: Timestamp) -> Result<(), StoreError> {
    let Some(before) = lock(fenced, due).await? else { return Ok(()) };
    let cut_off = u32::try_from(before.begun.saturating_sub(1)).unwrap_or_default();
    let wait = CUT_OFF.saturating_mul(1 << cut_off.min(6));
    let not_before = if before.begun < 2 { before.not_before } else { ms(now).saturating_add(millis(wait)) };
    let after = ActiveModel {
        begun: Set(before.begun.saturating_add(1)),
        not_before: Set(unless_frozen(&before, not_before)),
        ..Default::default()
    };
    save(fenced, before, after).await
}

/// Ends a pass that gave way to something more urgent: the owner stays due.
///
/// # Errors
///
/// When the database fails.
pub async fn pause(fenced: &Fenced, due: &DueOwner) -> Result<(), StoreError> {
    let Some(before) = lock(fenced, due).await? else { return Ok(()) };
    let not_before = Set(unless_frozen(&before, 0));
    save(fenced, before, ActiveModel { begun: Set(0), not_before, ..Default::default() }).await
}

/// Stores the generation that `due` was read with as done. A request made since then stays unserved, and a
/// card that is to settle stays due.
///
/// # Errors
///
/// When the database fails.
pub async fn finish(
    fenced: &Fenced,
    due: &DueOwner,
    finish: &Finish,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(before) = lock(fenced, due).await? else { return Ok(()) };
    let next = earliest(finish.next, settle_at(fenced, due).await?, now);
    let generation = count(due.generation);
    let unchanged = before.requested <= generation;
    let check_due_at = match (finish.is_over, before.check_due_at) {
        (true, _) => NEVER,
        (false, NEVER) => first_check(due.owner, fenced.guild(), now),
        (false, at) => at,
    };
    let after = ActiveModel {
        begun: Set(0),
        check_due_at: Set(check_due_at),
        done: Set(before.done.max(generation)),
        due_at: Set(next.map(|(at, _)| at)),
        due_rank: Set(next.map_or(rank_number(Rank::Bulk), |(_, rank)| rank)),
        error_class: Set(None),
        expires_at: Set(finish.expires_at.map(ms)),
        last_error: Set(None),
        not_before: Set(unless_frozen(&before, 0)),
        requested_at: Set(if unchanged { before.requested_at } else { ms(now) }),
        tries: Set(0),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    save(fenced, before, after).await
}

/// Leaves the owner's work undone for a while, after a pass that failed. A request made since `due` was read may
/// be served at once.
///
/// # Errors
///
/// When the database fails.
pub async fn retry(
    fenced: &Fenced,
    due: &DueOwner,
    wait: Wait,
    fault: &Fault,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(before) = lock(fenced, due).await? else { return Ok(()) };
    let unchanged = before.requested <= count(due.generation);
    let not_before = if unchanged { until(fenced, due, wait, now).await? } else { 0 };
    let (request_rank, due_rank) = ranks(&before, wait);
    let after = ActiveModel {
        begun: Set(0),
        due_rank: Set(due_rank),
        error_class: Set(Some(word(&fault.class))),
        last_error: Set(Some(fault.message.clone())),
        not_before: Set(unless_frozen(&before, not_before)),
        request_rank: Set(request_rank),
        tries: Set(before.tries.saturating_add(1)),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    save(fenced, before, after).await
}

/// Leaves the owner's work undone for a while, without anything having failed. A request made since `due` was read may
/// be served at once.
///
/// # Errors
///
/// When the database fails.
pub async fn hold(fenced: &Fenced, due: &DueOwner, wait: Wait, now: Timestamp) -> Result<(), StoreError> {
    let Some(before) = lock(fenced, due).await? else { return Ok(()) };
    let unchanged = before.requested <= count(due.generation);
    let not_before = if unchanged { until(fenced, due, wait, now).await? } else { 0 };
    let (request_rank, due_rank) = ranks(&before, wait);
    let after = ActiveModel {
        begun: Set(0),
        due_rank: Set(due_rank),
        not_before: Set(unless_frozen(&before, not_before)),
        request_rank: Set(request_rank),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    save(fenced, before, after).await
}

/// The end of a wait: a card that is to settle ends it earlier.
async fn until(fenced: &Fenced, due: &DueOwner, wait: Wait, now: Timestamp) -> Result<i64, StoreError> {
    let settle = settle_at(fenced, due).await?.map(|at| not_at_once(at, now));
    Ok(settle.map_or(ms(wait.until), |at| at.min(ms(wait.until))))
}

/// The ranks of what was asked for and of what came due, after a wait.
fn ranks(before: &Model, wait: Wait) -> (i32, i32) {
    let rank = wait.rank.map_or(i32::MAX, rank_number);
    (before.request_rank.min(rank), before.due_rank.min(rank))
}

/// What has come due and wasn't done is not looked at again at once.
fn not_at_once(at: i64, now: Timestamp) -> i64 {
    if at > ms(now) { at } else { ms(now).saturating_add(millis(SOON)) }
}

/// Lets the guild's events that wait without anything having failed be served at once: what they wait for may be there.
///
/// # Errors
///
/// When the database fails.
pub async fn release(fenced: &Fenced) -> Result<(), StoreError> {
    let sql = "UPDATE owners SET not_before = 0
        WHERE guild_id = $1 AND kind = 'event' AND error_class IS NULL AND not_before > 0 AND not_before < $2
            AND (requested > done OR due_at IS NOT NULL)";
    let db = &fenced.conn();
    db.execute_raw(statement(db, sql, [flake(fenced.guild()).into(), NEVER.into()])).await?;
    Ok(())
}

/// A guild that was lost meanwhile stays held back.
const fn unless_frozen(before: &Model, not_before: i64) -> i64 {
    if before.not_before == NEVER { NEVER } else { not_before }
}

/// The owner's row, which nobody changes before the transaction ends.
async fn lock(fenced: &Fenced, due: &DueOwner) -> Result<Option<Model>, StoreError> {
    let db = &fenced.conn();
    let sql = format!("SELECT * FROM owners WHERE id = $1{}", fenced.tx().for_update());
    let row = db.query_one_raw(statement(db, sql, [due.owner.id().uuid().into()])).await?;
    Ok(row.map(|row| Model::from_query_result(&row, "")).transpose()?)
}

/// When a card of the owner's is to settle. Asked after the row is locked, so that a click either shows here
/// or comes later.
async fn settle_at(fenced: &Fenced, due: &DueOwner) -> Result<Option<i64>, StoreError> {
    let db = &fenced.conn();
    let sql = "SELECT MIN(settle_at) AS settle_at FROM bindings WHERE owner_id = $1";
    let row = db.query_one_raw(statement(db, sql, [due.owner.id().uuid().into()])).await?;
    Ok(row.map(|row| row.try_get("", "settle_at")).transpose()?.flatten())
}

fn earliest(next: Option<Next>, settle_at: Option<i64>, now: Timestamp) -> Option<(i64, i32)> {
    let next = next.map(|next| (ms(next.at), rank_number(next.rank)));
    let settle = settle_at.map(|at| (not_at_once(at, now), rank_number(Rank::People)));
    [next, settle].into_iter().flatten().min()
}

async fn save(fenced: &Fenced, before: Model, after: ActiveModel) -> Result<(), StoreError> {
    Entity::update_many().set(after).filter(Column::Id.eq(before.id)).exec(&fenced.conn()).await?;
    Ok(())
}
