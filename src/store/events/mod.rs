//! Events and their classes.

mod find;

use entity::{
    event_classes::{self, Column as ClassColumn},
    events::{Column, Entity, Model},
    signups,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ExprTrait, FromQueryResult, IntoActiveModel, QueryOrder, prelude::*,
    sea_query::OnConflict,
};

pub(in crate::store) use find::among;
pub use find::{
    Listing, Stands, by_channel, by_external_id, by_id, channel_names_taken, club_of, coming, count_coming,
    live, page, search, with_settled_teams,
};

use super::{
    convert::{Row, count, flake, json, ms, word},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    class_list::Capacity,
    duration::RaceLength,
    event::{Class, Event, EventState, Fate},
    id::{ClassId, ClubId, EventId, SeriesId},
    signup::SignupState,
    text::fold,
};

const OPEN: &str = "open";
const CLOSED: &str = "closed";
const CANCELLED: &str = "cancelled";
/// Who created what a program did.
const NOBODY: i64 = 0;

const GRACE: &str = "grace";
const KEPT: &str = "kept";
const NOW: &str = "now";

/// Writes a new event with its classes.
///
/// # Errors
///
/// When the database fails.
pub async fn create(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let db = &tx.conn();
    Entity::insert(event_row(event).into_active_model()).exec_without_returning(db).await?;
    put_classes(tx, event).await
}

/// The club's event of that identifier, which nobody else changes, nor its sheet, before the transaction ends.
///
/// # Errors
///
/// When the database fails.
pub async fn lock(tx: &Tx, club: ClubId, id: EventId) -> Result<Option<Event>, StoreError> {
    let db = &tx.conn();
    let sql = format!("SELECT * FROM events WHERE id = $1 AND club_id = $2{}", tx.for_update());
    let values = [id.uuid().into(), club.uuid().into()];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    let event = Model::from_query_result(&row, "")?;
    Ok(with_classes(tx, vec![event]).await?.pop())
}

/// Saves an event that is locked, with its revision and classes. People who aren't signed up any more are
/// left without a class where theirs is gone.
///
/// # Errors
///
/// When the database fails, or somebody is still signed up in a class that is gone.
pub async fn save(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let db = &tx.conn();
    Entity::update_many()
        .set(event_row(event).into_active_model().reset_all())
        .filter(Column::Id.eq(event.id.uuid()))
        .filter(Column::ClubId.eq(event.club.uuid()))
        .exec(db)
        .await?;
    put_classes(tx, event).await?;
    let kept = || event.classes.iter().map(|class| class.id.uuid());
    let off_the_sheet = [SignupState::Withdrawn, SignupState::Absent];
    signups::Entity::update_many()
        .set(signups::ActiveModel { class_id: Set(None), ..Default::default() })
        .filter(signups::Column::EventId.eq(event.id.uuid()))
        .filter(signups::Column::ClassId.is_not_in(kept()))
        .filter(signups::Column::State.is_in(off_the_sheet.iter().map(word)))
        .exec(db)
        .await?;
    event_classes::Entity::delete_many()
        .filter(ClassColumn::EventId.eq(event.id.uuid()))
        .filter(ClassColumn::Id.is_not_in(kept()))
        .exec(db)
        .await?;
    Ok(())
}

/// Counts a change of the club's events that end after `since`: a form about one of them that was opened before is refused.
///
/// # Errors
///
/// When the database fails.
pub async fn outdate(tx: &Tx, club: ClubId, since: Timestamp) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::EndAt.gt(ms(since)))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

async fn put_classes(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let rows = event.classes.iter().zip(0..).map(|(class, position)| {
        event_classes::Model {
            capacity: class.capacity.map(|capacity| capacity.get().into()),
            cars: json(&class.cars),
            event_id: event.id.uuid(),
            id: class.id.uuid(),
            name: class.name.as_ref().map(ToString::to_string),
            position,
            roles: json(&class.roles),
        }
        .into_active_model()
    });
    let replace = OnConflict::column(ClassColumn::Id)
        .update_columns([
            ClassColumn::Capacity,
            ClassColumn::Cars,
            ClassColumn::Name,
            ClassColumn::Position,
            ClassColumn::Roles,
        ])
        .to_owned();
    let insert = event_classes::Entity::insert_many(rows).on_conflict(replace);
    insert.exec_without_returning(&tx.conn()).await?;
    Ok(())
}

