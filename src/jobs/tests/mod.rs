#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod gate;
mod inprocess;
mod redis;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{Handle, Job};

fn wake(guild: u64, request: impl ToString) -> Job {
    Job::Wake { guild, request_id: request.to_string() }
}

fn follow_up(number: u128) -> Job {
    Job::FollowUp { id: Uuid::from_u128(number), request_id: number.to_string() }
}

/// A handler that notes what it begins and ends, and can be held in between.
struct Notes {
    begun: Mutex<Vec<Job>>,
    ended: Mutex<Vec<Job>>,
    pass: Semaphore,
}

impl Notes {
    /// Jobs end as soon as they begin.
    fn free() -> Arc<Self> {
        Self::holding(Semaphore::MAX_PERMITS)
    }

    /// Only this many jobs end before [`Notes::let_go`].
    fn holding(passes: usize) -> Arc<Self> {
        let pass = Semaphore::new(passes);
        Arc::new(Self { begun: Mutex::default(), ended: Mutex::default(), pass })
    }

    fn let_go(&self, jobs: usize) {
        self.pass.add_permits(jobs);
    }

    fn begun(&self) -> Vec<Job> {
        self.begun.lock().unwrap().clone()
    }

    fn ended(&self) -> Vec<Job> {
        self.ended.lock().unwrap().clone()
    }

    async fn until_begun(&self, jobs: usize) {
        until(&format!("{jobs} jobs begin"), || self.begun().len() >= jobs).await;
    }

    async fn until_ended(&self, jobs: usize) {
        until(&format!("{jobs} jobs end"), || self.ended().len() >= jobs).await;
    }
}

impl Handle for Notes {
    async fn handle(&self, job: Job) {
        self.begun.lock().unwrap().push(job.clone());
        self.pass.acquire().await.unwrap().forget();
        self.ended.lock().unwrap().push(job);
    }
}

/// Waits for something to become true, long enough for a machine with other things to do.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(20), "never: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Time enough for what must not happen.
async fn a_while() {
    tokio::time::sleep(Duration::from_millis(300)).await;
}
