//! What the service says by itself, and where a club wants it said.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// A kind of message that the service sends by itself and that a club may have sent elsewhere, or not at all.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Notice {
    /// An event ended and will be put away.
    PutAway,
    /// Someone moved up from the waiting list.
    Promotions,
    /// The race voice channel opened.
    RaceVoice,
    /// An event starts soon.
    Reminders,
}

/// Where a club wants a kind of message.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    /// In the club's announcement channel; where it has none, in the event's own.
    Announcement,
    /// In the event's own channel.
    #[default]
    Event,
    /// Nowhere.
    Off,
}

/// Where each kind of message is sent. Everything goes to the event's channel unless a club says otherwise.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Notifications {
    /// Of [`Notice::Promotions`].
    pub promotions: Where,
    /// Of [`Notice::PutAway`].
    pub put_away: Where,
    /// Of [`Notice::RaceVoice`].
    pub race_voice: Where,
    /// Of [`Notice::Reminders`].
    pub reminders: Where,
}

impl Notice {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Reminders, Self::Promotions, Self::RaceVoice, Self::PutAway];
}

impl Where {
    /// Every place, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Event, Self::Announcement, Self::Off];

    /// The place as programs call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Announcement => "announcement",
            Self::Event => "event",
            Self::Off => "off",
        }
    }

    /// The place of that [`word`](Where::word).
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.word() == word)
    }
}

/// `true` is the event's channel, `false` nowhere.
impl From<bool> for Where {
    fn from(on: bool) -> Self {
        if on { Self::Event } else { Self::Off }
    }
}

/// Reads a word, or one of the booleans that clubs chose by at first.
impl<'de> Deserialize<'de> for Where {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Flag(bool),
            Word(String),
        }
        match Written::deserialize(from)? {
            Written::Flag(on) => Ok(on.into()),
            Written::Word(word) => Self::of(&word).ok_or_else(|| {
                serde::de::Error::unknown_variant(&word, &["event", "announcement", "off", "true", "false"])
            }),
        }
    }
}

impl Notifications {
    /// Where a kind is sent.
    #[must_use]
    pub const fn of(self, notice: Notice) -> Where {
        match notice {
            Notice::Promotions => self.promotions,
            Notice::PutAway => self.put_away,
            Notice::RaceVoice => self.race_voice,
            Notice::Reminders => self.reminders,
        }
    }

    /// The same with a kind sent there.
    #[must_use]
    pub const fn with(mut self, notice: Notice, place: Where) -> Self {
        match notice {
            Notice::Promotions => self.promotions = place,
            Notice::PutAway => self.put_away = place,
            Notice::RaceVoice => self.race_voice = place,
            Notice::Reminders => self.reminders = place,
        }
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::{from_value, json, to_value};

    use super::*;

    #[test]
    fn words_and_the_booleans_of_old_are_read() {
        let old = json!({ "promotions": true, "put_away": false, "race_voice": true });
        let read: Notifications = from_value(old).unwrap();
        let expected = Notifications { put_away: Where::Off, ..Notifications::default() };
        assert_eq!(read, expected);
        let written = to_value(expected.with(Notice::Reminders, Where::Announcement)).unwrap();
        let words = json!({
            "promotions": "event", "put_away": "off", "race_voice": "event", "reminders": "announcement",
        });
        assert_eq!(written, words);
        assert_eq!(from_value::<Notifications>(words).unwrap().of(Notice::Reminders), Where::Announcement);
        assert!(from_value::<Where>(json!("mail")).is_err());
        for notice in Notice::ALL {
            assert_eq!(Notifications::default().with(notice, Where::Off).of(notice), Where::Off);
        }
    }
}
