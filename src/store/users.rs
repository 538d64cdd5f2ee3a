//! People, found by their Discord accounts.

use std::collections::{BTreeMap, HashMap};

use entity::{discord_identities, users};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, TryInsertResult, prelude::*, sea_query::LockType,
};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, UserMarker},
};

use super::{
    connect::Kind,
    convert::{Row, flake, ms, word},
    error::StoreError,
    identities, link_codes, match_answers, members, preferences, readiness, team_invitations, teams,
    tx::{Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    account::Account,
    email::Email,
    id::{ClubId, SyncId, UserId},
    member::{Identity, Link},
    sync::Owner,
};

/// How many rows are written or values asked for with one statement: SQLite takes 32,766 values.
const CHUNK: usize = 500;
/// PostgreSQL's advisory lock of whoever decides who is whom: "who?" in ASCII. On SQLite the transaction itself is the lock.
const WHO: i64 = 0x7768_6f3f;

/// Lets nobody else decide who is whom before the transaction ends. To be asked before anything of a person is read.
///
/// # Errors
///
/// When the database fails.
pub async fn decide_alone(tx: &Tx) -> Result<(), StoreError> {
    if tx.kind() == Kind::Postgres {
        tx.conn().execute_unprepared(&format!("SELECT pg_advisory_xact_lock({WHO})")).await?;
    }
    Ok(())
}

/// Waits for whoever is acting with an account of these people, and lets nobody begin to before the transaction ends.
///
/// # Errors
///
/// When the database fails.
pub async fn hold(tx: &Tx, users: &[UserId]) -> Result<(), StoreError> {
    let theirs = discord_identities::Column::UserId.is_in(users.iter().map(|user| user.uuid()));
    let accounts = discord_identities::Entity::find().filter(theirs);
    let accounts = accounts.order_by_asc(discord_identities::Column::DiscordId).lock(LockType::NoKeyUpdate);
    accounts.all(&tx.conn()).await?;
    Ok(())
}

/// The person behind a Discord account; `None` for an account that was never seen.
///
/// # Errors
///
/// When the database fails.
pub async fn by_account(db: &impl Source, account: Id<UserMarker>) -> Result<Option<UserId>, StoreError> {
    let identity = discord_identities::Entity::find_by_id(flake(account)).one(&db.conn()).await?;
    Ok(identity.map(|identity| UserId::new(identity.user_id)))
}

/// The person behind a Discord account. One that was never seen becomes the person `fresh`; two transactions
/// that see it first at once agree on one of theirs. Changed names are kept.
///
/// # Errors
///
/// When the database fails.
pub async fn of_account(
    tx: &Tx,
    account: &Account,
    fresh: UserId,
    now: Timestamp,
) -> Result<UserId, StoreError> {
    if let Some(known) = known(tx, account, now).await? {
        return Ok(known);
    }
    let db = &tx.conn();
    create(tx, fresh, account.name(), now).await?;
    let inserted =
        discord_identities::Entity::insert(fresh_identity(account, fresh, now).into_active_model())
            .on_conflict_do_nothing()
            .exec_without_returning(db)
            .await?;
    if matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
        return Ok(fresh);
    }
    users::Entity::delete_by_id(fresh.uuid()).exec(db).await?;
    let winner = known(tx, account, now).await?;
    winner.ok_or_else(|| StoreError::Db("an account was there and is gone".into()))
}

/// The person behind a known account, whose names are brought up to date. The account is nobody else's before the transaction ends.
async fn known(tx: &Tx, account: &Account, now: Timestamp) -> Result<Option<UserId>, StoreError> {
    let db = &tx.conn();
    let held = discord_identities::Entity::find_by_id(flake(account.id)).lock(LockType::NoKeyUpdate);
    let Some(identity) = held.one(db).await? else {
        return Ok(None);
    };
    let names = (identity.name.as_str(), identity.global_name.as_ref(), identity.username.as_str());
    if names != (account.name(), account.global_name.as_ref(), account.username.as_str()) {
        discord_identities::Entity::update_many()
            .set(discord_identities::ActiveModel {
                global_name: Set(account.global_name.clone()),
                name: Set(account.name().to_owned()),
                updated_at: Set(ms(now)),
                username: Set(account.username.clone()),
                ..Default::default()
            })
            .filter(discord_identities::Column::DiscordId.eq(identity.discord_id))
            .exec(db)
            .await?;
    }
    Ok(Some(UserId::new(identity.user_id)))
}

