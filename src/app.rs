//! The wiring: how a process is put together from its layers, started, and ended.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    base::{
        clock::Clock,
        config::{Config, Role},
        ids::Ids,
        shutdown::DRAIN,
    },
    discord::{self, SetupError},
    domain::crew::Budget,
    interaction::dispatch::TIME_LIMIT,
    jobs::{
        Job, Queue, QueueError, Workers,
        cron::{Cron, CronError, Tick},
    },
    reconcile,
    store::{Store, StoreError},
    telemetry::Metrics,
};

pub(crate) mod core;
mod ready;
mod running;
#[cfg(test)]
mod tests;
mod tick;
mod web;

use self::{core::Core, web::Web};
pub use self::{
    running::{Running, Unfinished, Unsettled},
    tick::TickError,
};

/// How many jobs a process does at once. Most of their time they wait for Discord.
const CONCURRENCY: usize = 8;

/// The service as one process of it.
#[derive(Clone, Copy, Debug)]
pub struct App;

/// What a process is given besides its configuration.
#[derive(Clone, Debug)]
pub struct Parts {
    /// What time it is. Leases run on the database's clock, and deadlines of calls on the machine's.
    pub clock: Clock,
    /// Where identifiers come from.
    pub ids: Ids,
    /// How long things may take.
    pub timings: Timings,
}

impl Default for Parts {
    fn default() -> Self {
        Self { clock: Clock::system(), ids: Ids::system(), timings: Timings::default() }
    }
}

/// How long things may take, in real time.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// How long a handler may take before its answer is deferred. Discord waits for three seconds.
    pub answer: Duration,
    /// A call to Discord, its wait for a turn included. Shorter than the reconciler's lease.
    pub call: Duration,
    /// How long a stop may take to finish what is in hand.
    pub drain: Duration,
    /// The reconciler's.
    pub reconcile: reconcile::Timings,
    /// How long crews are searched for.
    pub search: Budget,
    /// When the sweep runs by itself, as a cron expression with seconds; `None` when only [`Running::tick`] sweeps.
    pub sweep: Option<&'static str>,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            answer: TIME_LIMIT,
            call: discord::Timings::default().call,
            drain: DRAIN,
            reconcile: reconcile::Timings::default(),
            search: Budget::default(),
            sweep: Some("*/20 * * * * *"),
        }
    }
}

/// Why a process could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The ticks can't be set up.
    #[error("the ticks can't be started")]
    Cron(#[from] CronError),
    /// Discord's client can't be set up.
    #[error("Discord's client can't be set up")]
    Discord(#[from] SetupError),
    /// TLS can't be set up.
    #[error("TLS can't be set up")]
    Http(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// An address is taken, or not this machine's.
    #[error("can't listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The queue's address is not one.
    #[error("the queue can't be set up")]
    Queue(#[from] QueueError),
    /// The database can't be reached, opened or migrated.
    #[error("the database can't be opened")]
    Store(#[from] StoreError),
    /// An address of the configuration can't be used.
    #[error("an address of the configuration can't be used")]
    Url(#[from] url::ParseError),
}

impl App {
    /// Starts what the configuration's role asks for, and returns once it listens. A Discord or a Redis that is away stops no
    /// start.
    ///
    /// # Errors
    ///
    /// See [`StartError`]. Nothing is left running then.
    pub async fn start(config: Config, parts: Parts) -> Result<Running, StartError> {
        let store = open(config.database.expose()).await?;
        let queue = Queue::new(config.redis.as_ref())?;
        let stop = CancellationToken::new();
        let core = Core::build(&config, &parts, store, queue, &stop)?;
        let public = bind(config.listeners.listen).await?;
        let operator = match Metrics::install() {
            Ok(metrics) => Some((bind(config.listeners.operator).await?, metrics)),
            Err(error) => {
                tracing::warn!(%error, "no metrics: something else in this process records them");
                None
            }
        };
        if let Some((_, metrics)) = &operator {
            let (metrics, stop) = (metrics.clone(), stop.clone());
            core.spawn(async move { stop.run_until_cancelled(metrics.keep_up()).await.unwrap_or_default() });
        }
        let cron = start_cron(config.role, &core, parts.timings).await?;
        let workers = start_workers(config.role, &core, &parts);
        let web = Web::start(&config, &parts, &core, (public, operator), &stop)?;
        let running = Running { core, cron, parts, role: config.role, stop, web, workers };
        running.announce();
        if config.role.runs_jobs() {
            let (registrar, stop) = (running.core.registrar.clone(), running.stop.clone());
            running.core.spawn(async move { registrar.keep_trying(stop).await });
        }
        Ok(running)
    }
}

/// The database, with every migration applied.
pub(crate) async fn open(url: &str) -> Result<Store, StoreError> {
    let store = Store::connect(url).await?;
    store.migrate().await?;
    Ok(store)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|source| StartError::Listen { address, source })
}

fn start_workers(role: Role, core: &Core, parts: &Parts) -> Option<Workers<crate::jobs::Crew>> {
    let start = || Workers::start(&core.queue, Arc::clone(&core.crew), CONCURRENCY, &parts.ids.reference());
    role.runs_jobs().then(start)
}

/// The ticks of a process that runs jobs.
async fn start_cron(role: Role, core: &Core, timings: Timings) -> Result<Option<Cron>, StartError> {
    if !role.runs_jobs() {
        return Ok(None);
    }
    let sweep = |schedule| {
        let sweeper = core.sweeper.clone();
        Tick::new("sweep", schedule, move || {
            let sweeper = sweeper.clone();
            async move { complain(sweeper.sweep().await) }
        })
    };
    let purge = {
        let sweeper = core.sweeper.clone();
        Tick::new("purge", "0 */10 * * * *", move || {
            let sweeper = sweeper.clone();
            async move { complain(sweeper.purge().await) }
        })
    };
    let census = {
        let (bell, ids) = (core.bell.clone(), core.ids.clone());
        Tick::new("census", "0 17 * * * *", move || {
            bell.now(Job::Census { request_id: format!("census-{}", ids.reference()) });
            std::future::ready(())
        })
    };
    let nightly = {
        let (service, ids) = (core.service.clone(), core.ids.clone());
        Tick::new("nightly", "0 5,20,35,50 * * * *", move || {
            let (service, ids) = (service.clone(), ids.clone());
            async move {
                if let Err(error) = service.start_nightly_syncs(&format!("nightly-{}", ids.reference())).await
                {
                    tracing::error!(%error, "the nightly syncs did not begin; the next tick tries again");
                }
            }
        })
    };
    let ticks: Vec<Tick> = timings.sweep.map(sweep).into_iter().chain([purge, census, nightly]).collect();
    Ok(Some(Cron::start(&ticks).await?))
}

/// Says that a tick failed. The next one finds what this one missed.
fn complain<T>(ended: Result<T, StoreError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "the database failed; the next tick tries again");
    }
}
