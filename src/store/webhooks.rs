//! Webhooks of clubs, and what they are yet to hear.
//!
//! Whoever writes sign-ups or teams notes the change in the same transaction, so that none is lost. However often something
//! of an event changes, at most one message about it waits for each webhook. A worker claims a webhook before it tells it
//! something, on the database's clock; waits run on the domain's.

use std::{collections::BTreeSet, time::Duration};

use entity::{
    webhook_deliveries::{self, Entity as Deliveries},
    webhooks::{ActiveModel, Column, Entity, Model},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect, prelude::*};
use uuid::Uuid;

use super::{
    connect::Store,
    convert::{Row, count, ms, word},
    error::StoreError,
    tx::{DbInstant, Source, Tx, sealed::Connected, statement},
};
use crate::domain::{
    id::{ClubId, EventId, WebhookId},
    webhook::{Change, Disabled, Webhook, WebhookKind, WebhookKinds},
};

/// A webhook that a worker has to itself.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// What messages are signed with, encrypted.
    pub sealed_secret: Vec<u8>,
    /// The webhook.
    pub webhook: Webhook,
    /// Until when; the claim's name, too.
    until: i64,
}

/// What becomes of a change that was told, or wasn't.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Told<'e> {
    /// Not taken, and given up.
    GivenUp(&'e str),
    /// Not taken, and to be told again then.
    Later(Timestamp, &'e str),
    /// Taken.
    Taken,
}

/// Keeps a webhook with its encrypted secret.
///
/// # Errors
///
/// When the database fails, or there is no such club.
pub async fn put(tx: &Tx, webhook: &Webhook, sealed_secret: Vec<u8>) -> Result<(), StoreError> {
    let row = Model {
        claim_until: 0,
        club_id: webhook.club.uuid(),
        created_at: ms(webhook.created_at),
        delivered_at: None,
        disabled_at: None,
        disabled_for: None,
        failing_since: None,
        id: webhook.id.uuid(),
        kinds: webhook.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" "),
        last_error: None,
        sealed_secret,
        url: webhook.url.clone(),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&tx.conn()).await?;
    Ok(())
}

/// A club's webhooks, the oldest first: those after that one.
///
/// # Errors
///
/// When the database fails.
pub async fn of_club(
    db: &impl Source,
    club: ClubId,
    after: Option<WebhookId>,
    limit: u64,
) -> Result<Vec<Webhook>, StoreError> {
    let mut theirs = Entity::find().filter(Column::ClubId.eq(club.uuid()));
    if let Some(after) = after {
        theirs = theirs.filter(Column::Id.gt(after.uuid()));
    }
    theirs.order_by_asc(Column::Id).limit(limit).all(&db.conn()).await?.into_iter().map(read).collect()
}

/// How many webhooks a club has.
///
/// # Errors
///
/// When the database fails.
pub async fn number_of(db: &impl Source, club: ClubId) -> Result<u64, StoreError> {
    Ok(Entity::find().filter(Column::ClubId.eq(club.uuid())).count(&db.conn()).await?)
}

/// Deletes a club's webhook, with what it is yet to hear; `false` when the club has no such webhook.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(tx: &Tx, club: ClubId, id: WebhookId) -> Result<bool, StoreError> {
    let one = Entity::delete_many().filter(Column::Id.eq(id.uuid())).filter(Column::ClubId.eq(club.uuid()));
    Ok(one.exec(&tx.conn()).await?.rows_affected > 0)
}

/// Notes that something of an event has changed, for those of its club's webhooks that want to hear of it.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn note(
    tx: &Tx,
    event: EventId,
    kind: WebhookKind,
    now: Timestamp,
) -> Result<(), StoreError> {
    let db = &tx.conn();
    // A webhook that is being deleted is waited for, and not told then.
    let lock = tx.for_key_share_of("webhooks");
    let sql = format!(
        "INSERT INTO webhook_deliveries (webhook_id, event_id, kind, requested, done, changed_at, not_before, tries)
         SELECT webhooks.id, events.id, $2, 1, 0, CAST($3 AS BIGINT), CAST($3 AS BIGINT), 0
         FROM webhooks JOIN events ON events.club_id = webhooks.club_id
         WHERE events.id = $1 AND webhooks.disabled_at IS NULL AND ' ' || webhooks.kinds || ' ' LIKE $4{lock}
         ON CONFLICT (webhook_id, event_id, kind) DO UPDATE SET
             requested = webhook_deliveries.requested + 1, changed_at = excluded.changed_at,
             not_before = COALESCE(webhook_deliveries.not_before, excluded.not_before)
         RETURNING webhook_id"
    );
    let like = format!("% {} %", kind.name());
    let values = [event.uuid().into(), kind.name().into(), ms(now).into(), like.into()];
    let told = db.query_all_raw(statement(db, sql, values)).await?;
    let told = told.iter().map(|row| row.try_get("", "webhook_id").map(WebhookId::new));
    tx.tell(told.collect::<Result<Vec<_>, _>>()?);
    Ok(())
}

