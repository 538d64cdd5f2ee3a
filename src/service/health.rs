//! How well a club's server is set up: asking for a look, and what the database knows of it.

use secrecy::SecretString;
use serde_json::Value;
use twilight_model::id::{Id, marker::GuildMarker};

use super::{Ask, Service, ServiceError, panel::failing_of, sync::last_sync};
pub use crate::store::inquiries::{Asked, Posting};
use crate::{
    domain::{
        club::Club,
        health::{Backlog, ServerRoles},
        panel::Subject,
        sync::Run,
    },
    store::{clubs, guild_roles, owners},
};

/// What the database knows of a club's health.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClubState {
    /// The club.
    pub club: Club,
    /// Whose work fails, the oldest failure first.
    pub failing: Vec<Subject>,
    /// The last sync that was to change something.
    pub last_sync: Option<Run>,
    /// What waits to be done, of all clubs.
    pub queue: Backlog,
}

impl Service {
    /// Has the club's server looked over. What is found takes the place of the deferred reply to `token`'s interaction. Returns the
    /// callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and fails when the database does.
    pub async fn ask_health(&self, ask: Ask<'_, ()>, token: &SecretString) -> Result<Value, ServiceError> {
        let guild = self.organised_club(ask.actor).await?.guild;
        self.inquire(ask, token, Asked::Health { guild }).await
    }

    /// Notes a guild's roles as they were just read.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn note_roles(&self, guild: Id<GuildMarker>, roles: &ServerRoles) -> Result<(), ServiceError> {
        let work = self.begin().await?;
        guild_roles::put(&work.tx, guild, &roles.all, Some(&roles.held), work.now).await?;
        Ok(work.tx.commit().await?)
    }

    /// What the database knows of the health of a guild's club; `None` where there is no club.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn club_state(&self, guild: Id<GuildMarker>) -> Result<Option<ClubState>, ServiceError> {
        let db = self.store();
        let Some(club) = clubs::of_guild(db, guild).await? else { return Ok(None) };
        let failing = failing_of(db, &club).await?.into_iter().map(|owner| owner.subject).collect();
        let last_sync = last_sync(db, club.id).await?;
        let owners::Queue { oldest, waiting } = owners::queue(db, self.0.clock.now()).await?;
        Ok(Some(ClubState { club, failing, last_sync, queue: Backlog { oldest, waiting } }))
    }
}
