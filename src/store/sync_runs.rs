//! Member syncs: how far each is, who it has read, and what it changes.
//!
//! A worker claims a run for a while, on the database's clock, and writes only while nobody else has claimed it since.

use std::time::Duration;

use entity::sync_runs::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect, TryInsertResult, prelude::*,
};
use twilight_model::id::{Id, marker::GuildMarker};

use super::{
    connect::Store,
    convert::{Row, flake, ms, word},
    error::StoreError,
    tx::{DbInstant, Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    id::{ClubId, SyncId},
    sync::{Run, SyncKind, SyncState},
};

/// A run that a worker has to itself.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Names the claim.
    claim: Uuid,
    /// The run.
    pub run: Run,
    /// When the reply was last edited.
    pub shown_at: Option<Timestamp>,
    /// The token of the interaction that began it, encrypted, and when it dies.
    pub token: Option<(Vec<u8>, Timestamp)>,
    /// How many tries have failed in a row.
    pub tries: u32,
}

/// What answers the interaction that began a run.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SealedToken {
    /// When it dies.
    pub expires_at: Timestamp,
    /// The token, encrypted.
    pub sealed: Vec<u8>,
}

/// Begins a run; `false` while another one runs in the server.
///
/// # Errors
///
/// When the database fails.
pub async fn start(tx: &Tx, run: &Run, token: Option<&SealedToken>) -> Result<bool, StoreError> {
    let row = Model {
        active_guild: run.state.is_running().then(|| flake(run.guild)),
        applied_at: run.applied_at.map(ms),
        calls: small(run.calls),
        claim: None,
        claim_until: 0,
        club_id: run.club.uuid(),
        cursor: run.cursor.cast_signed(),
        expected: run.expected.map(Into::into),
        finished_at: run.finished_at.map(ms),
        guild_id: flake(run.guild),
        id: run.id.uuid(),
        kind: word(&run.kind),
        not_before: 0,
        pages: small(run.pages),
        planned_at: run.planned_at.map(ms),
        results: serde_json::to_value(run.results).unwrap_or_default(),
        sealed_token: token.map(|token| token.sealed.clone()),
        shown_at: None,
        started_at: ms(run.started_at),
        started_by: run.started_by.map(flake),
        state: word(&run.state),
        token_expires_at: token.map(|token| ms(token.expires_at)),
        tries: 0,
        trouble: run.trouble.map(|trouble| word(&trouble)),
        undoes: run.undoes.map(SyncId::uuid),
        undone_at: run.undone_at.map(ms),
    };
    let inserted = Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([Column::ActiveGuild])
        .exec_without_returning(&tx.conn())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

/// Lets a run that rests go on in another state, with a fresh token; `false` while another one runs in the server, or once it rests in
/// that state no more.
///
/// # Errors
///
/// When the database fails.
pub async fn resume(
    tx: &Tx,
    run: &Run,
    from: SyncState,
    token: Option<&SealedToken>,
) -> Result<bool, StoreError> {
    let db = &tx.conn();
    let busy = Entity::find().filter(Column::ActiveGuild.eq(flake(run.guild))).one(db).await?;
    if busy.is_some() {
        return Ok(false);
    }
    let changed = ActiveModel {
        active_guild: Set(run.state.is_running().then(|| flake(run.guild))),
        claim: Set(None),
        claim_until: Set(0),
        not_before: Set(0),
        sealed_token: Set(token.map(|token| token.sealed.clone())),
        shown_at: Set(None),
        token_expires_at: Set(token.map(|token| ms(token.expires_at))),
        tries: Set(0),
        ..changes(run)
    };
    let resumed = Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(run.id.uuid()))
        .filter(Column::State.eq(word(&from)))
        .exec(db)
        .await?;
    Ok(resumed.rows_affected > 0)
}

/// The runs for which there is something to do, and that nobody has claimed.
///
/// # Errors
///
/// When the database fails.
pub async fn waiting(db: &impl Source, now: Timestamp, limit: u64) -> Result<Vec<Uuid>, StoreError> {
    let db = &db.conn();
    let DbInstant(db_now) = DbInstant::read(db).await?;
    let rows = Entity::find()
        .filter(Column::State.is_in(SyncState::RUNNING.map(|state| word(&state))))
        .filter(Column::ClaimUntil.lt(db_now))
        .filter(Column::NotBefore.lte(ms(now)))
        .order_by_asc(Column::StartedAt)
        .limit(limit);
    Ok(rows.all(db).await?.into_iter().map(|row| row.id).collect())
}

