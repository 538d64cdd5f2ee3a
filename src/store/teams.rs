//! Teams of events, with their people.

use std::collections::HashMap;

use entity::{
    events, guilds,
    team_members::{self, Entity as Mates},
    teams::{ActiveModel, Column, Entity, Model},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ExprTrait, IntoActiveModel, JoinType, QueryOrder, QuerySelect, QueryTrait, prelude::*,
    sea_query::OnConflict,
};

use twilight_model::id::{Id, marker::UserMarker};

use super::{
    convert::{Row, count, flake, ms, word},
    error::StoreError,
    series::holds,
    tx::{Source, Tx, sealed::Connected},
    webhooks,
};
use crate::domain::{
    id::{ClassId, ClubId, EventId, OwnerId, SeriesId, TeamId, UserId},
    name::{CarName, EventName, TeamName},
    team::{CarNumber, Mate, Team, Teams},
    text::fold,
    webhook::WebhookKind,
};

/// A team that was looked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FoundTeam {
    /// The name of its event.
    pub event: EventName,
    /// Its name.
    pub name: TeamName,
    /// The team.
    pub team: TeamId,
}

/// An event's teams. To decide on them, lock the event first ([`super::events::lock`]).
///
/// # Errors
///
/// When the database fails.
pub async fn of_event(db: &impl Source, event: EventId) -> Result<Teams, StoreError> {
    let db = &db.conn();
    let teams = Entity::find().filter(Column::EventId.eq(event.uuid())).all(db).await?;
    if teams.is_empty() {
        return Ok(Teams::default());
    }
    let of_event = Mates::find().filter(team_members::Column::EventId.eq(event.uuid()));
    let mut mates: HashMap<Uuid, Vec<team_members::Model>> = HashMap::new();
    for model in of_event.order_by_asc(team_members::Column::Ord).all(db).await? {
        mates.entry(model.team_id).or_default().push(model);
    }
    let team = |model: Model| {
        let theirs = mates.remove(&model.id).unwrap_or_default();
        read(model, &theirs)
    };
    Ok(Teams::new(teams.into_iter().map(team).collect::<Result<_, _>>()?))
}

/// Whether an event has teams.
///
/// # Errors
///
/// When the database fails.
pub async fn exist(db: &impl Source, event: EventId) -> Result<bool, StoreError> {
    let one = Entity::find().select_only().column(Column::Id).filter(Column::EventId.eq(event.uuid()));
    let one: Option<Uuid> = one.into_tuple().one(&db.conn()).await?;
    Ok(one.is_some())
}

/// The club's events that aren't over in which an account is in a team.
///
/// # Errors
///
/// When the database fails.
pub async fn events_with(
    db: &impl Source,
    club: ClubId,
    account: Id<UserMarker>,
    now: Timestamp,
) -> Result<Vec<EventId>, StoreError> {
    let theirs = Mates::find()
        .select_only()
        .column(team_members::Column::EventId)
        .filter(team_members::Column::DiscordId.eq(flake(account)));
    let ahead = events::Entity::find()
        .select_only()
        .column(events::Column::Id)
        .filter(events::Column::ClubId.eq(club.uuid()))
        .filter(events::Column::EndAt.gt(ms(now)))
        .filter(events::Column::Id.in_subquery(theirs.into_query()));
    let found: Vec<Uuid> = ahead.into_tuple().all(&db.conn()).await?;
    Ok(found.into_iter().map(EventId::new).collect())
}

/// The event that a team of the club's is of.
///
/// # Errors
///
/// When the database fails.
pub async fn event_of(db: &impl Source, club: ClubId, team: TeamId) -> Result<Option<EventId>, StoreError> {
    let theirs = events::Entity::find()
        .select_only()
        .column(events::Column::Id)
        .filter(events::Column::ClubId.eq(club.uuid()));
    let one = Entity::find_by_id(team.uuid())
        .select_only()
        .column(Column::EventId)
        .filter(Column::EventId.in_subquery(theirs.into_query()));
    let event: Option<Uuid> = one.into_tuple().one(&db.conn()).await?;
    Ok(event.map(EventId::new))
}

/// Who owns the roles of the settled teams of these events: their series, or the guild for an event of none.
///
/// # Errors
///
/// When the database fails.
pub async fn homes(db: &impl Source, owners: &[OwnerId]) -> Result<Vec<OwnerId>, StoreError> {
    let ids: Vec<Uuid> = owners.iter().map(|owner| owner.uuid()).collect();
    let settled = Entity::find()
        .select_only()
        .column(Column::EventId)
        .filter(Column::EventId.is_in(ids))
        .filter(Column::FinalizedAt.is_not_null());
    let found: Vec<(Option<Uuid>, i64)> = events::Entity::find()
        .join(JoinType::InnerJoin, of_guilds())
        .select_only()
        .column(events::Column::SeriesId)
        .column(guilds::Column::Id)
        .filter(events::Column::Id.in_subquery(settled.into_query()))
        .distinct()
        .into_tuple()
        .all(&db.conn())
        .await?;
    let home = |(series, guild): (Option<Uuid>, i64)| match series {
        Some(series) => Ok(OwnerId::of_series(SeriesId::new(series))),
        None => Ok(OwnerId::of_guild(Row::new("guilds", &guild).flake("id", guild)?)),
    };
    let mut homes: Vec<OwnerId> = found.into_iter().map(home).collect::<Result<_, StoreError>>()?;
    homes.dedup();
    Ok(homes)
}

