//! Keeps the commands that Discord shows the same as those that this version answers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use tokio_util::sync::CancellationToken;
use twilight_model::id::{Id, marker::ApplicationMarker};

use crate::{
    base::clock::Clock,
    discord::{Class, Error, WritePort},
    store::{Store, StoreError, bot_settings, bot_settings::Registration},
};

const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// Writes the commands to Discord when they changed. Cheap to clone.
#[derive(Clone)]
pub struct Registrar(Arc<Inner>);

struct Inner {
    parts: RegistrarParts,
    tried: AtomicBool,
}

/// What [`Registrar::new`] is given.
pub struct RegistrarParts {
    /// Whose commands they are.
    pub application: Id<ApplicationMarker>,
    /// The domain's clock.
    pub clock: Clock,
    /// Every command, as Discord takes it.
    pub commands: Value,
    /// Changes when the commands do.
    pub hash: String,
    /// Where the hash of what was written last is kept.
    pub store: Store,
    /// Writes to Discord.
    pub write: Arc<dyn WritePort>,
}

/// How a registration ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Registered {
    /// Discord has them already.
    Unchanged,
    /// They were written.
    Written,
}

/// Why commands could not be registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Discord didn't take them.
    #[error("Discord didn't take the commands: {0}")]
    Discord(#[from] Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Store(#[from] StoreError),
}

impl Registrar {
    /// A registrar of these parts.
    #[must_use]
    pub fn new(parts: RegistrarParts) -> Self {
        Self(Arc::new(Inner { parts, tried: AtomicBool::new(false) }))
    }

    /// Writes the commands, unless the same were written last.
    ///
    /// # Errors
    ///
    /// When Discord refuses or is away, which is remembered for `simlane status`, or the database fails.
    pub async fn register(&self) -> Result<Registered, RegisterError> {
        let RegistrarParts { application, clock, commands, store, write, .. } = &self.0.parts;
        // Another application with the same database has none of them yet.
        let hash = format!("{application}:{}", self.0.parts.hash);
        let known = bot_settings::get(store).await?;
        if known.commands_hash.as_ref() == Some(&hash) && known.commands_error.is_none() {
            return Ok(Registered::Unchanged);
        }
        let written = write.put_commands(*application, commands).await;
        let registration = match &written {
            Ok(()) => Registration::Succeeded { hash },
            Err(error) => Registration::Failed { error: error.to_string() },
        };
        bot_settings::registered(store, registration, clock.now()).await?;
        written?;
        Ok(Registered::Written)
    }

    /// Registers, and tries again until it succeeds or `stop`. Each cause is logged once.
    pub async fn keep_trying(&self, stop: CancellationToken) {
        let (mut wait, mut logged) = (FIRST_WAIT, String::new());
        loop {
            let ended = tokio::select! {
                () = stop.cancelled() => return,
                ended = self.register() => ended,
            };
            self.0.tried.store(true, Ordering::Release);
            let error = match ended {
                Ok(registered) => return tracing::info!(?registered, "commands are registered"),
                Err(error) => error,
            };
            let text = error.to_string();
            if text != logged {
                tracing::warn!(error = text, "commands are not registered; trying again");
                logged = text;
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(self.pause(&error, wait)) => {}
            }
            wait = LONGEST_WAIT.min(wait * 2);
        }
    }

    /// Whether [`Registrar::keep_trying`] has tried at least once.
    #[must_use]
    pub fn has_tried(&self) -> bool {
        self.0.tried.load(Ordering::Acquire)
    }

    /// Not before Discord allows it.
    fn pause(&self, error: &RegisterError, wait: Duration) -> Duration {
        match error {
            RegisterError::Discord(error) => match error.class() {
                Class::RetryAt(at) => {
                    let left = at.duration_since(self.0.parts.clock.now());
                    Duration::try_from(left).unwrap_or_default().clamp(FIRST_WAIT, LONGEST_WAIT)
                }
                _ => wait,
            },
            RegisterError::Store(_) => wait,
        }
    }
}
