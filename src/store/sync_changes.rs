//! What a member sync has read so far, and what it changes.

use std::collections::BTreeSet;

use entity::{sync_changes, sync_members};
use sea_orm::{ActiveValue::Set, IntoActiveModel, QueryOrder, QuerySelect, prelude::*};
use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::RoleMarker};

use super::{
    convert::{Row, count, flake, word},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    account::Account,
    id::{SyncId, UserId},
    sync::{Change, Seen},
};

/// How many rows are written with one statement.
const CHUNK: usize = 1_000;

/// A change of a run.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Planned {
    /// The change.
    pub change: Change,
    /// Its place in order, from 1.
    pub order: u64,
    /// What became of it.
    pub state: ChangeState,
    /// The person that it made, or was made about.
    pub user: Option<UserId>,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// It was made.
    Done,
    /// It waits.
    Planned,
    /// What it rests on had changed since.
    Skipped,
    /// It was taken back.
    Undone,
}

/// Keeps who was read. Who was read before is replaced.
///
/// # Errors
///
/// When the database fails.
pub async fn stage(tx: &Tx, run: SyncId, seen: &[Seen]) -> Result<(), StoreError> {
    for chunk in seen.chunks(CHUNK) {
        let row = |seen: &Seen| {
            let Account { global_name, id, nickname, username } = seen.account.clone();
            sync_members::Model {
                discord_id: flake(id),
                global_name,
                is_bot: seen.is_bot,
                nickname,
                roles: serde_json::to_value(&seen.roles).unwrap_or_default(),
                run_id: run.uuid(),
                username,
            }
            .into_active_model()
        };
        sync_members::Entity::insert_many(chunk.iter().map(row))
            .on_conflict_do_nothing()
            .exec_without_returning(&tx.conn())
            .await?;
    }
    Ok(())
}

/// Who was read, by account.
///
/// # Errors
///
/// When the database fails.
pub async fn staged(db: &impl Source, run: SyncId) -> Result<Vec<Seen>, StoreError> {
    let all = sync_members::Entity::find()
        .filter(sync_members::Column::RunId.eq(run.uuid()))
        .order_by_asc(sync_members::Column::DiscordId);
    all.all(&db.conn()).await?.into_iter().map(read_seen).collect()
}

/// Those of these accounts who were read.
///
/// # Errors
///
/// When the database fails.
pub async fn staged_among(
    db: &impl Source,
    run: SyncId,
    changes: &[Planned],
) -> Result<Vec<Seen>, StoreError> {
    let accounts: BTreeSet<i64> = changes.iter().map(|planned| flake(planned.change.account())).collect();
    let some = sync_members::Entity::find()
        .filter(sync_members::Column::RunId.eq(run.uuid()))
        .filter(sync_members::Column::DiscordId.is_in(accounts));
    some.all(&db.conn()).await?.into_iter().map(read_seen).collect()
}

/// Forgets who was read.
///
/// # Errors
///
/// When the database fails.
pub async fn unstage(tx: &Tx, run: SyncId) -> Result<(), StoreError> {
    let all = sync_members::Entity::delete_many().filter(sync_members::Column::RunId.eq(run.uuid()));
    all.exec(&tx.conn()).await?;
    Ok(())
}

/// Forgets what a run was to change.
///
/// # Errors
///
/// When the database fails.
pub async fn clear(tx: &Tx, run: SyncId) -> Result<(), StoreError> {
    let all = sync_changes::Entity::delete_many().filter(sync_changes::Column::RunId.eq(run.uuid()));
    all.exec(&tx.conn()).await?;
    Ok(())
}

/// Keeps what a run is to change, in that order, after the `before` changes that are kept already. Says how many were added.
///
/// # Errors
///
/// When the database fails.
pub async fn plan(tx: &Tx, run: SyncId, before: u64, changes: &[Change]) -> Result<u64, StoreError> {
    let row = |(at, change): (u64, &Change)| {
        sync_changes::Model {
            detail: serde_json::to_value(change).unwrap_or_default(),
            discord_id: Some(flake(change.account())),
            kind: kind(change).to_owned(),
            ord: count(at.saturating_add(1)),
            run_id: run.uuid(),
            state: word(&ChangeState::Planned),
            user_id: None,
            why: None,
        }
        .into_active_model()
    };
    let mut added = 0;
    for chunk in changes.chunks(CHUNK) {
        let rows = (before.saturating_add(added)..).zip(chunk).map(row);
        sync_changes::Entity::insert_many(rows).exec_without_returning(&tx.conn()).await?;
        added += chunk.len() as u64;
    }
    Ok(added)
}