/// The teams of a club's coming events whose names hold what was typed, those of the next event first.
///
/// # Errors
///
/// When the database fails.
pub async fn search(
    db: &impl Source,
    club: ClubId,
    (typed, now): (&str, Timestamp),
    limit: u64,
) -> Result<Vec<FoundTeam>, StoreError> {
    let found: Vec<(Uuid, String, String)> = Entity::find()
        .join(JoinType::InnerJoin, of_events())
        .select_only()
        .columns([Column::Id, Column::Name])
        .column_as(events::Column::Name, "event_name")
        .filter(events::Column::ClubId.eq(club.uuid()))
        .filter(events::Column::EndAt.gt(ms(now)))
        .filter(Column::NameKey.into_expr().like(holds(typed)))
        .order_by_asc(events::Column::StartAt)
        .order_by_asc(Column::NameKey)
        .limit(limit)
        .into_tuple()
        .all(&db.conn())
        .await?;
    let found = found.into_iter().map(|(id, name, event)| {
        let row = Row::new("teams", &id);
        let event = row.parsed("name", event.parse())?;
        Ok(FoundTeam { event, name: row.parsed("name", name.parse())?, team: TeamId::new(id) })
    });
    found.collect()
}

fn of_guilds() -> RelationDef {
    let of_club = events::Entity::belongs_to(guilds::Entity).from(events::Column::ClubId);
    of_club.to(guilds::Column::ClubId).into()
}

fn of_events() -> RelationDef {
    Entity::belongs_to(events::Entity).from(Column::EventId).to(events::Column::Id).into()
}

/// The team of another name that has a car's number in another event of a series, and that event.
///
/// # Errors
///
/// When the database fails.
pub async fn number_in_series(
    db: &impl Source,
    (series, but): (SeriesId, EventId),
    (number, name): (&CarNumber, &TeamName),
) -> Result<Option<(TeamName, EventName)>, StoreError> {
    let found: Option<(Uuid, String, String)> = Entity::find()
        .join(JoinType::InnerJoin, of_events())
        .select_only()
        .columns([Column::Id, Column::Name])
        .column_as(events::Column::Name, "event_name")
        .filter(events::Column::SeriesId.eq(series.uuid()))
        .filter(Column::EventId.ne(but.uuid()))
        .filter(Column::Number.eq(number.as_str()))
        .filter(Column::NameKey.ne(fold(name.as_str())))
        .order_by_desc(events::Column::StartAt)
        .into_tuple()
        .one(&db.conn())
        .await?;
    let Some((id, team, event)) = found else { return Ok(None) };
    let row = Row::new("teams", &id);
    Ok(Some((row.parsed("name", team.parse())?, row.parsed("name", event.parse())?)))
}

/// Writes a team of an event that is locked, new or not, and its people instead of those that it had.
///
/// # Errors
///
/// When the database fails, or another team of the event has its name, its number or one of its people.
pub async fn put(tx: &Tx, event: EventId, team: &Team, now: Timestamp) -> Result<(), StoreError> {
    let db = &tx.conn();
    let replace = OnConflict::column(Column::Id)
        .update_columns([
            Column::Car,
            Column::ClassId,
            Column::FinalizedAt,
            Column::Name,
            Column::NameKey,
            Column::Number,
            Column::Revision,
            Column::UpdatedAt,
        ])
        .to_owned();
    let row = row(event, team, now).into_active_model();
    Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Mates::delete_many().filter(team_members::Column::TeamId.eq(team.id.uuid())).exec(db).await?;
    let mates = team.mates.iter().zip(0..).map(|(mate, ord)| member(event, team, *mate, ord));
    let mates: Vec<_> = mates.collect();
    if !mates.is_empty() {
        Mates::insert_many(mates).exec_without_returning(db).await?;
    }
    note(tx, event, team.is_final(), now).await
}

/// Has webhooks hear of an event's teams, and of its sign-ups where a settled team is among them.
async fn note(tx: &Tx, event: EventId, is_final: bool, now: Timestamp) -> Result<(), StoreError> {
    webhooks::note(tx, event, WebhookKind::Team, now).await?;
    if is_final { webhooks::note(tx, event, WebhookKind::Signup, now).await } else { Ok(()) }
}

