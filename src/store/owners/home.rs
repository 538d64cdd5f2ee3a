//! Where a club's owners are at home: the guild that it is bound to.

use entity::{
    bindings, events,
    owners::{ActiveModel, Column, Entity},
    series,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ExprTrait, QuerySelect, prelude::*};
use twilight_model::id::{Id, marker::GuildMarker};

use super::{ensure, request};
use crate::{
    domain::{
        id::{ClubId, EventId, OwnerId, SeriesId},
        owner::{Owner, Rank},
    },
    store::{
        convert::{flake, ms},
        error::StoreError,
        tx::{Tx, sealed::Connected, statement},
    },
};

/// Binds the guild's own row to the club that it got.
pub(in crate::store) async fn adopt(tx: &Tx, guild: Id<GuildMarker>, club: ClubId) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { club_id: Set(Some(club.uuid())), ..Default::default() })
        .filter(Column::Id.eq(OwnerId::of_guild(guild).uuid()))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Hands a club's owners over to another guild, where everything of theirs is to be made anew. Whoever acts on the former guild right
/// now can't write any more.
pub(in crate::store) async fn rehome(
    tx: &Tx,
    club: ClubId,
    (from, to): (Id<GuildMarker>, Id<GuildMarker>),
    now: Timestamp,
) -> Result<(), StoreError> {
    let db = &tx.conn();
    let void =
        "UPDATE owners SET lease_fence = lease_fence + 1, lease_until = 0, club_id = NULL WHERE id = $1";
    db.execute_raw(statement(db, void, [OwnerId::of_guild(from).uuid().into()])).await?;
    bindings::Entity::delete_many().filter(bindings::Column::GuildId.eq(flake(from))).exec(db).await?;
    let moved =
        "UPDATE owners SET guild_id = $2, not_before = 0, tries = 0, error_class = NULL, last_error = NULL,
            requested = requested + 1, requested_at = $3, updated_at = $3
        WHERE club_id = $1 AND kind <> 'guild'";
    db.execute_raw(statement(db, moved, [club.uuid().into(), flake(to).into(), ms(now).into()])).await?;
    request(tx, &[OwnerId::of_guild(to)], Rank::People, now).await
}

/// Makes sure that a club's series and coming events are owners in the guild that it was bound to: they may have been there before.
pub(in crate::store) async fn take_up(
    tx: &Tx,
    club: ClubId,
    guild: Id<GuildMarker>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let db = &tx.conn();
    let theirs = series::Column::ClubId.eq(club.uuid()).and(series::Column::ArchivedAt.is_null());
    let all = series::Entity::find().select_only().column(series::Column::Id).filter(theirs);
    let series: Vec<Uuid> = all.into_tuple().all(db).await?;
    let ahead = events::Column::ClubId.eq(club.uuid()).and(events::Column::EndAt.gt(ms(now)));
    let all = events::Entity::find().select_only().column(events::Column::Id).filter(ahead);
    let events: Vec<Uuid> = all.into_tuple().all(db).await?;
    let series = series.into_iter().map(|id| Owner::Series(SeriesId::new(id)));
    let owners: Vec<Owner> =
        series.chain(events.into_iter().map(|id| Owner::Event(EventId::new(id)))).collect();
    for owner in &owners {
        ensure(tx, *owner, guild, Some(club), now).await?;
    }
    let ids: Vec<OwnerId> = owners.iter().map(|owner| owner.id()).collect();
    request(tx, &ids, Rank::People, now).await
}
