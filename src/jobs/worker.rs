//! The doorbell's bell: takes jobs from the queues and has them done.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use apalis::prelude::{BackendExt, BoxDynError, WorkerBuilder, WorkerBuilderExt, WorkerContext};
use metrics::counter;
use tokio::task::JoinError;
use tokio::time::{interval, sleep};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::desk::Desk;
use super::inprocess::InProcess;
use super::job::{self, Handle, Job};
use super::poll::Ticker;
use super::queue::{Parts, Queue, QueueError};

/// How many jobs one worker on Redis has in hand. apalis acknowledges through a channel with this much room, and
/// nobody empties it while a worker drains: one more job, and the drain would wait for ever.
const IN_HAND: usize = 4;
/// How many late answers this process sends at once, whatever else it does.
const LATE: usize = 4;
/// How many pieces of long work this process does at once.
const LONG: usize = 2;
/// How many sites this process calls at once.
const SITES: usize = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// A worker that ran this long has recovered: its next pause is short again.
const HEALTHY: Duration = Duration::from_secs(30);
const TIDY_EVERY: Duration = Duration::from_secs(60);
/// How long workers may take to acknowledge what was done, once nothing is in hand.
const FAREWELL: Duration = Duration::from_secs(1);

/// The workers of this process. Dropping them takes no more jobs and acknowledges none; what they have in hand goes
/// to another process in seconds.
#[must_use = "dropping the workers stops them"]
pub struct Workers<H> {
    desk: Arc<Desk<H>>,
    parts: Arc<Parts>,
    tasks: Vec<AbortOnDropHandle<()>>,
    stop: CancellationToken,
}

impl<H> Drop for Workers<H> {
    fn drop(&mut self) {
        self.parts.has_workers.store(false, Ordering::Relaxed);
    }
}

/// How a drain ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Everything in hand was finished.
    Empty,
    /// This many jobs were still in hand when the time was up. Their rows keep what is to be done.
    Left(usize),
}

impl<H: Handle> Workers<H> {
    /// Starts to take jobs, at most `concurrency` at once. `instance` must be new at each start of a process: Redis
    /// refuses a worker's old name for some seconds.
    ///
    /// Runs on the current tokio runtime.
    pub fn start(queue: &Queue, handler: Arc<H>, concurrency: usize, instance: &str) -> Self {
        let parts = queue.parts();
        let stop = CancellationToken::new();
        let desk = Desk::new(handler, Arc::clone(&parts.wakes), concurrency, stop.clone());
        let mut workers = Self { desk, parts: Arc::clone(&parts), tasks: Vec::new(), stop };
        workers.spawn(Lane::InProcess, &parts, concurrency, instance);
        workers.spawn(Lane::Late, &parts, LATE, instance);
        workers.spawn(Lane::Long, &parts, LONG, instance);
        workers.spawn(Lane::Site, &parts, SITES, instance);
        if parts.link.is_some() {
            for index in 0..concurrency.div_ceil(IN_HAND) {
                let in_hand = IN_HAND.min(concurrency - index * IN_HAND);
                workers.spawn(Lane::Redis, &parts, in_hand, &format!("{instance}-{index}"));
            }
            workers
                .tasks
                .push(AbortOnDropHandle::new(tokio::spawn(tidy(Arc::clone(&parts), workers.stop.clone()))));
        }
        parts.has_workers.store(true, Ordering::Relaxed);
        workers
    }

    fn spawn(&mut self, lane: Lane, parts: &Arc<Parts>, in_hand: usize, instance: &str) {
        let worker = Supervised {
            lane,
            parts: Arc::clone(parts),
            desk: Arc::clone(&self.desk),
            in_hand,
            instance: instance.to_owned(),
            stop: self.stop.clone(),
        };
        self.tasks.push(AbortOnDropHandle::new(tokio::spawn(worker.supervise())));
    }

    /// How many jobs are in hand.
    #[must_use]
    pub fn in_hand(&self) -> usize {
        self.desk.in_hand()
    }

    /// Takes no more jobs and finishes those in hand, at most `within`.
    pub async fn drain(mut self, within: Duration) -> Drained {
        self.parts.has_workers.store(false, Ordering::Relaxed);
        self.stop.cancel();
        let left = self.desk.finish(within).await;
        let tasks = std::mem::take(&mut self.tasks);
        let _ = tokio::time::timeout(FAREWELL, futures::future::join_all(tasks)).await;
        if left == 0 { Drained::Empty } else { Drained::Left(left) }
    }
}

/// Where a worker takes its jobs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    InProcess,
    Late,
    Long,
    Redis,
    Site,
}

impl Lane {
    const fn name(self) -> &'static str {
        match self {
            Self::InProcess => "here",
            Self::Late => "late",
            Self::Long => "long",
            Self::Redis => "redis",
            Self::Site => "site",
        }
    }
}

/// One apalis worker, started again whenever it ends.
struct Supervised<H> {
    lane: Lane,
    parts: Arc<Parts>,
    desk: Arc<Desk<H>>,
    in_hand: usize,
    instance: String,
    stop: CancellationToken,
}

