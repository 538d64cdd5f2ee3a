//! Clubs and what they chose.

use entity::{club_settings, clubs, guilds, series};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, IntoActiveModel, JoinType, QueryOrder, QuerySelect, RelationTrait, prelude::*,
};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker},
};

use super::{
    club_settings as chosen,
    convert::{Row, flake, ms},
    error::StoreError,
    owners, questions,
    tx::{Fenced, Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    club::{Club, SiteClub},
    id::ClubId,
    name::ClubName,
    zone::Zone,
};

/// The club bound to a guild, with what it chose: one read.
///
/// # Errors
///
/// When the database fails.
pub async fn of_guild(db: &impl Source, guild: Id<GuildMarker>) -> Result<Option<Club>, StoreError> {
    let found = clubs::Entity::find()
        .find_also_related(club_settings::Entity)
        .join(JoinType::InnerJoin, clubs::Relation::Guilds.def())
        .filter(guilds::Column::Id.eq(flake(guild)))
        .one(&db.conn())
        .await?;
    let Some((club, settings)) = found else { return Ok(None) };
    let settings = settings.ok_or_else(|| Row::new("clubs", &club.id).corrupt("club_settings", "missing"))?;
    read(club, settings, guild).map(Some)
}

pub(super) fn read(
    club: clubs::Model,
    settings: club_settings::Model,
    guild: Id<GuildMarker>,
) -> Result<Club, StoreError> {
    let row = Row::new("clubs", &club.id);
    Ok(Club {
        guild,
        id: ClubId::new(club.id),
        name: row.parsed("name", club.name.parse())?,
        settings: chosen::read(settings)?,
        zone: row.parsed("zone", Zone::parse(&club.zone).map_err(|_| "no such zone"))?,
    })
}

/// The club bound to a guild, as [`of_guild`] gives it. Nobody else locks it before the transaction ends.
///
/// # Errors
///
/// When the database fails.
pub async fn lock(tx: &Tx, guild: Id<GuildMarker>) -> Result<Option<Club>, StoreError> {
    let db = &tx.conn();
    // Weaker than `FOR UPDATE`: rows that only refer to the club can still be written.
    let sql = format!(
        "SELECT clubs.id FROM clubs JOIN guilds ON guilds.club_id = clubs.id WHERE guilds.id = $1{}",
        tx.for_no_key_update_of("clubs")
    );
    db.query_one_raw(statement(db, sql, [flake(guild).into()])).await?;
    of_guild(tx, guild).await
}

/// The club of that identifier, bound to a guild or not.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(db: &impl Source, club: ClubId) -> Result<Option<SiteClub>, StoreError> {
    let found = clubs::Entity::find_by_id(club.uuid())
        .find_also_related(club_settings::Entity)
        .one(&db.conn())
        .await?;
    let Some((found, settings)) = found else { return Ok(None) };
    let guild = guild_of(db, club).await?;
    site_club(found, settings, guild).map(Some)
}

/// Every club by its identifier, bound to a guild or not: those after that one.
///
/// # Errors
///
/// When the database fails.
pub async fn all(db: &impl Source, after: Option<ClubId>, limit: u64) -> Result<Vec<SiteClub>, StoreError> {
    let mut found = clubs::Entity::find().find_also_related(club_settings::Entity);
    if let Some(after) = after {
        found = found.filter(clubs::Column::Id.gt(after.uuid()));
    }
    let found = found.order_by_asc(clubs::Column::Id).limit(limit).all(&db.conn()).await?;
    let ids = found.iter().map(|(club, _)| club.id);
    let bound = guilds::Entity::find().filter(guilds::Column::ClubId.is_in(ids)).all(&db.conn()).await?;
    let guild_of = |club: Uuid| {
        let guild = bound.iter().find(|guild| guild.club_id == Some(club));
        guild.map(|guild| Row::new("guilds", &guild.id).flake("id", guild.id)).transpose()
    };
    let read = |(club, settings): (clubs::Model, _)| {
        let guild = guild_of(club.id)?;
        site_club(club, settings, guild)
    };
    found.into_iter().map(read).collect()
}

fn site_club(
    club: clubs::Model,
    settings: Option<club_settings::Model>,
    guild: Option<Id<GuildMarker>>,
) -> Result<SiteClub, StoreError> {
    let row = Row::new("clubs", &club.id);
    let settings = settings.ok_or_else(|| row.corrupt("club_settings", "missing"))?;
    Ok(SiteClub {
        guild,
        id: ClubId::new(club.id),
        name: row.parsed("name", club.name.parse())?,
        settings: chosen::read(settings)?,
        zone: row.parsed("zone", Zone::parse(&club.zone).map_err(|_| "no such zone"))?,
    })
}

