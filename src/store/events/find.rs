//! Finding a club's events.

use std::{collections::HashSet, time::Duration};

use entity::{
    events::{Column, Entity},
    teams,
};
use jiff::Timestamp;
use sea_orm::{
    Condition, ExprTrait, QueryOrder, QuerySelect, QueryTrait, prelude::*, sea_query::SelectStatement,
};
use twilight_model::id::{Id, marker::ChannelMarker};

use super::{CANCELLED, CLOSED, KEPT, OPEN, with_classes};
use crate::{
    domain::{
        club::Club,
        event::Event,
        id::{ClubId, EventId, SeriesId},
        name::ExternalId,
        settings::Grace,
    },
    store::{bindings, convert::ms, error::StoreError, series::holds, tx::Source},
};

/// The club's event of that identifier.
///
/// # Errors
///
/// When the database fails.
pub async fn by_id(db: &impl Source, club: ClubId, id: EventId) -> Result<Option<Event>, StoreError> {
    let one = Entity::find_by_id(id.uuid()).filter(Column::ClubId.eq(club.uuid()));
    Ok(all(db, one).await?.pop())
}

/// The club that an event belongs to.
///
/// # Errors
///
/// When the database fails.
pub async fn club_of(db: &impl Source, id: EventId) -> Result<Option<ClubId>, StoreError> {
    let club: Option<Uuid> = Entity::find_by_id(id.uuid())
        .select_only()
        .column(Column::ClubId)
        .into_tuple()
        .one(&db.conn())
        .await?;
    Ok(club.map(ClubId::new))
}

/// The club's event that its site calls that.
///
/// # Errors
///
/// When the database fails.
pub async fn by_external_id(
    db: &impl Source,
    club: ClubId,
    external_id: &ExternalId,
) -> Result<Option<Event>, StoreError> {
    let one = Entity::find()
        .filter(Column::ExternalId.eq(external_id.as_str()))
        .filter(Column::ClubId.eq(club.uuid()));
    Ok(all(db, one).await?.pop())
}

/// Which of a club's events are listed: those for which everything holds that is said.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Listing {
    /// What the club's site calls them.
    pub external_id: Option<ExternalId>,
    /// They end after that.
    pub from: Option<Timestamp>,
    /// The series that they are in.
    pub series: Option<SeriesId>,
    /// Whether people may sign up.
    pub state: Option<Stands>,
    /// They start before that.
    pub until: Option<Timestamp>,
}

/// What organisers decided about an event.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stands {
    /// It won't take place.
    Cancelled,
    /// Nobody may sign up any more.
    Closed,
    /// People may sign up.
    Open,
}

/// A club's events after one, in the order in which they were made.
///
/// # Errors
///
/// When the database fails.
pub async fn page(
    db: &impl Source,
    club: ClubId,
    listing: &Listing,
    after: Option<EventId>,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let state = listing.state.map(|state| match state {
        Stands::Cancelled => CANCELLED,
        Stands::Closed => CLOSED,
        Stands::Open => OPEN,
    });
    let next = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .apply_if(after, |rows, after| rows.filter(Column::Id.gt(after.uuid())))
        .apply_if(listing.external_id.as_ref(), |rows, id| rows.filter(Column::ExternalId.eq(id.as_str())))
        .apply_if(listing.from, |rows, from| rows.filter(Column::EndAt.gt(ms(from))))
        .apply_if(listing.series, |rows, series| rows.filter(Column::SeriesId.eq(series.uuid())))
        .apply_if(state, |rows, state| rows.filter(Column::State.eq(state)))
        .apply_if(listing.until, |rows, until| rows.filter(Column::StartAt.lt(ms(until))))
        .order_by_asc(Column::Id)
        .limit(limit);
    all(db, next).await
}

/// The club's event that a channel belongs to.
///
/// # Errors
///
/// When the database fails.
pub async fn by_channel(
    db: &impl Source,
    club: &Club,
    channel: Id<ChannelMarker>,
) -> Result<Option<Event>, StoreError> {
    let Some(binding) = bindings::by_channel(db, club.guild, channel).await? else { return Ok(None) };
    by_id(db, club.id, EventId::new(binding.owner.uuid())).await
}