/// The webhooks that are to hear something by now: whose the first `limit` messages are.
///
/// # Errors
///
/// When the database fails.
pub async fn waiting(
    db: &impl Source,
    now: Timestamp,
    limit: u64,
) -> Result<BTreeSet<WebhookId>, StoreError> {
    let due = Deliveries::find()
        .select_only()
        .column(webhook_deliveries::Column::WebhookId)
        .filter(webhook_deliveries::Column::NotBefore.lte(ms(now)))
        .order_by_asc(webhook_deliveries::Column::NotBefore)
        .limit(limit);
    let due: Vec<Uuid> = due.into_tuple().all(&db.conn()).await?;
    Ok(due.into_iter().map(WebhookId::new).collect())
}

/// How many messages are to be told by now, those included that somebody is telling.
///
/// # Errors
///
/// When the database fails.
pub async fn owed(db: &impl Source, now: Timestamp) -> Result<u64, StoreError> {
    let due = Deliveries::find().filter(webhook_deliveries::Column::NotBefore.lte(ms(now)));
    Ok(due.count(&db.conn()).await?)
}

/// Claims a webhook for `ttl`; `None` while another worker has it, and once it is switched off or gone.
///
/// # Errors
///
/// When the database fails.
pub async fn claim(store: &Store, id: WebhookId, ttl: Duration) -> Result<Option<Claimed>, StoreError> {
    let db = &store.write;
    let db_now = DbInstant::read(db).await?;
    let until = db_now.plus(ttl);
    let sql = "UPDATE webhooks SET claim_until = $2 WHERE id = $1 AND claim_until < $3 AND disabled_at IS NULL RETURNING *";
    let values = [id.uuid().into(), until.into(), db_now.0.into()];
    let Some(row) = db.query_one_raw(statement(db, sql, values)).await? else { return Ok(None) };
    let model = Model::from_query_result(&row, "")?;
    Ok(Some(Claimed { sealed_secret: model.sealed_secret.clone(), webhook: read(model)?, until }))
}

/// What a webhook is to hear first of what is due by now.
///
/// # Errors
///
/// When the database fails.
pub async fn due(db: &impl Source, id: WebhookId, now: Timestamp) -> Result<Option<Change>, StoreError> {
    use webhook_deliveries::Column;
    let first = Deliveries::find()
        .filter(Column::WebhookId.eq(id.uuid()))
        .filter(Column::NotBefore.lte(ms(now)))
        .order_by_asc(Column::NotBefore)
        .order_by_asc(Column::EventId)
        .order_by_asc(Column::Kind);
    first.one(&db.conn()).await?.map(|model| change(&model)).transpose()
}

/// When a webhook is to hear the next thing; `None` when there is nothing.
///
/// # Errors
///
/// When the database fails.
pub async fn next_at(db: &impl Source, id: WebhookId) -> Result<Option<Timestamp>, StoreError> {
    use webhook_deliveries::Column;
    let next = Deliveries::find()
        .filter(Column::WebhookId.eq(id.uuid()))
        .filter(Column::NotBefore.is_not_null())
        .order_by_asc(Column::NotBefore);
    let next = next.one(&db.conn()).await?;
    let at = next.and_then(|model| model.not_before);
    Row::new("webhook_deliveries", &id).at_opt("not_before", at)
}

/// Gives a claimed webhook back; nobody's claim since then is touched.
///
/// # Errors
///
/// When the database fails.
pub async fn release(store: &Store, claimed: &Claimed) -> Result<(), StoreError> {
    let free = ActiveModel { claim_until: Set(0), ..Default::default() };
    Entity::update_many().set(free).filter(is_still(claimed)).exec(&store.write).await?;
    Ok(())
}

/// Writes down what became of a change that a claimed webhook was told, and gives the webhook back.
///
/// # Errors
///
/// When the database fails.
pub async fn told(
    tx: &Tx,
    claimed: &Claimed,
    change: &Change,
    told: Told<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (webhook, db) = (&claimed.webhook, &tx.conn());
    let changed = match told {
        Told::Taken => ActiveModel {
            delivered_at: Set(Some(ms(now))),
            failing_since: Set(None),
            last_error: Set(None),
            ..Default::default()
        },
        Told::GivenUp(error) | Told::Later(_, error) => ActiveModel {
            failing_since: Set(Some(ms(webhook.failing_since.unwrap_or(now)))),
            last_error: Set(Some(error.to_owned())),
            ..Default::default()
        },
    };
    // The webhook before its messages, as whoever deletes it does.
    Entity::update_many().set(changed).filter(Column::Id.eq(webhook.id.uuid())).exec(db).await?;
    let free = ActiveModel { claim_until: Set(0), ..Default::default() };
    Entity::update_many().set(free).filter(is_still(claimed)).exec(db).await?;
    let (sql, values) = delivery(webhook.id, change, told, now);
    db.execute_raw(statement(db, sql, values)).await?;
    Ok(())
}

