//! Where fresh ids and secrets come from: the system's randomness, or a seed that makes a test repeat itself.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::{Builder, Uuid};

/// Crockford's base 32: no I, L, O or U, so that a person can read it out.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A source of ids and random bytes. Cheap to clone; clones share it.
#[derive(Clone)]
pub struct Ids(Source);

#[derive(Clone)]
enum Source {
    System,
    Seeded(Arc<Mutex<StdRng>>),
}

/// The name of a request, which its log lines carry and whoever asks for help quotes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RequestId(String);

impl RequestId {
    /// A fresh one.
    #[must_use]
    pub fn new(ids: &Ids) -> Self {
        Self(ids.reference())
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Ids {
    /// Ids that nobody can guess.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// The same ids in the same order for the same seed: for tests and shows only.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            Source::System => rand::rng().fill_bytes(&mut bytes),
            Source::Seeded(rng) => {
                rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
            }
        }
        bytes
    }

    /// A fresh UUID of version 7: ids made in later milliseconds sort after earlier ones.
    #[must_use]
    pub fn uuid(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// A reference that a person can quote from a reply and an operator finds in the log: 8 characters, 40 bits.
    #[must_use]
    pub fn reference(&self) -> String {
        crockford(self.bytes::<8>())
    }

    /// A mark for one attempt at a call, short enough for a message's nonce: 16 characters, 80 bits.
    #[must_use]
    pub fn attempt(&self) -> String {
        crockford(self.bytes::<16>())
    }

    /// A number from 0 to 1, to spread out what would happen all at once.
    #[must_use]
    pub fn fraction(&self) -> f64 {
        f64::from(u32::from_be_bytes(self.bytes())) / f64::from(u32::MAX)
    }

    /// A secret for a link or a bearer token: 32 characters, 160 bits.
    #[must_use]
    pub fn token(&self) -> String {
        crockford(self.bytes::<32>())
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Source::System => "Ids(system)",
            Source::Seeded(_) => "Ids(seeded)",
        })
    }
}

/// A character for each byte's lower five bits.
fn crockford<const N: usize>(bytes: [u8; N]) -> String {
    bytes.iter().map(|byte| char::from(CROCKFORD[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::HashSet;

    use super::*;

    #[test]
    fn uuids_are_version_7_of_the_given_instant_and_sort_by_it() {
        let ids = Ids::system();
        let early: Timestamp = "2026-12-05T14:00:00.001Z".parse().unwrap();
        let late: Timestamp = "2026-12-05T14:00:00.002Z".parse().unwrap();
        let (first, second) = (ids.uuid(early), ids.uuid(late));
        assert_eq!(first.get_version_num(), 7);
        assert!(first < second);
        let (secs, nanos) = first.get_timestamp().unwrap().to_unix();
        assert_eq!(Timestamp::new(secs.try_into().unwrap(), nanos.try_into().unwrap()).unwrap(), early);
    }

    #[test]
    fn a_seed_repeats_and_the_system_does_not() {
        let draw = |ids: Ids| (ids.token(), ids.reference(), ids.bytes::<4>());
        assert_eq!(draw(Ids::seeded(7)), draw(Ids::seeded(7)));
        assert_ne!(draw(Ids::seeded(7)), draw(Ids::seeded(8)));
        let system = Ids::system();
        let many: HashSet<String> = (0..1000).map(|_| system.token()).collect();
        assert_eq!(many.len(), 1000);
    }

    #[test]
    fn references_and_tokens_are_readable() {
        let ids = Ids::seeded(1);
        for (text, length) in [(ids.reference(), 8), (ids.token(), 32)] {
            assert_eq!(text.len(), length);
            assert!(text.bytes().all(|c| CROCKFORD.contains(&c)), "{text}");
        }
    }

    #[test]
    fn clones_share_one_sequence() {
        let ids = Ids::seeded(3);
        let clone = ids.clone();
        assert_ne!(ids.token(), clone.token());
    }
}