/// The people behind accounts, as many of them as were seen before.
///
/// # Errors
///
/// When the database fails.
pub async fn by_accounts(
    db: &impl Source,
    accounts: impl IntoIterator<Item = Id<UserMarker>>,
) -> Result<BTreeMap<Id<UserMarker>, UserId>, StoreError> {
    let accounts = accounts.into_iter().map(flake);
    let known = discord_identities::Entity::find()
        .filter(discord_identities::Column::DiscordId.is_in(accounts))
        .all(&db.conn())
        .await?;
    let pair = |one: discord_identities::Model| {
        let account = Row::new("discord_identities", &one.discord_id).flake("discord_id", one.discord_id)?;
        Ok((account, UserId::new(one.user_id)))
    };
    known.into_iter().map(pair).collect()
}

/// Makes a person of each of these accounts, which weren't seen before. Who is seen by somebody else at the same time stays theirs.
///
/// # Errors
///
/// When the database fails.
pub async fn of_strangers(
    tx: &Tx,
    strangers: &[(&Account, UserId)],
    now: Timestamp,
) -> Result<(), StoreError> {
    if strangers.is_empty() {
        return Ok(());
    }
    let db = &tx.conn();
    let person = |(account, fresh): &(&Account, UserId)| users::Model {
        calendar_serial: 0,
        created_at: ms(now),
        display_name: account.name().to_owned(),
        id: fresh.uuid(),
        irating: None,
        merged_into: None,
        no_reminders: false,
        zone: None,
    };
    let people = strangers.iter().map(|one| person(one).into_active_model());
    users::Entity::insert_many(people).exec_without_returning(db).await?;
    let identities =
        strangers.iter().map(|(account, fresh)| fresh_identity(account, *fresh, now).into_active_model());
    discord_identities::Entity::insert_many(identities)
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn fresh_identity(account: &Account, user: UserId, now: Timestamp) -> discord_identities::Model {
    discord_identities::Model {
        created_at: ms(now),
        discord_id: flake(account.id),
        email: None,
        global_name: account.global_name.clone(),
        linked_at: None,
        linked_by: None,
        name: account.name().to_owned(),
        updated_at: ms(now),
        user_id: user.uuid(),
        username: account.username.clone(),
    }
}

/// Whose each account is that a sync has to do with: those that it read, those of the guild, and those of the club's people.
///
/// # Errors
///
/// When the database fails.
pub async fn owners(
    db: &impl Source,
    run: SyncId,
    guild: Id<GuildMarker>,
    club: ClubId,
) -> Result<BTreeMap<Id<UserMarker>, Owner>, StoreError> {
    let db = &db.conn();
    let sql = "SELECT discord_id, user_id, linked_at FROM discord_identities WHERE
        discord_id IN (SELECT discord_id FROM sync_members WHERE run_id = $1)
        OR discord_id IN (SELECT discord_id FROM guild_members WHERE guild_id = $2)
        OR user_id IN (SELECT user_id FROM members WHERE club_id = $3)";
    let values = [run.uuid().into(), flake(guild).into(), club.uuid().into()];
    let mut owners = BTreeMap::new();
    for found in db.query_all_raw(statement(db, sql, values)).await? {
        let account: i64 = found.try_get("", "discord_id")?;
        let linked_at: Option<i64> = found.try_get("", "linked_at")?;
        let owner =
            Owner { is_linked: linked_at.is_some(), user: UserId::new(found.try_get("", "user_id")?) };
        owners.insert(Row::new("discord_identities", &account).flake("discord_id", account)?, owner);
    }
    Ok(owners)
}

/// Gives a known account to a person; with `None`, as one of their own that nobody linked. Why it was taken for somebody before is
/// forgotten.
///
/// # Errors
///
/// When the database fails.
pub async fn give(
    tx: &Tx,
    account: Id<UserMarker>,
    user: UserId,
    link: Option<Link>,
    email: Option<&Email>,
) -> Result<(), StoreError> {
    members::unjudge(tx, account).await?;
    discord_identities::Entity::update_many()
        .set(discord_identities::ActiveModel {
            email: Set(email.map(ToString::to_string)),
            linked_at: Set(link.map(|link| ms(link.at))),
            linked_by: Set(link.map(|link| word(&link.by))),
            user_id: Set(user.uuid()),
            ..Default::default()
        })
        .filter(discord_identities::Column::DiscordId.eq(flake(account)))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Writes a person who is known by nothing else yet.
///
/// # Errors
///
/// When the database fails.
pub async fn create(tx: &Tx, user: UserId, name: &str, now: Timestamp) -> Result<(), StoreError> {
    let row = users::Model {
        calendar_serial: 0,
        created_at: ms(now),
        display_name: name.to_owned(),
        id: user.uuid(),
        irating: None,
        merged_into: None,
        no_reminders: false,
        zone: None,
    };
    users::Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// Writes people who are known by nothing else yet.
///
/// # Errors
///
/// When the database fails.
pub async fn create_all(tx: &Tx, people: &[(UserId, String)], now: Timestamp) -> Result<(), StoreError> {
    for chunk in people.chunks(CHUNK) {
        let row = |(user, name): &(UserId, String)| users::Model {
            calendar_serial: 0,
            created_at: ms(now),
            display_name: name.clone(),
            id: user.uuid(),
            irating: None,
            merged_into: None,
            no_reminders: false,
            zone: None,
        };
        let rows = chunk.iter().map(|person| row(person).into_active_model());
        users::Entity::insert_many(rows).exec_without_returning(&tx.conn()).await?;
    }
    Ok(())
}

/// Who proved each of these addresses to be theirs, by an account whose address Discord verified. What several people proved is left
/// out.
///
/// # Errors
///
/// When the database fails.
pub async fn proven(db: &impl Source, emails: &[&Email]) -> Result<HashMap<Email, UserId>, StoreError> {
    let mut proven: HashMap<Email, Option<UserId>> = HashMap::new();
    for chunk in emails.chunks(CHUNK) {
        let theirs = discord_identities::Entity::find()
            .filter(discord_identities::Column::Email.is_in(chunk.iter().map(|email| email.as_str())));
        for model in theirs.all(&db.conn()).await? {
            let Identity { email: Some(email), user, .. } = identities::read(model)? else { continue };
            let found = proven.entry(email).or_insert(Some(user));
            *found = found.filter(|first| *first == user);
        }
    }
    Ok(proven.into_iter().filter_map(|(email, user)| Some((email, user?))).collect())
}

/// Who somebody is now: themselves, or whom they turned out to be.
///
/// # Errors
///
/// When the database fails.
pub async fn current(db: &impl Source, user: UserId) -> Result<Option<UserId>, StoreError> {
    let known = users::Entity::find_by_id(user.uuid()).one(&db.conn()).await?;
    Ok(known.map(|known| UserId::new(known.merged_into.unwrap_or(known.id))))
}

/// Who each of these people is now: themselves, or whom they turned out to be.
///
/// # Errors
///
/// When the database fails.
pub async fn current_of(
    db: &impl Source,
    people: impl IntoIterator<Item = UserId>,
) -> Result<HashMap<UserId, UserId>, StoreError> {
    let these: Vec<Uuid> = people.into_iter().map(UserId::uuid).collect();
    let mut current = HashMap::new();
    for chunk in these.chunks(CHUNK) {
        let known = users::Entity::find().filter(users::Column::Id.is_in(chunk.iter().copied()));
        for one in known.all(&db.conn()).await? {
            current.insert(UserId::new(one.id), UserId::new(one.merged_into.unwrap_or(one.id)));
        }
    }
    Ok(current)
}

/// Notes that one person turned out to be another, and hands over what hangs on the person alone: accounts, link codes, a zone where
/// the other has none, and that they want no reminders. What hangs on their clubs and events was handed over before.
///
/// # Errors
///
/// When the database fails.
pub async fn merge(tx: &Tx, from: UserId, into: UserId, now: Timestamp) -> Result<(), StoreError> {
    let db = &tx.conn();
    discord_identities::Entity::update_many()
        .set(discord_identities::ActiveModel { user_id: Set(into.uuid()), ..Default::default() })
        .filter(discord_identities::Column::UserId.eq(from.uuid()))
        .exec(db)
        .await?;
    link_codes::hand_over(tx, from, into).await?;
    match_answers::hand_over(tx, from, into).await?;
    preferences::hand_over(tx, from, into).await?;
    teams::merge(tx, from, into, now).await?;
    team_invitations::merge(tx, from, into).await?;
    readiness::merge(tx, from, into).await?;
    users::Entity::update_many()
        .set(users::ActiveModel { merged_into: Set(Some(into.uuid())), ..Default::default() })
        .filter(
            Condition::any()
                .add(users::Column::Id.eq(from.uuid()))
                .add(users::Column::MergedInto.eq(from.uuid())),
        )
        .exec(db)
        .await?;
    Ok(())
}
