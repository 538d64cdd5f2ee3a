//! Discord guilds that the app was seen in.

use std::time::Duration;

use entity::guilds::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, IntoActiveModel, prelude::*};
use serde::{Deserialize, Serialize};
use twilight_model::{
    guild::Permissions,
    id::{
        Id,
        marker::{GuildMarker, UserMarker},
    },
};

use super::{
    convert::{Row, flake, ms, word},
    error::StoreError,
    owners,
    tx::{Fenced, Source, Tx, millis, sealed::Connected, statement},
};
use crate::domain::{id::ClubId, owner::Owner, panel::Headroom};

/// A guild, as it was last seen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Guild {
    /// The club bound to it.
    pub club: Option<ClubId>,
    /// What it had used of Discord's limits when that was last counted.
    pub headroom: Option<Headroom>,
    /// Its snowflake.
    pub id: Id<GuildMarker>,
    /// Who installed the app, where known.
    pub installed_by: Option<Id<UserMarker>>,
    /// Its preferred locale, where known.
    pub locale: Option<String>,
    /// Since when the app is known to be removed.
    pub lost_at: Option<Timestamp>,
    /// Its name, where Discord told it.
    pub name: Option<String>,
    /// What the app may do there, with bits that this version has no name for.
    pub permissions: Permissions,
}

/// What one request tells about a guild; `None` where it tells nothing.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sighting {
    /// Who installed the app.
    pub installed_by: Option<Id<UserMarker>>,
    /// The guild's preferred locale.
    pub locale: Option<String>,
    /// The guild's name.
    pub name: Option<String>,
    /// What the app may do there.
    pub permissions: Option<Permissions>,
}

impl Sighting {
    /// Whether all of it is known of the guild, and the app isn't thought to be removed from it.
    #[must_use]
    pub fn tells_nothing_new(&self, known: &Guild) -> bool {
        known.lost_at.is_none()
            && self.permissions.is_none_or(|permissions| permissions == known.permissions)
            && (self.installed_by.is_none() || self.installed_by == known.installed_by)
            && (self.locale.is_none() || self.locale == known.locale)
            && (self.name.is_none() || self.name == known.name)
    }
}

/// What a sighting changed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct News {
    /// The app was thought to be removed.
    pub is_back: bool,
    /// The guild was never seen before.
    pub is_new: bool,
    /// The app may do other things than before.
    pub permissions: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Active,
    Lost,
}

/// Notes a guild that the app is in, and makes it an owner that can be leased. Writes nothing when there is
/// no news.
///
/// # Errors
///
/// When the database fails.
pub async fn see(
    tx: &Tx,
    guild: Id<GuildMarker>,
    sighting: Sighting,
    now: Timestamp,
) -> Result<News, StoreError> {
    let db = &tx.conn();
    let Some(before) = Entity::find_by_id(flake(guild)).one(db).await? else {
        insert(tx, guild, sighting, now).await?;
        return Ok(News { is_new: true, ..News::default() });
    };
    let mut after = before.clone();
    after.bot_permissions = sighting.permissions.map_or(before.bot_permissions, bits);
    after.installed_by = sighting.installed_by.map(flake).or(before.installed_by);
    after.locale = sighting.locale.or(after.locale);
    after.lost_at = None;
    after.name = sighting.name.or(after.name);
    after.state = word(&State::Active);
    let news = News {
        is_back: before.state != after.state,
        is_new: false,
        permissions: before.bot_permissions != after.bot_permissions,
    };
    if after != before {
        // The club isn't the sighting's to change.
        let changed = ActiveModel { club_id: Default::default(), ..after.into_active_model().reset_all() };
        Entity::update(changed).exec(db).await?;
    }
    if news.is_back {
        owners::thaw(tx, guild, now).await?;
    }
    Ok(news)
}

async fn insert(
    tx: &Tx,
    guild: Id<GuildMarker>,
    sighting: Sighting,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = Model {
        bot_permissions: sighting.permissions.map_or(0, bits),
        channels: None,
        club_id: None,
        created_at: ms(now),
        id: flake(guild),
        installed_by: sighting.installed_by.map(flake),
        locale: sighting.locale,
        lost_at: None,
        name: sighting.name,
        retried_at: None,
        roles: None,
        state: word(&State::Active),
    };
    Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(&tx.conn())
        .await?;
    owners::ensure(tx, Owner::Guild(guild), guild, None, now).await
}

