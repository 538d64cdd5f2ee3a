//! How a pass over an owner ended.

use entity::owners::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, FromQueryResult, prelude::*};

use super::{NEVER, next_check, rank_number, sweep::DueOwner};
use crate::{
    domain::owner::Rank,
    store::{
        convert::{count, ms, word},
        error::StoreError,
        fault::Fault,
        tx::{Fenced, sealed::Connected, statement},
    },
};

/// When the answer changes by itself, and how much that will press.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Next {
    /// When.
    pub at: Timestamp,
    /// How much it presses then.
    pub rank: Rank,
}

/// How a pass ended that did all it could.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finish {
    /// Whether it made the full check.
    pub checked: bool,
    /// The nearest expiry of a message not yet said.
    pub expires_at: Option<Timestamp>,
    /// Whether nothing will stand on Discord any more, so that there is nothing to check either.
    pub is_over: bool,
    /// When the answer changes by itself.
    pub next: Option<Next>,
    /// What is parked until permissions change or a person acts.
    pub parked: Option<Fault>,
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
    let next = earliest(finish.next, settle_at(fenced, due).await?);
    let generation = count(due.generation);
    let unchanged = before.requested <= generation;
    let check_due_at = match (finish.is_over, before.check_due_at) {
        (true, _) => NEVER,
        (false, NEVER) => next_check(fenced.guild(), now),
        (false, at) => at,
    };
    let after = ActiveModel {
        check_due_at: Set(check_due_at),
        check_wanted: Set(before.check_wanted && !(finish.checked && unchanged)),
        done: Set(before.done.max(generation)),
        due_at: Set(next.map(|(at, _)| at)),
        due_rank: Set(next.map_or(rank_number(Rank::Bulk), |(_, rank)| rank)),
        error_class: Set(finish.parked.as_ref().map(|parked| word(&parked.class))),
        expires_at: Set(finish.expires_at.map(ms)),
        last_error: Set(finish.parked.as_ref().map(|parked| parked.message.clone())),
        not_before: Set(unless_frozen(&before, 0)),
        requested_at: Set(if unchanged { before.requested_at } else { ms(now) }),
        tries: Set(0),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    save(fenced, before, after).await
}

/// Leaves the owner's work undone until `not_before`, after a pass that failed. A request made since `due`
/// was read may be served at once.
///
/// # Errors
///
/// When the database fails.
pub async fn retry(
    fenced: &Fenced,
    due: &DueOwner,
    not_before: Timestamp,
    fault: &Fault,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(before) = lock(fenced, due).await? else { return Ok(()) };
    let unchanged = before.requested <= count(due.generation);
    let after = ActiveModel {
        error_class: Set(Some(word(&fault.class))),
        last_error: Set(Some(fault.message.clone())),
        not_before: Set(unless_frozen(&before, if unchanged { ms(not_before) } else { before.not_before })),
        tries: Set(before.tries.saturating_add(1)),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    save(fenced, before, after).await
}

/// Leaves the owner's work undone until `not_before`, without anything having failed.
///
/// # Errors
///
/// When the database fails.
pub async fn hold(
    fenced: &Fenced,
    due: &DueOwner,
    not_before: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(before) = lock(fenced, due).await? else { return Ok(()) };
    if before.requested > count(due.generation) {
        return Ok(());
    }
    let after = ActiveModel {
        not_before: Set(unless_frozen(&before, ms(not_before))),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    save(fenced, before, after).await
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

fn earliest(next: Option<Next>, settle_at: Option<i64>) -> Option<(i64, i32)> {
    let next = next.map(|next| (ms(next.at), rank_number(next.rank)));
    let settle = settle_at.map(|at| (at, rank_number(Rank::People)));
    [next, settle].into_iter().flatten().min()
}

async fn save(fenced: &Fenced, before: Model, after: ActiveModel) -> Result<(), StoreError> {
    Entity::update_many().set(after).filter(Column::Id.eq(before.id)).exec(&fenced.conn()).await?;
    Ok(())
}
