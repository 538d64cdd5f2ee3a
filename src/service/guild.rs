//! Guilds, as interactions show them.

use twilight_model::id::{Id, marker::GuildMarker};

use super::{Ring, Service, ServiceError, work::Work};
pub use crate::store::guilds::Sighting;
use crate::{
    domain::{id::OwnerId, permission::missing},
    store::{bindings, guilds, messages, owners},
};

/// The most failing owners of a guild whose messages are tried again at once.
const MAX_FAILING: u64 = 1_000;

impl Service {
    /// Notes what a request shows of a guild. Writes only what is new. Where the app holds everything that it needs, whatever
    /// Discord forbade in the guild is tried again, once in ten minutes at most.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn see_guild(
        &self,
        guild: Id<GuildMarker>,
        sighting: Sighting,
        request_id: &str,
    ) -> Result<(), ServiceError> {
        let known = guilds::by_id(self.store(), guild).await?;
        let has_all = sighting.permissions.is_some_and(|held| missing(held).is_empty());
        let retries = has_all && guilds::wants_retry(self.store(), guild, self.0.clock.now()).await?;
        if !retries && known.is_some_and(|known| sighting.tells_nothing_new(&known)) {
            return Ok(());
        }
        let work = self.begin().await?;
        let news = guilds::see(&work.tx, guild, sighting, work.now).await?;
        let retries = retries && guilds::claim_retry(&work.tx, guild, work.now).await?;
        if retries {
            retry(&work, guild).await?;
        }
        let now = work.now;
        work.tx.commit().await?;
        if retries || news.is_back {
            self.ring(guild, now, request_id);
        }
        Ok(())
    }

    /// Has it found out which guild the app was removed from.
    pub fn lost_somewhere(&self, request_id: &str) {
        self.0.doorbell.ring(Ring::Census { request_id: request_id.to_owned() });
    }
}

/// Lets everything that is parked in the guild be tried at once.
async fn retry(work: &Work, guild: Id<GuildMarker>) -> Result<(), ServiceError> {
    let failing = owners::failing(&work.tx, Some(guild), MAX_FAILING).await?;
    let failing: Vec<OwnerId> = failing.iter().map(|failing| failing.owner.id()).collect();
    bindings::unpark(&work.tx, guild, work.now).await?;
    messages::unpark(&work.tx, &failing).await?;
    Ok(owners::request_failed(&work.tx, guild, work.now).await?)
}
