//! What time changes by itself of a sheet, before anything is computed from it.

use crate::{
    domain::event::Event,
    reconcile::Reconciler,
    store::{StoreError, events, signups},
};

impl Reconciler {
    /// Brings an event's sheet to the present: offers that nobody answered lapse, and free places go to those who wait. Says
    /// whether anything changed. A click may do the same at the same time: whoever holds the event's lock first does it.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub(super) async fn advance(&self, event: &Event) -> Result<bool, StoreError> {
        let tx = self.store.begin().await?;
        let Some(event) = events::lock(&tx, event.club, event.id).await? else { return Ok(false) };
        let now = self.clock.now();
        let changed = signups::sheet(&tx, event.id).await?.advanced(&event, now);
        if changed.is_empty() {
            tx.rollback().await?;
            return Ok(false);
        }
        signups::put(&tx, event.id, &changed, || self.ids.uuid(now), now).await?;
        tx.commit().await?;
        Ok(true)
    }
}