impl<H: Handle> Supervised<H> {
    /// A backend's error ends an apalis worker, and its panic the task: both are started anew, under a new name,
    /// after a pause that grows while it keeps failing.
    async fn supervise(self) {
        let worker = Arc::new(self);
        let mut pause = FIRST_PAUSE;
        let mut restarts = 0_u32;
        loop {
            let began = Instant::now();
            let run = tokio::spawn(Arc::clone(&worker).run(restarts));
            let ended = AbortOnDropHandle::new(run).await;
            if worker.stop.is_cancelled() {
                return;
            }
            if began.elapsed() > HEALTHY {
                pause = FIRST_PAUSE;
            }
            worker.report(restarts, ended);
            counter!("simlane_worker_restarts_total", "lane" => worker.lane.name()).increment(1);
            tokio::select! {
                () = worker.stop.cancelled() => return,
                () = sleep(pause) => {}
            }
            pause = LONGEST_PAUSE.min(pause * 2);
            restarts += 1;
        }
    }

    /// Redis away was logged once, when it went.
    fn report(&self, restarts: u32, ended: Result<Result<(), BoxDynError>, JoinError>) {
        let lane = self.lane.name();
        match ended {
            Ok(Err(error)) if error.is::<QueueError>() => {}
            Ok(Err(error)) => {
                tracing::warn!(lane, restarts, %error, "a job worker failed and is started anew")
            }
            Err(error) => {
                tracing::error!(lane, restarts, %error, "a job worker panicked and is started anew")
            }
            Ok(Ok(())) => tracing::warn!(lane, restarts, "a job worker ended and is started anew"),
        }
    }

    async fn run(self: Arc<Self>, restarts: u32) -> Result<(), BoxDynError> {
        let name = format!("{}-{}-{restarts}", self.instance, self.lane.name());
        match self.lane {
            Lane::InProcess => {
                let queue = self.parts.inprocess.clone();
                self.run_in_process(&name, queue).await
            }
            Lane::Late => {
                let queue = self.parts.late.clone();
                self.run_in_process(&name, queue).await
            }
            Lane::Long => {
                let queue = self.parts.long.clone();
                self.run_in_process(&name, queue).await
            }
            Lane::Site => {
                let queue = self.parts.site.clone();
                self.run_in_process(&name, queue).await
            }
            Lane::Redis => self.run_on_redis(&name).await,
        }
    }

    async fn run_in_process(self: Arc<Self>, name: &str, queue: InProcess) -> Result<(), BoxDynError> {
        let context = WorkerContext::new(name);
        let worker = WorkerBuilder::new(context.clone()).backend(queue).concurrency(self.in_hand).build({
            let this = Arc::clone(&self);
            move |job: Job| {
                let this = Arc::clone(&this);
                async move {
                    job.wakes().inspect(|guild| this.parts.wakes.left(*guild));
                    Arc::clone(&this.desk).take(job).await;
                }
            }
        });
        self.until_stopped(context, worker.run()).await
    }

    async fn run_on_redis(self: Arc<Self>, name: &str) -> Result<(), BoxDynError> {
        let Some(link) = &self.parts.link else { return Ok(()) };
        let storage = link.storage_when_there().await?;
        let context = WorkerContext::new(name);
        let worker = WorkerBuilder::new(context.clone())
            .backend(storage.poll_with_strategy(Ticker::new()))
            .concurrency(self.in_hand)
            .build({
                let this = Arc::clone(&self);
                move |job: Job| {
                    let this = Arc::clone(&this);
                    async move {
                        if let (Some(link), Some(guild)) = (&this.parts.link, job.wakes()) {
                            link.left(guild).await;
                        }
                        this.pass_on(job).await;
                    }
                }
            });
        self.until_stopped(context, worker.run()).await
    }

    /// Does a job that came through Redis. What takes long goes on in its own lane; a full one leaves it to the sweep.
    async fn pass_on(&self, job: Job) {
        match job.lane() {
            job::Lane::Long => _ = self.parts.long.push(job),
            job::Lane::Site => _ = self.parts.site.push(job),
            job::Lane::Guild | job::Lane::Late => Arc::clone(&self.desk).take(job).await,
        }
    }

    async fn until_stopped<E: Into<BoxDynError>>(
        &self,
        context: WorkerContext,
        run: impl Future<Output = Result<(), E>>,
    ) -> Result<(), BoxDynError> {
        let mut run = std::pin::pin!(run);
        tokio::select! {
            // Polled first: a worker that has not begun cannot be stopped.
            biased;
            ended = &mut run => ended.map_err(Into::into),
            () = self.stop.cancelled() => {
                context.stop()?;
                run.await.map_err(Into::into)
            }
        }
    }
}

async fn tidy(parts: Arc<Parts>, stop: CancellationToken) {
    let mut ticks = interval(TIDY_EVERY);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Some(link) = &parts.link {
            link.tidy().await;
        }
    }
}
