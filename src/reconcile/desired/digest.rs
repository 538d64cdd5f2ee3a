//! The digest of an event: said before its channel is closed or deleted.

use std::time::Duration;

use jiff::Timestamp;

use super::{Channel, Hold, Saying, Text};
use crate::{
    domain::{event::Phase, notice::Where, owner::Rank, settings::PutAway},
    reconcile::{facts::EventFacts, slot::Slot},
    view::{self, digest::DigestFacts},
};

/// How long a digest is worth saying: a worker may have been away, or the club's grace may have become a shorter one.
const LIFE: Duration = Duration::from_secs(14 * 24 * 3600);

/// The digest, and what waits for it: nothing without a channel, and nothing of an event that was cancelled, which told all
/// when it was.
pub(super) fn digest(facts: &EventFacts, phase: Phase) -> Option<(Saying, Hold)> {
    let event = &facts.event;
    let settings = &facts.club.settings;
    let is_due = phase == Phase::PutAway && !event.is_cancelled() && facts.has_channel();
    if !is_due || settings.notification_preferences.put_away == Where::Off {
        return None;
    }
    let is_deleted = is_deleted(facts);
    let kept = settings.announcement_channel.or(settings.organiser_channel);
    let to = if is_deleted { Channel::Known(kept?) } else { Channel::Slot(Slot::Channel) };
    let facts_of_digest =
        DigestFacts { event, is_deleted, series: facts.series.as_ref(), sheet: &facts.sheet };
    let key = format!("digest/{}", event.over_at().as_millisecond());
    let saying = Saying {
        expires: expires(facts)?,
        key: key.clone(),
        rank: Rank::PutAway,
        text: Text::Body(view::digest::digest(&facts_of_digest)),
        to,
    };
    Some((saying, Hold { key, slot: Slot::Channel }))
}

/// Whether the event's channel is deleted rather than archived. What is archived stays.
pub(super) fn is_deleted(facts: &EventFacts) -> bool {
    facts.club.settings.put_away == PutAway::Delete && !facts.is_archived()
}

fn expires(facts: &EventFacts) -> Option<Timestamp> {
    facts.event.put_away_at(&facts.club.settings)?.saturating_add(LIFE).ok()
}
