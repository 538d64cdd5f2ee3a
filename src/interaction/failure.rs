//! Why a handler has no answer: a refusal is shown to the person in words, an error only as its reference.

use std::error::Error;

use crate::domain::refusal::{Refusal, TeamRefusal};

/// An error of any kind, for the log.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Why a handler has no answer.
#[derive(Debug)]
pub enum Failure {
    /// Something broke on our side.
    Broken(BoxError),
    /// The person asked for what isn't done.
    Refused(Refusal),
}

impl Failure {
    /// Something broke on our side.
    #[must_use]
    pub fn broken(error: impl Into<BoxError>) -> Self {
        Self::Broken(error.into())
    }
}

impl From<TeamRefusal> for Failure {
    fn from(refusal: TeamRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Whether a form that was refused for this reason may do better with other input, so that its draft is worth keeping. A reason
/// not named here may: nobody should type twice.
pub(super) const fn is_mendable(refusal: &Refusal) -> bool {
    !matches!(
        refusal,
        Refusal::DraftGone
            | Refusal::EventCancelled(_)
            | Refusal::EventOver(_)
            | Refusal::NeedsManageServer
            | Refusal::NoClub
            | Refusal::NotInServer
            | Refusal::NotMember
            | Refusal::NotOrganiser
            | Refusal::Outdated
            | Refusal::Settled
            | Refusal::UnknownCommand
            | Refusal::UnknownEvent
    )
}

/// An error with everything that it was caused by, in one line.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the card could not be drawn")]
    struct Outer(#[source] std::fmt::Error);

    #[test]
    fn a_chain_names_every_cause() {
        let outer = Outer(std::fmt::Error);
        assert_eq!(
            chain(&outer),
            "the card could not be drawn: an error occurred when formatting an argument"
        );
    }
}
