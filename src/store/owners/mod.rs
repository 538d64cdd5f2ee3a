//! Owners of Discord resources, and how far their reconciling has come.
//!
//! A change asks for a new generation of its owner in its own transaction; a pass that succeeds stores the
//! generation it read at its start. What is between the two, and what has come due by itself, is the work.
//! Losing every wake loses none of it.

mod home;
mod pass;
mod sweep;

use entity::{
    bindings,
    owners::{ActiveModel, Column, Entity, Model},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, IntoActiveModel, QuerySelect, prelude::*};
use twilight_model::id::{Id, marker::GuildMarker};

pub(super) use home::{adopt, rehome, take_up};
pub use pass::{Finish, Next, Wait, begin, finish, hold, pause, release, retry};
pub use sweep::{
    DueOwner, FailingOwner, Queue, Standing, due, due_of_guild, failing, next_at, queue, standing,
    start_checks,
};

use super::{
    bindings::BindingState,
    convert::{Row, flake, ms, word},
    error::StoreError,
    tx::{Fenced, Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    id::{ClubId, EventId, OwnerId, SeriesId},
    owner::{Owner, OwnerKind, Rank},
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Not before the end of time.
const NEVER: i64 = i64::MAX;

/// Makes sure that an owner has its row. A new one has nothing to do yet; a guild's first full check comes within
/// a day, at the guild's own time of day.
///
/// # Errors
///
/// When the database fails.
pub async fn ensure(
    tx: &Tx,
    owner: Owner,
    guild: Id<GuildMarker>,
    club: Option<ClubId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = Model {
        begun: 0,
        check_due_at: first_check(owner, guild, now),
        check_wanted: false,
        club_id: club.map(ClubId::uuid),
        done: 0,
        due_at: None,
        due_rank: rank_number(Rank::Bulk),
        error_class: None,
        expires_at: None,
        guild_id: flake(guild),
        id: owner.id().uuid(),
        kind: word(&owner.kind()),
        last_error: None,
        lease_fence: 0,
        lease_until: 0,
        not_before: 0,
        request_rank: rank_number(Rank::Bulk),
        requested: 0,
        requested_at: ms(now),
        tries: 0,
        updated_at: ms(now),
    };
    Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(&tx.conn())
        .await?;
    Ok(())
}

/// Asks for a new generation of each owner, in the transaction of the change. The most urgent unserved
/// request keeps its rank. What a person asks for ([`Rank::People`]) isn't held back by earlier failures.
///
/// # Errors
///
/// When the database fails.
pub async fn request(tx: &Tx, owners: &[OwnerId], rank: Rank, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE owners SET
            request_rank = CASE WHEN requested > done AND request_rank < $2 THEN request_rank ELSE $2 END,
            requested_at = CASE WHEN requested > done THEN requested_at ELSE $3 END,
            not_before = CASE WHEN $2 = 1 AND not_before < $4 THEN 0 ELSE not_before END,
            requested = requested + 1, updated_at = $3
        WHERE id = $1";
    // Guilds first and always in this order, so that two transactions can't wait for each other.
    let mut owners = owners.to_vec();
    owners.sort_unstable();
    let db = &tx.conn();
    for owner in owners {
        let values = [owner.uuid().into(), rank_number(rank).into(), ms(now).into(), NEVER.into()];
        db.execute_raw(statement(db, sql, values)).await?;
    }
    Ok(())
}

/// Asks for a new generation of each of the guild's owners that has, or wants, something on Discord: what they
/// all depend on changed.
///
/// # Errors
///
/// When the database fails.
pub async fn request_all(
    tx: &Tx,
    guild: Id<GuildMarker>,
    rank: Rank,
    now: Timestamp,
) -> Result<(), StoreError> {
    let standing = bindings::Entity::find()
        .select_only()
        .column(bindings::Column::OwnerId)
        .filter(bindings::Column::GuildId.eq(flake(guild)))
        .filter(bindings::Column::State.ne(word(&BindingState::Retired)));
    let theirs: Vec<Uuid> = standing.distinct().into_tuple().all(&tx.conn()).await?;
    let theirs: Vec<_> = theirs.into_iter().map(OwnerId::new).collect();
    request(tx, &theirs, rank, now).await
}

/// Tries each of the guild's owners that failed or has something parked at once.
///
/// # Errors
///
/// When the database fails.
pub async fn request_failed(tx: &Tx, guild: Id<GuildMarker>, now: Timestamp) -> Result<(), StoreError> {
    let sql =
        "UPDATE owners SET requested = requested + 1, request_rank = $2, requested_at = $3, not_before = 0,
            updated_at = $3
        WHERE guild_id = $1 AND (error_class IS NOT NULL
            OR id IN (SELECT owner_id FROM bindings WHERE guild_id = $1 AND error_class = 'forbidden'))";
    let db = &tx.conn();
    let values = [flake(guild).into(), rank_number(Rank::People).into(), ms(now).into()];
    db.execute_raw(statement(db, sql, values)).await?;
    Ok(())
}

/// Asks for a full check of a guild that the app may have been removed from.
///
/// # Errors
///
/// When the database fails.
pub async fn want_check(tx: &Tx, guild: Id<GuildMarker>, now: Timestamp) -> Result<(), StoreError> {
    let owner = OwnerId::of_guild(guild);
    Entity::update_many()
        .set(ActiveModel { check_wanted: Set(true), ..Default::default() })
        .filter(Column::Id.eq(owner.uuid()))
        .exec(&tx.conn())
        .await?;
    request(tx, &[owner], Rank::Bulk, now).await
}

/// Writes down that a full check of the guild was made, or tried: the next one comes at its own time.
///
/// # Errors
///
/// When the database fails.
pub async fn checked(fenced: &Fenced) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { check_wanted: Set(false), ..Default::default() })
        .filter(Column::Id.eq(OwnerId::of_guild(fenced.guild()).uuid()))
        .exec(&fenced.conn())
        .await?;
    Ok(())
}

