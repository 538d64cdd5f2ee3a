//! Who is in a guild, as Discord last showed it.

use std::collections::BTreeSet;

use entity::guild_members::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, IntoActiveModel, QueryOrder, prelude::*, sea_query::OnConflict};
use twilight_model::id::{
    Id,
    marker::{GuildMarker, RoleMarker, UserMarker},
};

use super::{
    convert::{Row, flake, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::account::Account;

/// How many rows are written with one statement.
const CHUNK: usize = 1_000;

/// An account in a guild.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GuildMember {
    /// The account, with its nickname there.
    pub account: Account,
    /// When it was found to have left.
    pub left_at: Option<Timestamp>,
    /// Its roles there.
    pub roles: BTreeSet<Id<RoleMarker>>,
}

/// Notes somebody who acts in a guild. Writes nothing when there is no news.
///
/// # Errors
///
/// When the database fails, or the guild was never seen.
pub async fn see(
    tx: &Tx,
    guild: Id<GuildMarker>,
    account: &Account,
    roles: &[Id<RoleMarker>],
    now: Timestamp,
) -> Result<(), StoreError> {
    let member =
        GuildMember { account: account.clone(), left_at: None, roles: roles.iter().copied().collect() };
    let known = Entity::find_by_id((flake(guild), flake(account.id))).one(&tx.conn()).await?;
    if known.map(read).transpose()?.as_ref() == Some(&member) {
        return Ok(());
    }
    put(tx, guild, std::slice::from_ref(&member), now).await
}

/// Writes accounts of a guild as they were just seen there.
///
/// # Errors
///
/// When the database fails, or the guild was never seen.
pub async fn put(
    tx: &Tx,
    guild: Id<GuildMarker>,
    members: &[GuildMember],
    now: Timestamp,
) -> Result<(), StoreError> {
    let replace = OnConflict::columns([Column::GuildId, Column::DiscordId])
        .update_columns([
            Column::GlobalName,
            Column::LeftAt,
            Column::Nickname,
            Column::Roles,
            Column::SeenAt,
            Column::Username,
        ])
        .to_owned();
    for chunk in members.chunks(CHUNK) {
        let rows = chunk.iter().map(|member| row(guild, member, now).into_active_model());
        Entity::insert_many(rows).on_conflict(replace.clone()).exec_without_returning(&tx.conn()).await?;
    }
    Ok(())
}

/// A role was taken from an account of a guild.
///
/// # Errors
///
/// When the database fails.
pub async fn lose_role(
    tx: &Tx,
    guild: Id<GuildMarker>,
    (account, role): (Id<UserMarker>, Id<RoleMarker>),
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut known = some(tx, guild, [account]).await?;
    let Some(member) = known.first_mut().filter(|member| member.roles.contains(&role)) else { return Ok(()) };
    member.roles.remove(&role);
    put(tx, guild, &known, now).await
}

/// Notes that accounts have left a guild.
///
/// # Errors
///
/// When the database fails.
pub async fn leave(
    tx: &Tx,
    guild: Id<GuildMarker>,
    accounts: &[Id<UserMarker>],
    now: Timestamp,
) -> Result<(), StoreError> {
    for chunk in accounts.chunks(CHUNK) {
        Entity::update_many()
            .set(ActiveModel { left_at: Set(Some(ms(now))), ..Default::default() })
            .filter(Column::GuildId.eq(flake(guild)))
            .filter(Column::DiscordId.is_in(chunk.iter().map(|account| flake(*account))))
            .exec(&tx.conn())
            .await?;
    }
    Ok(())
}

/// Notes that accounts are in a guild after all.
///
/// # Errors
///
/// When the database fails.
pub async fn stay(tx: &Tx, guild: Id<GuildMarker>, accounts: &[Id<UserMarker>]) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { left_at: Set(None), ..Default::default() })
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::DiscordId.is_in(accounts.iter().map(|account| flake(*account))))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Every account that was seen in a guild, those that left too, by snowflake.
///
/// # Errors
///
/// When the database fails.
pub async fn of_guild(db: &impl Source, guild: Id<GuildMarker>) -> Result<Vec<GuildMember>, StoreError> {
    let all = Entity::find().filter(Column::GuildId.eq(flake(guild))).order_by_asc(Column::DiscordId);
    all.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Those of these accounts that are or were in a guild.
///
/// # Errors
///
/// When the database fails.
pub async fn some(
    db: &impl Source,
    guild: Id<GuildMarker>,
    accounts: impl IntoIterator<Item = Id<UserMarker>>,
) -> Result<Vec<GuildMember>, StoreError> {
    let these = Entity::find()
        .filter(Column::GuildId.eq(flake(guild)))
        .filter(Column::DiscordId.is_in(accounts.into_iter().map(flake)));
    these.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// An account in a guild.
///
/// # Errors
///
/// When the database fails.
pub async fn by_account(
    db: &impl Source,
    guild: Id<GuildMarker>,
    account: Id<UserMarker>,
) -> Result<Option<GuildMember>, StoreError> {
    let one = Entity::find_by_id((flake(guild), flake(account)));
    one.one(&db.conn()).await?.map(read).transpose()
}

/// The guilds that an account is in.
///
/// # Errors
///
/// When the database fails.
pub async fn guilds_of(
    db: &impl Source,
    account: Id<UserMarker>,
) -> Result<Vec<Id<GuildMarker>>, StoreError> {
    let there = Entity::find().filter(Column::DiscordId.eq(flake(account))).filter(Column::LeftAt.is_null());
    let guild =
        |member: Model| Row::new("guild_members", &member.guild_id).flake("guild_id", member.guild_id);
    there.all(&db.conn()).await?.into_iter().map(guild).collect()
}

fn row(guild: Id<GuildMarker>, member: &GuildMember, now: Timestamp) -> Model {
    let account = &member.account;
    Model {
        discord_id: flake(account.id),
        global_name: account.global_name.clone(),
        guild_id: flake(guild),
        left_at: member.left_at.map(ms),
        nickname: account.nickname.clone(),
        roles: serde_json::to_value(&member.roles).unwrap_or_default(),
        seen_at: ms(now),
        username: account.username.clone(),
    }
}

fn read(model: Model) -> Result<GuildMember, StoreError> {
    let row = Row::new("guild_members", &model.discord_id);
    Ok(GuildMember {
        account: Account {
            global_name: model.global_name,
            id: row.flake("discord_id", model.discord_id)?,
            nickname: model.nickname,
            username: model.username,
        },
        left_at: row.at_opt("left_at", model.left_at)?,
        roles: row.parsed("roles", serde_json::from_value(model.roles))?,
    })
}
