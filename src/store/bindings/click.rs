//! Clicks on an event's card, which update the card in their own answer and cost no call.
//!
//! What an answer shows is presumed to stand. Answers that overlap may arrive in any order, and one that is
//! late may not arrive: then the card is edited once it has been quiet for a while, or after a longer one if it
//! never is, whatever it is presumed to show.

use std::time::Duration;

use entity::bindings::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, FromQueryResult, prelude::*};
use twilight_model::id::{Id, marker::MessageMarker};

use crate::{
    domain::{
        id::{EventId, OwnerId},
        owner::Rank,
    },
    store::{
        convert::{Row, flake, ms},
        error::StoreError,
        owners::advance_due,
        tx::{Tx, millis, sealed::Connected, statement},
    },
};

/// The slot of an event's card.
pub const CARD: &str = "card";

/// An answer may take that long; another click within it overlaps.
const ANSWER_WINDOW: Duration = Duration::from_millis(2_500);
/// How long a card is quiet before it settles.
const QUIET: Duration = Duration::from_secs(5);
/// After how long it settles at the latest, however many go on clicking.
const AT_LAST: Duration = Duration::from_secs(20);
/// How far apart a card's edits are at least.
const APART: Duration = Duration::from_secs(10);

/// What became of a click on a card.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Click {
    /// The message isn't the event's card: the card has to be edited by the reconciler.
    Elsewhere,
    /// The click's answer is presumed to be what the card shows.
    Presumed,
    /// Another click overlaps: the card settles at that instant.
    Settles(Timestamp),
}

/// Writes down that a click on `message` is about to be answered with the card of that hash.
///
/// # Errors
///
/// When the database fails.
pub async fn click_card(
    tx: &Tx,
    (event, message): (EventId, Id<MessageMarker>),
    hash: &str,
    view_version: u32,
    now: Timestamp,
) -> Result<Click, StoreError> {
    let Some(card) = lock_card(tx, OwnerId::of_event(event)).await? else { return Ok(Click::Elsewhere) };
    if card.discord_id != Some(flake(message)) {
        return Ok(Click::Elsewhere);
    }
    let is_newest = i64::from(view_version) >= i64::from(card.view_version);
    let overlaps = card.clicked_at.is_some_and(|at| ms(now) < at.saturating_add(millis(ANSWER_WINDOW)));
    let settle_at = (overlaps || !is_newest).then(|| settle_time(&card, now));
    let mut row = ActiveModel {
        clicked_at: Set(Some(ms(now))),
        clicks: Set(card.clicks.saturating_add(1)),
        ..Default::default()
    };
    if is_newest {
        row.applied_hash = Set(Some(hash.to_owned()));
        row.view_version = Set(i32::try_from(view_version).unwrap_or(i32::MAX));
    }
    if settle_at.is_some() {
        row.settle_at = Set(settle_at);
        row.unsettled_at = Set(Some(card.unsettled_at.unwrap_or(ms(now))));
    }
    save(tx, &card, row).await?;
    let Some(settle_at) = settle_at else { return Ok(Click::Presumed) };
    advance_due(tx, OwnerId::of_event(event), settle_at, Rank::People).await?;
    Ok(Click::Settles(Row::new("bindings", &card.id).at("settle_at", settle_at)?))
}

/// Lets the event's card settle, because no answer draws it, or one that came too late to be sure that it is shown. Returns when;
/// `None` where no card stands.
///
/// # Errors
///
/// When the database fails.
pub async fn settle(tx: &Tx, event: EventId, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    reschedule(tx, OwnerId::of_event(event), now).await
}

/// Lets the owner's card settle once it is quiet.
pub(super) async fn reschedule(
    tx: &Tx,
    owner: OwnerId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let Some(card) = lock_card(tx, owner).await? else { return Ok(None) };
    let settle_at = settle_time(&card, now);
    let row = ActiveModel {
        settle_at: Set(Some(settle_at)),
        unsettled_at: Set(Some(card.unsettled_at.unwrap_or(ms(now)))),
        ..Default::default()
    };
    save(tx, &card, row).await?;
    advance_due(tx, owner, settle_at, Rank::People).await?;
    Ok(Some(Row::new("bindings", &card.id).at("settle_at", settle_at)?))
}

fn settle_time(card: &Model, now: Timestamp) -> i64 {
    let quiet = ms(now).saturating_add(millis(QUIET));
    let at_last = card.unsettled_at.map(|since| since.saturating_add(millis(AT_LAST)));
    let at = at_last.map_or(quiet, |at_last| quiet.min(at_last));
    card.settled_at.map_or(at, |settled| at.max(settled.saturating_add(millis(APART))))
}

/// The row of the owner's card while it stands, which nobody changes before the transaction ends.
async fn lock_card(tx: &Tx, owner: OwnerId) -> Result<Option<Model>, StoreError> {
    let db = &tx.conn();
    let sql = format!(
        "SELECT * FROM bindings WHERE owner_id = $1 AND slot = $2 AND state = 'bound'{}",
        tx.for_update()
    );
    let row = db.query_one_raw(statement(db, sql, [owner.uuid().into(), CARD.into()])).await?;
    Ok(row.map(|row| Model::from_query_result(&row, "")).transpose()?)
}

async fn save(tx: &Tx, card: &Model, row: ActiveModel) -> Result<(), StoreError> {
    Entity::update_many().set(row).filter(Column::Id.eq(card.id)).exec(&tx.conn()).await?;
    Ok(())
}
