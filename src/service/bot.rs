//! The service itself: how it is, and what it remembers about itself.

use std::time::Duration;

use uuid::Uuid;

use super::{Service, ServiceError};
pub use crate::store::{bot_settings::BotSettings, command_log::Entry as UsedCommand};
use crate::{
    domain::name::Notice,
    store::{bot_settings, command_log},
};

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

    /// Keeps what whoever runs the service has to say to everybody; `None` for nothing.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn tell_everybody(&self, notice: Option<Notice>) -> Result<(), ServiceError> {
        tracing::info!(is_there = notice.is_some(), "the operator changed the notice");
        Ok(bot_settings::tell(self.store(), notice, self.0.clock.now()).await?)
    }

    /// The commands that people used, the latest first: those before that one.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn used_commands(
        &self,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<UsedCommand>, ServiceError> {
        Ok(command_log::latest(self.store(), before, limit).await?)
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
