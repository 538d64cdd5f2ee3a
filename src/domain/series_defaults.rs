//! What a series' events are like unless somebody says otherwise.

use serde::{Deserialize, Serialize};

use super::{blueprint::Blueprint, channel_name::NamePattern, reminder::Offsets};

/// What a series chose for its events.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct SeriesDefaults {
    /// What its events are like; its description are the series' rules.
    pub blueprint: Blueprint,
    /// How their channels are named, instead of the club's pattern.
    pub pattern: Option<NamePattern>,
    /// When people are reminded, instead of the club's offsets.
    pub reminders: Option<Offsets>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_series_without_a_word_of_it_chose_nothing() {
        assert_eq!(serde_json::from_str::<SeriesDefaults>("{}").unwrap(), SeriesDefaults::default());
    }
}
