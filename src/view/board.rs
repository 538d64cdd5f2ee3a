//! The board of a club's coming events, in its announcement channel.

use jiff::Timestamp;
use twilight_model::id::{Id, marker::ChannelMarker};

use super::{
    markup::{self, count, name, relative, typed, when},
    message::{Body, MAX_COMPONENTS, MAX_TEXT, container, separator, text},
};
use crate::domain::{
    club::{Club, Series},
    event::{Event, Phase},
    text::length,
};

/// The colour of its edge.
const ACCENT: u32 = 0x2b_6c_d4;
/// The most characters of what an event belongs to, and where it is raced.
const MAX_OF: usize = 200;
/// What the box, the heading and the foot with its line take up.
const FRAME: usize = 4;
/// How many events a board has room for, each with a line above it.
pub const MOST: usize = (MAX_COMPONENTS - FRAME) / 2;
/// Room for the heading and the foot, in characters.
const SPARE: usize = 400;

/// An event on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its text channel, once it has one.
    pub channel: Option<Id<ChannelMarker>>,
    /// The event.
    pub event: Event,
    /// Its series.
    pub series: Option<Series>,
}

/// The board of `entries`, in order of start, out of `all` coming events. It depends on nothing but them and their phases at `now`.
#[must_use]
pub fn board(club: &Club, entries: &[Entry], all: usize, now: Timestamp) -> Body {
    let mut parts = vec![text(format!("# Coming events of {}", name(&club.name)))];
    if entries.is_empty() {
        parts.push(text("Nothing is planned yet. The next event stands here as soon as it is created."));
    }
    let mut room = MAX_TEXT.saturating_sub(SPARE);
    let mut shown = 0;
    for entry in entries.iter().take(MOST) {
        let block = block(club, entry, now);
        let Some(left) = room.checked_sub(length(&block)) else { break };
        room = left;
        shown += 1;
        parts.extend([separator(), text(block)]);
    }
    if let Some(more) = all.checked_sub(shown).filter(|more| *more > 0) {
        parts.extend([separator(), text(format!("And {}: `/event list`", count(more, "more", "more")))]);
    }
    Body::new(vec![container(ACCENT, parts)])
}

fn block(club: &Club, entry: &Entry, now: Timestamp) -> String {
    let Entry { channel, event, series } = entry;
    let mut lines = vec![format!("### {}", name(&event.name))];
    let of: Vec<String> = series.iter().map(|series| series.name.to_string()).collect();
    let of: Vec<String> = of.into_iter().chain(event.track.as_ref().map(ToString::to_string)).collect();
    if !of.is_empty() {
        lines.push(typed(&of.join(" · "), MAX_OF));
    }
    lines.push(format!("{} ({})", when(event.start), relative(event.start)));
    let standing = match event.phase(&club.settings, now) {
        Phase::Running => "🏎️ On now",
        Phase::Open => "🟢 Sign-ups open",
        _ => "🔒 Sign-ups closed",
    };
    let there = channel.map(|channel| format!(" · {}", markup::channel(channel))).unwrap_or_default();
    lines.push(format!("{standing}{there}"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use insta::assert_snapshot;

    use super::*;
    use crate::{
        domain::event::EventState,
        view::testing::{before, check, club, event, render, series},
    };

    fn shown(entries: &[Entry], all: usize, now: Timestamp) -> String {
        let body = board(&club(), entries, all, now);
        check(&body);
        render(body.components())
    }

    fn entry() -> Entry {
        Entry { channel: Some(Id::new(5)), event: event("20"), series: Some(series()) }
    }

    #[test]
    fn events_stand_in_order_with_what_people_ask_first() {
        let mut closed = Entry { channel: None, series: None, ..entry() };
        closed.event.state = EventState::Closed;
        closed.event.track = None;
        closed.event.name = "Monza *2* Hours".parse().unwrap();
        assert_snapshot!(shown(&[entry(), closed], 2, before()), @r"
        │ # Coming events of Night Owls
        │ ────
        │ ### Spa 24 Hours
        │ Winter Cup · Spa-Francorchamps
        │ <t:1796475600:F> (<t:1796475600:R>)
        │ 🟢 Sign-ups open · <#5>
        │ ────
        │ ### Monza \*2\* Hours
        │ <t:1796475600:F> (<t:1796475600:R>)
        │ 🔒 Sign-ups closed
        ");
        let start = entry().event.start;
        assert_snapshot!(shown(&[entry()], 3, start), @"
        │ # Coming events of Night Owls
        │ ────
        │ ### Spa 24 Hours
        │ Winter Cup · Spa-Francorchamps
        │ <t:1796475600:F> (<t:1796475600:R>)
        │ 🏎️ On now · <#5>
        │ ────
        │ And 2 more: `/event list`
        ");
    }

    #[test]
    fn nothing_is_coming() {
        assert_snapshot!(shown(&[], 0, before()), @"
        │ # Coming events of Night Owls
        │ Nothing is planned yet. The next event stands here as soon as it is created.
        ");
    }

    #[test]
    fn a_full_board_stays_within_a_message_and_counts_the_rest() {
        let mut long = entry();
        long.event.name = "*".repeat(80).parse().unwrap();
        long.series.as_mut().unwrap().name = "_".repeat(60).parse().unwrap();
        let many = vec![long; 40];
        let text = shown(&many, 140, before());
        let named = text.matches("Sign-ups open").count();
        assert!(text.contains(&format!("And {} more: `/event list`", 140 - named)), "{text}");
        let many = vec![entry(); 40];
        let text = shown(&many, 40, before());
        let named = text.matches("Sign-ups open").count();
        assert!(named > 10 && text.contains(&format!("And {} more", 40 - named)), "{text}");
    }
}
