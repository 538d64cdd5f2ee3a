//! Calendars: whose link works, and what stands in them. However many events there are, each question is one read.

use std::collections::HashMap;

use entity::{bindings, clubs, series, signups, users};
use sea_orm::{Condition, ExprTrait, QuerySelect, QueryTrait, UpdateMany, prelude::*};
use twilight_model::id::{
    Id,
    marker::{ChannelMarker, GuildMarker},
};

use super::{
    bindings::{BindingState, CHANNEL},
    convert::{Row, word},
    error::StoreError,
    events as races,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    calendar::CalendarOwner,
    event::Event,
    id::{ClubId, EventId, SeriesId, UserId},
    name::{ClubName, SeriesName},
    signup::SignupState,
};

/// An owner whose links may work.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Holder {
    /// Whose events they show: a person's who turned out to be another are that one's.
    pub owner: CalendarOwner,
    /// Which of the links works.
    pub serial: u32,
}

/// Where events' channels stand.
pub type Channels = HashMap<EventId, (Id<GuildMarker>, Id<ChannelMarker>)>;

/// Who an owner is now, and which of their links works; `None` for one that is unknown.
///
/// # Errors
///
/// When the database fails.
pub async fn holder(db: &impl Source, owner: CalendarOwner) -> Result<Option<Holder>, StoreError> {
    let db = &db.conn();
    let (owner, serial) = match owner {
        CalendarOwner::Club(club) => match clubs::Entity::find_by_id(club.uuid()).one(db).await? {
            Some(found) => (owner, found.calendar_serial),
            None => return Ok(None),
        },
        CalendarOwner::Person(user) => match users::Entity::find_by_id(user.uuid()).one(db).await? {
            Some(found) => {
                let now = UserId::new(found.merged_into.unwrap_or(found.id));
                (CalendarOwner::Person(now), found.calendar_serial)
            }
            None => return Ok(None),
        },
    };
    let serial = Row::new("calendars", &format!("{owner:?}")).number("calendar_serial", serial)?;
    Ok(Some(Holder { owner, serial }))
}

/// Stops the link of that serial and makes the next one work; `false` when another works already. Links of people who turned out to
/// be the owner stop too.
///
/// # Errors
///
/// When the database fails.
pub async fn renew(tx: &Tx, owner: CalendarOwner, serial: u32) -> Result<bool, StoreError> {
    let db = &tx.conn();
    let serial = i64::from(serial);
    let renewed = match owner {
        CalendarOwner::Club(club) => {
            let one = clubs::Entity::update_many()
                .col_expr(clubs::Column::CalendarSerial, Expr::col(clubs::Column::CalendarSerial).add(1))
                .filter(clubs::Column::Id.eq(club.uuid()));
            one.filter(clubs::Column::CalendarSerial.eq(serial)).exec(db).await?.rows_affected
        }
        CalendarOwner::Person(user) => {
            let one = next_of_people().filter(users::Column::Id.eq(user.uuid()));
            let renewed = one.filter(users::Column::CalendarSerial.eq(serial)).exec(db).await?.rows_affected;
            if renewed > 0 {
                next_of_people().filter(users::Column::MergedInto.eq(user.uuid())).exec(db).await?;
            }
            renewed
        }
    };
    Ok(renewed > 0)
}

/// Stops every link that shows a person's events: theirs, and those of whoever turned out to be them.
///
/// # Errors
///
/// When the database fails.
pub async fn stop(tx: &Tx, user: UserId) -> Result<(), StoreError> {
    let theirs = Condition::any()
        .add(users::Column::Id.eq(user.uuid()))
        .add(users::Column::MergedInto.eq(user.uuid()));
    next_of_people().filter(theirs).exec(&tx.conn()).await?;
    Ok(())
}

fn next_of_people() -> UpdateMany<users::Entity> {
    users::Entity::update_many()
        .col_expr(users::Column::CalendarSerial, Expr::col(users::Column::CalendarSerial).add(1))
}

/// The events of every club that somebody is signed up for, the first to start first, with what they said: three reads.
///
/// # Errors
///
/// When the database fails.
pub async fn events_of(db: &impl Source, user: UserId) -> Result<Vec<(Event, SignupState)>, StoreError> {
    let states =
        || SignupState::ALL.into_iter().filter(|state| state.is_signed_up()).map(|state| word(&state));
    let theirs = || {
        let lines = signups::Entity::find().filter(signups::Column::UserId.eq(user.uuid()));
        lines.filter(signups::Column::State.is_in(states()))
    };
    let lines = theirs().all(&db.conn()).await?;
    let ids = theirs().select_only().column(signups::Column::EventId).into_query();
    let mut said = HashMap::with_capacity(lines.len());
    for line in lines {
        let state = Row::new("signups", &line.id).word("state", &line.state)?;
        said.insert(EventId::new(line.event_id), state);
    }
    let with_state = |event: Event| said.get(&event.id).map(|state| (event, *state));
    Ok(races::among(db, ids).await?.into_iter().filter_map(with_state).collect())
}

/// What these clubs are called.
///
/// # Errors
///
/// When the database fails.
pub async fn clubs_named(
    db: &impl Source,
    clubs: impl IntoIterator<Item = ClubId>,
) -> Result<HashMap<ClubId, ClubName>, StoreError> {
    let these = clubs::Entity::find().filter(clubs::Column::Id.is_in(clubs.into_iter().map(ClubId::uuid)));
    let named = |club: clubs::Model| {
        Ok((ClubId::new(club.id), Row::new("clubs", &club.id).parsed("name", club.name.parse())?))
    };
    these.all(&db.conn()).await?.into_iter().map(named).collect()
}

/// What these series are called.
///
/// # Errors
///
/// When the database fails.
pub async fn series_named(
    db: &impl Source,
    series: impl IntoIterator<Item = SeriesId>,
) -> Result<HashMap<SeriesId, SeriesName>, StoreError> {
    let ids = series.into_iter().map(SeriesId::uuid);
    let these = series::Entity::find().filter(series::Column::Id.is_in(ids));
    let named = |series: series::Model| {
        Ok((SeriesId::new(series.id), Row::new("series", &series.id).parsed("name", series.name.parse())?))
    };
    these.all(&db.conn()).await?.into_iter().map(named).collect()
}

/// Where the channels of these events stand, for those that have one.
///
/// # Errors
///
/// When the database fails.
pub async fn channels(
    db: &impl Source,
    events: impl IntoIterator<Item = EventId>,
) -> Result<Channels, StoreError> {
    let owners = events.into_iter().map(EventId::uuid);
    let these: Vec<(Uuid, i64, i64)> = bindings::Entity::find()
        .select_only()
        .columns([bindings::Column::OwnerId, bindings::Column::GuildId, bindings::Column::DiscordId])
        .filter(bindings::Column::OwnerId.is_in(owners))
        .filter(bindings::Column::Slot.eq(CHANNEL))
        .filter(bindings::Column::State.eq(word(&BindingState::Bound)))
        .filter(bindings::Column::DiscordId.is_not_null())
        .into_tuple()
        .all(&db.conn())
        .await?;
    let place = |(owner, guild, channel): (Uuid, i64, i64)| {
        let row = Row::new("bindings", &owner);
        Ok((EventId::new(owner), (row.flake("guild_id", guild)?, row.flake("discord_id", channel)?)))
    };
    these.into_iter().map(place).collect()
}
