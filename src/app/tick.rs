//! One pass of everything that is due, without listeners.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{App, CONCURRENCY, Parts, StartError, Unfinished, core::Core, open};
use crate::{
    base::config::Config,
    jobs::{Queue, Workers, worker::Drained},
    store::StoreError,
};

/// How long a pass goes on taking up what is due: hosts that schedule by themselves do so every minute.
const PASS: Duration = Duration::from_secs(45);
/// How long what is in hand at the end of the pass may take.
const FINISH: Duration = Duration::from_secs(10);
/// How often it looks for more.
const LOOK: Duration = Duration::from_millis(200);

/// Why a pass did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum TickError {
    /// It could not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The time was up.
    #[error(transparent)]
    Unfinished(#[from] Unfinished),
}

impl App {
    /// Does everything that is due and returns, within a minute or once `stop` is cancelled. Jobs run in this process, whatever
    /// queue is configured: one that is away stops nothing.
    ///
    /// # Errors
    ///
    /// See [`TickError`]. What is not done stands in the database for the next pass.
    pub async fn tick(config: &Config, parts: &Parts, stop: CancellationToken) -> Result<(), TickError> {
        let store = open(config.database.expose()).await.map_err(StartError::from)?;
        let queue = Queue::new(None).map_err(StartError::from)?;
        let core = Core::build(config, parts, store, queue, &stop)?;
        core.sweeper.purge().await?;
        let workers =
            Workers::start(&core.queue, Arc::clone(&core.crew), CONCURRENCY, &parts.ids.reference());
        let passed = stop.run_until_cancelled(pass(&core, &workers)).await.unwrap_or(Ok(()));
        let drained = workers.drain(FINISH).await;
        core.abandon.cancel();
        core.bell.stop().await;
        passed?;
        core.store.close().await?;
        match drained {
            Drained::Empty => Ok(()),
            Drained::Left(jobs) => Err(Unfinished { jobs }.into()),
        }
    }
}

/// Sweeps until nothing is due and nothing in hand.
async fn pass(core: &Core, workers: &Workers<crate::jobs::Crew>) -> Result<(), StoreError> {
    let until = Instant::now() + PASS;
    while Instant::now() < until {
        let swept = core.sweeper.sweep().await?;
        let waiting = core.queue.depth().await.unwrap_or(0);
        if swept.all() + waiting + workers.in_hand() == 0 {
            return Ok(());
        }
        sleep(LOOK).await;
    }
    Ok(())
}
