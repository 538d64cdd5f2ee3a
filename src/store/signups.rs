//! Sign-up sheets.

use std::collections::HashMap;

use entity::{
    event_classes, events,
    signups::{Column, Entity, Model},
};
use jiff::Timestamp;
use sea_orm::{
    IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    prelude::*,
    sea_query::{OnConflict, SimpleExpr},
};
use twilight_model::id::{Id, marker::UserMarker};
use uuid::Uuid;

use super::{
    convert::{Row, count, flake, ms, word},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
    webhooks,
};
use crate::domain::{
    id::{ClassId, ClubId, EventId, UserId},
    name::{CarName, ClassName},
    signup::{Offer, Sheet, Signup},
    webhook::WebhookKind,
};

/// An event's sheet. To decide on it, lock the event first ([`super::events::lock`]).
///
/// # Errors
///
/// When the database fails.
pub async fn sheet(db: &impl Source, event: EventId) -> Result<Sheet, StoreError> {
    let lines = Entity::find().filter(Column::EventId.eq(event.uuid())).all(&db.conn()).await?;
    Ok(Sheet::new(lines.into_iter().map(read).collect::<Result<_, _>>()?))
}

/// A line of a sheet, with when it was written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Written {
    /// The line.
    pub line: Signup,
    /// When its person first said anything.
    pub signed_up_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// An event's lines, with when they were written, by person.
///
/// # Errors
///
/// When the database fails.
pub async fn written(db: &impl Source, event: EventId) -> Result<Vec<Written>, StoreError> {
    let lines = Entity::find().filter(Column::EventId.eq(event.uuid())).order_by_asc(Column::UserId);
    let written = |model: Model| {
        let row = Row::new("signups", &model.id);
        Ok(Written {
            signed_up_at: row.at("created_at", model.created_at)?,
            updated_at: row.at("updated_at", model.updated_at)?,
            line: read(model.clone())?,
        })
    };
    lines.all(&db.conn()).await?.into_iter().map(written).collect()
}

/// The sheets of several events, one for each: one read for all of them.
///
/// # Errors
///
/// When the database fails.
pub async fn sheets(db: &impl Source, events: &[EventId]) -> Result<HashMap<EventId, Sheet>, StoreError> {
    let wanted = Entity::find().filter(Column::EventId.is_in(events.iter().map(|event| event.uuid())));
    let mut lines: HashMap<EventId, Vec<Signup>> = events.iter().map(|&event| (event, Vec::new())).collect();
    for model in wanted.all(&db.conn()).await? {
        lines.entry(EventId::new(model.event_id)).or_default().push(read(model)?);
    }
    Ok(lines.into_iter().map(|(event, lines)| (event, Sheet::new(lines))).collect())
}

/// Writes changed lines of an event that is locked, in one statement. `fresh` gives the identifiers of lines
/// that are new.
///
/// # Errors
///
/// When the database fails, or a line names a person or class that isn't there.
pub async fn put(
    tx: &Tx,
    event: EventId,
    lines: &[Signup],
    mut fresh: impl FnMut() -> Uuid,
    now: Timestamp,
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = lines.iter().map(|line| row(event, line, fresh(), now).into_active_model()).collect();
    let replace = OnConflict::columns([Column::EventId, Column::UserId])
        .update_columns([
            Column::Attended,
            Column::Car,
            Column::CheckedInAt,
            Column::ClassId,
            Column::DiscordId,
            Column::Note,
            Column::OfferLapsed,
            Column::OfferedUntil,
            Column::Ord,
            Column::PromotedAt,
            Column::State,
            Column::UpdatedAt,
        ])
        .to_owned();
    Entity::insert_many(rows).on_conflict(replace).exec_without_returning(&tx.conn()).await?;
    webhooks::note(tx, event, WebhookKind::Signup, now).await
}

/// The class and the car that somebody signed up with last in another of the club's events, by what those were called.
///
/// # Errors
///
/// When the database fails.
pub async fn last_choice(
    db: &impl Source,
    (club, user): (ClubId, UserId),
    but: EventId,
) -> Result<Option<(Option<ClassName>, Option<CarName>)>, StoreError> {
    let theirs = events::Entity::find()
        .select_only()
        .column(events::Column::Id)
        .filter(events::Column::ClubId.eq(club.uuid()));
    let last: Option<(Uuid, Uuid, Option<String>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::ClassId, Column::Car])
        .filter(Column::UserId.eq(user.uuid()))
        .filter(Column::EventId.ne(but.uuid()))
        .filter(Column::ClassId.is_not_null())
        .filter(Column::EventId.in_subquery(theirs.into_query()))
        .order_by_desc(Column::UpdatedAt)
        .limit(1)
        .into_tuple()
        .one(&db.conn())
        .await?;
    let Some((id, class, car)) = last else { return Ok(None) };
    let class = event_classes::Entity::find_by_id(class).one(&db.conn()).await?.and_then(|class| class.name);
    let row = Row::new("signups", &id);
    let class = class.map(|name| row.parsed("class_id", name.parse())).transpose()?;
    Ok(Some((class, car.map(|car| row.parsed("car", car.parse())).transpose()?)))
}

