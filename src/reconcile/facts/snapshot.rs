//! How a sheet stands, kept once for each period, so that what is told of it changes no oftener.

use crate::{
    domain::{club::Club, event::Event, signup::Sheet, snapshot::Snapshot},
    reconcile::Reconciler,
    store::{
        StoreError,
        event_notices::{self, Notices},
        membership,
    },
};

impl Reconciler {
    /// What an event's channel was told. Where the time for another update has come, how its sheet stands now is kept first.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub(super) async fn notices(
        &self,
        club: &Club,
        event: &Event,
        sheet: &Sheet,
    ) -> Result<Notices, StoreError> {
        let mut notices = event_notices::of(&self.store, event.id).await?;
        let (now, before) = (self.clock.now(), notices.snapshot.as_ref().map(|snapshot| snapshot.at));
        if Snapshot::is_due(event, &club.settings, before, now) {
            let tx = self.store.begin().await?;
            let silent = membership::silent(&tx, club.id, event.id).await?;
            let snapshot = Snapshot::of(event, sheet, silent, now);
            event_notices::keep(&tx, event.id, &snapshot).await?;
            tx.commit().await?;
            notices.snapshot = Some(snapshot);
        }
        Ok(notices)
    }
}