/// The club of that identifier, as [`by_id`] gives it. Nobody else locks it before the transaction ends.
///
/// # Errors
///
/// When the database fails.
pub async fn lock_by_id(tx: &Tx, club: ClubId) -> Result<Option<SiteClub>, StoreError> {
    if hold(tx, club).await? { by_id(tx, club).await } else { Ok(None) }
}

/// Holds a club, bound to a guild or not: nobody else locks it before the transaction ends. `false` when there is none.
///
/// # Errors
///
/// When the database fails.
pub async fn hold(tx: &Tx, club: ClubId) -> Result<bool, StoreError> {
    let db = &tx.conn();
    let sql = format!("SELECT id FROM clubs WHERE id = $1{}", tx.for_no_key_update_of("clubs"));
    Ok(db.query_one_raw(statement(db, sql, [club.uuid().into()])).await?.is_some())
}

/// The guild that a club is bound to.
///
/// # Errors
///
/// When the database fails.
pub async fn guild_of(db: &impl Source, club: ClubId) -> Result<Option<Id<GuildMarker>>, StoreError> {
    let bound = guilds::Entity::find().filter(guilds::Column::ClubId.eq(club.uuid()));
    let guild = bound.one(&db.conn()).await?;
    guild.map(|guild| Row::new("guilds", &guild.id).flake("id", guild.id)).transpose()
}

/// Writes a new club and binds it to its guild, which was seen before. `false` when the guild has a club
/// already.
///
/// # Errors
///
/// When the database fails.
pub async fn create(tx: &Tx, club: &Club, now: Timestamp) -> Result<bool, StoreError> {
    let db = &tx.conn();
    insert(tx, (club.id, &club.name, &club.zone), now).await?;
    let bound = guilds::Entity::update_many()
        .set(guilds::ActiveModel { club_id: Set(Some(club.id.uuid())), ..Default::default() })
        .filter(guilds::Column::Id.eq(flake(club.guild)))
        .filter(guilds::Column::ClubId.is_null())
        .exec(db)
        .await?;
    if bound.rows_affected == 0 {
        clubs::Entity::delete_by_id(club.id.uuid()).exec(db).await?;
        return Ok(false);
    }
    let settings = chosen::write(club.id, &club.settings, now).into_active_model();
    club_settings::Entity::insert(settings).exec_without_returning(db).await?;
    owners::adopt(tx, club.guild, club.id).await?;
    Ok(true)
}