/// The events on whose sheet somebody has a line, with their clubs, in the order in which to lock them.
///
/// # Errors
///
/// When the database fails.
pub async fn events_of(db: &impl Source, user: UserId) -> Result<Vec<(ClubId, EventId)>, StoreError> {
    with_lines(db, Column::UserId.eq(user.uuid())).await
}

/// The events that end after `now` and on whose sheet somebody has a line, with their clubs, the next to begin first.
///
/// # Errors
///
/// When the database fails.
pub async fn events_ahead_of(
    db: &impl Source,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<(ClubId, EventId)>, StoreError> {
    let lines = Entity::find().select_only().column(Column::EventId).filter(Column::UserId.eq(user.uuid()));
    let theirs: Vec<(Uuid, Uuid)> = events::Entity::find()
        .select_only()
        .column(events::Column::ClubId)
        .column(events::Column::Id)
        .filter(events::Column::Id.in_subquery(lines.into_query()))
        .filter(events::Column::EndAt.gt(ms(now)))
        .order_by_asc(events::Column::StartAt)
        .order_by_asc(events::Column::Id)
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(theirs.into_iter().map(|(club, event)| (ClubId::new(club), EventId::new(event))).collect())
}

/// The events on whose sheet somebody acted with that account, with their clubs, in the order in which to lock them.
///
/// # Errors
///
/// When the database fails.
pub async fn events_by_account(
    db: &impl Source,
    account: Id<UserMarker>,
) -> Result<Vec<(ClubId, EventId)>, StoreError> {
    with_lines(db, Column::DiscordId.eq(flake(account))).await
}

async fn with_lines(db: &impl Source, whose: SimpleExpr) -> Result<Vec<(ClubId, EventId)>, StoreError> {
    let lines = Entity::find().select_only().column(Column::EventId).filter(whose).into_query();
    let theirs: Vec<(Uuid, Uuid)> = events::Entity::find()
        .select_only()
        .column(events::Column::ClubId)
        .column(events::Column::Id)
        .filter(events::Column::Id.in_subquery(lines))
        .order_by_asc(events::Column::Id)
        .into_tuple()
        .all(&db.conn())
        .await?;
    Ok(theirs.into_iter().map(|(club, event)| (ClubId::new(club), EventId::new(event))).collect())
}

/// When the people of an event's sheet first said anything.
///
/// # Errors
///
/// When the database fails.
pub async fn since(db: &impl Source, event: EventId) -> Result<HashMap<UserId, Timestamp>, StoreError> {
    let lines: Vec<(Uuid, i64)> = Entity::find()
        .select_only()
        .columns([Column::UserId, Column::CreatedAt])
        .filter(Column::EventId.eq(event.uuid()))
        .into_tuple()
        .all(&db.conn())
        .await?;
    let line =
        |(user, at): (Uuid, i64)| Ok((UserId::new(user), Row::new("signups", &user).at("created_at", at)?));
    lines.into_iter().map(line).collect()
}

/// Takes people off the sheet of an event that is locked.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, event: EventId, users: &[UserId]) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::EventId.eq(event.uuid()))
        .filter(Column::UserId.is_in(users.iter().map(|user| user.uuid())))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

fn row(event: EventId, line: &Signup, id: Uuid, now: Timestamp) -> Model {
    Model {
        attended: line.attended,
        availability: None,
        car: line.car.as_ref().map(ToString::to_string),
        checked_in_at: line.checked_in_at.map(ms),
        class_id: line.class.map(ClassId::uuid),
        created_at: ms(now),
        discord_id: flake(line.discord),
        event_id: event.uuid(),
        id,
        note: line.note.as_ref().map(ToString::to_string),
        offer_lapsed: line.offer == Some(Offer::Lapsed),
        offered_until: match line.offer {
            Some(Offer::Until(until)) => Some(ms(until)),
            Some(Offer::Lapsed) | None => None,
        },
        ord: count(line.order),
        partners: None,
        promoted_at: line.promoted_at.map(ms),
        state: word(&line.state),
        updated_at: ms(now),
        user_id: line.user.uuid(),
    }
}

fn read(model: Model) -> Result<Signup, StoreError> {
    let row = Row::new("signups", &model.id);
    let offer = match row.at_opt("offered_until", model.offered_until)? {
        Some(until) => Some(Offer::Until(until)),
        None => model.offer_lapsed.then_some(Offer::Lapsed),
    };
    Ok(Signup {
        attended: model.attended,
        car: model.car.map(|car| row.parsed("car", car.parse())).transpose()?,
        checked_in_at: row.at_opt("checked_in_at", model.checked_in_at)?,
        class: model.class_id.map(ClassId::new),
        discord: row.flake("discord_id", model.discord_id)?,
        note: model.note.map(|note| row.parsed("note", note.parse())).transpose()?,
        offer,
        order: row.number("ord", model.ord)?,
        promoted_at: row.at_opt("promoted_at", model.promoted_at)?,
        state: row.word("state", &model.state)?,
        user: UserId::new(model.user_id),
    })
}
