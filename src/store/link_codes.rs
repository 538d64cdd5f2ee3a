//! Codes that link whoever types one to a person, and the wrong ones that were typed.

use std::time::Duration;

use entity::{link_codes, link_tries};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, IntoActiveModel, prelude::*};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    connect::Store,
    convert::{Row, flake, ms},
    error::StoreError,
    tx::{Tx, millis, sealed::Connected, statement},
};
use crate::domain::id::{ClubId, UserId};

/// How many wrong codes in a row lock an account out.
pub const TRIES: i32 = 5;
/// For how long it is locked out, and after which wrong ones are forgotten.
pub const LOCKED_FOR: Duration = Duration::from_secs(15 * 60);

/// Keeps a code that is good until `until`, by its hash. Codes that were made for the same person before are of no use any more.
///
/// # Errors
///
/// When the database fails, or there is no such person.
pub async fn put(
    tx: &Tx,
    hash: &str,
    (club, user): (ClubId, UserId),
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    let db = &tx.conn();
    link_codes::Entity::delete_many()
        .filter(link_codes::Column::ClubId.eq(club.uuid()))
        .filter(link_codes::Column::UserId.eq(user.uuid()))
        .exec(db)
        .await?;
    let row = link_codes::Model {
        club_id: club.uuid(),
        created_at: ms(now),
        expires_at: ms(until),
        hash: hash.to_owned(),
        user_id: user.uuid(),
    };
    link_codes::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Uses a code up; `None` for one that is unknown, used or too old.
///
/// # Errors
///
/// When the database fails.
pub async fn spend(tx: &Tx, hash: &str, now: Timestamp) -> Result<Option<(ClubId, UserId)>, StoreError> {
    let db = &tx.conn();
    let sql = "DELETE FROM link_codes WHERE hash = $1 AND expires_at > $2 RETURNING club_id, user_id";
    let Some(row) = db.query_one_raw(statement(db, sql, [hash.into(), ms(now).into()])).await? else {
        return Ok(None);
    };
    Ok(Some((ClubId::new(row.try_get("", "club_id")?), UserId::new(row.try_get("", "user_id")?))))
}

/// Lets an account try a code: nobody else counts its wrong ones before the transaction ends. Says until when it is locked out, if
/// it is.
///
/// # Errors
///
/// When the database fails.
pub async fn begin_try(
    tx: &Tx,
    account: Id<UserMarker>,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let db = &tx.conn();
    let sql = "INSERT INTO link_tries (discord_id, wrong, since) VALUES ($1, 0, $2)
        ON CONFLICT (discord_id) DO UPDATE SET wrong = link_tries.wrong RETURNING locked_until";
    let row = db.query_one_raw(statement(db, sql, [flake(account).into(), ms(now).into()])).await?;
    let until: Option<i64> = row.map(|row| row.try_get("", "locked_until")).transpose()?.flatten();
    let locked = until.filter(|until| *until > ms(now));
    Row::new("link_tries", &account).at_opt("locked_until", locked)
}

/// Counts a wrong code of an account that [`begin_try`] admitted. After [`TRIES`] of them it is locked out, until the instant that is
/// returned.
///
/// # Errors
///
/// When the database fails.
pub async fn wrong(
    tx: &Tx,
    account: Id<UserMarker>,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let db = &tx.conn();
    let before = link_tries::Entity::find_by_id(flake(account)).one(db).await?;
    let since = ms(now).saturating_sub(millis(LOCKED_FOR));
    let recent = before.filter(|tries| tries.locked_until.is_none() && tries.since > since);
    let wrong = recent.as_ref().map_or(0, |tries| tries.wrong).saturating_add(1);
    let until = now.saturating_add(LOCKED_FOR).unwrap_or(Timestamp::MAX);
    let locked_until = (wrong >= TRIES).then_some(until);
    let row = link_tries::ActiveModel {
        discord_id: Set(flake(account)),
        locked_until: Set(locked_until.map(ms)),
        since: Set(recent.map_or_else(|| ms(now), |tries| tries.since)),
        wrong: Set(wrong),
    };
    link_tries::Entity::update(row).exec(db).await?;
    Ok(locked_until)
}

/// Forgets the wrong codes of an account that typed a right one.
///
/// # Errors
///
/// When the database fails.
pub async fn right(tx: &Tx, account: Id<UserMarker>) -> Result<(), StoreError> {
    link_tries::Entity::delete_by_id(flake(account)).exec(&tx.conn()).await?;
    Ok(())
}

/// Hands the codes of a person who turned out to be another over to that one.
pub(super) async fn hand_over(tx: &Tx, from: UserId, into: UserId) -> Result<(), StoreError> {
    link_codes::Entity::update_many()
        .set(link_codes::ActiveModel { user_id: Set(into.uuid()), ..Default::default() })
        .filter(link_codes::Column::UserId.eq(from.uuid()))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Forgets codes that are too old, and wrong ones of long ago.
///
/// # Errors
///
/// When the database fails.
pub async fn purge(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let expired = link_codes::Entity::delete_many().filter(link_codes::Column::ExpiresAt.lte(ms(now)));
    let codes = expired.exec(&store.write).await?.rows_affected;
    let long_ago = ms(now).saturating_sub(2 * millis(LOCKED_FOR));
    let tries = link_tries::Entity::delete_many().filter(link_tries::Column::Since.lte(long_ago));
    tries.exec(&store.write).await?;
    Ok(codes)
}