/// Keeps what another run has made, for this one to take back: what was made last goes first.
///
/// # Errors
///
/// When the database fails.
pub async fn plan_taking_back(tx: &Tx, run: SyncId, undone: SyncId) -> Result<(), StoreError> {
    let db = &tx.conn();
    // Whoever presses waits for it: one statement is quick, however many changes there are.
    let sql = "INSERT INTO sync_changes (run_id, ord, kind, discord_id, user_id, detail, state)
        SELECT $1, ROW_NUMBER() OVER (ORDER BY ord DESC), kind, discord_id, user_id, detail, $2
        FROM sync_changes WHERE run_id = $3 AND state = $4";
    let states = [ChangeState::Planned, ChangeState::Done].map(|state| word(&state).into());
    let [planned, done] = states;
    db.execute_raw(statement(db, sql, [run.uuid().into(), planned, undone.uuid().into(), done])).await?;
    Ok(())
}

/// Changes of a run after a place in order, the next first.
///
/// # Errors
///
/// When the database fails.
pub async fn after(
    db: &impl Source,
    run: SyncId,
    order: u64,
    limit: u64,
) -> Result<Vec<Planned>, StoreError> {
    let next = sync_changes::Entity::find()
        .filter(sync_changes::Column::RunId.eq(run.uuid()))
        .filter(sync_changes::Column::Ord.gt(count(order)))
        .order_by_asc(sync_changes::Column::Ord)
        .limit(limit);
    next.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Some changes of a kind, for people to look at.
///
/// # Errors
///
/// When the database fails.
pub async fn samples(
    db: &impl Source,
    run: SyncId,
    kind: &str,
    limit: u64,
) -> Result<Vec<Planned>, StoreError> {
    let some = sync_changes::Entity::find()
        .filter(sync_changes::Column::RunId.eq(run.uuid()))
        .filter(sync_changes::Column::Kind.eq(kind))
        .order_by_asc(sync_changes::Column::Ord)
        .limit(limit);
    some.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Notes what became of changes: those that remember a person one by one, all others in one statement for each state.
///
/// # Errors
///
/// When the database fails.
pub async fn settle(tx: &Tx, run: SyncId, changes: &[Planned]) -> Result<(), StoreError> {
    let db = &tx.conn();
    let (with_person, others): (Vec<_>, Vec<_>) = changes.iter().partition(|planned| planned.user.is_some());
    for planned in with_person {
        let row = sync_changes::ActiveModel {
            ord: Set(count(planned.order)),
            run_id: Set(run.uuid()),
            state: Set(word(&planned.state)),
            user_id: Set(planned.user.map(UserId::uuid)),
            ..Default::default()
        };
        sync_changes::Entity::update(row).exec(db).await?;
    }
    for state in [ChangeState::Done, ChangeState::Skipped, ChangeState::Undone] {
        let orders =
            others.iter().filter(|planned| planned.state == state).map(|planned| count(planned.order));
        sync_changes::Entity::update_many()
            .set(sync_changes::ActiveModel { state: Set(word(&state)), ..Default::default() })
            .filter(sync_changes::Column::RunId.eq(run.uuid()))
            .filter(sync_changes::Column::Ord.is_in(orders))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// The word by which changes of a kind are found.
#[must_use]
pub const fn kind(change: &Change) -> &'static str {
    match change {
        Change::Ask { .. } => "ask",
        Change::Back { .. } => "back",
        Change::Grant { .. } => "grant",
        Change::Join { .. } => "join",
        Change::Leave { .. } => "leave",
        Change::Link { by, .. } if by.is_certain() => "certain",
        Change::Link { .. } => "likely",
        Change::Roles { .. } => "roles",
    }
}

fn read(model: sync_changes::Model) -> Result<Planned, StoreError> {
    let row = Row::new("sync_changes", &model.ord);
    Ok(Planned {
        change: row.parsed("detail", serde_json::from_value(model.detail))?,
        order: row.number("ord", model.ord)?,
        state: row.word("state", &model.state)?,
        user: model.user_id.map(UserId::new),
    })
}

fn read_seen(model: sync_members::Model) -> Result<Seen, StoreError> {
    let row = Row::new("sync_members", &model.discord_id);
    let roles: BTreeSet<Id<RoleMarker>> = row.parsed("roles", serde_json::from_value(model.roles))?;
    Ok(Seen {
        account: Account {
            global_name: model.global_name,
            id: row.flake("discord_id", model.discord_id)?,
            nickname: model.nickname,
            username: model.username,
        },
        is_bot: model.is_bot,
        roles,
    })
}
