//! What was decided about practice rooms.

use entity::rooms::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, prelude::*, sea_query::OnConflict};

use super::{
    convert::{Row, ms},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    id::{EventId, TeamId},
    room::{Lease, Leases, RoomOf},
};

/// What was decided about an event's rooms.
///
/// # Errors
///
/// When the database fails.
pub async fn of_event(db: &impl Source, event: EventId) -> Result<Leases, StoreError> {
    let rows = Entity::find().filter(Column::EventId.eq(event.uuid())).all(&db.conn()).await?;
    let read = |model: Model| {
        let row = Row::new("rooms", &model.id);
        let room = model.team_id.map_or(RoomOf::Event(event), |team| RoomOf::Team(TeamId::new(team)));
        let lease = match model.open_until {
            Some(until) => Lease::Until(row.at("open_until", until)?),
            None => Lease::Closed,
        };
        Ok((room, lease))
    };
    Ok(Leases(rows.into_iter().map(read).collect::<Result<_, StoreError>>()?))
}

/// Writes down what was decided about a room of an event.
///
/// # Errors
///
/// When the database fails.
pub async fn put(
    tx: &Tx,
    event: EventId,
    (room, lease): (RoomOf, Lease),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (id, team) = match room {
        RoomOf::Event(event) => (event.uuid(), None),
        RoomOf::Team(team) => (team.uuid(), Some(team.uuid())),
    };
    let open_until = match lease {
        Lease::Closed => None,
        Lease::Until(until) => Some(ms(until)),
    };
    let row = ActiveModel {
        changed_at: Set(ms(now)),
        event_id: Set(event.uuid()),
        id: Set(id),
        open_until: Set(open_until),
        team_id: Set(team),
    };
    let conflict =
        OnConflict::column(Column::Id).update_columns([Column::ChangedAt, Column::OpenUntil]).to_owned();
    Entity::insert(row).on_conflict(conflict).exec_without_returning(&tx.conn()).await?;
    Ok(())
}
