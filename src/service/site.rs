//! Clubs, as their sites see and change them.

use super::{Service, ServiceError};
pub use crate::domain::club::SiteClub;
use crate::{
    domain::{id::ClubId, refusal::Refusal},
    store::clubs,
};

impl Service {
    /// A club, on Discord or not.
    ///
    /// # Errors
    ///
    /// Refuses where there is no such club, and fails when the database does.
    pub async fn site_club(&self, club: ClubId) -> Result<SiteClub, ServiceError> {
        Ok(clubs::by_id(self.store(), club).await?.ok_or(Refusal::NoClub)?)
    }
}
