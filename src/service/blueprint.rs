//! Where a new event takes from what nobody typed for it.

use super::{ServiceError, work::Work};
use crate::{
    domain::{
        blueprint::Blueprint,
        club::Club,
        id::{EventId, TemplateId},
        refusal::Refusal,
    },
    store::{events, templates},
};

/// What a new event is made from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Source {
    /// Another event.
    Event(EventId),
    /// Nothing: it is as it was typed.
    Nothing,
    /// A template.
    Template(TemplateId),
}

impl Source {
    /// What it says.
    pub(super) async fn blueprint(self, work: &Work, club: &Club) -> Result<Blueprint, ServiceError> {
        match self {
            Self::Event(id) => {
                let event = events::by_id(&work.tx, club.id, id).await?.ok_or(Refusal::UnknownEvent)?;
                Ok(Blueprint::of(&event))
            }
            Self::Nothing => Ok(Blueprint::default()),
            Self::Template(id) => {
                let template = templates::by_id(&work.tx, club.id, id).await?;
                Ok(template.ok_or(Refusal::UnknownTemplate)?.blueprint)
            }
        }
    }
}
