//! What `/readyz` asks.

use futures::future::BoxFuture;

use crate::{
    http::health::{Commands, Readiness},
    jobs::Queue,
    store::{Store, bot_settings},
};

/// The database and the queue.
pub(super) struct Ready {
    pub(super) queue: Queue,
    pub(super) store: Store,
}

impl Readiness for Ready {
    fn database(&self) -> BoxFuture<'_, bool> {
        Box::pin(async { self.store.ping().await.is_ok() })
    }

    fn redis(&self) -> BoxFuture<'_, Option<bool>> {
        Box::pin(async {
            if self.queue.is_shared() { Some(self.queue.latency().await.is_ok()) } else { None }
        })
    }

    fn commands(&self) -> BoxFuture<'_, Option<Commands>> {
        Box::pin(async {
            let known = bot_settings::get(&self.store).await.ok()?;
            Some(match (known.commands_error, known.commands_hash) {
                (Some(_), _) => Commands::Failing,
                (None, Some(_)) => Commands::Registered,
                (None, None) => Commands::Pending,
            })
        })
    }
}

impl std::fmt::Debug for Ready {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ready")
    }
}
