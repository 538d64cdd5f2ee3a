//! Redis, seen from the queue: there, or away.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use apalis::prelude::{TaskSink, TaskSinkError};
use apalis_core::backend::Vacuum;
use apalis_redis::{Config, RedisStorage};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError};
use tokio::time::timeout;

use super::job::Job;
use super::queue::QueueError;
use crate::base::config::RedisUrl;

/// The longest that anything asked of Redis may take.
const DEADLINE: Duration = Duration::from_secs(1);
/// While Redis is away, how long callers are turned away between two tries.
const PAUSE: Duration = Duration::from_secs(1);
/// A worker's heartbeat, and how many may be missed before its jobs go to another: 6 s after a kill.
const HEARTBEAT: Duration = Duration::from_secs(2);
const MISSED_HEARTBEATS: usize = 3;
/// How many jobs may wait. apalis promotes all waiting jobs in one script, which fails for good at some thousands.
const ROOM: usize = 500;
/// How long a waiting wake keeps others of its guild out, should nobody take it.
const WAKE_HOLDS_SECONDS: u64 = 10;
/// How long jobs that are done stay, for the job board.
const KEPT: Duration = Duration::from_secs(600);

/// The connection to Redis, made when it is first needed.
pub(super) struct Link {
    client: Client,
    manager: OnceLock<ConnectionManager>,
    config: Config,
    health: Mutex<Health>,
}

#[derive(Debug, Default)]
struct Health {
    away_since: Option<Instant>,
    tried: Option<Instant>,
}

impl Link {
    /// A link to the queue called `name`. Nothing is connected yet.
    pub(super) fn new(url: &RedisUrl, name: &str) -> Result<Self, QueueError> {
        let client = Client::open(url.expose()).map_err(|_| QueueError::Address)?;
        let config = Config::default()
            .queue(name)
            // More than the free slots of a worker stops its heartbeats and acknowledgements.
            .batch_size(1)
            .heartbeat_interval(HEARTBEAT)
            .missed_heartbeats(MISSED_HEARTBEATS)
            // A second call per job that tells the board "running" and costs a way to fail.
            .lock_tasks(false)
            .emit_events(false);
        Ok(Self { client, manager: OnceLock::new(), config, health: Mutex::default() })
    }

    /// Queues a job, unless a wake for its guild waits already.
    pub(super) async fn push(&self, job: Job) -> Result<(), QueueError> {
        self.ask(async {
            let guild = job.wakes();
            if !self.admit(guild).await? {
                return Ok(());
            }
            Ok(self.storage()?.push(job).await?)
        })
        .await
    }

    /// Whether a job may be queued: there is room, and no wake for the guild waits.
    async fn admit(&self, guild: Option<u64>) -> Result<bool, Fault> {
        let mut connection = self.connection()?;
        if self.depth_through(&mut connection).await? >= ROOM {
            return Err(Fault::Full);
        }
        let Some(guild) = guild else { return Ok(true) };
        let first: Option<String> = redis::cmd("SET")
            .arg((self.waiting_key(guild), 1, "NX", "EX", WAKE_HOLDS_SECONDS))
            .query_async(&mut connection)
            .await?;
        Ok(first.is_some())
    }

    /// A wake was taken from the queue. Must return before the wake reads any fact: a wake that comes from now on
    /// is queued anew.
    pub(super) async fn left(&self, guild: u64) {
        // Failing, the key holds others out for some seconds more, and the sweep finds their work.
        let _ = self
            .ask(async {
                let mut connection = self.connection()?;
                let key = self.waiting_key(guild);
                Ok(redis::cmd("DEL").arg(key).query_async::<()>(&mut connection).await?)
            })
            .await;
    }

    /// How many jobs wait.
    pub(super) async fn depth(&self) -> Result<usize, QueueError> {
        self.ask(async {
            let mut connection = self.connection()?;
            self.depth_through(&mut connection).await
        })
        .await
    }

