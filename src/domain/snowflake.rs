//! The instant inside a Discord id.
//!
//! See [Discord Docs/Snowflakes](https://docs.discord.com/developers/reference#snowflakes).

use jiff::Timestamp;
use twilight_model::id::Id;

/// The first instant that an id can hold, 2015-01-01T00:00:00Z, in Unix milliseconds.
const EPOCH: i64 = 1_420_070_400_000;

/// The bits below the instant: worker, process and a counter within the millisecond.
const BELOW: u32 = 22;

/// When the thing with this id was made, to the millisecond.
#[must_use]
pub fn created_at<T>(id: Id<T>) -> Timestamp {
    // 42 bits of milliseconds end in the year 2154, well within what a timestamp holds.
    let since_epoch = i64::try_from(id.get() >> BELOW).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(EPOCH.saturating_add(since_epoch)).unwrap_or(Timestamp::MAX)
}

/// The lowest id that something made at `at`, or later, can have.
///
/// Instants before 2015 give 0, those after 2154 the highest. Discord's `after` leaves the id itself out: pass one less.
#[must_use]
pub fn floor(at: Timestamp) -> u64 {
    let since_epoch = at.as_millisecond().saturating_sub(EPOCH);
    let highest = (1_i64 << (u64::BITS - BELOW)) - 1;
    u64::try_from(since_epoch.clamp(0, highest)).unwrap_or_default() << BELOW
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;
    use twilight_model::id::marker::GenericMarker;

    use super::*;

    #[test]
    fn the_documented_example() {
        let id: Id<GenericMarker> = Id::new(175_928_847_299_117_063);
        assert_eq!(created_at(id).to_string(), "2016-04-30T11:18:25.796Z");
    }

    #[test]
    fn instants_outside_the_range_are_clamped() {
        assert_eq!(floor("2001-01-01T00:00:00Z".parse().unwrap()), 0);
        assert_eq!(floor(Timestamp::MAX), u64::MAX >> BELOW << BELOW);
    }

    proptest! {
        #[test]
        fn an_id_lies_between_its_instant_and_the_next(raw in (1_u64 << BELOW)..) {
            let at = created_at(Id::<GenericMarker>::new(raw));
            prop_assert!(floor(at) <= raw);
            let next = at.checked_add(std::time::Duration::from_millis(1)).unwrap();
            let last_of_all = raw >> BELOW == u64::MAX >> BELOW;
            prop_assert!(last_of_all || raw < floor(next));
        }

        #[test]
        fn later_instants_have_higher_floors(a in 0_i64..4_000_000_000_000, b in 0_i64..4_000_000_000_000) {
            let (low, high) = (a.min(b) + EPOCH, a.max(b) + EPOCH);
            let floors = [low, high].map(|ms| floor(Timestamp::from_millisecond(ms).unwrap()));
            prop_assert!(floors[0] <= floors[1]);
            prop_assert_eq!(floors[0] == floors[1], low == high);
        }
    }
}
