//! Our own identifiers: UUIDs of version 7, each kind its own type.

use std::{cmp::Ordering, fmt, hash::Hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::GuildMarker};
use uuid::Uuid;

/// What a [`Key`] identifies.
pub mod kind {
    /// A binding between a slot and a Discord resource.
    #[derive(Debug)]
    pub enum Binding {}
    /// A class of an event.
    #[derive(Debug)]
    pub enum Class {}
    /// A club.
    #[derive(Debug)]
    pub enum Club {}
    /// A question whose account is whose.
    #[derive(Debug)]
    pub enum Conflict {}
    /// A draft of a form.
    #[derive(Debug)]
    pub enum Draft {}
    /// An event.
    #[derive(Debug)]
    pub enum Event {}
    /// A roster that somebody brought.
    #[derive(Debug)]
    pub enum Import {}
    /// An owner of Discord resources.
    #[derive(Debug)]
    pub enum Owner {}
    /// A question to the organisers.
    #[derive(Debug)]
    pub enum Question {}
    /// A rule by which an event comes again.
    #[derive(Debug)]
    pub enum Recurrence {}
    /// A series.
    #[derive(Debug)]
    pub enum Series {}
    /// A member sync.
    #[derive(Debug)]
    pub enum Sync {}
    /// A team of an event.
    #[derive(Debug)]
    pub enum Team {}
    /// What an event is made from, kept under a name.
    #[derive(Debug)]
    pub enum Template {}
    /// A token of a club for the API.
    #[derive(Debug)]
    pub enum Token {}
    /// A user.
    #[derive(Debug)]
    pub enum User {}
    /// A webhook of a club.
    #[derive(Debug)]
    pub enum Webhook {}
}

/// An identifier of one kind of thing, so that a series can't stand where an event is meant.
#[derive(Deserialize, Serialize)]
#[serde(bound = "", transparent)]
pub struct Key<K>(Uuid, #[serde(skip)] PhantomData<fn() -> K>);

/// A binding's identifier.
pub type BindingId = Key<kind::Binding>;
/// A class's identifier.
pub type ClassId = Key<kind::Class>;
/// A club's identifier.
pub type ClubId = Key<kind::Club>;
/// A conflict's identifier.
pub type ConflictId = Key<kind::Conflict>;
/// A draft's identifier.
pub type DraftId = Key<kind::Draft>;
/// An event's identifier.
pub type EventId = Key<kind::Event>;
/// An import's identifier.
pub type ImportId = Key<kind::Import>;
/// An owner's identifier: its event's or series' own, or its guild's snowflake widened to 128 bits.
pub type OwnerId = Key<kind::Owner>;
/// A question's identifier.
pub type QuestionId = Key<kind::Question>;
/// A recurrence's identifier.
pub type RecurrenceId = Key<kind::Recurrence>;
/// A series' identifier.
pub type SeriesId = Key<kind::Series>;
/// A member sync's identifier.
pub type SyncId = Key<kind::Sync>;
/// A team's identifier.
pub type TeamId = Key<kind::Team>;
/// A template's identifier.
pub type TemplateId = Key<kind::Template>;
/// A token's identifier.
pub type TokenId = Key<kind::Token>;
/// A user's identifier.
pub type UserId = Key<kind::User>;
/// A webhook's identifier.
pub type WebhookId = Key<kind::Webhook>;

impl<K> Key<K> {
    /// Wraps a UUID that is known to name this kind.
    #[must_use]
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The UUID itself.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// 22 characters of URL-safe base64, for a `custom_id` of at most 100 characters.
    #[must_use]
    pub fn short(self) -> String {
        let mut bits = self.0.as_u128();
        let mut digits = [0_u8; SHORT_LEN];
        for digit in digits.iter_mut().rev() {
            *digit = ALPHABET[usize::try_from(bits & 63).unwrap_or_default()];
            bits >>= 6;
        }
        digits.iter().copied().map(char::from).collect()
    }

    /// Reads what [`Key::short`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_short(text: &str) -> Option<Self> {
        if text.len() != SHORT_LEN {
            return None;
        }
        let mut bits = 0_u128;
        for byte in text.bytes() {
            let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
            bits = bits.checked_mul(64)?.checked_add(digit.try_into().ok()?)?;
        }
        Some(Self::new(Uuid::from_u128(bits)))
    }
}

const SHORT_LEN: usize = 22;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl OwnerId {
    /// The owner that an event is.
    #[must_use]
    pub const fn of_event(event: EventId) -> Self {
        Self::new(event.uuid())
    }

    /// The owner that a series is.
    #[must_use]
    pub const fn of_series(series: SeriesId) -> Self {
        Self::new(series.uuid())
    }

    /// The owner that a guild is.
    #[must_use]
    pub const fn of_guild(guild: Id<GuildMarker>) -> Self {
        Self::new(Uuid::from_u64_pair(0, guild.get()))
    }
}

impl<K> Clone for Key<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Key<K> {}
impl<K> PartialEq for Key<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Key<K> {}
impl<K> PartialOrd for Key<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Key<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> Hash for Key<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Debug for Key<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<K> fmt::Display for Key<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<K> FromStr for Key<K> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_form_reads_back(bits: u128) {
            let id = EventId::new(Uuid::from_u128(bits));
            prop_assert_eq!(id.short().len(), SHORT_LEN);
            prop_assert_eq!(EventId::from_short(&id.short()), Some(id));
        }

        #[test]
        fn any_other_text_is_refused_quietly(text in ".{0,30}") {
            if let Some(id) = EventId::from_short(&text) {
                prop_assert_eq!(id.short(), text);
            }
        }
    }
}