    async fn depth_through(&self, connection: &mut ConnectionManager) -> Result<usize, Fault> {
        let (due, active): (usize, usize) = redis::pipe()
            .zcard(self.config.scheduled_jobs_set())
            .llen(self.config.active_jobs_list())
            .query_async(connection)
            .await?;
        Ok(due + active)
    }

    /// How long Redis takes to answer.
    pub(super) async fn latency(&self) -> Result<Duration, QueueError> {
        let began = Instant::now();
        self.ask(async {
            let mut connection = self.connection()?;
            Ok(redis::cmd("PING").query_async::<()>(&mut connection).await?)
        })
        .await?;
        Ok(began.elapsed())
    }

    /// Forgets jobs that were done a while ago: apalis keeps them all.
    pub(super) async fn tidy(&self) {
        let _ = self
            .ask(async {
                self.storage()?.vacuum_before(KEPT).await?;
                let mut connection = self.connection()?;
                let sets = [self.config.done_jobs_set(), self.config.dead_jobs_set()];
                Ok(redis::cmd("DEL").arg(&sets).query_async::<()>(&mut connection).await?)
            })
            .await;
    }

    /// A storage for a worker, once Redis answers.
    pub(super) async fn storage_when_there(&self) -> Result<RedisStorage<Job>, QueueError> {
        self.latency().await?;
        self.storage().map_err(|_| QueueError::Away)
    }

    fn storage(&self) -> Result<RedisStorage<Job>, RedisError> {
        Ok(RedisStorage::new(self.connection()?).with_config(self.config.clone()))
    }

    /// The manager connects in the background and tries again when it is next asked.
    fn connection(&self) -> Result<ConnectionManager, RedisError> {
        if let Some(manager) = self.manager.get() {
            return Ok(manager.clone());
        }
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(DEADLINE / 2))
            .set_response_timeout(Some(DEADLINE / 2));
        let manager = ConnectionManager::new_lazy_with_config(self.client.clone(), config)?;
        Ok(self.manager.get_or_init(|| manager).clone())
    }

    fn waiting_key(&self, guild: u64) -> String {
        format!("{}:waiting:{guild}", self.config.queue)
    }

    /// Asks Redis for something, in bounded time. While it is away one caller in a while tries, and the others
    /// fail at once.
    async fn ask<T>(&self, asked: impl Future<Output = Result<T, Fault>>) -> Result<T, QueueError> {
        if !self.may_try() {
            return Err(QueueError::Away);
        }
        match timeout(DEADLINE, asked).await.unwrap_or(Err(Fault::Slow)) {
            Ok(answer) => {
                self.is_there();
                Ok(answer)
            }
            Err(Fault::Full) => {
                self.is_there();
                Err(QueueError::Full)
            }
            Err(fault) => {
                self.is_away(&fault);
                Err(QueueError::Away)
            }
        }
    }

    fn may_try(&self) -> bool {
        let mut health = self.health();
        let resting = health.tried.is_some_and(|tried| tried.elapsed() < PAUSE);
        if health.away_since.is_some() && resting {
            return false;
        }
        health.tried = Some(Instant::now());
        true
    }

    fn is_there(&self) {
        metrics::gauge!("simlane_redis_up").set(1.0);
        if let Some(since) = self.health().away_since.take() {
            tracing::info!(seconds = since.elapsed().as_secs(), "Redis is back");
        }
    }

    /// Logs when Redis goes, not every call while it is away.
    fn is_away(&self, fault: &Fault) {
        metrics::gauge!("simlane_redis_up").set(0.0);
        let mut health = self.health();
        if health.away_since.is_none() {
            health.away_since = Some(Instant::now());
            tracing::warn!(%fault, "Redis is away: jobs go on in this process or wait for the sweep");
        }
    }

    fn health(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why Redis did not do what it was asked.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Redis(#[from] RedisError),
    #[error(transparent)]
    Storage(#[from] apalis_redis::Error),
    #[error(transparent)]
    Push(#[from] TaskSinkError<apalis_redis::Error>),
    #[error("it did not answer in time")]
    Slow,
    #[error("the queue is full")]
    Full,
}
