//! The service itself: how it is, and what it remembers about itself.

use std::time::Duration;

use super::{Service, ServiceError};
use crate::store::bot_settings;
pub use crate::store::bot_settings::BotSettings;

/// How the service is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Health {
    /// How long the database took to answer.
    pub database: Duration,
    /// How long the queue took to answer; `None` while it is away.
    pub queue: Option<Duration>,
}

impl Service {
    /// How long the database and the queue take to answer.
    ///
    /// # Errors
    ///
    /// When the database doesn't answer.
    pub async fn health(&self) -> Result<Health, ServiceError> {
        let database = self.store().ping().await?;
        Ok(Health { database, queue: self.0.doorbell.latency().await })
    }

    /// What the service remembers about itself.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn bot_settings(&self) -> Result<BotSettings, ServiceError> {
        Ok(bot_settings::get(self.store()).await?)
    }

    /// Saves what the service remembers about itself.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn save_bot_settings(&self, settings: BotSettings) -> Result<(), ServiceError> {
        Ok(bot_settings::save(self.store(), settings, self.0.clock.now()).await?)
    }
}
