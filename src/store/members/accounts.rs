//! The accounts of people, and the people whom an account may be.

use entity::{
    discord_identities,
    members::{Column, Entity},
};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait, prelude::*};
use twilight_model::id::{Id, marker::UserMarker};

use super::with_club;
use crate::{
    domain::{
        account::Account,
        discord_handle::DiscordHandle,
        email::Email,
        id::{ClubId, UserId},
        member::Member,
    },
    store::{convert::Row, error::StoreError, tx::Source},
};

/// The people on any roster who may be that account's by what can't be mistaken: a verified e-mail address, or the account itself.
///
/// # Errors
///
/// When the database fails.
pub async fn claimed_by(
    db: &impl Source,
    account: &Account,
    email: Option<&Email>,
) -> Result<Vec<(ClubId, Member)>, StoreError> {
    // A username may be made of digits, and look like somebody else's id.
    let username = account.username.parse::<DiscordHandle>().ok();
    let username = username.as_ref().and_then(DiscordHandle::name).map(str::to_owned);
    let handles = [account.id.to_string()].into_iter().chain(username);
    let mut named = Condition::any().add(Column::Discord.is_in(handles));
    if let Some(email) = email {
        named = named.add(Column::Email.eq(email.as_str()));
    }
    let claimed = Entity::find().filter(Column::OnRoster.eq(true)).filter(named);
    let claimed = claimed.order_by_asc(Column::ClubId).order_by_asc(Column::UserId);
    claimed.all(&db.conn()).await?.into_iter().map(with_club).collect()
}

/// The accounts of a club's people.
///
/// # Errors
///
/// When the database fails.
pub async fn accounts(db: &impl Source, club: ClubId) -> Result<Vec<(UserId, Id<UserMarker>)>, StoreError> {
    let people = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::ClubId.eq(club.uuid()))
        .into_query();
    let theirs = discord_identities::Entity::find()
        .filter(discord_identities::Column::UserId.in_subquery(people))
        .order_by_asc(discord_identities::Column::DiscordId);
    let pair = |identity: discord_identities::Model| {
        let row = Row::new("discord_identities", &identity.discord_id);
        Ok((UserId::new(identity.user_id), row.flake("discord_id", identity.discord_id)?))
    };
    theirs.all(&db.conn()).await?.into_iter().map(pair).collect()
}
