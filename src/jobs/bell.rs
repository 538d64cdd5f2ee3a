//! Rings for jobs: now, at an instant of the domain's clock, or after a span of real time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::task::AbortHandle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{job::Job, queue::Queue};
use crate::{
    base::clock::Clock,
    service::{Doorbell, Ring},
};

/// Rings for what lies further ahead are the sweep's: a timer would only wait for it in memory.
pub const HORIZON: Duration = Duration::from_secs(3_600);

/// Rings for jobs without making anybody wait. Cheap to clone; clones share their timers.
#[derive(Clone)]
pub struct Bell(Arc<Inner>);

struct Inner {
    clock: Clock,
    queue: Queue,
    stop: CancellationToken,
    tasks: TaskTracker,
    /// The nearest timer of each guild.
    timers: Mutex<HashMap<u64, Timer>>,
}

struct Timer {
    at: Timestamp,
    task: AbortHandle,
}

impl Bell {
    /// A bell that rings through `queue`, with timers on `clock`.
    #[must_use]
    pub fn new(queue: Queue, clock: Clock) -> Self {
        let (stop, tasks, timers) = (CancellationToken::new(), TaskTracker::new(), Mutex::default());
        Self(Arc::new(Inner { clock, queue, stop, tasks, timers }))
    }

    /// Rings now.
    pub fn now(&self, job: Job) {
        let bell = self.clone();
        self.0.tasks.spawn(async move { bell.push(job).await });
    }

    /// Rings after `wait` of real time, which is what leases and other processes go by.
    pub fn after(&self, job: Job, wait: Duration) {
        let bell = self.clone();
        self.0.tasks.spawn(async move {
            tokio::select! {
                () = bell.0.stop.cancelled() => {}
                () = tokio::time::sleep(wait) => bell.push(job).await,
            }
        });
    }

    /// Rings at an instant. A guild has one timer, the nearest: whoever serves it then sets the next one.
    pub fn at(&self, job: Job, at: Timestamp) {
        let now = self.0.clock.now();
        if at <= now {
            return self.now(job);
        }
        if at.duration_since(now).unsigned_abs() > HORIZON {
            return;
        }
        let Some(guild) = job.wakes() else {
            self.spawn_timer(job, at);
            return;
        };
        let mut timers = self.timers();
        if timers.get(&guild).is_some_and(|nearer| nearer.at <= at) {
            return;
        }
        let task = self.spawn_timer(job, at);
        if let Some(later) = timers.insert(guild, Timer { at, task }) {
            later.task.abort();
        }
    }

    /// Forgets its timers, and waits for the rings that are under way.
    pub async fn stop(&self) {
        self.0.stop.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    fn spawn_timer(&self, job: Job, at: Timestamp) -> AbortHandle {
        let bell = self.clone();
        let timer = self.0.tasks.spawn(async move {
            tokio::select! {
                () = bell.0.stop.cancelled() => return,
                () = bell.0.clock.sleep_until(at) => {}
            }
            if let Some(guild) = job.wakes() {
                bell.timers().retain(|whose, timer| *whose != guild || timer.at != at);
            }
            bell.push(job).await;
        });
        timer.abort_handle()
    }

    async fn push(&self, job: Job) {
        let kind = job.kind();
        if let Err(error) = self.0.queue.push(job).await {
            tracing::debug!(kind, %error, "not rung: the sweep will find it");
        }
    }

    fn timers(&self) -> MutexGuard<'_, HashMap<u64, Timer>> {
        self.0.timers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Doorbell for Bell {
    fn ring(&self, ring: Ring) {
        match ring {
            Ring::Census { request_id } => self.now(Job::Census { request_id }),
            Ring::Sync { id, request_id } => self.now(Job::Sync { id, request_id }),
            Ring::FollowUp { id, request_id } => self.now(Job::FollowUp { id, request_id }),
            Ring::Inquiry { id, request_id } => self.now(Job::Inquiry { id, request_id }),
            Ring::Import { id, request_id } => self.now(Job::Import { id, request_id }),
            Ring::Webhook { id, request_id } => self.now(Job::Webhook { id, request_id }),
            Ring::Wake { at, guild, request_id } => {
                self.at(Job::Wake { guild: guild.get(), request_id }, at);
            }
        }
    }

    fn latency(&self) -> BoxFuture<'_, Option<Duration>> {
        Box::pin(async { self.0.queue.latency().await.ok() })
    }
}

impl std::fmt::Debug for Bell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bell").field("timers", &self.timers().len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use twilight_model::id::Id;

    use super::*;

    fn bell() -> (Bell, Queue, Clock) {
        let clock = Clock::manual("2026-12-05T14:00:00Z".parse().unwrap());
        let queue = Queue::new(None).unwrap();
        (Bell::new(queue.clone(), clock.clone()), queue, clock)
    }

    fn wake(guild: u64) -> Job {
        Job::Wake { guild, request_id: "test".to_owned() }
    }

    /// How many jobs wait, once whatever was to ring has rung.
    async fn waiting(queue: &Queue) -> usize {
        tokio::time::sleep(Duration::from_millis(20)).await;
        queue.depth().await.unwrap()
    }

    #[tokio::test]
    async fn a_guild_is_rung_for_at_its_nearest_timer_once() {
        let (bell, queue, clock) = bell();
        let at = |seconds| clock.now() + Duration::from_secs(seconds);
        let (five, ten) = (at(5), at(10));
        for at in [ten, five, ten, five] {
            bell.at(wake(1), at);
        }
        assert_eq!(waiting(&queue).await, 0);
        clock.advance(Duration::from_secs(5));
        assert_eq!(waiting(&queue).await, 1);
        assert_eq!(format!("{bell:?}"), "Bell { timers: 0, .. }");
        clock.advance(Duration::from_secs(5));
        assert_eq!(waiting(&queue).await, 1, "whoever served it at the first sets the next");
    }

    #[tokio::test]
    async fn what_lies_far_ahead_is_left_to_the_sweep() {
        let (bell, queue, clock) = bell();
        bell.at(wake(1), clock.now() + HORIZON + Duration::from_millis(1));
        bell.at(wake(2), clock.now() + HORIZON);
        clock.advance(HORIZON * 2);
        assert_eq!(waiting(&queue).await, 1);
    }

    #[tokio::test]
    async fn the_doorbell_rings_at_once_for_what_is_past() {
        let (bell, queue, clock) = bell();
        let request_id = "test".to_owned();
        bell.ring(Ring::Wake { at: clock.now(), guild: Id::new(7), request_id: request_id.clone() });
        bell.ring(Ring::FollowUp { id: uuid::Uuid::from_u128(1), request_id });
        assert_eq!(waiting(&queue).await, 2);
        assert_eq!(bell.latency().await, Some(Duration::ZERO));
    }

    #[tokio::test]
    async fn a_bell_that_stops_waits_for_no_timer() {
        let (bell, queue, clock) = bell();
        bell.at(wake(1), clock.now() + Duration::from_secs(60));
        bell.after(wake(2), Duration::from_secs(3_600));
        bell.now(wake(3));
        tokio::time::timeout(Duration::from_secs(5), bell.stop()).await.unwrap();
        assert_eq!(waiting(&queue).await, 1);
    }
}
