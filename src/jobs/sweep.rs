//! The sweep: asks the database whose time has come, and rings for them.
//!
//! It finds whatever nobody rang for, so that a queue that lost its jobs delays work and loses none. Several processes may
//! sweep at once: leases and claims let one of them do the work.

use jiff::Timestamp;

use super::{job::Job, queue::Queue};
use crate::{
    base::{clock::Clock, ids::Ids},
    domain::id::WebhookId,
    service::{Service, ServiceError},
    store::{
        Store, StoreError, answers, command_log, crew_drafts, deletions, drafts, follow_ups, forget,
        idempotency, import_jobs, imports, inquiries, link_codes, oauth_states, owners, sync_runs, webhooks,
    },
};

/// How many full checks a sweep begins: some thousand guilds in a day.
const CHECKS: u64 = 2;
/// How many late answers a sweep rings for at most.
const FOLLOW_UPS: u64 = 50;
/// How many member syncs a sweep rings for at most.
const SYNCS: u64 = 20;
/// For how many days what a sync changed can be looked at.
const SYNC_DAYS: i64 = 3;
/// For how many rules a sweep makes the events that are due.
const RULES: u64 = 20;
/// How many imports a sweep rings for at most.
const IMPORTS: u64 = 50;
/// How many messages to sites a sweep rings for at most.
const MESSAGES: u64 = 500;
/// For how many days the command log is kept.
const LOG_DAYS: i64 = 90;
/// For how many days a guild is kept that the app was removed from.
const LOST_DAYS: i64 = 30;
/// How many such guilds are forgotten at a time.
const LOST_GUILDS: u64 = 10;

/// Sweeps. Cheap to clone.
#[derive(Clone)]
pub struct Sweeper {
    clock: Clock,
    ids: Ids,
    queue: Queue,
    service: Service,
    store: Store,
}

/// What a sweep rang for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Swept {
    /// Guilds with something to do.
    pub guilds: usize,
    /// Late answers.
    pub follow_ups: usize,
    /// What is to be found out for late answers.
    pub inquiries: usize,
    /// Member syncs.
    pub syncs: usize,
    /// Rosters to read or write.
    pub imports: usize,
    /// Webhooks with something to hear.
    pub webhooks: usize,
}

impl Swept {
    /// How many rings that were.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.follow_ups + self.guilds + self.imports + self.inquiries + self.syncs + self.webhooks
    }
}

impl Sweeper {
    /// A sweeper of `store` that rings through `queue`, and has `service` make the events that repeat.
    #[must_use]
    pub const fn new(service: Service, store: Store, queue: Queue, clock: Clock, ids: Ids) -> Self {
        Self { clock, ids, queue, service, store }
    }

