//! A process of the service while it runs, and its end.

use std::{net::SocketAddr, time::Duration};

use jiff::Timestamp;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_util::sync::CancellationToken;
use twilight_model::id::Id;

use super::{Parts, core::Core, web::Web};
use crate::{
    base::config::Role,
    jobs::{Crew, Workers, cron::Cron, sweep::Swept, worker::Drained},
    service::Service,
    store::{
        Store, StoreError, follow_ups, import_jobs, owners,
        sync_runs::{self, Progress},
        webhooks,
    },
};

/// What is left of the time to stop once jobs are drained, to close everything.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long a tick that runs may go on once the process is asked to stop.
const TICK_ENDS: Duration = Duration::from_secs(5);
/// How long [`Running::settle`] waits at most for the next sign of life.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it looks, and how many looks it takes before it sweeps again.
const LOOK: Duration = Duration::from_millis(10);
const LOOKS: u32 = 20;

/// A process of the service. Dropped, it goes on until the runtime ends: end it with [`Running::stop`] or [`Running::kill`].
#[must_use = "end it with stop or kill"]
pub struct Running {
    pub(super) core: Core,
    pub(super) cron: Option<Cron>,
    pub(super) parts: Parts,
    pub(super) role: Role,
    pub(super) stop: CancellationToken,
    pub(super) web: Web,
    pub(super) workers: Option<Workers<Crew>>,
}

/// A process ended before everything in hand was finished. What was cut off stands in the database.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{jobs} jobs were still in hand when the time was up")]
pub struct Unfinished {
    /// How many jobs were cut off.
    pub jobs: usize,
}

/// What is left to do.
struct Owed {
    /// How far each sync is.
    progress: Vec<Progress>,
    words: String,
}

/// The service did not come to rest.
#[derive(Debug, thiserror::Error)]
pub enum Unsettled {
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
    /// It was still busy after a minute in which no sync moved on.
    #[error("still busy after a minute: {0}")]
    Busy(String),
}

impl Running {
    /// Where the public listener is.
    #[must_use]
    pub const fn public(&self) -> SocketAddr {
        self.web.public
    }

    /// Where the operator's listener is; `None` when something else in this process records metrics.
    #[must_use]
    pub const fn operator(&self) -> Option<SocketAddr> {
        self.web.operator
    }

