//! The queue inside this process, as an apalis backend.
//!
//! apalis's own memory storage panics when two threads push at the same moment, and its keys are never forgotten;
//! this one is a channel.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use apalis::prelude::{Backend, RandomId, Task, TaskBuilder, TaskId, WorkerContext};
use apalis_core::backend::BackendConfig;
use apalis_core::backend::finalize::Ephemeral;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tower::layer::util::Identity;

use super::job::Job;

/// How many jobs may wait. Beyond it the sweep does, once there is room again.
const ROOM: usize = 1000;

/// A bounded queue in memory. Clones share it, so a worker that is started anew goes on where the last one ended.
#[derive(Clone, Debug)]
pub(super) struct InProcess {
    sender: Sender<Task<Job>>,
    receiver: Arc<Mutex<Receiver<Task<Job>>>>,
    pushed: Arc<AtomicU64>,
}

impl InProcess {
    pub(super) fn new() -> Self {
        let (sender, receiver) = channel(ROOM);
        Self { sender, receiver: Arc::new(Mutex::new(receiver)), pushed: Arc::default() }
    }

    /// Queues a job; `false` when there is no room.
    pub(super) fn push(&self, job: Job) -> bool {
        // apalis needs an id that no other task of the worker has.
        let id = TaskId::from_int(self.pushed.fetch_add(1, Ordering::Relaxed));
        self.sender.try_send(TaskBuilder::new(job).task_id(id).build()).is_ok()
    }

    /// How many jobs wait.
    pub(super) fn depth(&self) -> usize {
        self.sender.max_capacity() - self.sender.capacity()
    }
}

impl Backend for InProcess {
    type Task = Task<Job>;
    type Error = Infallible;

    fn poll_ready(&mut self, _: &mut Context<'_>, _: &WorkerContext) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Option<Result<Task<Job>, Infallible>>> {
        let mut receiver = self.receiver.lock().unwrap_or_else(PoisonError::into_inner);
        receiver.poll_recv(cx).map(|task| task.map(Ok))
    }

    fn poll_close(&mut self, _: &mut Context<'_>, _: &WorkerContext) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }
}

impl BackendConfig for InProcess {
    type Args = Job;
    type Id = RandomId;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Identity {
        Identity::new()
    }
}