/// The club's events that aren't over or cancelled at `now`, the next first.
///
/// # Errors
///
/// When the database fails.
pub async fn coming(
    db: &impl Source,
    club: ClubId,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let coming = of_coming(club, now).order_by_asc(Column::StartAt).order_by_asc(Column::Id).limit(limit);
    all(db, coming).await
}

/// How many of the club's events aren't over or cancelled at `now`.
///
/// # Errors
///
/// When the database fails.
pub async fn count_coming(db: &impl Source, club: ClubId, now: Timestamp) -> Result<usize, StoreError> {
    let many = of_coming(club, now).count(&db.conn()).await?;
    Ok(usize::try_from(many).unwrap_or(usize::MAX))
}

fn of_coming(club: ClubId, now: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::EndAt.gt(ms(now)))
        .filter(Column::State.ne(CANCELLED))
}

/// The club's events that end after `since` or are kept, cancelled ones too, the next first.
///
/// # Errors
///
/// When the database fails.
pub async fn live(db: &impl Source, club: ClubId, since: Timestamp) -> Result<Vec<Event>, StoreError> {
    let live = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(stands(since))
        .order_by_asc(Column::StartAt)
        .order_by_asc(Column::Id);
    all(db, live).await
}

/// A series' events that have settled teams, or the club's of no series; without those that ended long before `now`.
///
/// # Errors
///
/// When the database fails.
pub async fn with_settled_teams(
    db: &impl Source,
    club: ClubId,
    series: Option<SeriesId>,
    now: Timestamp,
) -> Result<Vec<Event>, StoreError> {
    let of_series = match series {
        Some(series) => Column::SeriesId.eq(series.uuid()),
        None => Column::SeriesId.is_null(),
    };
    let longest = Duration::from_secs(u64::from(Grace::MAX_HOURS) * 3_600);
    let since = now.saturating_sub(longest).unwrap_or(now);
    let settled = teams::Entity::find()
        .select_only()
        .column(teams::Column::EventId)
        .filter(teams::Column::FinalizedAt.is_not_null());
    let found = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(of_series)
        .filter(Column::EndAt.gt(ms(since)))
        .filter(Column::Id.in_subquery(settled.into_query()))
        .order_by_asc(Column::StartAt)
        .order_by_asc(Column::Id);
    all(db, found).await
}

/// The club's events whose name holds what was typed: first those to come, then those that are over, each
/// nearest first.
///
/// # Errors
///
/// When the database fails.
pub async fn search(
    db: &impl Source,
    club: ClubId,
    typed: &str,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let found = |is_over: bool| {
        let theirs = Entity::find()
            .filter(Column::ClubId.eq(club.uuid()))
            .filter(Column::NameKey.into_expr().like(holds(typed)))
            .limit(limit);
        match is_over {
            false => theirs.filter(Column::EndAt.gt(ms(now))).order_by_asc(Column::EndAt),
            true => theirs.filter(Column::EndAt.lte(ms(now))).order_by_desc(Column::EndAt),
        }
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut events = all(db, found(false)).await?;
    if events.len() < limit {
        events.extend(all(db, found(true)).await?);
        events.truncate(limit);
    }
    Ok(events)
}

/// The channel names of the club's events that end after `since` or are kept.
///
/// # Errors
///
/// When the database fails.
pub async fn channel_names_taken(
    db: &impl Source,
    club: ClubId,
    since: Timestamp,
) -> Result<HashSet<String>, StoreError> {
    let names: Vec<String> = Entity::find()
        .select_only()
        .column(Column::ChannelName)
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(stands(since))
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(names.into_iter().collect())
}

/// The events of any club whose identifiers a query gives, the first to start first.
///
/// # Errors
///
/// When the database fails.
pub(in crate::store) async fn among(
    db: &impl Source,
    ids: SelectStatement,
) -> Result<Vec<Event>, StoreError> {
    let these = Entity::find()
        .filter(Column::Id.in_subquery(ids))
        .order_by_asc(Column::StartAt)
        .order_by_asc(Column::Id);
    all(db, these).await
}

/// That an event ends after `since`, or its channel is kept however long ago that is.
fn stands(since: Timestamp) -> Condition {
    Condition::any().add(Column::EndAt.gt(ms(since))).add(Column::Fate.eq(KEPT))
}

async fn all(db: &impl Source, rows: Select<Entity>) -> Result<Vec<Event>, StoreError> {
    let rows = rows.all(&db.conn()).await?;
    with_classes(db, rows).await
}