/// Writes a new club that isn't on Discord yet.
///
/// # Errors
///
/// When the database fails.
pub async fn found(tx: &Tx, club: &SiteClub, now: Timestamp) -> Result<(), StoreError> {
    insert(tx, (club.id, &club.name, &club.zone), now).await?;
    let settings = chosen::write(club.id, &club.settings, now).into_active_model();
    club_settings::Entity::insert(settings).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

async fn insert(
    tx: &Tx,
    (club, name, zone): (ClubId, &ClubName, &Zone),
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = clubs::Model {
        calendar_serial: 0,
        created_at: ms(now),
        id: club.uuid(),
        name: name.to_string(),
        zone: zone.name().to_owned(),
    };
    clubs::Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// The clubs that want to be synced every night and are on Discord.
///
/// # Errors
///
/// When the database fails.
pub async fn synced_nightly(db: &impl Source) -> Result<Vec<(ClubId, Zone)>, StoreError> {
    let wanting = clubs::Entity::find()
        .join(JoinType::InnerJoin, clubs::Relation::Guilds.def())
        .join(JoinType::InnerJoin, clubs::Relation::ClubSettings.def())
        .filter(club_settings::Column::NightlySync.eq(true))
        .filter(club_settings::Column::DiscordIntegrationEnabled.eq(true))
        .filter(guilds::Column::LostAt.is_null());
    let read = |club: clubs::Model| {
        let zone = Zone::parse(&club.zone).map_err(|_| "no such zone");
        Ok((ClubId::new(club.id), Row::new("clubs", &club.id).parsed("zone", zone)?))
    };
    wanting.all(&db.conn()).await?.into_iter().map(read).collect()
}

/// A club's name, wherever it is bound; `None` when there is no such club.
///
/// # Errors
///
/// When the database fails.
pub async fn name(db: &impl Source, club: ClubId) -> Result<Option<ClubName>, StoreError> {
    let Some(found) = clubs::Entity::find_by_id(club.uuid()).one(&db.conn()).await? else { return Ok(None) };
    Row::new("clubs", &found.id).parsed("name", found.name.parse()).map(Some)
}

/// Binds a club that has no guild to one that has no club, where its series and coming events begin; `false` when either has.
///
/// # Errors
///
/// When the database fails, or the guild was never seen.
pub async fn bind(tx: &Tx, club: ClubId, guild: Id<GuildMarker>, now: Timestamp) -> Result<bool, StoreError> {
    if guild_of(tx, club).await?.is_some() {
        return Ok(false);
    }
    let bound = guilds::Entity::update_many()
        .set(guilds::ActiveModel { club_id: Set(Some(club.uuid())), ..Default::default() })
        .filter(guilds::Column::Id.eq(flake(guild)))
        .filter(guilds::Column::ClubId.is_null())
        .exec(&tx.conn())
        .await?;
    if bound.rows_affected > 0 {
        owners::adopt(tx, guild, club).await?;
        owners::take_up(tx, club, guild, now).await?;
    }
    Ok(bound.rows_affected > 0)
}

/// Moves a club to another guild, which has none. What was made in the former one stays there as it is and is no longer looked after;
/// what the club chose of that guild's channels and roles is forgotten; its events and series begin anew in the other.
/// `false` when the other guild has a club.
///
/// # Errors
///
/// When the database fails, or a guild was never seen.
pub async fn rehome(
    tx: &Tx,
    club: ClubId,
    (from, to): (Id<GuildMarker>, Id<GuildMarker>),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let db = &tx.conn();
    guilds::Entity::update_many()
        .set(guilds::ActiveModel { club_id: Set(None), ..Default::default() })
        .filter(guilds::Column::Id.eq(flake(from)))
        .exec(db)
        .await?;
    if !bind(tx, club, to, now).await? {
        return Ok(false);
    }
    let forget = club_settings::ActiveModel {
        announcement_channel_id: Set(None),
        member_role_id: Set(None),
        organiser_channel_id: Set(None),
        organiser_role_id: Set(None),
        role_map: Set(serde_json::json!([])),
        updated_at: Set(ms(now)),
        ..Default::default()
    };
    club_settings::Entity::update_many()
        .set(forget)
        .filter(club_settings::Column::ClubId.eq(club.uuid()))
        .exec(db)
        .await?;
    series::Entity::update_many()
        .set(series::ActiveModel { adopted_category_id: Set(None), ..Default::default() })
        .filter(series::Column::ClubId.eq(club.uuid()))
        .exec(db)
        .await?;
    questions::abandon(tx, from, now).await?;
    owners::rehome(tx, club, (from, to), now).await?;
    Ok(true)
}

/// Saves a club's name, zone and everything that it chose.
///
/// # Errors
///
/// When the database fails, or the club was never created.
pub async fn save(
    tx: &Tx,
    club: &(impl Clone + Into<SiteClub> + Sync),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (db, club): (_, SiteClub) = (&tx.conn(), club.clone().into());
    let row = clubs::ActiveModel {
        id: Set(club.id.uuid()),
        name: Set(club.name.to_string()),
        zone: Set(club.zone.name().to_owned()),
        ..Default::default()
    };
    clubs::Entity::update(row).exec(db).await?;
    let settings = chosen::write(club.id, &club.settings, now).into_active_model().reset_all();
    club_settings::Entity::update(settings).exec(db).await?;
    Ok(())
}

/// Forgets that the leased guild's coming events are announced in that channel.
///
/// # Errors
///
/// When the database fails.
pub async fn lose_announcement_channel(
    fenced: &Fenced,
    club: ClubId,
    channel: Id<ChannelMarker>,
) -> Result<(), StoreError> {
    club_settings::Entity::update_many()
        .set(club_settings::ActiveModel { announcement_channel_id: Set(None), ..Default::default() })
        .filter(club_settings::Column::ClubId.eq(club.uuid()))
        .filter(club_settings::Column::AnnouncementChannelId.eq(flake(channel)))
        .exec(&fenced.conn())
        .await?;
    Ok(())
}

/// Forgets that the leased guild's questions are posted in that channel.
///
/// # Errors
///
/// When the database fails.
pub async fn lose_organiser_channel(
    fenced: &Fenced,
    club: ClubId,
    channel: Id<ChannelMarker>,
) -> Result<(), StoreError> {
    club_settings::Entity::update_many()
        .set(club_settings::ActiveModel { organiser_channel_id: Set(None), ..Default::default() })
        .filter(club_settings::Column::ClubId.eq(club.uuid()))
        .filter(club_settings::Column::OrganiserChannelId.eq(flake(channel)))
        .exec(&fenced.conn())
        .await?;
    Ok(())
}
