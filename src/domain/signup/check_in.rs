//! Checking in: saying shortly before the start, or during the race, that one is there.

use jiff::Timestamp;

use super::{Decision, Sheet, Signup};
use crate::domain::{event::Event, id::UserId, refusal::Refusal, settings::ClubSettings};

impl Sheet {
    /// What becomes of somebody's press on **Check in** at `now`. It holds until the end of the race, for whoever arrives late.
    ///
    /// # Errors
    ///
    /// When the event is cancelled or over, check-in isn't open yet, or they have no place.
    pub fn check_in(
        &self,
        event: &Event,
        settings: &ClubSettings,
        user: UserId,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        if event.is_cancelled() {
            return Err(Refusal::EventCancelled(event.name.clone()));
        }
        if now >= event.end() {
            return Err(Refusal::EventOver(event.name.clone()));
        }
        if let Some(at) = event.check_in_at(settings).filter(|at| now < *at) {
            return Err(Refusal::CheckInAhead { at, event: event.name.clone() });
        }
        let line = self.of(user).filter(|line| line.state.has_place());
        let line = line.ok_or_else(|| Refusal::NoPlaceToCheckIn(event.name.clone()))?;
        if line.checked_in_at.is_some() {
            return Ok(Decision::Unchanged);
        }
        Ok(Decision::Change(vec![Signup { checked_in_at: Some(now), ..line.clone() }]))
    }

    /// The lines that change when the race starts at another time: whoever had checked in is asked again.
    #[must_use]
    pub fn unchecked(&self) -> Vec<Signup> {
        let checked = self.0.iter().filter(|line| line.checked_in_at.is_some());
        checked.map(|line| Signup { checked_in_at: None, ..line.clone() }).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::{
        domain::{
            event::EventState,
            signup::{
                Applicant, Behalf,
                SignupState::{In, Late, Waiting},
                Wish,
            },
        },
        view::testing::{at, before, event, sheet},
    };

    #[test]
    fn whoever_has_a_place_checks_in_once_from_half_an_hour_ahead_to_the_end() {
        let (mut event, settings) = (event(""), ClubSettings::default());
        let sheet = sheet(&event, &[(0, In, 1), (0, Late, 1), (0, Waiting, 1)]);
        let user = |at: usize| sheet.lines()[at].user;
        let opens = at("2026-12-05T12:30:00Z");
        let ahead = Refusal::CheckInAhead { at: opens, event: event.name.clone() };
        assert_eq!(sheet.check_in(&event, &settings, user(0), before()), Err(ahead));
        for now in [opens, event.start, at("2026-12-06T12:59:59Z")] {
            let decided = sheet.check_in(&event, &settings, user(1), now).unwrap();
            let Decision::Change(lines) = decided else { panic!("{decided:?}") };
            assert_eq!((lines.len(), lines[0].checked_in_at), (1, Some(now)));
            let after = sheet.with(lines[0].clone());
            assert_eq!(after.check_in(&event, &settings, user(1), now), Ok(Decision::Unchanged));
            assert_eq!(after.with(after.unchecked()[0].clone()), sheet);
        }
        let waits = sheet.check_in(&event, &settings, user(2), opens);
        assert_eq!(waits, Err(Refusal::NoPlaceToCheckIn(event.name.clone())));
        let over = sheet.check_in(&event, &settings, user(0), event.end());
        assert_eq!(over, Err(Refusal::EventOver(event.name.clone())));
        event.state = EventState::Cancelled { at: before(), reason: String::new() };
        let cancelled = sheet.check_in(&event, &settings, user(0), opens);
        assert_eq!(cancelled, Err(Refusal::EventCancelled(event.name.clone())));
    }

    #[test]
    fn whoever_gives_the_place_back_has_to_check_in_anew() {
        let event = event("");
        let sheet = sheet(&event, &[(0, In, 1)]);
        let line = Signup { checked_in_at: Some(before()), ..sheet.lines()[0].clone() };
        let sheet = sheet.with(line.clone());
        let who = Applicant { behalf: Behalf::Own(&[]), discord: line.discord, user: line.user };
        let decided = sheet.decide(&event, &who, &Wish::Withdraw { sure: true }, before()).unwrap();
        let Decision::Change(lines) = decided else { panic!("{decided:?}") };
        assert_eq!(lines[0].checked_in_at, None);
    }
}