/// Makes an owner due at `at` in unix milliseconds, unless it is due earlier, whatever else of it waits longer.
pub(super) async fn advance_due(tx: &Tx, owner: OwnerId, at: i64, rank: Rank) -> Result<(), StoreError> {
    let sql = "UPDATE owners SET
            due_rank = CASE WHEN due_at IS NULL OR due_at > $2 THEN $3 ELSE due_rank END,
            due_at = CASE WHEN due_at IS NULL OR due_at > $2 THEN $2 ELSE due_at END,
            not_before = CASE WHEN not_before > $2 AND not_before < $4 THEN $2 ELSE not_before END
        WHERE id = $1 AND (due_at IS NULL OR due_at > $2 OR not_before > $2)";
    let db = &tx.conn();
    let values = [owner.uuid().into(), at.into(), rank_number(rank).into(), NEVER.into()];
    db.execute_raw(statement(db, sql, values)).await?;
    Ok(())
}

/// Holds back everything of a guild that was lost.
pub(super) async fn freeze(tx: &Tx, guild: Id<GuildMarker>, now: Timestamp) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { not_before: Set(NEVER), updated_at: Set(ms(now)), ..Default::default() })
        .filter(Column::GuildId.eq(flake(guild)))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Lets everything of a guild that is back be checked.
pub(super) async fn thaw(tx: &Tx, guild: Id<GuildMarker>, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE owners SET not_before = 0, check_wanted = (kind = 'guild'), updated_at = $2,
            requested_at = CASE WHEN requested > done THEN requested_at ELSE $2 END, requested = requested + 1
        WHERE guild_id = $1 AND not_before = $3";
    let db = &tx.conn();
    db.execute_raw(statement(db, sql, [flake(guild).into(), ms(now).into(), NEVER.into()])).await?;
    Ok(())
}

/// The owners of a guild, in no order.
///
/// # Errors
///
/// When the database fails.
pub async fn of_guild(db: &impl Source, guild: Id<GuildMarker>) -> Result<Vec<Owner>, StoreError> {
    let all = Entity::find().filter(Column::GuildId.eq(flake(guild))).all(&db.conn()).await?;
    all.iter().map(owner_of).collect()
}

/// Whether an owner is one of the guild's.
///
/// # Errors
///
/// When the database fails.
pub async fn is_of_guild(
    db: &impl Source,
    guild: Id<GuildMarker>,
    owner: OwnerId,
) -> Result<bool, StoreError> {
    let theirs = Entity::find_by_id(owner.uuid()).filter(Column::GuildId.eq(flake(guild)));
    Ok(theirs.one(&db.conn()).await?.is_some())
}

/// Which owner a row is of.
fn owner_of(model: &Model) -> Result<Owner, StoreError> {
    let row = Row::new("owners", &model.id);
    Ok(match row.word("kind", &model.kind)? {
        OwnerKind::Event => Owner::Event(EventId::new(model.id)),
        OwnerKind::Guild => Owner::Guild(row.flake("guild_id", model.guild_id)?),
        OwnerKind::Series => Owner::Series(SeriesId::new(model.id)),
    })
}

/// A rank as a number that sorts as ranks do.
const fn rank_number(rank: Rank) -> i32 {
    match rank {
        Rank::Alert => 0,
        Rank::People => 1,
        Rank::PutAway => 2,
        Rank::Bulk => 3,
    }
}

fn rank_of(row: &Row<'_>, number: i32) -> Result<Rank, StoreError> {
    match number {
        0 => Ok(Rank::Alert),
        1 => Ok(Rank::People),
        2 => Ok(Rank::PutAway),
        3 => Ok(Rank::Bulk),
        _ => Err(row.corrupt("rank", "no such rank")),
    }
}

/// When an owner's first full check is due: a guild's covers everything of its events and series.
fn first_check(owner: Owner, guild: Id<GuildMarker>, now: Timestamp) -> i64 {
    match owner {
        Owner::Guild(_) => next_check(guild, now),
        Owner::Event(_) | Owner::Series(_) => NEVER,
    }
}

/// When a guild's next full check is due: each guild has its own time of day, spread by the low bits of its
/// snowflake.
fn next_check(guild: Id<GuildMarker>, now: Timestamp) -> i64 {
    // A snowflake's low 22 bits count within a millisecond: nearly the same for all guilds. The multiplier
    // spreads the time above.
    let spread = (guild.get() >> 22).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    let offset = i64::try_from(spread).unwrap_or_default().rem_euclid(DAY);
    let today = ms(now).div_euclid(DAY) * DAY + offset;
    if today > ms(now) { today } else { today + DAY }
}
