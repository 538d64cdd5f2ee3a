//! Who was asked to join a team.

use entity::team_invitations::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, prelude::*};

use super::{
    convert::{Row, flake, ms, word},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::{
    id::{EventId, TeamId, UserId},
    team::{Invitation, Mate},
};

/// Who was asked to join one of an event's teams, those asked first first.
///
/// # Errors
///
/// When the database fails.
pub async fn of_event(db: &impl Source, event: EventId) -> Result<Vec<Invitation>, StoreError> {
    let found = Entity::find().filter(Column::EventId.eq(event.uuid())).order_by_asc(Column::AskedAt);
    found.order_by_asc(Column::UserId).all(&db.conn()).await?.into_iter().map(read).collect()
}

/// Asks somebody, or writes down what they said.
///
/// # Errors
///
/// When the database fails.
pub async fn put(tx: &Tx, event: EventId, invitation: &Invitation) -> Result<(), StoreError> {
    delete(tx, invitation.team, Some(invitation.mate.user)).await?;
    let row = Model {
        asked_at: ms(invitation.asked_at),
        declined_at: invitation.declined_at.map(ms),
        discord_id: flake(invitation.mate.discord),
        duty: word(&invitation.mate.duty),
        event_id: event.uuid(),
        team_id: invitation.team.uuid(),
        user_id: invitation.mate.user.uuid(),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// Takes back what somebody, or everybody, was asked by a team.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, team: TeamId, user: Option<UserId>) -> Result<(), StoreError> {
    let asked = Entity::delete_many().filter(Column::TeamId.eq(team.uuid()));
    let asked = match user {
        Some(user) => asked.filter(Column::UserId.eq(user.uuid())),
        None => asked,
    };
    asked.exec(&tx.conn()).await?;
    Ok(())
}

/// Makes one person of two: where both were asked by a team, what `into` was asked stays.
///
/// # Errors
///
/// When the database fails.
pub async fn merge(tx: &Tx, from: UserId, into: UserId) -> Result<(), StoreError> {
    let db = &tx.conn();
    let kept = Entity::find().select_only().column(Column::TeamId).filter(Column::UserId.eq(into.uuid()));
    Entity::delete_many()
        .filter(Column::UserId.eq(from.uuid()))
        .filter(Column::TeamId.in_subquery(kept.into_query()))
        .exec(db)
        .await?;
    let theirs = ActiveModel { user_id: Set(into.uuid()), ..Default::default() };
    Entity::update_many().set(theirs).filter(Column::UserId.eq(from.uuid())).exec(db).await?;
    Ok(())
}

fn read(model: Model) -> Result<Invitation, StoreError> {
    let row = Row::new("team_invitations", &model.team_id);
    Ok(Invitation {
        asked_at: row.at("asked_at", model.asked_at)?,
        declined_at: row.at_opt("declined_at", model.declined_at)?,
        mate: Mate {
            discord: row.flake("discord_id", model.discord_id)?,
            duty: row.word("duty", &model.duty)?,
            user: UserId::new(model.user_id),
        },
        team: TeamId::new(model.team_id),
    })
}