/// Has teams of an event that is locked give up their names, numbers and people, so that they can be written anew in any order,
/// each with what another of them had. They have to be, in the same transaction.
///
/// # Errors
///
/// When the database fails.
pub async fn vacate(tx: &Tx, event: EventId, teams: &[TeamId]) -> Result<(), StoreError> {
    let db = &tx.conn();
    let ids = || teams.iter().map(|team| team.uuid());
    Mates::delete_many()
        .filter(team_members::Column::EventId.eq(event.uuid()))
        .filter(team_members::Column::TeamId.is_in(ids()))
        .exec(db)
        .await?;
    for id in ids() {
        // No name begins with a space.
        let bare = ActiveModel { name_key: Set(format!(" {id}")), number: Set(None), ..Default::default() };
        let one = Entity::update_many().set(bare).filter(Column::Id.eq(id));
        one.filter(Column::EventId.eq(event.uuid())).exec(db).await?;
    }
    Ok(())
}

/// Deletes a team of an event that is locked.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, event: EventId, team: &Team, now: Timestamp) -> Result<(), StoreError> {
    let one =
        Entity::delete_many().filter(Column::Id.eq(team.id.uuid())).filter(Column::EventId.eq(event.uuid()));
    one.exec(&tx.conn()).await?;
    note(tx, event, team.is_final(), now).await
}

/// Makes one person of two, wherever one of them is in a team: where both are in one of an event, `into` stays where they are.
///
/// # Errors
///
/// When the database fails.
pub async fn merge(tx: &Tx, from: UserId, into: UserId, now: Timestamp) -> Result<(), StoreError> {
    let db = &tx.conn();
    let theirs = Mates::find()
        .select_only()
        .column(team_members::Column::EventId)
        .filter(team_members::Column::UserId.eq(from.uuid()))
        .order_by_asc(team_members::Column::EventId);
    let events: Vec<Uuid> = theirs.into_tuple().all(db).await?;
    let kept = Mates::find()
        .select_only()
        .column(team_members::Column::EventId)
        .filter(team_members::Column::UserId.eq(into.uuid()));
    Mates::delete_many()
        .filter(team_members::Column::UserId.eq(from.uuid()))
        .filter(team_members::Column::EventId.in_subquery(kept.into_query()))
        .exec(db)
        .await?;
    let theirs = team_members::ActiveModel { user_id: Set(into.uuid()), ..Default::default() };
    Mates::update_many().set(theirs).filter(team_members::Column::UserId.eq(from.uuid())).exec(db).await?;
    for event in events {
        note(tx, EventId::new(event), true, now).await?;
    }
    Ok(())
}

fn row(event: EventId, team: &Team, now: Timestamp) -> Model {
    Model {
        car: team.car.as_ref().map(ToString::to_string),
        class_id: team.class.uuid(),
        created_at: ms(team.created_at),
        event_id: event.uuid(),
        finalized_at: team.finalized_at.map(ms),
        id: team.id.uuid(),
        name: team.name.to_string(),
        name_key: fold(team.name.as_str()),
        number: team.number.as_ref().map(|number| number.as_str().to_owned()),
        revision: count(team.revision),
        updated_at: ms(now),
    }
}

fn member(event: EventId, team: &Team, mate: Mate, ord: i32) -> team_members::ActiveModel {
    team_members::Model {
        discord_id: flake(mate.discord),
        duty: word(&mate.duty),
        event_id: event.uuid(),
        leads: team.is_led_by(mate.user),
        ord,
        team_id: team.id.uuid(),
        user_id: mate.user.uuid(),
    }
    .into_active_model()
}

pub(super) fn read_bare(model: Model) -> Result<Team, StoreError> {
    read(model, &[])
}

fn mate(model: &team_members::Model) -> Result<Mate, StoreError> {
    let row = Row::new("team_members", &model.user_id);
    Ok(Mate {
        discord: row.flake("discord_id", model.discord_id)?,
        duty: row.word("duty", &model.duty)?,
        user: UserId::new(model.user_id),
    })
}

fn read(model: Model, mates: &[team_members::Model]) -> Result<Team, StoreError> {
    let row = Row::new("teams", &model.id);
    let car: Option<CarName> = model.car.map(|car| row.parsed("car", car.parse())).transpose()?;
    Ok(Team {
        captain: mates.iter().find(|mate| mate.leads).map(|mate| UserId::new(mate.user_id)),
        car,
        class: ClassId::new(model.class_id),
        created_at: row.at("created_at", model.created_at)?,
        finalized_at: row.at_opt("finalized_at", model.finalized_at)?,
        id: TeamId::new(model.id),
        mates: mates.iter().map(mate).collect::<Result<_, _>>()?,
        name: row.parsed("name", model.name.parse())?,
        number: model.number.map(|number| row.parsed("number", number.parse())).transpose()?,
        revision: row.number("revision", model.revision)?,
    })
}
