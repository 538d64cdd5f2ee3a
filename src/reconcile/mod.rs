//! Makes Discord agree with the database: facts → desired → plan → apply.
//!
//! [`facts`] reads what the database says of one owner, [`desired`] computes what should be and what should have been said,
//! [`plan`] lists what is left to do, and `apply` does it step by step under the guild's lease.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use crate::{
    base::{clock::Clock, ids::Ids},
    discord::{ReadPort, WritePort},
    store::Store,
};

mod apply;
mod backoff;
pub mod binding;
pub mod check;
pub mod desired;
pub mod facts;
mod halt;
mod pass;
pub mod plan;
mod serve;
pub mod slot;
pub mod step;
#[cfg(test)]
pub(crate) mod testing;

pub use serve::Served;

/// How soon an owner that changes faster than it can be served is looked at again.
const RESTLESS: Duration = Duration::from_secs(5);

/// How soon an owner whose step waits for something else, such as a category of another owner's, is looked at again.
const AWAIT: Duration = Duration::from_secs(30);

/// What the reconciler works with. Cheap to clone.
#[derive(Clone)]
pub struct Reconciler {
    clock: Clock,
    ids: Ids,
    read: Arc<dyn ReadPort>,
    stop: CancellationToken,
    store: Store,
    timings: Timings,
    write: Arc<dyn WritePort>,
}

/// How long things may take.
///
/// A call's own deadline, its wait for the rate limiter included, has to be shorter than [`Timings::lease`], so that no call is
/// under way when another worker takes the lease over.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// How long after its start an attempt of unknown outcome is looked into: by then its effect has arrived or never will.
    pub examine_after: Duration,
    /// How long a guild's lease lasts without being renewed.
    pub lease: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self { examine_after: Duration::from_secs(20), lease: Duration::from_secs(15) }
    }
}

/// What is passed to [`Reconciler::new`].
pub struct Parts {
    /// The domain's clock.
    pub clock: Clock,
    /// Fresh ids and tokens.
    pub ids: Ids,
    /// Reads from Discord.
    pub read: Arc<dyn ReadPort>,
    /// Once cancelled, no further step is begun: the lease is given back, and another worker goes on.
    pub stop: CancellationToken,
    /// The database.
    pub store: Store,
    /// How long things may take.
    pub timings: Timings,
    /// Writes to Discord.
    pub write: Arc<dyn WritePort>,
}

impl Reconciler {
    /// A reconciler of these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { clock, ids, read, stop, store, timings, write } = parts;
        Self { clock, ids, read, stop, store, timings, write }
    }
}
