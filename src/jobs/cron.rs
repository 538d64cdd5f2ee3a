//! Ticks: what is done at even times, in UTC.
//!
//! A tick that is still running when its time comes again is left alone; a tick that is missed is not made up for,
//! so each must ask the database what is due and not what has passed. Several processes may run the same ticks.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::FutureExt;
use metrics::counter;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// Something done at even times.
#[derive(Clone)]
pub struct Tick {
    name: &'static str,
    schedule: &'static str,
    run: Arc<dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>,
}

/// Why ticks could not be started.
#[derive(Debug, thiserror::Error)]
pub enum CronError {
    /// A tick's schedule is not a cron expression with seconds.
    #[error("the tick {name} has no schedule that can be read: {schedule}")]
    Schedule {
        /// The tick's name.
        name: &'static str,
        /// Its schedule as written.
        schedule: &'static str,
    },
    /// The scheduler itself failed.
    #[error("the scheduler failed: {0}")]
    Scheduler(#[from] JobSchedulerError),
}

impl Tick {
    /// `schedule` is a cron expression of six fields, seconds first, in UTC: `0 * * * * *` is each full minute.
    pub fn new<F, Fut>(name: &'static str, schedule: &'static str, run: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        Self { name, schedule, run: Arc::new(move || run().boxed()) }
    }

    /// The name in logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The scheduler's job for this tick.
    fn job(&self, running: TaskTracker) -> Result<Job, CronError> {
        let turn = Arc::new(Turn { tick: self.clone(), busy: AtomicBool::new(false) });
        let unreadable = |_| CronError::Schedule { name: self.name, schedule: self.schedule };
        Job::new_async(self.schedule, move |_, _| {
            let turn = Arc::clone(&turn);
            running.track_future(turn.take()).boxed()
        })
        .map_err(unreadable)
    }
}

impl fmt::Debug for Tick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tick({} at {})", self.name, self.schedule)
    }
}

/// A tick and whether it runs.
struct Turn {
    tick: Tick,
    busy: AtomicBool,
}

impl Turn {
    async fn take(self: Arc<Self>) {
        let name = self.tick.name;
        if self.busy.swap(true, Ordering::AcqRel) {
            counter!("simlane_ticks_total", "tick" => name, "outcome" => "skipped").increment(1);
            tracing::debug!(tick = name, "the last one still runs");
            return;
        }
        let _free = Free(&self.busy);
        let span = tracing::info_span!("tick", tick = name);
        (self.tick.run)().instrument(span).await;
        counter!("simlane_ticks_total", "tick" => name, "outcome" => "ended").increment(1);
    }
}

/// Frees the turn when the tick ends, be it by a panic.
struct Free<'a>(&'a AtomicBool);

impl Drop for Free<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

/// Ticks that are running.
#[must_use = "dropping it leaves the ticks running until the runtime ends"]
pub struct Cron {
    scheduler: JobScheduler,
    running: TaskTracker,
}

impl Cron {
    /// Starts the ticks on the current tokio runtime.
    ///
    /// # Errors
    /// [`CronError`] when a schedule cannot be read.
    pub async fn start(ticks: &[Tick]) -> Result<Self, CronError> {
        let scheduler = JobScheduler::new().await?;
        let running = TaskTracker::new();
        for tick in ticks {
            scheduler.add(tick.job(running.clone())?).await?;
        }
        scheduler.start().await?;
        Ok(Self { scheduler, running })
    }

    /// Begins no more ticks and waits for those that run.
    pub async fn stop(mut self) {
        if let Err(error) = self.scheduler.shutdown().await {
            tracing::warn!(%error, "the ticks did not stop");
        }
        self.running.close();
        self.running.wait().await;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn a_schedule_is_read_with_its_seconds() {
        let parse = |schedule| Tick::new("test", schedule, || async {}).job(TaskTracker::new()).map(|_| ());
        for good in ["0 * * * * *", "*/5 * * * * *", "30 17 3 * * *"] {
            parse(good).unwrap();
        }
        for bad in ["* * * * *", "every minute", "61 * * * * *", ""] {
            let error = parse(bad).unwrap_err();
            assert!(matches!(error, CronError::Schedule { name: "test", schedule } if schedule == bad));
        }
    }

    #[tokio::test]
    async fn ticks_run_each_time_and_never_over_themselves() {
        let (quick, slow) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let gate = Arc::new(Semaphore::new(0));
        let ticks = [
            Tick::new("quick", "* * * * * *", {
                let quick = Arc::clone(&quick);
                move || {
                    quick.fetch_add(1, Ordering::Relaxed);
                    async {}
                }
            }),
            Tick::new("slow", "* * * * * *", {
                let (slow, gate) = (Arc::clone(&slow), Arc::clone(&gate));
                move || {
                    slow.fetch_add(1, Ordering::Relaxed);
                    let gate = Arc::clone(&gate);
                    async move { gate.acquire().await.unwrap().forget() }
                }
            }),
        ];
        let cron = Cron::start(&ticks).await.unwrap();
        while quick.load(Ordering::Relaxed) < 4 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(slow.load(Ordering::Relaxed), 1);
        let stopped = tokio::spawn(cron.stop());
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert!(!stopped.is_finished(), "a tick that runs is waited for");
        gate.add_permits(10);
        stopped.await.unwrap();
        let ended = quick.load(Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(2200)).await;
        assert_eq!(quick.load(Ordering::Relaxed), ended, "nothing ticks after the stop");
    }

    #[tokio::test]
    async fn a_tick_that_panics_comes_again() {
        let turns = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&turns);
        let tick = Tick::new("panics", "* * * * * *", move || {
            let turn = counted.fetch_add(1, Ordering::Relaxed);
            async move { assert!(turn > 0, "the first fails") }
        });
        let cron = Cron::start(&[tick]).await.unwrap();
        while turns.load(Ordering::Relaxed) < 2 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        cron.stop().await;
    }
}
