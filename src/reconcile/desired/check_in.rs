//! Asking those with a place to check in, some time before the start.

use jiff::Timestamp;

use super::{Channel, Saying, Text};
use crate::{
    domain::owner::Rank,
    reconcile::{facts::EventFacts, slot::Slot},
    view,
};

/// The question, once for each start, in the hour or whatever the club chose before it. Without anybody to ask there is none.
pub(super) fn asked(facts: &EventFacts, now: Timestamp) -> Option<Saying> {
    let event = &facts.event;
    event.check_in_at(&facts.club.settings).filter(|at| *at <= now)?;
    facts.sheet.everybody_in().next()?;
    Some(Saying {
        expires: event.start,
        key: format!("check-in/{}", event.start.as_millisecond()),
        rank: Rank::Alert,
        text: Text::Body(view::check_in::asked(event, &facts.sheet)),
        to: Channel::Slot(Slot::Channel),
    })
}