/// How far a run is, and until when whoever works on it has it. It changes as long as anybody does.
pub type Progress = (Uuid, String, i64, i64);

/// The runs for which there is something to do now, those included that somebody has claimed.
///
/// # Errors
///
/// When the database fails.
pub async fn due(db: &impl Source, now: Timestamp) -> Result<Vec<Progress>, StoreError> {
    let due = Entity::find()
        .select_only()
        .columns([Column::Id, Column::State, Column::Cursor, Column::ClaimUntil])
        .filter(Column::ActiveGuild.is_not_null())
        .filter(Column::NotBefore.lte(ms(now)))
        .order_by_asc(Column::Id);
    Ok(due.into_tuple().all(&db.conn()).await?)
}

/// Claims a run for `ttl`, under a fresh name; `None` while another worker has it, it waits, or there is nothing to do for it.
///
/// # Errors
///
/// When the database fails.
pub async fn claim(
    store: &Store,
    id: Uuid,
    (claim, ttl): (Uuid, Duration),
    now: Timestamp,
) -> Result<Option<Claimed>, StoreError> {
    let db = &store.write;
    let db_now = DbInstant::read(db).await?;
    let sql = "UPDATE sync_runs SET claim_until = $2, claim = $5 WHERE id = $1 AND claim_until < $3 AND not_before <= $4
               AND active_guild IS NOT NULL RETURNING *";
    let values = [id.into(), db_now.plus(ttl).into(), db_now.0.into(), ms(now).into(), claim.into()];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    let model = Model::from_query_result(&row, "")?;
    let row = Row::new("sync_runs", &model.id);
    let dies_at = row.at_opt("token_expires_at", model.token_expires_at)?;
    Ok(Some(Claimed {
        shown_at: row.at_opt("shown_at", model.shown_at)?,
        token: model.sealed_token.clone().zip(dies_at),
        tries: row.number("tries", model.tries)?,
        claim,
        run: read(model.clone())?,
    }))
}

/// Lets a claim last for `ttl` from now, for work that takes long.
///
/// # Errors
///
/// [`StoreError::Fenced`] when somebody else has claimed the run since; else when the database fails.
pub async fn hold(store: &Store, claimed: &Claimed, ttl: Duration) -> Result<(), StoreError> {
    let db = &store.write;
    let until = DbInstant::read(db).await?.plus(ttl);
    let held = Entity::update_many()
        .set(ActiveModel { claim_until: Set(until), ..Default::default() })
        .filter(Column::Id.eq(claimed.run.id.uuid()))
        .filter(Column::Claim.eq(claimed.claim))
        .exec(db)
        .await?;
    if held.rows_affected == 0 { Err(StoreError::Fenced) } else { Ok(()) }
}

/// Writes how far a claimed run is; with an instant to wait for, it is tried again then. The claim ends.
///
/// # Errors
///
/// [`StoreError::Fenced`] when somebody else has claimed it since, or stopped it; else when the database fails.
pub async fn save(
    tx: &Tx,
    claimed: &Claimed,
    not_before: Option<Timestamp>,
    tries: u32,
) -> Result<(), StoreError> {
    let run = &claimed.run;
    let ends = !run.state.is_running();
    let changed = ActiveModel {
        active_guild: Set((!ends).then(|| flake(run.guild))),
        claim: Set(None),
        claim_until: Set(0),
        not_before: Set(not_before.map_or(0, ms)),
        shown_at: Set(claimed.shown_at.map(ms)),
        tries: Set(small(tries)),
        ..changes(run)
    };
    let saved = Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(run.id.uuid()))
        .filter(Column::Claim.eq(claimed.claim))
        .exec(&tx.conn())
        .await?;
    if saved.rows_affected == 0 { Err(StoreError::Fenced) } else { Ok(()) }
}

