//! Where jobs are done, whatever queue they came through.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::FutureExt;
use metrics::{counter, histogram};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use super::coalesce::Wakes;
use super::job::{Handle, Job};

/// Runs jobs, a bounded number at once. Jobs run as tasks of their own: a queue that fails ends none of them.
pub(super) struct Desk<H> {
    handler: Arc<H>,
    wakes: Arc<Wakes>,
    /// For the work on guilds; late answers are bounded by their lane.
    permits: Semaphore,
    work: TaskTracker,
    stop: CancellationToken,
}

impl<H: Handle> Desk<H> {
    pub(super) fn new(
        handler: Arc<H>,
        wakes: Arc<Wakes>,
        concurrency: usize,
        stop: CancellationToken,
    ) -> Arc<Self> {
        let permits = Semaphore::new(concurrency);
        Arc::new(Self { handler, wakes, permits, work: TaskTracker::new(), stop })
    }

    /// Returns once the job is done, or at once when the guild's running wake will be followed by another.
    pub(super) async fn take(self: Arc<Self>, job: Job) {
        if job.wakes().is_some_and(|guild| !self.wakes.begin(guild, &job)) {
            return;
        }
        let desk = Arc::clone(&self);
        // A task's panic was caught and logged inside it.
        let _ = self.work.spawn(async move { desk.run_until_quiet(job).await }).await;
    }

    async fn run_until_quiet(&self, mut job: Job) {
        let _permit = match job.wakes() {
            Some(_) => match self.permits.acquire().await {
                Ok(permit) => Some(permit),
                Err(_) => return,
            },
            None => None,
        };
        loop {
            let span = job.span();
            self.run(job.clone()).instrument(span).await;
            match job.wakes().and_then(|guild| self.wakes.finish(guild)) {
                // A process that stops leaves the rest to the sweep of the next one.
                Some(next) if !self.stop.is_cancelled() => job = next,
                _ => return,
            }
        }
    }

    async fn run(&self, job: Job) {
        let kind = job.kind();
        let began = Instant::now();
        let outcome = AssertUnwindSafe(self.handler.handle(job)).catch_unwind().await;
        histogram!("simlane_job_seconds", "job" => kind).record(began.elapsed().as_secs_f64());
        let outcome = match outcome {
            Ok(()) => "ended",
            Err(_) => {
                tracing::error!("a job panicked; its row keeps what is still to do");
                "panicked"
            }
        };
        counter!("simlane_jobs_total", "job" => kind, "outcome" => outcome).increment(1);
    }

    /// How many jobs are in hand.
    pub(super) fn in_hand(&self) -> usize {
        self.work.len()
    }

    /// Waits until nothing is in hand, at most `within`; returns how many jobs still are.
    pub(super) async fn finish(&self, within: Duration) -> usize {
        self.work.close();
        let _ = tokio::time::timeout(within, self.work.wait()).await;
        self.work.len()
    }
}
