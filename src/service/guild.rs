//! Guilds, as interactions show them.

use twilight_model::{
    guild::Permissions,
    id::{Id, marker::GuildMarker},
};

use super::{Service, ServiceError};
pub use crate::store::guilds::Sighting;
use crate::{
    domain::id::OwnerId,
    store::{bindings, guilds, messages, owners},
};

/// The most failing owners of a guild whose messages are tried again at once.
const MAX_FAILING: u64 = 1_000;

impl Service {
    /// Notes what a request shows of a guild. Writes only what is new; permissions that the app gained let everything that is
    /// parked in the guild be tried again.
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
        if known.as_ref().is_some_and(|known| sighting.tells_nothing_new(known)) {
            return Ok(());
        }
        let before = known.map_or(Permissions::empty(), |known| known.permissions);
        let gained = sighting.permissions.is_some_and(|after| !before.contains(after));
        let work = self.begin().await?;
        let news = guilds::see(&work.tx, guild, sighting, work.now).await?;
        let retries = gained && !news.is_new;
        if retries {
            let failing = owners::failing(&work.tx, Some(guild), MAX_FAILING).await?;
            let failing: Vec<OwnerId> = failing.iter().map(|failing| failing.owner.id()).collect();
            bindings::unpark(&work.tx, guild, work.now).await?;
            messages::unpark(&work.tx, &failing).await?;
            owners::request_failed(&work.tx, guild, work.now).await?;
        }
        let now = work.now;
        work.tx.commit().await?;
        if retries || news.is_back {
            self.ring(guild, now, request_id);
        }
        Ok(())
    }
}
