//! A club's people, page by page.

use entity::members::{Column, Entity};
use sea_orm::{QueryOrder, QuerySelect, prelude::*};

use super::{ACTIVE, LEFT, judged::judged, read};
use crate::{
    domain::{
        id::{ClubId, UserId},
        member::{Judgement, Member},
        name::ExternalId,
    },
    store::{error::StoreError, tx::Source},
};

/// Which of a club's people are listed: those for whom everything holds that is said.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Listing {
    /// What the club's site or spreadsheet calls them.
    pub external_id: Option<ExternalId>,
    /// Whether they have left the club's server.
    pub has_left: Option<bool>,
    /// Whether a roster names them.
    pub on_roster: Option<bool>,
}

/// A club's people after one, by user, each with why they were taken for their account, where that was judged.
///
/// # Errors
///
/// When the database fails.
pub async fn page(
    db: &impl Source,
    club: ClubId,
    listing: &Listing,
    after: Option<UserId>,
    limit: u64,
) -> Result<Vec<(Member, Option<Judgement>)>, StoreError> {
    let mut next = Entity::find().filter(Column::ClubId.eq(club.uuid()));
    if let Some(after) = after {
        next = next.filter(Column::UserId.gt(after.uuid()));
    }
    if let Some(external_id) = &listing.external_id {
        next = next.filter(Column::ExternalId.eq(external_id.as_str()));
    }
    if let Some(has_left) = listing.has_left {
        next = next.filter(Column::Status.eq(if has_left { LEFT } else { ACTIVE }));
    }
    if let Some(on_roster) = listing.on_roster {
        next = next.filter(Column::OnRoster.eq(on_roster));
    }
    let next = next.order_by_asc(Column::UserId).limit(limit).all(&db.conn()).await?;
    next.into_iter()
        .map(|model| {
            let judged = judged(model.evidence.clone());
            Ok((read(model)?, judged))
        })
        .collect()
}
