//! Whose time has come.

use std::collections::HashMap;

use entity::owners::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, prelude::*};
use twilight_model::id::{Id, marker::GuildMarker};

use super::{DAY, NEVER, owner_of, rank_number, rank_of};
use crate::{
    domain::{
        id::{ClubId, OwnerId},
        owner::{Owner, Rank},
    },
    store::{
        connect::Store,
        convert::{Row, flake, ms},
        error::StoreError,
        fault::Fault,
        tx::{Source, statement},
    },
};

/// What is unserved and what has come due, each through its own index; `$1` is now.
const WORK: &str = "
    SELECT id, guild_id, expires_at, request_rank AS rank, requested_at AS since
        FROM owners WHERE requested > done AND not_before <= $1
    UNION ALL
    SELECT id, guild_id, expires_at, due_rank AS rank, due_at AS since
        FROM owners WHERE due_at <= $1 AND not_before <= $1";

/// An owner with something to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DueOwner {
    /// Whether it wants a full check.
    pub check_wanted: bool,
    /// The club it belongs to; `None` for a guild without one.
    pub club: Option<ClubId>,
    /// The nearest expiry of a message not yet said.
    pub expires_at: Option<Timestamp>,
    /// The generation asked for, to be stored when the pass succeeds.
    pub generation: u64,
    /// The owner.
    pub owner: Owner,
    /// How much it presses.
    pub rank: Rank,
    /// Since when it waits.
    pub since: Timestamp,
    /// Failed passes since the last success.
    pub tries: u32,
}

/// An owner that is behind because something fails.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FailingOwner {
    /// What went wrong last.
    pub fault: Fault,
    /// The guild.
    pub guild: Id<GuildMarker>,
    /// The owner.
    pub owner: Owner,
    /// When it is tried again; `None` when that waits for a person, or is at once.
    pub retry_at: Option<Timestamp>,
    /// Failed passes since the last success.
    pub tries: u32,
}

/// How much waits, and since when.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Queue {
    /// Since when the oldest waits.
    pub oldest: Option<Timestamp>,
    /// How many owners wait.
    pub waiting: u64,
}

/// The guilds with something to do at `now`: what presses most, alerts by their expiry, then what has waited
/// longest.
///
/// # Errors
///
/// When the database fails.
pub async fn due(db: &impl Source, now: Timestamp, limit: u64) -> Result<Vec<Id<GuildMarker>>, StoreError> {
    let db = &db.conn();
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = db.query_all_raw(statement(db, due_sql(), [ms(now).into(), limit.into()])).await?;
    rows.iter()
        .map(|row| {
            let guild: i64 = row.try_get("", "guild_id")?;
            Row::new("owners", &guild).flake("guild_id", guild)
        })
        .collect()
}

fn due_sql() -> String {
    format!(
        "SELECT guild_id FROM ({WORK}) AS work GROUP BY guild_id
         ORDER BY MIN(rank), MIN(CASE WHEN rank = {alert} THEN COALESCE(expires_at, {NEVER}) ELSE {NEVER} END),
            MIN(since), guild_id LIMIT $2",
        alert = rank_number(Rank::Alert),
    )
}

/// The guild's owners with something to do at `now`, in the order in which to serve them: what presses most,
/// alerts by their expiry, then what others stand in, then what has waited longest.
///
/// # Errors
///
/// When the database fails.
pub async fn due_of_guild(
    db: &impl Source,
    guild: Id<GuildMarker>,
    now: Timestamp,
) -> Result<Vec<DueOwner>, StoreError> {
    let db = &db.conn();
    let sql = "SELECT * FROM owners WHERE guild_id = $2 AND requested > done AND not_before <= $1
               UNION SELECT * FROM owners WHERE guild_id = $2 AND due_at <= $1 AND not_before <= $1";
    let rows = db.query_all_raw(statement(db, sql, [ms(now).into(), flake(guild).into()])).await?;
    let mut due = rows
        .iter()
        .map(|row| due_owner(Model::from_query_result(row, "")?, now))
        .collect::<Result<Vec<_>, StoreError>>()?;
    due.sort_by_key(|due| (due.urgency(), due.owner.kind(), due.since, due.owner.id()));
    Ok(due)
}

impl DueOwner {
    /// How much it presses, the most pressing first: alerts by their expiry, before everything else.
    #[must_use]
    pub fn urgency(&self) -> (Rank, Timestamp) {
        let expires_at = self.expires_at.filter(|_| self.rank == Rank::Alert);
        (self.rank, expires_at.unwrap_or(Timestamp::MAX))
    }
}

fn due_owner(model: Model, now: Timestamp) -> Result<DueOwner, StoreError> {
    let row = Row::new("owners", &model.id);
    let requested = (model.requested > model.done).then_some((model.request_rank, model.requested_at));
    let due = model.due_at.filter(|&at| at <= ms(now)).map(|at| (model.due_rank, at));
    let work = [requested, due];
    let rank = work.iter().flatten().map(|&(rank, _)| rank).min().unwrap_or(rank_number(Rank::Bulk));
    let since = work.iter().flatten().map(|&(_, since)| since).min().unwrap_or(ms(now));
    Ok(DueOwner {
        check_wanted: model.check_wanted,
        club: model.club_id.map(ClubId::new),
        expires_at: row.at_opt("expires_at", model.expires_at)?,
        generation: row.number("requested", model.requested)?,
        owner: owner_of(&model)?,
        rank: rank_of(&row, rank)?,
        since: row.at("since", since)?,
        tries: row.number("tries", model.tries)?,
    })
}

