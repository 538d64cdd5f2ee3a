//! Keeps the host from being banned: stops all sending long before Discord would.
//!
//! See [Discord Docs/Invalid Request Limit](https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

/// How many invalid requests stop all sending: a tenth of what bans the host.
const INVALID_REQUESTS: usize = 1_000;

/// How long an invalid request counts.
const WINDOW: Duration = Duration::from_secs(10 * 60);

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stop {
    /// Discord refused the bot token. It lasts until a restart or [`super::Discord::retry_token`].
    TokenRefused,
    /// Too many answers with 401, 403 or 429 in ten minutes.
    TooManyInvalid {
        /// When sending goes on by itself.
        until: Timestamp,
    },
}

/// Counts the invalid requests of the last ten minutes.
#[derive(Debug, Default)]
pub(super) struct Guard(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    invalid: VecDeque<Timestamp>,
    token_refused: bool,
}

impl Guard {
    /// Counts an answer with 401, 403 or 429.
    pub(super) fn count_invalid(&self, now: Timestamp) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.invalid.push_back(now);
        // Only the newest thousand can decide anything.
        if seen.invalid.len() > INVALID_REQUESTS {
            seen.invalid.pop_front();
        }
    }

    /// Stops all sending until [`Guard::allow_token`].
    pub(super) fn refuse_token(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).token_refused = true;
    }

    /// Gives the token another chance.
    pub(super) fn allow_token(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).token_refused = false;
    }

    /// Why nothing may be sent now; `None` when it may.
    pub(super) fn stop(&self, now: Timestamp) -> Option<Stop> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.token_refused {
            return Some(Stop::TokenRefused);
        }
        let oldest = seen.invalid.front().filter(|_| seen.invalid.len() >= INVALID_REQUESTS)?;
        let until = oldest.saturating_add(WINDOW).unwrap_or(Timestamp::MAX);
        (until > now).then_some(Stop::TooManyInvalid { until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thousandth_invalid_request_stops_sending_until_the_first_is_ten_minutes_old() {
        let guard = Guard::default();
        let start = Timestamp::UNIX_EPOCH;
        let at = |seconds| start + Duration::from_secs(seconds);
        for i in 0..999 {
            guard.count_invalid(at(i / 10));
        }
        assert_eq!(guard.stop(at(100)), None);
        guard.count_invalid(at(100));
        assert_eq!(guard.stop(at(100)), Some(Stop::TooManyInvalid { until: at(600) }));
        assert_eq!(guard.stop(at(599)), Some(Stop::TooManyInvalid { until: at(600) }));
        assert_eq!(guard.stop(at(600)), None);
    }

    #[test]
    fn spread_over_longer_they_stop_nothing() {
        let guard = Guard::default();
        for i in 0..5_000 {
            let now = Timestamp::UNIX_EPOCH + Duration::from_secs(i);
            guard.count_invalid(now);
            assert_eq!(guard.stop(now), None);
        }
    }

    #[test]
    fn a_refused_token_stops_until_it_is_allowed_again() {
        let guard = Guard::default();
        guard.refuse_token();
        assert_eq!(guard.stop(Timestamp::UNIX_EPOCH), Some(Stop::TokenRefused));
        guard.allow_token();
        assert_eq!(guard.stop(Timestamp::UNIX_EPOCH), None);
    }
}
