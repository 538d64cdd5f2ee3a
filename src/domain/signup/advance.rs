//! The waiting list: places that are free go to those who wait, by themselves or, close to the start, by an offer.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Offer, Sheet, Signup, SignupState};
use crate::domain::event::Event;

/// From then before the start on, whoever waits is asked before they get a place: they may have made other plans.
pub(super) const OFFERED_FROM: Duration = Duration::from_secs(24 * 3600);
/// The shortest time that somebody has to answer an offer.
const SHORTEST: SignedDuration = SignedDuration::from_mins(10);
/// The longest.
const LONGEST: SignedDuration = SignedDuration::from_hours(3);

impl Sheet {
    /// Brings the sheet to `now`: offers that nobody answered lapse, and places that are free go to those who have waited longest.
    /// A day or more before the start they are in at once; later a place is offered and kept for them until they answer, for an
    /// eighth of the time that is left, 10 minutes to 3 hours. With less than 10 minutes left, a free place is whoever's who
    /// presses first. Nobody who has a place loses it, and nobody who waits is overtaken in an order of commits.
    pub fn advance(&mut self, event: &Event, now: Timestamp) {
        if event.is_cancelled() || now >= event.end() {
            return;
        }
        for line in &mut self.0 {
            if line.offered_until().is_some_and(|until| until <= now) {
                line.offer = Some(Offer::Lapsed);
            }
        }
        match offer_at(event, now) {
            Handing::Places => self.hand_out(event, |line, order| {
                line.state = SignupState::In;
                line.promoted_at = Some(now);
                line.order = order;
                line.offer = None;
            }),
            Handing::Offers(until) => self.hand_out(event, |line, _| line.offer = Some(Offer::Until(until))),
            Handing::Nothing => {}
        }
        self.0.sort_by_key(|line| line.order);
    }

    /// When the sheet changes by itself: the next offer lapses.
    #[must_use]
    pub fn next_change(&self) -> Option<Timestamp> {
        self.0.iter().filter_map(Signup::offered_until).min()
    }

    /// The lines that [`Sheet::advance`] changes at `now`.
    #[must_use]
    pub fn advanced(&self, event: &Event, now: Timestamp) -> Vec<Signup> {
        let mut after = self.clone();
        after.advance(event, now);
        self.changes(&after)
    }

    /// Gives something to each of those who wait and for whom there is room, the longest waiting first.
    fn hand_out(&mut self, event: &Event, give: impl Fn(&mut Signup, u64)) {
        while let Some(at) = self.next_in_line(event) {
            let order = self.next_order();
            let mut line = self.0.remove(at);
            give(&mut line, order);
            // A promoted line has the highest order by now; an offer leaves the line where it was.
            let at = self.0.partition_point(|other| other.order < line.order);
            self.0.insert(at, line);
        }
    }

    /// Where the first line stands whose person waits, wasn't asked yet and would find room.
    fn next_in_line(&self, event: &Event) -> Option<usize> {
        self.0.iter().position(|line| {
            line.state == SignupState::Waiting
                && line.offer.is_none()
                && line
                    .class
                    .and_then(|class| event.class(class))
                    .is_some_and(|class| self.has_room(event, class))
        })
    }
}

/// What those who wait are given.
enum Handing {
    Nothing,
    Offers(Timestamp),
    Places,
}

fn offer_at(event: &Event, now: Timestamp) -> Handing {
    if now < event.start.saturating_sub(OFFERED_FROM).unwrap_or(event.start) {
        return Handing::Places;
    }
    let deadline = if now < event.start { event.start } else { event.end() };
    let left = deadline.duration_since(now);
    if left < SHORTEST {
        return Handing::Nothing;
    }
    let time = (left / 8).clamp(SHORTEST, LONGEST);
    Handing::Offers(now.saturating_add(time).unwrap_or(deadline))
}