/// Switches a claimed webhook off: it hears nothing any more.
///
/// # Errors
///
/// When the database fails.
pub async fn switch_off(
    tx: &Tx,
    claimed: &Claimed,
    (why, error): (Disabled, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (id, db) = (claimed.webhook.id.uuid(), &tx.conn());
    let off = ActiveModel {
        claim_until: Set(0),
        disabled_at: Set(Some(ms(now))),
        disabled_for: Set(Some(word(&why))),
        failing_since: Set(Some(ms(claimed.webhook.failing_since.unwrap_or(now)))),
        last_error: Set(Some(error.to_owned())),
        ..Default::default()
    };
    Entity::update_many().set(off).filter(Column::Id.eq(id)).exec(db).await?;
    let never = webhook_deliveries::ActiveModel { not_before: Set(None), ..Default::default() };
    let theirs = Deliveries::update_many().set(never).filter(webhook_deliveries::Column::WebhookId.eq(id));
    theirs.exec(db).await?;
    Ok(())
}

/// What is written of a change once it was told. What has changed since it was read is told afterwards.
fn delivery(
    webhook: WebhookId,
    change: &Change,
    told: Told<'_>,
    now: Timestamp,
) -> (&'static str, Vec<sea_orm::Value>) {
    let key = [webhook.uuid().into(), change.event.uuid().into(), change.kind.name().into()];
    let (sql, more): (_, Vec<sea_orm::Value>) = match told {
        Told::Taken => (
            "UPDATE webhook_deliveries SET done = $4, tries = 0, last_error = NULL,
                 not_before = CASE WHEN requested > $4 THEN changed_at ELSE NULL END
             WHERE webhook_id = $1 AND event_id = $2 AND kind = $3 AND done < $4",
            vec![count(change.sequence).into()],
        ),
        Told::Later(at, error) => (
            "UPDATE webhook_deliveries SET tries = tries + 1, not_before = $4, last_error = $5
             WHERE webhook_id = $1 AND event_id = $2 AND kind = $3 AND not_before IS NOT NULL",
            vec![ms(at).into(), error.into()],
        ),
        Told::GivenUp(error) => (
            "UPDATE webhook_deliveries SET done = $4, tries = 0, given_up_at = $5, last_error = $6,
                 not_before = CASE WHEN requested > $4 THEN changed_at ELSE NULL END
             WHERE webhook_id = $1 AND event_id = $2 AND kind = $3 AND done < $4",
            vec![count(change.sequence).into(), ms(now).into(), error.into()],
        ),
    };
    (sql, key.into_iter().chain(more).collect())
}

/// Whether a claim is still that one.
fn is_still(claimed: &Claimed) -> sea_orm::Condition {
    let own = Column::ClaimUntil.eq(claimed.until);
    sea_orm::Condition::all().add(Column::Id.eq(claimed.webhook.id.uuid())).add(own)
}

fn change(model: &webhook_deliveries::Model) -> Result<Change, StoreError> {
    let row = Row::new("webhook_deliveries", &model.webhook_id);
    Ok(Change {
        at: row.at("changed_at", model.changed_at)?,
        event: EventId::new(model.event_id),
        kind: row.word("kind", &model.kind)?,
        sequence: row.number("requested", model.requested)?,
        tries: row.number("tries", model.tries)?,
    })
}

fn read(model: Model) -> Result<Webhook, StoreError> {
    let row = Row::new("webhooks", &model.id);
    let kinds: Result<WebhookKinds, StoreError> =
        model.kinds.split(' ').map(|kind| row.word("kinds", kind)).collect();
    let disabled = match (model.disabled_at, &model.disabled_for) {
        (Some(at), Some(why)) => Some((row.at("disabled_at", at)?, row.word("disabled_for", why)?)),
        _ => None,
    };
    Ok(Webhook {
        club: ClubId::new(model.club_id),
        created_at: row.at("created_at", model.created_at)?,
        delivered_at: row.at_opt("delivered_at", model.delivered_at)?,
        disabled,
        failing_since: row.at_opt("failing_since", model.failing_since)?,
        id: WebhookId::new(model.id),
        kinds: kinds?,
        last_error: model.last_error.clone(),
        url: model.url.clone(),
    })
}
