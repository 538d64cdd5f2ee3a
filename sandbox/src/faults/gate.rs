//! A place where calls wait until a test lets them go.

use tokio::sync::watch;

/// A place where calls wait until a test lets them go. Clones are the same gate.
#[derive(Clone, Debug)]
pub struct Gate {
    waiting: watch::Sender<u32>,
    open: watch::Sender<bool>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { waiting: watch::Sender::new(0), open: watch::Sender::new(false) }
    }
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn closed() -> Self {
        Self::default()
    }

    /// Lets everybody through, now and later.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Returns once this many calls have come to the gate.
    pub async fn arrived(&self, calls: u32) {
        // The sender is alive in `self`, so the wait can only end by an arrival.
        let _ = self.waiting.subscribe().wait_for(|waiting| *waiting >= calls).await;
    }

    /// Waits until the gate is open.
    pub(crate) async fn pass(&self) {
        self.waiting.send_modify(|waiting| *waiting += 1);
        let _ = self.open.subscribe().wait_for(|open| *open).await;
    }
}
