//! A club's people: its roster, and those who are on none.

mod accounts;
mod judged;
mod listing;

use std::collections::{BTreeSet, HashMap};

use entity::members::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, IntoActiveModel, QueryOrder, QuerySelect, prelude::*, sea_query::OnConflict,
};

pub(super) use self::judged::{judged, unjudge};
pub use self::{
    accounts::{accounts, claimed_by},
    judged::{judge, judgement},
    listing::{Listing, page},
};
use super::{
    convert::{Row, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    id::{ClubId, UserId},
    member::Member,
    name::ExternalId,
    roster::RosterEntry,
    zone::Zone,
};

/// The status of somebody who is there.
pub(super) const ACTIVE: &str = "active";
/// The status of somebody who left the club's server.
pub(super) const LEFT: &str = "left";
/// How many rows are written with one statement: SQLite takes 32,766 values, of which a row has 17.
const CHUNK: usize = 500;

/// Every member of a club, by user.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(db: &impl Source, club: ClubId) -> Result<Vec<Member>, StoreError> {
    let all = Entity::find().filter(Column::ClubId.eq(club.uuid())).order_by_asc(Column::UserId);
    all.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Those of these people whom the club knows.
///
/// # Errors
///
/// When the database fails.
pub async fn some(
    db: &impl Source,
    club: ClubId,
    users: impl IntoIterator<Item = UserId>,
) -> Result<HashMap<UserId, Member>, StoreError> {
    let users: Vec<Uuid> = users.into_iter().map(UserId::uuid).collect();
    let mut found = HashMap::new();
    for chunk in users.chunks(CHUNK) {
        let these = Entity::find()
            .filter(Column::ClubId.eq(club.uuid()))
            .filter(Column::UserId.is_in(chunk.iter().copied()));
        for model in these.all(&db.conn()).await? {
            let member = read(model)?;
            found.insert(member.user, member);
        }
    }
    Ok(found)
}

/// One person of a club.
///
/// # Errors
///
/// When the database fails.
pub async fn by_user(db: &impl Source, club: ClubId, user: UserId) -> Result<Option<Member>, StoreError> {
    Entity::find_by_id((club.uuid(), user.uuid())).one(&db.conn()).await?.map(read).transpose()
}

/// Those of these people whom the club knows. Nobody else changes them before the transaction ends.
///
/// # Errors
///
/// When the database fails.
pub async fn lock(tx: &Tx, club: ClubId, users: &[UserId]) -> Result<HashMap<UserId, Member>, StoreError> {
    let mut found = HashMap::new();
    for chunk in users.chunks(CHUNK) {
        let these = Entity::find()
            .filter(Column::ClubId.eq(club.uuid()))
            .filter(Column::UserId.is_in(chunk.iter().map(|user| user.uuid())))
            .order_by_asc(Column::UserId)
            .lock_exclusive();
        for model in these.all(&tx.conn()).await? {
            let member = read(model)?;
            found.insert(member.user, member);
        }
    }
    Ok(found)
}

/// What changes whenever anybody of a club does: how many there are, and the sum of when each last changed.
///
/// # Errors
///
/// When the database fails.
pub async fn mark(db: &impl Source, club: ClubId) -> Result<(i64, i64), StoreError> {
    let db = &db.conn();
    let sql = "SELECT COUNT(*) AS people, CAST(COALESCE(SUM(updated_at), 0) AS BIGINT) AS changed
               FROM members WHERE club_id = $1";
    let row = db.query_one_raw(statement(db, sql, [club.uuid().into()])).await?;
    let row = row.ok_or_else(|| StoreError::Db("a count counts nothing".into()))?;
    Ok((row.try_get("", "people")?, row.try_get("", "changed")?))
}

/// The person of a club whom its site or spreadsheet calls that.
///
/// # Errors
///
/// When the database fails.
pub async fn by_external_id(
    db: &impl Source,
    club: ClubId,
    external_id: &ExternalId,
) -> Result<Option<Member>, StoreError> {
    let one = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::ExternalId.eq(external_id.as_str()));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// Those of these people who are of a club.
///
/// # Errors
///
/// When the database fails.
pub async fn among(
    db: &impl Source,
    club: ClubId,
    users: impl IntoIterator<Item = UserId>,
) -> Result<BTreeSet<UserId>, StoreError> {
    let some: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::UserId.is_in(users.into_iter().map(UserId::uuid)))
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(some.into_iter().map(UserId::new).collect())
}

/// The clubs that a person is in, with what each says of them.
///
/// # Errors
///
/// When the database fails.
pub async fn of_user(db: &impl Source, user: UserId) -> Result<Vec<(ClubId, Member)>, StoreError> {
    let theirs = Entity::find().filter(Column::UserId.eq(user.uuid())).order_by_asc(Column::ClubId);
    theirs.all(&db.conn()).await?.into_iter().map(with_club).collect()
}