/// The owners whose last pass failed or parked something, the oldest failure first: of one guild, or of all.
///
/// # Errors
///
/// When the database fails.
pub async fn failing(
    db: &impl Source,
    guild: Option<Id<GuildMarker>>,
    limit: u64,
) -> Result<Vec<FailingOwner>, StoreError> {
    let mut failing = Entity::find().filter(Column::ErrorClass.is_not_null());
    if let Some(guild) = guild {
        failing = failing.filter(Column::GuildId.eq(flake(guild)));
    }
    let rows = failing.order_by_asc(Column::UpdatedAt).limit(limit).all(&db.conn()).await?;
    rows.into_iter().filter_map(|model| failing_owner(model).transpose()).collect()
}

/// How far the reconciling of an owner has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Standing {
    /// Whether its last pass failed or parked something.
    pub is_failing: bool,
    /// Whether something of it waits to be done.
    pub is_waiting: bool,
}

/// How far the reconciling of those owners has come by `now`.
///
/// # Errors
///
/// When the database fails.
pub async fn standing(
    db: &impl Source,
    owners: &[OwnerId],
    now: Timestamp,
) -> Result<HashMap<OwnerId, Standing>, StoreError> {
    let these = Entity::find().filter(Column::Id.is_in(owners.iter().map(|owner| owner.uuid())));
    let stands = |model: Model| {
        let is_due = model.due_at.is_some_and(|at| at <= ms(now));
        let standing = Standing {
            is_failing: model.error_class.is_some(),
            is_waiting: is_due || model.requested > model.done,
        };
        (OwnerId::new(model.id), standing)
    };
    Ok(these.all(&db.conn()).await?.into_iter().map(stands).collect())
}

fn failing_owner(model: Model) -> Result<Option<FailingOwner>, StoreError> {
    let row = Row::new("owners", &model.id);
    let Some(fault) = Fault::read(&row, model.error_class.as_deref(), model.last_error.clone())? else {
        return Ok(None);
    };
    let waits = model.not_before > 0 && model.not_before < NEVER;
    Ok(Some(FailingOwner {
        fault,
        guild: row.flake("guild_id", model.guild_id)?,
        owner: owner_of(&model)?,
        retry_at: row.at_opt("not_before", waits.then_some(model.not_before))?,
        tries: row.number("tries", model.tries)?,
    }))
}

/// How many owners have something to do at `now`, and since when.
///
/// # Errors
///
/// When the database fails.
pub async fn queue(db: &impl Source, now: Timestamp) -> Result<Queue, StoreError> {
    let db = &db.conn();
    let sql = format!("SELECT COUNT(DISTINCT id) AS waiting, MIN(since) AS oldest FROM ({WORK}) AS work");
    let Some(row) = db.query_one_raw(statement(db, sql, [ms(now).into()])).await? else {
        return Ok(Queue { oldest: None, waiting: 0 });
    };
    let (waiting, oldest): (i64, Option<i64>) = (row.try_get("", "waiting")?, row.try_get("", "oldest")?);
    let context = Row::new("owners", &"queue");
    Ok(Queue { oldest: context.at_opt("since", oldest)?, waiting: context.number("waiting", waiting)? })
}

/// When the guild's next work may be done, by what is known now; `None` when nothing is ahead.
///
/// # Errors
///
/// When the database fails.
pub async fn next_at(db: &impl Source, guild: Id<GuildMarker>) -> Result<Option<Timestamp>, StoreError> {
    let db = &db.conn();
    let sql = "SELECT MIN(at) AS at FROM (
            SELECT not_before AS at FROM owners WHERE guild_id = $1 AND requested > done
            UNION ALL
            SELECT CASE WHEN due_at > not_before THEN due_at ELSE not_before END AS at
                FROM owners WHERE guild_id = $1 AND due_at IS NOT NULL) AS work";
    let Some(row) = db.query_one_raw(statement(db, sql, [flake(guild).into()])).await? else {
        return Ok(None);
    };
    let at: Option<i64> = row.try_get("", "at")?;
    Row::new("owners", &guild).at_opt("not_before", at.filter(|at| *at != NEVER))
}

/// Asks for the full checks that are due, at most `limit` of them, and says how many. Each is due again a day later, at its guild's
/// own time of day, however late it was asked for. Harmless when several processes do it.
///
/// # Errors
///
/// When the database fails.
pub async fn start_checks(store: &Store, now: Timestamp, limit: u64) -> Result<u64, StoreError> {
    let sql = format!(
        "UPDATE owners SET
            request_rank = CASE WHEN requested > done THEN request_rank ELSE $3 END,
            requested_at = CASE WHEN requested > done THEN requested_at ELSE $1 END,
            requested = requested + 1, check_wanted = TRUE, updated_at = $1,
            check_due_at = check_due_at + {DAY} * (1 + ($1 - check_due_at) / {DAY})
         WHERE check_due_at <= $1
            AND id IN (SELECT id FROM owners WHERE check_due_at <= $1 ORDER BY check_due_at LIMIT $2)"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [ms(now).into(), limit.into(), rank_number(Rank::Bulk).into()];
    let db = &store.write;
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}
