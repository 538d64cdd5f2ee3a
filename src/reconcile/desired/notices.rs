//! What an event's people are told ahead of its start: reminders, and how its sheet stands.

use std::time::Duration;

use jiff::Timestamp;

use super::{Change, Channel, Resource, Saying, Spec, Stay, Text};
use crate::{
    domain::{
        notice::{Notice, Where},
        owner::Rank,
        snapshot::Snapshot,
    },
    reconcile::{facts::EventFacts, slot::Slot},
    view,
};

/// How the keys of all reminders begin.
pub(in crate::reconcile) const REMINDERS: &str = "reminder/";

/// How long a reminder that an organiser asked for is worth sending.
const ASKED_LIFE: Duration = Duration::from_secs(3_600);

/// Where a kind of message is sent for the event; `None` where the club wants none.
pub(super) fn place(facts: &EventFacts, notice: Notice) -> Option<Channel> {
    let settings = &facts.club.settings;
    let own = Channel::Slot(Slot::Channel);
    match settings.notification_preferences.of(notice) {
        Where::Announcement => Some(settings.announcement_channel.map_or(own, Channel::Known)),
        Where::Event => Some(own),
        Where::Off => None,
    }
}

/// The reminders that should have been sent by now.
pub(super) fn reminders(facts: &EventFacts, now: Timestamp) -> Vec<Saying> {
    if facts.event.is_cancelled() || now >= facts.event.start {
        return Vec::new();
    }
    due(facts, now).into_iter().chain(asked(facts, now)).collect()
}

/// The one whose time has come last. Where it concerned nobody when its time came, it is recorded as never sent: whoever signs up later
/// is reminded by the next.
fn due(facts: &EventFacts, now: Timestamp) -> Option<Saying> {
    let start = facts.event.start;
    let to = place(facts, Notice::Reminders)?;
    let offset = facts.reminders().due(start, now)?;
    let at = offset.before(start);
    if at < facts.event.created_at {
        return None;
    }
    let expires =
        if facts.concerned().is_empty() { at } else { facts.reminders().next(start, now).unwrap_or(start) };
    let key = format!("{REMINDERS}{}/{}", start.as_millisecond(), offset.minutes());
    Some(saying(facts, key, expires, to))
}

/// The one that an organiser asked for.
fn asked(facts: &EventFacts, now: Timestamp) -> Option<Saying> {
    let at = facts.notices.reminded_at?;
    let expires = at.saturating_add(ASKED_LIFE).unwrap_or(at).min(facts.event.start);
    if expires <= now || facts.concerned().is_empty() {
        return None;
    }
    let to = place(facts, Notice::Reminders).unwrap_or(Channel::Slot(Slot::Channel));
    Some(saying(facts, format!("{REMINDERS}asked/{}", at.as_millisecond()), expires, to))
}

fn saying(facts: &EventFacts, key: String, expires: Timestamp, to: Channel) -> Saying {
    let elsewhere = matches!(to, Channel::Known(_));
    let link = facts.bindings.channel(Slot::Channel).filter(|_| elsewhere);
    let body = view::reminder::reminder(&facts.event, &facts.concerned(), link);
    Saying { expires, key, rank: Rank::Alert, text: Text::Body(body), to }
}

/// Which of the reminders that were sent stay.
pub(super) fn stay(facts: &EventFacts, now: Timestamp) -> Stay {
    if !facts.club.settings.clean_reminders {
        Stay::All
    } else if facts.event.is_cancelled() || now >= facts.event.start {
        Stay::None
    } else {
        Stay::Newest
    }
}

/// The message that tells how the sheet stood at the last update. It is made ahead of the start only.
pub(super) fn update(facts: &EventFacts, now: Timestamp) -> Option<Resource> {
    let snapshot = facts.notices.snapshot.as_ref().filter(|_| facts.is_updated())?;
    let body = view::update::update(&facts.event, snapshot);
    Some(Resource { make: now < facts.event.start, slot: Slot::Update, spec: Spec::Card(body) })
}

/// When the next reminder or update is due.
pub(super) fn next_changes(facts: &EventFacts, now: Timestamp) -> impl Iterator<Item = Change> {
    let start = facts.event.start;
    let reminded = place(facts, Notice::Reminders).and_then(|_| facts.reminders().next(start, now));
    let reminder = reminded.map(|at| Change { at, expires: Some(start), rank: Rank::Alert });
    let updated = Snapshot::next(&facts.event, &facts.club.settings, now);
    let update = updated.map(|at| Change { at, expires: None, rank: Rank::Bulk });
    reminder.into_iter().chain(update)
}
