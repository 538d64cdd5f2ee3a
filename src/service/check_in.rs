//! Checking in to an event.

use serde_json::Value;

use super::{Ask, Service, ServiceError};
use crate::{
    domain::{event::Event, id::EventId, refusal::Refusal, signup::Decision},
    store::{events, signups},
};

/// What a press on **Check in** came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CheckedIn {
    /// Whether they hadn't checked in before.
    pub anew: bool,
    /// The event.
    pub event: Event,
}

impl Service {
    /// Checks the actor in. No message of the event's shows it, so that nothing is redrawn. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses an event that is unknown, cancelled, over, or not open for it yet, and whoever has no place; fails when the database
    /// does.
    pub async fn check_in(&self, ask: Ask<'_, CheckedIn>, event: EventId) -> Result<Value, ServiceError> {
        let club = self.club_of(ask.actor).await?;
        let work = self.begin().await?;
        let user = self.person(&work, ask.actor).await?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let lines = match sheet.check_in(&event, &club.settings, user, work.now)? {
            Decision::Change(lines) => lines,
            _ => Vec::new(),
        };
        signups::put(&work.tx, event.id, &lines, || self.0.ids.uuid(work.now), work.now).await?;
        let outcome = CheckedIn { anew: !lines.is_empty(), event };
        self.finish(work, &ask, &outcome).await
    }
}