/// Notes that the app was removed from a guild: nothing is tried there until it is seen again.
///
/// # Errors
///
/// When the database fails.
pub async fn lose(tx: &Tx, guild: Id<GuildMarker>, now: Timestamp) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel {
            lost_at: Set(Some(ms(now))),
            state: Set(word(&State::Lost)),
            ..Default::default()
        })
        .filter(Column::Id.eq(flake(guild)))
        .filter(Column::State.eq(word(&State::Active)))
        .exec(&tx.conn())
        .await?;
    owners::freeze(tx, guild, now).await
}

/// The guild of that snowflake.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(db: &impl Source, guild: Id<GuildMarker>) -> Result<Option<Guild>, StoreError> {
    Entity::find_by_id(flake(guild)).one(&db.conn()).await?.map(read).transpose()
}

/// How far apart what Discord forbade in a guild is tried again because the app seems to hold what it needs: its permissions may differ
/// from channel to channel.
const RETRIES_APART: Duration = Duration::from_secs(10 * 60);

/// Whether something that Discord forbade in the guild may be tried again.
const FORBIDDEN: &str = "id = $1 AND (retried_at IS NULL OR retried_at <= $2) AND (
    EXISTS (SELECT 1 FROM owners WHERE owners.guild_id = guilds.id AND owners.error_class = 'forbidden')
    OR EXISTS (SELECT 1 FROM bindings WHERE bindings.guild_id = guilds.id AND bindings.error_class = 'forbidden'))";

/// Whether something that Discord forbade in the guild waits, and hasn't been tried again for a while.
///
/// # Errors
///
/// When the database fails.
pub async fn wants_retry(
    db: &impl Source,
    guild: Id<GuildMarker>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let db = &db.conn();
    let sql = format!("SELECT 1 FROM guilds WHERE {FORBIDDEN}");
    Ok(db
        .query_one_raw(statement(db, sql, [flake(guild).into(), retried_until(now).into()]))
        .await?
        .is_some())
}

/// Claims the guild's next retry; `false` when somebody else has, or nothing waits for one any more.
///
/// # Errors
///
/// When the database fails.
pub async fn claim_retry(tx: &Tx, guild: Id<GuildMarker>, now: Timestamp) -> Result<bool, StoreError> {
    let db = &tx.conn();
    let sql = format!("UPDATE guilds SET retried_at = $3 WHERE {FORBIDDEN}");
    let values = [flake(guild).into(), retried_until(now).into(), ms(now).into()];
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected() > 0)
}

fn retried_until(now: Timestamp) -> i64 {
    ms(now).saturating_sub(millis(RETRIES_APART))
}

/// Every guild that the app is in.
///
/// # Errors
///
/// When the database fails.
pub async fn active(db: &impl Source) -> Result<Vec<Guild>, StoreError> {
    let active = Entity::find().filter(Column::State.eq(word(&State::Active))).all(&db.conn()).await?;
    active.into_iter().map(read).collect()
}

/// Writes down how much of Discord's limits the leased guild has used.
///
/// # Errors
///
/// When the database fails.
pub async fn count(fenced: &Fenced, used: Headroom) -> Result<(), StoreError> {
    let row = ActiveModel {
        channels: Set(Some(used.channels.into())),
        id: Set(flake(fenced.guild())),
        roles: Set(Some(used.roles.into())),
        ..Default::default()
    };
    Entity::update(row).exec(&fenced.conn()).await?;
    Ok(())
}

fn headroom(row: &Row<'_>, model: &Model) -> Result<Option<Headroom>, StoreError> {
    let (Some(channels), Some(roles)) = (model.channels, model.roles) else { return Ok(None) };
    let (channels, roles) = (row.number("channels", channels)?, row.number("roles", roles)?);
    Ok(Some(Headroom { channels, roles }))
}

const fn bits(permissions: Permissions) -> i64 {
    permissions.bits().cast_signed()
}

fn read(model: Model) -> Result<Guild, StoreError> {
    let row = Row::new("guilds", &model.id);
    Ok(Guild {
        club: model.club_id.map(ClubId::new),
        headroom: headroom(&row, &model)?,
        id: row.flake("id", model.id)?,
        installed_by: row.flake_opt("installed_by", model.installed_by)?,
        lost_at: row.at_opt("lost_at", model.lost_at)?,
        permissions: Permissions::from_bits_retain(model.bot_permissions.cast_unsigned()),
        locale: model.locale,
        name: model.name,
    })
}
