//! How a use case can end without its outcome.

use crate::{
    base::seal::SealError,
    domain::refusal::{Refusal, TeamRefusal},
    store::StoreError,
};

/// Why a use case has no outcome. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The person asked for what isn't done.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// A secret could not be sealed.
    #[error("a token could not be sealed")]
    Sealing(#[from] SealError),
    /// The database failed.
    #[error("the database did not do it")]
    Store(#[from] StoreError),
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<TeamRefusal> for ServiceError {
    fn from(refusal: TeamRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl ServiceError {
    /// Whether the same may work in a moment.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Store(StoreError::Busy(_)))
    }
}
