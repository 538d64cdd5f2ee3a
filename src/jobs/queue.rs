//! The doorbell's button: rings for a job, through Redis or inside this process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use metrics::{counter, gauge};

use super::coalesce::Wakes;
use super::inprocess::InProcess;
use super::job::{Job, Lane};
use super::link::Link;
use crate::base::config::RedisUrl;

/// The name under which all processes of one service share a queue.
const NAME: &str = "simlane:jobs";

/// How many jobs wait at most when the sweep has rung: enough to keep every worker busy until the next sweep, few
/// enough that what changes meanwhile is soon seen.
const SWEEP_FILLS_TO: usize = 100;

/// The job queue. Cheap to clone; clones share it.
///
/// Without Redis, jobs wait and run in this process. With Redis, the processes share them; while Redis is away, a
/// process that has workers gives its own jobs to them directly.
#[derive(Clone)]
pub struct Queue(Arc<Parts>);

pub(super) struct Parts {
    pub(super) wakes: Arc<Wakes>,
    pub(super) inprocess: InProcess,
    /// Late answers: somebody waits for each, and they never wait behind the work on guilds.
    pub(super) late: InProcess,
    /// Work that takes long.
    pub(super) long: InProcess,
    /// Calls to clubs' sites.
    pub(super) site: InProcess,
    pub(super) link: Option<Link>,
    pub(super) has_workers: AtomicBool,
}

/// Why a job was not queued. What it was for stands in the database, so the sweep will find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueueError {
    /// Redis does not answer.
    #[error("Redis does not answer")]
    Away,
    /// As many jobs wait as the queue can bear.
    #[error("the queue is full")]
    Full,
    /// The address is not one that the Redis client takes.
    #[error("REDIS_URL is not an address that the Redis client takes")]
    Address,
}

impl Parts {
    fn depth_here(&self) -> usize {
        self.inprocess.depth() + self.late.depth() + self.long.depth() + self.site.depth()
    }
}

impl Queue {
    /// A queue through Redis, or inside this process without it. Connects when it is first used: a Redis that is
    /// away stops no start.
    ///
    /// # Errors
    /// [`QueueError::Address`] when the Redis client does not take the address.
    pub fn new(redis: Option<&RedisUrl>) -> Result<Self, QueueError> {
        Self::named(redis, NAME)
    }

    /// A queue that shares nothing with queues of other names.
    ///
    /// # Errors
    /// [`QueueError::Address`] when the Redis client does not take the address.
    pub fn named(redis: Option<&RedisUrl>, name: &str) -> Result<Self, QueueError> {
        let link = redis.map(|url| Link::new(url, name)).transpose()?;
        Ok(Self(Arc::new(Parts {
            wakes: Arc::default(),
            inprocess: InProcess::new(),
            late: InProcess::new(),
            long: InProcess::new(),
            site: InProcess::new(),
            link,
            has_workers: AtomicBool::new(false),
        })))
    }

    /// Rings for a job, within a second. A wake is not queued while another one for its guild waits. A process that has workers
    /// sends its late answers itself, and goes on with what takes long.
    ///
    /// # Errors
    /// [`QueueError::Away`] and [`QueueError::Full`]; either way the sweep finds what was to be done.
    pub async fn push(&self, job: Job) -> Result<(), QueueError> {
        let kind = job.kind();
        let result = match &self.0.link {
            None => self.push_here(job),
            Some(_) if job.wakes().is_none() && self.0.has_workers.load(Ordering::Relaxed) => {
                self.push_here(job)
            }
            Some(link) => match link.push(job.clone()).await {
                Err(QueueError::Away) if self.0.has_workers.load(Ordering::Relaxed) => self.push_here(job),
                result => result,
            },
        };
        let outcome = match result {
            Ok(()) => "queued",
            Err(QueueError::Full) => "full",
            Err(QueueError::Away | QueueError::Address) => "away",
        };
        counter!("simlane_jobs_pushed_total", "job" => kind, "outcome" => outcome).increment(1);
        result
    }

    fn push_here(&self, job: Job) -> Result<(), QueueError> {
        let guild = job.wakes();
        if guild.is_some_and(|guild| !self.0.wakes.wait(guild)) {
            return Ok(());
        }
        let lane = match job.lane() {
            Lane::Guild => &self.0.inprocess,
            Lane::Late => &self.0.late,
            Lane::Long => &self.0.long,
            Lane::Site => &self.0.site,
        };
        if lane.push(job) {
            return Ok(());
        }
        if let Some(guild) = guild {
            self.0.wakes.left(guild);
        }
        Err(QueueError::Full)
    }

    /// How many wakes the sweep may ring for now, so that about a hundred wait; none while nobody could hear them.
    pub async fn room_for_sweep(&self) -> usize {
        let waiting = match self.depth().await {
            Ok(depth) => depth,
            Err(_) if self.0.has_workers.load(Ordering::Relaxed) => self.0.depth_here(),
            Err(_) => return 0,
        };
        SWEEP_FILLS_TO.saturating_sub(waiting)
    }

    /// How many jobs wait.
    ///
    /// # Errors
    /// [`QueueError::Away`].
    pub async fn depth(&self) -> Result<usize, QueueError> {
        let shared = match &self.0.link {
            Some(link) => link.depth().await?,
            None => 0,
        };
        let depth = shared + self.0.depth_here();
        gauge!("simlane_queue_depth").set(f64::from(u32::try_from(depth).unwrap_or(u32::MAX)));
        Ok(depth)
    }

    /// How long the queue takes to answer; zero inside this process.
    ///
    /// # Errors
    /// [`QueueError::Away`].
    pub async fn latency(&self) -> Result<Duration, QueueError> {
        match &self.0.link {
            Some(link) => link.latency().await,
            None => Ok(Duration::ZERO),
        }
    }

    /// Whether jobs go through Redis.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.0.link.is_some()
    }

    pub(super) fn parts(&self) -> Arc<Parts> {
        Arc::clone(&self.0)
    }
}