    /// The database, to look at its rows.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.core.store
    }

    /// The use cases, for what only the clock or the site asks for.
    #[must_use]
    pub const fn service(&self) -> &Service {
        &self.core.service
    }

    /// Forgets what nobody will ask for any more, as is done every ten minutes.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn purge(&self) -> Result<(), StoreError> {
        self.core.sweeper.purge().await
    }

    /// Sweeps once: rings for everything that is due.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn tick(&self) -> Result<Swept, StoreError> {
        self.core.sweeper.sweep().await
    }

    /// When the next thing is due in a guild, by what is known now; `None` when nothing is ahead.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn next_due(&self, guild: u64) -> Result<Option<Timestamp>, StoreError> {
        match Id::new_checked(guild) {
            Some(guild) => owners::next_at(&self.core.store, guild).await,
            None => Ok(None),
        }
    }

    /// Whether nothing is left to do at the clock's now.
    pub async fn idle(&self) -> bool {
        matches!(self.left().await, Ok(None))
    }

    /// What is left to do at the clock's now, in words; `None` when nothing is. A ring that comes late doesn't count, wherever it is:
    /// what it was for stands in the database, and is done.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn left(&self) -> Result<Option<String>, StoreError> {
        Ok(self.owed().await?.map(|owed| owed.words))
    }

    async fn owed(&self) -> Result<Option<Owed>, StoreError> {
        let (db, now) = (&self.core.store, self.parts.clock.now());
        let handlers = self.web.dispatcher.as_ref().map_or(0, |dispatcher| dispatcher.in_hand());
        let registering = self.role.runs_jobs() && !self.core.registrar.has_tried();
        let owners = owners::queue(db, now).await?.waiting;
        let answers = follow_ups::owed(db, now).await?;
        let imports = import_jobs::owed(db).await?;
        let messages = webhooks::owed(db, now).await?;
        let progress = sync_runs::due(db, now).await?;
        let syncs = progress.len();
        if handlers + syncs == 0 && owners + answers + imports + messages == 0 && !registering {
            return Ok(None);
        }
        let words = format!(
            "{handlers} handlers, {owners} owners due, {answers} late answers owed, {syncs} syncs, {imports} imports, \
             {messages} messages to sites, registering: {registering}"
        );
        Ok(Some(Owed { progress, words }))
    }

    /// What is in hand or waits to be, whether there is anything to do or not. A job is on its way from the one to the other.
    async fn under_way(&self) -> Option<String> {
        // A queue that is away holds nothing back: the sweep's jobs run in this process then.
        let queued = self.core.queue.depth().await.unwrap_or(0);
        let jobs = self.workers.as_ref().map_or(0, Workers::in_hand);
        (queued + jobs > 0).then(|| format!("{jobs} jobs in hand, {queued} queued"))
    }

    /// Sweeps until nothing is left to do and nothing under way. Gives up after a minute of real time in which no sync has moved on.
    ///
    /// # Errors
    ///
    /// When it doesn't come to rest, or the database fails.
    pub async fn settle(&self) -> Result<(), Unsettled> {
        let (mut until, mut progress) = (Instant::now() + PATIENCE, Vec::new());
        loop {
            self.tick().await?;
            for _ in 0..LOOKS {
                let busy = match self.owed().await? {
                    Some(owed) => {
                        if owed.progress != progress {
                            until = Instant::now() + PATIENCE;
                            progress = owed.progress;
                        }
                        Some(owed.words)
                    }
                    None => self.under_way().await,
                };
                let Some(busy) = busy else { return Ok(()) };
                if Instant::now() > until {
                    return Err(Unsettled::Busy(busy));
                }
                sleep(LOOK).await;
            }
        }
    }

    /// Stops as SIGTERM does: takes nothing more in, finishes what is in hand within the time there is, and closes the database.
    ///
    /// # Errors
    ///
    /// When jobs were cut off. What they were for stands in the database, and is taken up again.
    pub async fn stop(mut self) -> Result<(), Unfinished> {
        let deadline = Instant::now() + self.parts.timings.drain;
        self.stop.cancel();
        let jobs_until = deadline.checked_sub(FAREWELL).unwrap_or(deadline);
        let (cron, workers) = (self.cron.take(), self.workers.take());
        let jobs = async {
            // A tick may wait for the database: the jobs' time isn't its to use up.
            if let Some(cron) = cron
                && timeout(TICK_ENDS, cron.stop()).await.is_err()
            {
                tracing::warn!("a tick was cut off");
            }
            match workers {
                Some(workers) => workers.drain(jobs_until.saturating_duration_since(Instant::now())).await,
                None => Drained::Empty,
            }
        };
        let (drained, ()) = futures::join!(jobs, self.close_listeners(jobs_until));
        self.core.abandon.cancel();
        if timeout_at(deadline, self.core.bell.stop()).await.is_err() {
            tracing::warn!("rings were cut off; the sweep finds what they were for");
        }
        let closed = timeout_at(deadline, self.core.store.close()).await;
        if !matches!(closed, Ok(Ok(()))) {
            tracing::warn!("the database's connections were not closed in order");
        }
        match drained {
            Drained::Empty => Ok(()),
            Drained::Left(jobs) => Err(Unfinished { jobs }),
        }
    }

    /// Lets running requests, and handlers that go on after their deferral, finish.
    async fn close_listeners(&self, deadline: Instant) {
        self.core.tasks.close();
        let closed = timeout_at(deadline, async {
            self.core.tasks.wait().await;
            if let Some(dispatcher) = &self.web.dispatcher {
                dispatcher.drained().await;
            }
        });
        if closed.await.is_err() {
            tracing::warn!("requests were still running when the time was up");
        }
    }

    /// Ends everything at once, as a crash does: calls are dropped where they are, leases are not given back.
    pub async fn kill(mut self) {
        self.core.abandon.cancel();
        self.stop.cancel();
        drop(self.workers.take());
        if let Some(cron) = self.cron.take() {
            cron.stop().await;
        }
        self.core.tasks.close();
        self.core.tasks.wait().await;
        self.core.bell.stop().await;
    }

    pub(super) fn announce(&self) {
        let operator = self.operator().map(tracing::field::display);
        tracing::info!(
            version = env!("CARGO_PKG_VERSION"),
            role = %self.role,
            public = %self.public(),
            operator,
            "listening"
        );
    }
}
