//! Steps through OAuth, each of which can be taken once.

use jiff::Timestamp;

use super::{Service, ServiceError};
pub use crate::store::oauth_states::Step;
use crate::{base::digest::digest, store::oauth_states};

impl Service {
    /// Takes the step that `nonce` names; `false` when it was taken before, or its time was over at `until`.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn take_step(&self, step: Step, nonce: &str, until: Timestamp) -> Result<bool, ServiceError> {
        let work = self.begin().await?;
        if work.now >= until || !oauth_states::spend(&work.tx, step, &digest(nonce), work.now, until).await? {
            work.tx.rollback().await?;
            return Ok(false);
        }
        work.tx.commit().await?;
        Ok(true)
    }

    /// Lets a step be taken again that came to nothing.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn untake_step(&self, nonce: &str) -> Result<(), ServiceError> {
        Ok(oauth_states::give_back(self.store(), &digest(nonce)).await?)
    }
}
