//! What a 429 has put on hold, and until when.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

/// How far a 429 reaches.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reach {
    /// One route with its guild, channel or webhook.
    Bucket,
    /// Every request that carries the bot's token.
    Bot,
    /// Every request from this address: not Discord's API refused, but what stands before it.
    Host,
}

/// The buckets on hold. Holds only ever grow longer and lapse by themselves.
#[derive(Debug, Default)]
pub(super) struct Parks(Mutex<Holds>);

#[derive(Debug, Default)]
struct Holds {
    buckets: HashMap<String, Timestamp>,
    bot: Option<Timestamp>,
    host: Option<Timestamp>,
}

impl Parks {
    /// Holds `bucket`, or all that `reach` covers, until `until`.
    pub(super) fn hold(&self, reach: Reach, bucket: &str, until: Timestamp, now: Timestamp) {
        let mut holds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match reach {
            Reach::Bucket => {
                holds.buckets.retain(|_, lapses| *lapses > now);
                let hold = holds.buckets.entry(bucket.to_owned()).or_insert(until);
                *hold = until.max(*hold);
            }
            Reach::Bot => holds.bot = holds.bot.max(Some(until)),
            Reach::Host => holds.host = holds.host.max(Some(until)),
        }
    }

    /// Until when a request to `bucket` has to wait; `None` when it may go.
    pub(super) fn until(&self, bucket: &str, bears_token: bool, now: Timestamp) -> Option<Timestamp> {
        let holds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bot = holds.bot.filter(|_| bears_token);
        let longest = holds.buckets.get(bucket).copied().max(bot).max(holds.host);
        longest.filter(|until| *until > now)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_hold_covers_what_it_reaches_and_lapses() {
        let now = Timestamp::UNIX_EPOCH;
        let later = |seconds| now + Duration::from_secs(seconds);
        let parks = Parks::default();

        parks.hold(Reach::Bucket, "a", later(9), now);
        parks.hold(Reach::Bucket, "a", later(5), now);
        assert_eq!(parks.until("a", true, now), Some(later(9)), "the longer hold stays");
        assert_eq!(parks.until("b", true, now), None);
        assert_eq!(parks.until("a", true, later(9)), None, "it lapses at its instant");

        parks.hold(Reach::Bot, "a", later(20), now);
        assert_eq!(parks.until("b", true, now), Some(later(20)));
        assert_eq!(parks.until("b", false, now), None, "replies to interactions are exempt");

        parks.hold(Reach::Host, "a", later(30), now);
        assert_eq!(parks.until("b", false, now), Some(later(30)));
    }

    #[test]
    fn lapsed_holds_are_forgotten() {
        let now = Timestamp::UNIX_EPOCH;
        let parks = Parks::default();
        parks.hold(Reach::Bucket, "a", now + Duration::from_secs(1), now);
        let later = now + Duration::from_secs(2);
        parks.hold(Reach::Bucket, "b", later + Duration::from_secs(1), later);
        assert_eq!(parks.0.lock().map(|holds| holds.buckets.len()).unwrap_or_default(), 1);
    }
}
