//! Why people were taken for their accounts.

use entity::members::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, prelude::*};
use twilight_model::id::{Id, marker::UserMarker};

use crate::{
    domain::{
        id::{ClubId, UserId},
        member::{Judgement, LinkedBy},
    },
    store::{
        convert::{flake, word},
        error::StoreError,
        tx::{Source, Tx, sealed::Connected, statement},
    },
};

/// Why somebody was taken for their account, where that was judged.
///
/// # Errors
///
/// When the database fails.
pub async fn judgement(
    db: &impl Source,
    club: ClubId,
    user: UserId,
) -> Result<Option<Judgement>, StoreError> {
    let member = Entity::find_by_id((club.uuid(), user.uuid())).one(&db.conn()).await?;
    Ok(member.and_then(|member| judged(member.evidence)))
}

/// What stands in a row. Another version may have kept it in another form, which says nothing to this one.
pub(in crate::store) fn judged(evidence: Option<serde_json::Value>) -> Option<Judgement> {
    serde_json::from_value(evidence?).ok()
}

/// Notes why somebody was taken for their account.
///
/// # Errors
///
/// When the database fails.
pub async fn judge(tx: &Tx, club: ClubId, user: UserId, why: &Judgement) -> Result<(), StoreError> {
    let evidence = serde_json::to_value(why).unwrap_or_default();
    Entity::update_many()
        .set(ActiveModel { evidence: Set(Some(evidence)), ..Default::default() })
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::UserId.eq(user.uuid()))
        .exec(&tx.conn())
        .await?;
    Ok(())
}

/// Forgets why an account's person was taken for it, as that link goes. What was proved was never judged.
///
/// # Errors
///
/// When the database fails.
pub(in crate::store) async fn unjudge(tx: &Tx, account: Id<UserMarker>) -> Result<(), StoreError> {
    let db = &tx.conn();
    let sql = "UPDATE members SET evidence = NULL WHERE evidence IS NOT NULL AND user_id IN
               (SELECT user_id FROM discord_identities WHERE discord_id = $1 AND linked_by IN ($2, $3))";
    let guesses = [LinkedBy::Conflict, LinkedBy::Sync].map(|by| word(&by).into());
    let values = std::iter::once(flake(account).into()).chain(guesses);
    db.execute_raw(statement(db, sql, values)).await?;
    Ok(())
}
