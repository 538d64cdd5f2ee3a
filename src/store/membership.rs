//! Who is of a club, with their accounts, a part at a time or all at once.

use std::collections::BTreeMap;

use entity::{
    discord_identities,
    members::{Column, Entity, Model},
};
use sea_orm::{
    Condition, Order, QueryOrder, QuerySelect, QueryTrait, Select,
    prelude::*,
    sea_query::{Expr, SimpleExpr},
};

use super::{
    error::StoreError,
    identities,
    members::{ACTIVE, LEFT, judged, read},
    tx::{Source, statement},
};
use crate::domain::{
    id::{ClubId, EventId, UserId},
    member::Identity,
    membership::{Listed, Standing, Tally},
};

/// Somebody who has a Discord account.
const HAS_ACCOUNT: &str =
    "EXISTS (SELECT 1 FROM discord_identities WHERE discord_identities.user_id = members.user_id)";

/// How many people of a club stand where.
///
/// # Errors
///
/// When the database fails.
pub async fn tally(db: &impl Source, club: ClubId) -> Result<Tally, StoreError> {
    let db = &db.conn();
    let sql = format!(
        "SELECT COUNT(*) FILTER (WHERE status = $2 AND on_roster AND has_account) AS active,
                COUNT(*) FILTER (WHERE status = $3) AS gone,
                COUNT(*) FILTER (WHERE status = $2 AND on_roster AND NOT has_account) AS no_account,
                COUNT(*) FILTER (WHERE status = $2 AND NOT on_roster) AS off_roster
         FROM (SELECT status, on_roster, {HAS_ACCOUNT} AS has_account FROM members WHERE club_id = $1) AS people"
    );
    let values = [club.uuid().into(), ACTIVE.into(), LEFT.into()];
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    let row = row.ok_or_else(|| StoreError::Db("a count counts nothing".into()))?;
    let many = |column: &str| -> Result<u64, StoreError> {
        let counted: i64 = row.try_get("", column)?;
        Ok(u64::try_from(counted).unwrap_or_default())
    };
    Ok(Tally {
        active: many("active")?,
        left: many("gone")?,
        no_account: many("no_account")?,
        off_roster: many("off_roster")?,
    })
}

/// How many of a club's people with a Discord account have no line on an event's sheet: those on the roster who haven't left.
///
/// # Errors
///
/// When the database fails.
pub async fn silent(db: &impl Source, club: ClubId, event: EventId) -> Result<u64, StoreError> {
    let db = &db.conn();
    let sql = format!(
        "SELECT COUNT(*) AS silent FROM members WHERE club_id = $1 AND status = $2 AND on_roster AND {HAS_ACCOUNT}
         AND NOT EXISTS (SELECT 1 FROM signups WHERE signups.event_id = $3 AND signups.user_id = members.user_id)"
    );
    let values = [club.uuid().into(), ACTIVE.into(), event.uuid().into()];
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    let row = row.ok_or_else(|| StoreError::Db("a count counts nothing".into()))?;
    let counted: i64 = row.try_get("", "silent")?;
    Ok(u64::try_from(counted).unwrap_or_default())
}

/// Some people of a club, by name: those who stand there, `limit` of them after the first `offset`.
///
/// # Errors
///
/// When the database fails.
pub async fn page(
    db: &impl Source,
    club: ClubId,
    standing: Option<Standing>,
    (offset, limit): (u64, u64),
) -> Result<Vec<Listed>, StoreError> {
    let some = of(club, standing).offset(offset).limit(limit).all(&db.conn()).await?;
    let theirs = discord_identities::Column::UserId.is_in(some.iter().map(|model| model.user_id));
    listed(db, some, theirs).await
}

/// All people of a club, by name: those who stand there.
///
/// # Errors
///
/// When the database fails.
pub async fn all(
    db: &impl Source,
    club: ClubId,
    standing: Option<Standing>,
) -> Result<Vec<Listed>, StoreError> {
    let people = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::ClubId.eq(club.uuid()))
        .into_query();
    let theirs = discord_identities::Column::UserId.in_subquery(people);
    listed(db, of(club, standing).all(&db.conn()).await?, theirs).await
}

fn of(club: ClubId, standing: Option<Standing>) -> Select<Entity> {
    let active = Condition::all().add(Column::Status.eq(ACTIVE));
    let there = match standing {
        None => Condition::all(),
        Some(Standing::Left) => Condition::all().add(Column::Status.eq(LEFT)),
        Some(Standing::OffRoster) => active.add(Column::OnRoster.eq(false)),
        Some(Standing::Active) => active.add(Column::OnRoster.eq(true)).add(Expr::cust(HAS_ACCOUNT)),
        Some(Standing::NoAccount) => {
            active.add(Column::OnRoster.eq(true)).add(Expr::cust(format!("NOT {HAS_ACCOUNT}")))
        }
    };
    Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(there)
        .order_by(Expr::cust("LOWER(members.name)"), Order::Asc)
        .order_by_asc(Column::UserId)
}

/// People with their accounts, which are among `theirs`.
async fn listed(db: &impl Source, people: Vec<Model>, theirs: SimpleExpr) -> Result<Vec<Listed>, StoreError> {
    let mut accounts: BTreeMap<UserId, Vec<Identity>> = BTreeMap::new();
    let found = discord_identities::Entity::find()
        .filter(theirs)
        .order_by_desc(discord_identities::Column::LinkedAt)
        .order_by_asc(discord_identities::Column::DiscordId);
    for model in found.all(&db.conn()).await? {
        let identity = identities::read(model)?;
        accounts.entry(identity.user).or_default().push(identity);
    }
    let list = |mut model: Model| {
        let judged = judged(model.evidence.take());
        let member = read(model)?;
        let accounts = accounts.remove(&member.user).unwrap_or_default();
        Ok(Listed { accounts, judged, member })
    };
    people.into_iter().map(list).collect()
}