fn event_row(event: &Event) -> Model {
    let (state, state_at, state_reason) = match &event.state {
        EventState::Cancelled { at, reason } => (CANCELLED, Some(ms(*at)), Some(reason.clone())),
        EventState::Closed => (CLOSED, None, None),
        EventState::Open => (OPEN, None, None),
    };
    let (fate, fate_at) = match event.fate {
        Fate::Grace => (GRACE, None),
        Fate::Kept => (KEPT, None),
        Fate::Now(since) => (NOW, Some(ms(since))),
    };
    Model {
        channel_name: event.channel_name.to_string(),
        channels_wanted: event.channels_wanted,
        club_id: event.club.uuid(),
        created_at: ms(event.created_at),
        created_by: event.created_by.map_or(NOBODY, flake),
        description: event.description.to_string(),
        end_at: ms(event.end()),
        external_id: event.external_id.as_ref().map(ToString::to_string),
        fate: fate.to_owned(),
        fate_at,
        id: event.id.uuid(),
        length_minutes: event.length.minutes().into(),
        name: event.name.to_string(),
        name_key: fold(event.name.as_str()),
        revision: count(event.revision),
        series_id: event.series.map(SeriesId::uuid),
        signup_url: event.signup_url.clone(),
        start_at: ms(event.start),
        state: state.to_owned(),
        state_at,
        state_reason,
        terms: json(&event.terms),
        track: event.track.as_ref().map(ToString::to_string),
    }
}

/// The events with their classes, in the order given: one read for all of them.
async fn with_classes(db: &impl Source, events: Vec<Model>) -> Result<Vec<Event>, StoreError> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let classes = event_classes::Entity::find()
        .filter(ClassColumn::EventId.is_in(events.iter().map(|event| event.id)))
        .order_by_asc(ClassColumn::Position)
        .all(&db.conn())
        .await?;
    let of = |event: Uuid| classes.iter().filter(move |class| class.event_id == event);
    events
        .into_iter()
        .map(|event| {
            let classes = of(event.id).map(read_class).collect::<Result<_, _>>()?;
            read(event, classes)
        })
        .collect()
}

pub(super) fn read_class(model: &event_classes::Model) -> Result<Class, StoreError> {
    let row = Row::new("event_classes", &model.id);
    let capacity = |places: i32| row.parsed("capacity", Capacity::new(row.number("capacity", places)?));
    Ok(Class {
        capacity: model.capacity.map(capacity).transpose()?,
        cars: row.parsed("cars", serde_json::from_value(model.cars.clone()))?,
        id: ClassId::new(model.id),
        name: model.name.as_ref().map(|name| row.parsed("name", name.parse())).transpose()?,
        roles: row.parsed("roles", serde_json::from_value(model.roles.clone()))?,
    })
}

pub(super) fn read(model: Model, classes: Vec<Class>) -> Result<Event, StoreError> {
    let row = Row::new("events", &model.id);
    let state = match (model.state.as_str(), model.state_at) {
        (OPEN, _) => EventState::Open,
        (CLOSED, _) => EventState::Closed,
        (CANCELLED, Some(at)) => EventState::Cancelled {
            at: row.at("state_at", at)?,
            reason: model.state_reason.unwrap_or_default(),
        },
        (other, _) => return Err(row.corrupt("state", other)),
    };
    let fate = match (model.fate.as_str(), model.fate_at) {
        (GRACE, _) => Fate::Grace,
        (KEPT, _) => Fate::Kept,
        (NOW, Some(since)) => Fate::Now(row.at("fate_at", since)?),
        (other, _) => return Err(row.corrupt("fate", other)),
    };
    let length = RaceLength::from_minutes(row.number("length_minutes", model.length_minutes)?);
    Ok(Event {
        channel_name: row.parsed("channel_name", model.channel_name.try_into())?,
        channels_wanted: model.channels_wanted,
        classes,
        club: ClubId::new(model.club_id),
        created_at: row.at("created_at", model.created_at)?,
        created_by: row
            .flake_opt("created_by", Some(model.created_by).filter(|account| *account != NOBODY))?,
        description: row.parsed("description", model.description.parse())?,
        external_id: model.external_id.map(|id| row.parsed("external_id", id.parse())).transpose()?,
        fate,
        id: EventId::new(model.id),
        length: row.parsed("length_minutes", length)?,
        name: row.parsed("name", model.name.parse())?,
        revision: row.number("revision", model.revision)?,
        series: model.series_id.map(SeriesId::new),
        signup_url: model.signup_url,
        start: row.at("start_at", model.start_at)?,
        state,
        terms: row.parsed("terms", serde_json::from_value(model.terms))?,
        track: model.track.map(|track| row.parsed("track", track.parse())).transpose()?,
    })
}