/// Notes that a run was undone.
///
/// # Errors
///
/// When the database fails.
pub async fn undone(tx: &Tx, id: SyncId, now: Timestamp) -> Result<(), StoreError> {
    let row = ActiveModel { id: Set(id.uuid()), undone_at: Set(Some(ms(now))), ..Default::default() };
    Entity::update(row).exec(&tx.conn()).await?;
    Ok(())
}

/// A run of a club.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(db: &impl Source, club: ClubId, id: SyncId) -> Result<Option<Run>, StoreError> {
    let one = Entity::find_by_id(id.uuid()).filter(Column::ClubId.eq(club.uuid()));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The run that runs in a server right now.
///
/// # Errors
///
/// When the database fails.
pub async fn active(db: &impl Source, guild: Id<GuildMarker>) -> Result<Option<Run>, StoreError> {
    let one = Entity::find().filter(Column::ActiveGuild.eq(flake(guild)));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// A club's runs, the latest first, from before an instant where one is given.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(
    db: &impl Source,
    club: ClubId,
    before: Option<SyncId>,
    limit: u64,
) -> Result<Vec<Run>, StoreError> {
    let mut latest = Entity::find().filter(Column::ClubId.eq(club.uuid()));
    if let Some(before) = before {
        latest = latest.filter(Column::Id.lt(before.uuid()));
    }
    // Identifiers grow with time.
    latest.order_by_desc(Column::Id).limit(limit).all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Whether a club was synced at night since an instant.
///
/// # Errors
///
/// When the database fails.
pub async fn ran_nightly(db: &impl Source, club: ClubId, since: Timestamp) -> Result<bool, StoreError> {
    let since = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::Kind.eq(word(&SyncKind::Nightly)))
        .filter(Column::StartedAt.gte(ms(since)));
    Ok(since.count(&db.conn()).await? > 0)
}

/// Forgets what runs read and changed that began before `since`. Their results stay.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, since: Timestamp) -> Result<(), StoreError> {
    for table in ["sync_changes", "sync_members"] {
        let sql = format!(
            "DELETE FROM {table} WHERE run_id IN
                (SELECT id FROM sync_runs WHERE started_at < $1 AND active_guild IS NULL)"
        );
        store.write.execute_raw(statement(&store.write, sql, [ms(since).into()])).await?;
    }
    Ok(())
}

/// The columns that a run's progress changes.
fn changes(run: &Run) -> ActiveModel {
    ActiveModel {
        applied_at: Set(run.applied_at.map(ms)),
        calls: Set(small(run.calls)),
        cursor: Set(run.cursor.cast_signed()),
        expected: Set(run.expected.map(Into::into)),
        finished_at: Set(run.finished_at.map(ms)),
        kind: Set(word(&run.kind)),
        pages: Set(small(run.pages)),
        planned_at: Set(run.planned_at.map(ms)),
        results: Set(serde_json::to_value(run.results).unwrap_or_default()),
        started_by: Set(run.started_by.map(flake)),
        state: Set(word(&run.state)),
        trouble: Set(run.trouble.map(|trouble| word(&trouble))),
        ..Default::default()
    }
}

fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn read(model: Model) -> Result<Run, StoreError> {
    let row = Row::new("sync_runs", &model.id);
    Ok(Run {
        applied_at: row.at_opt("applied_at", model.applied_at)?,
        calls: row.number("calls", model.calls)?,
        club: ClubId::new(model.club_id),
        cursor: model.cursor.cast_unsigned(),
        expected: model.expected.map(|expected| row.number("expected", expected)).transpose()?,
        finished_at: row.at_opt("finished_at", model.finished_at)?,
        guild: row.flake("guild_id", model.guild_id)?,
        id: SyncId::new(model.id),
        kind: row.word("kind", &model.kind)?,
        pages: row.number("pages", model.pages)?,
        planned_at: row.at_opt("planned_at", model.planned_at)?,
        results: row.parsed("results", serde_json::from_value(model.results))?,
        started_at: row.at("started_at", model.started_at)?,
        started_by: row.flake_opt("started_by", model.started_by)?,
        state: row.word("state", &model.state)?,
        trouble: model.trouble.as_deref().map(|trouble| row.word("trouble", trouble)).transpose()?,
        undoes: model.undoes.map(SyncId::new),
        undone_at: row.at_opt("undone_at", model.undone_at)?,
    })
}