/// Writes people of a club as they are now, new and known ones.
///
/// # Errors
///
/// When the database fails, or two of a club have one external id.
pub async fn put(tx: &Tx, club: ClubId, members: &[Member], now: Timestamp) -> Result<(), StoreError> {
    let replace = OnConflict::columns([Column::ClubId, Column::UserId])
        .update_columns([
            Column::Aliases,
            Column::Discord,
            Column::Email,
            Column::ExternalId,
            Column::IracingId,
            Column::IracingName,
            Column::LeftAt,
            Column::Name,
            Column::OnRoster,
            Column::Roles,
            Column::Status,
            Column::UpdatedAt,
            Column::Zone,
        ])
        .to_owned();
    for chunk in members.chunks(CHUNK) {
        let rows = chunk.iter().map(|member| row(club, member, now).into_active_model());
        Entity::insert_many(rows).on_conflict(replace.clone()).exec_without_returning(&tx.conn()).await?;
    }
    Ok(())
}

/// Forgets that somebody is of a club.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, club: ClubId, user: UserId) -> Result<(), StoreError> {
    Entity::delete_by_id((club.uuid(), user.uuid())).exec(&tx.conn()).await?;
    Ok(())
}

/// Notes when people of a club were found to have left its server; with `None`, that they are there.
///
/// # Errors
///
/// When the database fails.
pub async fn set_left(
    tx: &Tx,
    club: ClubId,
    users: &[UserId],
    left_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let status = if left_at.is_some() { LEFT } else { ACTIVE };
    for chunk in users.chunks(CHUNK) {
        Entity::update_many()
            .set(ActiveModel {
                left_at: Set(left_at.map(ms)),
                status: Set(status.to_owned()),
                updated_at: Set(ms(now)),
                ..Default::default()
            })
            .filter(Column::ClubId.eq(club.uuid()))
            .filter(Column::UserId.is_in(chunk.iter().map(|user| user.uuid())))
            .exec(&tx.conn())
            .await?;
    }
    Ok(())
}

/// How many people of a club are there, and how many of them a roster names.
///
/// # Errors
///
/// When the database fails.
pub async fn count(db: &impl Source, club: ClubId) -> Result<(u64, u64), StoreError> {
    let there = Entity::find().filter(Column::ClubId.eq(club.uuid())).filter(Column::Status.eq(ACTIVE));
    let on_roster = there.clone().filter(Column::OnRoster.eq(true));
    Ok((there.count(&db.conn()).await?, on_roster.count(&db.conn()).await?))
}

fn row(club: ClubId, member: &Member, now: Timestamp) -> Model {
    let entry = &member.entry;
    Model {
        aliases: serde_json::to_value(&entry.aliases).unwrap_or_default(),
        club_id: club.uuid(),
        created_at: ms(now),
        discord: entry.discord.as_ref().map(ToString::to_string),
        email: entry.email.as_ref().map(ToString::to_string),
        evidence: None,
        external_id: entry.external_id.as_ref().map(ToString::to_string),
        iracing_id: entry.iracing_id.map(|id| id.get().into()),
        iracing_name: entry.iracing_name.as_ref().map(ToString::to_string),
        left_at: member.left_at.map(ms),
        name: entry.name.to_string(),
        on_roster: member.on_roster,
        roles: serde_json::to_value(&member.roles).unwrap_or_default(),
        status: if member.left_at.is_some() { LEFT } else { ACTIVE }.to_owned(),
        updated_at: ms(now),
        user_id: member.user.uuid(),
        zone: entry.zone.as_ref().map(|zone| zone.name().to_owned()),
    }
}

fn with_club(model: Model) -> Result<(ClubId, Member), StoreError> {
    Ok((ClubId::new(model.club_id), read(model)?))
}

pub(super) fn read(model: Model) -> Result<Member, StoreError> {
    let row = Row::new("members", &model.user_id);
    let parsed = |column: &str, text: Option<String>| -> Result<_, StoreError> {
        text.map(|text| row.parsed(column, text.parse())).transpose()
    };
    let iracing_id = model.iracing_id.map(|id| row.parsed("iracing_id", id.to_string().parse()));
    let zone = model.zone.map(|name| row.parsed("zone", Zone::parse(&name).map_err(|_| "no such zone")));
    let entry = RosterEntry {
        aliases: row.parsed("aliases", serde_json::from_value(model.aliases))?,
        discord: model.discord.map(|handle| row.parsed("discord", handle.parse())).transpose()?,
        email: model.email.map(|email| row.parsed("email", email.parse())).transpose()?,
        external_id: model.external_id.map(|id| row.parsed("external_id", id.parse())).transpose()?,
        iracing_id: iracing_id.transpose()?,
        iracing_name: parsed("iracing_name", model.iracing_name)?,
        name: row.parsed("name", model.name.parse())?,
        zone: zone.transpose()?,
    };
    Ok(Member {
        entry,
        left_at: row.at_opt("left_at", model.left_at)?,
        on_roster: model.on_roster,
        roles: row.parsed("roles", serde_json::from_value(model.roles))?,
        user: UserId::new(model.user_id),
    })
}