    /// Rings for everything that is due, as far as the queue has room.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn sweep(&self) -> Result<Swept, StoreError> {
        let now = self.clock.now();
        owners::start_checks(&self.store, now, CHECKS).await?;
        let request_id = format!("sweep-{}", self.ids.reference());
        self.make_occurrences(&request_id).await?;
        let follow_ups = self.ring_follow_ups(now, &request_id).await?;
        let imports = self.ring_imports().await?;
        let inquiries = self.ring_inquiries(now, &request_id).await?;
        let syncs = self.ring_syncs(now, &request_id).await?;
        let guilds = self.ring_guilds(now, &request_id).await?;
        let webhooks = self.ring_webhooks(now, &request_id).await?;
        let swept = Swept { follow_ups, guilds, imports, inquiries, syncs, webhooks };
        if swept.all() > 0 {
            tracing::debug!(guilds, follow_ups, imports, inquiries, syncs, webhooks, request_id, "swept");
        }
        Ok(swept)
    }

    /// Has the events made that repeat. Their owners have something to do then, and are rung for like all others.
    async fn make_occurrences(&self, request_id: &str) -> Result<(), StoreError> {
        match self.service.make_occurrences(RULES, request_id).await {
            Ok(events) => {
                if events > 0 {
                    tracing::info!(events, request_id, "made events that repeat");
                }
                Ok(())
            }
            Err(ServiceError::Store(error)) => Err(error),
            Err(error) => {
                tracing::error!(%error, request_id, "events that repeat could not be made");
                Ok(())
            }
        }
    }

    async fn ring_follow_ups(&self, now: Timestamp, request_id: &str) -> Result<usize, StoreError> {
        let waiting = follow_ups::waiting(&self.store, now, FOLLOW_UPS).await?;
        let jobs = waiting.into_iter().map(|id| Job::FollowUp { id, request_id: request_id.to_owned() });
        Ok(self.ring(jobs).await)
    }

    async fn ring_inquiries(&self, now: Timestamp, request_id: &str) -> Result<usize, StoreError> {
        let waiting = inquiries::waiting(&self.store, now, FOLLOW_UPS).await?;
        let jobs = waiting.into_iter().map(|id| Job::Inquiry { id, request_id: request_id.to_owned() });
        Ok(self.ring(jobs).await)
    }

    async fn ring_syncs(&self, now: Timestamp, request_id: &str) -> Result<usize, StoreError> {
        let waiting = sync_runs::waiting(&self.store, now, SYNCS).await?;
        let jobs = waiting.into_iter().map(|id| Job::Sync { id, request_id: request_id.to_owned() });
        Ok(self.ring(jobs).await)
    }

    async fn ring_imports(&self) -> Result<usize, StoreError> {
        let waiting = import_jobs::waiting(&self.store, IMPORTS).await?;
        Ok(self.ring(waiting.into_iter().map(|(id, request_id)| Job::Import { id, request_id })).await)
    }

    async fn ring_webhooks(&self, now: Timestamp, request_id: &str) -> Result<usize, StoreError> {
        let waiting = webhooks::waiting(&self.store, now, MESSAGES).await?;
        let job = |id: WebhookId| Job::Webhook { id: id.uuid(), request_id: request_id.to_owned() };
        Ok(self.ring(waiting.into_iter().map(job)).await)
    }

    async fn ring_guilds(&self, now: Timestamp, request_id: &str) -> Result<usize, StoreError> {
        let room = self.queue.room_for_sweep().await;
        if room == 0 {
            return Ok(0);
        }
        let due = owners::due(&self.store, now, room as u64).await?;
        let jobs = due.into_iter().map(|id| Job::Wake { guild: id.get(), request_id: request_id.to_owned() });
        Ok(self.ring(jobs).await)
    }

    /// Rings until the queue takes no more. The next sweep asks for the rest.
    async fn ring(&self, jobs: impl Iterator<Item = Job> + Send) -> usize {
        let mut rung = 0;
        for job in jobs {
            if let Err(error) = self.queue.push(job).await {
                tracing::debug!(%error, "the sweep stopped early");
                break;
            }
            rung += 1;
        }
        rung
    }

    /// Forgets what nobody will ask for any more.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn purge(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let answers = answers::purge(&self.store, now).await?;
        crew_drafts::purge(&self.store, now).await?;
        deletions::purge(&self.store, now).await?;
        let drafts = drafts::purge(&self.store, now).await?;
        let follow_ups = follow_ups::purge(&self.store, now).await?;
        idempotency::purge(&self.store, now).await?;
        imports::purge(&self.store, now).await?;
        link_codes::purge(&self.store, now).await?;
        oauth_states::purge(&self.store, now).await?;
        sync_runs::purge(&self.store, days_before(now, SYNC_DAYS)).await?;
        let log = command_log::purge(&self.store, days_before(now, LOG_DAYS)).await?;
        if follow_ups > 0 {
            tracing::warn!(follow_ups, "late answers were never delivered: their interactions have expired");
        }
        tracing::debug!(answers, drafts, log, "purged");
        self.forget_lost(days_before(now, LOST_DAYS)).await
    }

    /// Forgets the guilds that the app was removed from before an instant.
    async fn forget_lost(&self, before: Timestamp) -> Result<(), StoreError> {
        for guild in forget::due(&self.store, before, LOST_GUILDS).await? {
            match forget::guild(&self.store, guild, before).await {
                Ok(true) => tracing::info!(%guild, "forgotten: the app was removed from it a month ago"),
                Ok(false) => tracing::info!(%guild, "the app is back in it"),
                // The others don't wait for this one.
                Err(error) => tracing::error!(%guild, %error, "the guild could not be forgotten"),
            }
        }
        Ok(())
    }
}

fn days_before(now: Timestamp, days: i64) -> Timestamp {
    now.saturating_sub(jiff::SignedDuration::from_hours(24 * days)).unwrap_or(now)
}
