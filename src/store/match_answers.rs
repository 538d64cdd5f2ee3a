//! What was said about whether an account is a person. An answer stands until it is answered otherwise.

use std::collections::{BTreeMap, BTreeSet};

use entity::match_answers::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{IntoActiveModel, prelude::*, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    audit::Doer,
    convert::{Row, flake, ms, word},
    error::StoreError,
    tx::{Source, Tx, sealed::Connected},
};
use crate::domain::id::{ClubId, UserId};

/// Whether an account is a person.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It isn't.
    Different,
    /// It is.
    Same,
}

/// Everything that was said in a club.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Answers {
    /// Who isn't whom.
    pub different: BTreeSet<(Id<UserMarker>, UserId)>,
    /// Who is whom.
    pub same: BTreeMap<Id<UserMarker>, UserId>,
}

/// Remembers what somebody, or a program, said. An account is one person at most: a new `Same` takes the place of an earlier one.
///
/// # Errors
///
/// When the database fails.
pub async fn put(
    tx: &Tx,
    club: ClubId,
    (account, user): (Id<UserMarker>, UserId),
    verdict: Verdict,
    by: Doer,
    now: Timestamp,
) -> Result<(), StoreError> {
    let db = &tx.conn();
    if verdict == Verdict::Same {
        Entity::delete_many()
            .filter(Column::ClubId.eq(club.uuid()))
            .filter(Column::DiscordId.eq(flake(account)))
            .filter(Column::Verdict.eq(word(&Verdict::Same)))
            .exec(db)
            .await?;
    }
    let row = Model {
        answered_at: ms(now),
        answered_by: by.account().map_or(0, flake),
        club_id: club.uuid(),
        discord_id: flake(account),
        user_id: user.uuid(),
        verdict: word(&verdict),
    };
    let replace = OnConflict::columns([Column::ClubId, Column::DiscordId, Column::UserId])
        .update_columns([Column::AnsweredAt, Column::AnsweredBy, Column::Verdict])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// Who said that an account is that person; `None` where nobody did, or a program.
///
/// # Errors
///
/// When the database fails.
pub async fn said_by(
    db: &impl Source,
    club: ClubId,
    (account, user): (Id<UserMarker>, UserId),
) -> Result<Option<Id<UserMarker>>, StoreError> {
    let said = Entity::find_by_id((club.uuid(), flake(account), user.uuid()))
        .filter(Column::Verdict.eq(word(&Verdict::Same)))
        .one(&db.conn())
        .await?;
    let by = |said: Model| Row::new("match_answers", &said.discord_id).flake("answered_by", said.answered_by);
    // A program has no account.
    said.filter(|said| said.answered_by != 0).map(by).transpose()
}

/// Forgets what was said about an account in a club, and says whether anything was.
///
/// # Errors
///
/// When the database fails.
pub async fn forget(tx: &Tx, club: ClubId, account: Id<UserMarker>) -> Result<bool, StoreError> {
    let about = Entity::delete_many()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::DiscordId.eq(flake(account)));
    Ok(about.exec(&tx.conn()).await?.rows_affected > 0)
}

/// Everything that was said in a club.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(db: &impl Source, club: ClubId) -> Result<Answers, StoreError> {
    let mut answers = Answers::default();
    for model in Entity::find().filter(Column::ClubId.eq(club.uuid())).all(&db.conn()).await? {
        let row = Row::new("match_answers", &model.discord_id);
        let (account, user) = (row.flake("discord_id", model.discord_id)?, UserId::new(model.user_id));
        match row.word("verdict", &model.verdict)? {
            Verdict::Different => {
                answers.different.insert((account, user));
            }
            Verdict::Same => {
                answers.same.insert(account, user);
            }
        }
    }
    Ok(answers)
}

/// Who each of these accounts was said to be in a club.
///
/// # Errors
///
/// When the database fails.
pub async fn same(
    db: &impl Source,
    club: ClubId,
    accounts: impl IntoIterator<Item = Id<UserMarker>>,
) -> Result<BTreeMap<Id<UserMarker>, UserId>, StoreError> {
    let said = Entity::find()
        .filter(Column::ClubId.eq(club.uuid()))
        .filter(Column::DiscordId.is_in(accounts.into_iter().map(flake)))
        .filter(Column::Verdict.eq(word(&Verdict::Same)));
    let pair = |model: Model| {
        let account = Row::new("match_answers", &model.discord_id).flake("discord_id", model.discord_id)?;
        Ok((account, UserId::new(model.user_id)))
    };
    said.all(&db.conn()).await?.into_iter().map(pair).collect()
}

/// Hands what was said about a person who turned out to be another over to that one. Where both were spoken of, what was said of the
/// other stands.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn hand_over(tx: &Tx, from: UserId, into: UserId) -> Result<(), StoreError> {
    let db = &tx.conn();
    for model in Entity::find().filter(Column::UserId.eq(from.uuid())).all(db).await? {
        let moved = Model { user_id: into.uuid(), ..model.clone() };
        Entity::delete_by_id((model.club_id, model.discord_id, model.user_id)).exec(db).await?;
        Entity::insert(moved.into_active_model()).on_conflict_do_nothing().exec_without_returning(db).await?;
    }
    Ok(())
}
