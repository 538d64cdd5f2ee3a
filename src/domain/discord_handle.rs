//! How people write down who somebody is on Discord.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use twilight_model::id::{Id, marker::UserMarker};

use super::text;

/// How many digits an id has: the oldest accounts' have 17, and 20 are the most that 64 bits hold.
const ID_DIGITS: std::ops::RangeInclusive<usize> = 17..=20;

/// How many characters a username has, old or new.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 2..=32;

/// Who somebody is on Discord, as a roster says it: an id, a username, or a name and number as they were until 2023.
///
/// It isn't known whether there is such an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DiscordHandle(Handle);

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Handle {
    Id(Id<UserMarker>),
    Username(String),
    Tag { name: String, number: String },
}

/// What was typed says nobody on Discord.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotDiscordHandle {
    /// It is neither a username nor an id; most often, a display name.
    #[error("`{typed}` is not a Discord username or id (a display name belongs into `aliases`)")]
    Other {
        /// The beginning of it, fit to be shown.
        typed: String,
    },
    /// An id that a spreadsheet took for a measurement: most of its digits are lost.
    #[error(
        "`{typed}` is an id that the spreadsheet has rounded (format the column as text and enter it again)"
    )]
    Rounded {
        /// The beginning of it, fit to be shown.
        typed: String,
    },
}

impl DiscordHandle {
    /// Reads an id, a username (in any case) or an old `name#1234`, with or without an `@`.
    ///
    /// See [Discord Docs/Usernames and Nicknames](https://docs.discord.com/developers/resources/user#usernames-and-nicknames).
    ///
    /// # Errors
    /// When it is none of them.
    pub fn parse(typed: &str) -> Result<Self, NotDiscordHandle> {
        let text = text::clean(typed);
        let bare = text.strip_prefix('@').unwrap_or(&text).trim_start();
        let handle = read_id(bare).map(Handle::Id).or_else(|| read_username(bare)).or_else(|| read_tag(bare));
        handle.map(Self).ok_or_else(|| {
            let typed = text::excerpt(typed);
            if is_rounded(bare) {
                NotDiscordHandle::Rounded { typed }
            } else {
                NotDiscordHandle::Other { typed }
            }
        })
    }

    /// The account's id, if that is what was given.
    #[must_use]
    pub const fn id(&self) -> Option<Id<UserMarker>> {
        match self.0 {
            Handle::Id(id) => Some(id),
            _ => None,
        }
    }

    /// The username, in lower case, or what stands before the `#` of an old one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match &self.0 {
            Handle::Id(_) => None,
            Handle::Username(name) | Handle::Tag { name, .. } => Some(name),
        }
    }
}

fn read_id(text: &str) -> Option<Id<UserMarker>> {
    let is_id = ID_DIGITS.contains(&text.len()) && !text.starts_with('0');
    // `parse` alone would take a sign.
    let digits = Some(text).filter(|text| is_id && text.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().and_then(Id::new_checked)
}

/// A name of today, or one with the number 0 that some tools still write behind it.
fn read_username(text: &str) -> Option<Handle> {
    let name = text.strip_suffix("#0").unwrap_or(text).to_ascii_lowercase();
    let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.');
    (NAME_LENGTH.contains(&name.len()) && name.bytes().all(fits)).then_some(Handle::Username(name))
}

fn read_tag(text: &str) -> Option<Handle> {
    let (name, number) = text.rsplit_once('#')?;
    let is_number = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let name = name.trim_end();
    let is_name = NAME_LENGTH.contains(&text::length(name)) && !name.contains(['@', '#', ':', '`']);
    (is_number && is_name).then(|| Handle::Tag { name: name.to_owned(), number: number.to_owned() })
}

/// `1.75929E+17`, as spreadsheets write long numbers.
fn is_rounded(text: &str) -> bool {
    let Some((number, power)) = text.split_once("E+") else { return false };
    number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && power.parse::<u8>().is_ok()
}

impl fmt::Display for DiscordHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Handle::Id(id) => id.fmt(f),
            Handle::Username(name) => f.write_str(name),
            Handle::Tag { name, number } => write!(f, "{name}#{number}"),
        }
    }
}

impl FromStr for DiscordHandle {
    type Err = NotDiscordHandle;

    fn from_str(typed: &str) -> Result<Self, NotDiscordHandle> {
        Self::parse(typed)
    }
}

impl TryFrom<String> for DiscordHandle {
    type Error = NotDiscordHandle;

    fn try_from(typed: String) -> Result<Self, NotDiscordHandle> {
        Self::parse(&typed)
    }
}

impl From<DiscordHandle> for String {
    fn from(handle: DiscordHandle) -> Self {
        handle.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_three_kinds_are_told_apart() {
        let cases = [
            ("175928847299117063", Some(175_928_847_299_117_063), None, "175928847299117063"),
            (" @175928847299117063 ", Some(175_928_847_299_117_063), None, "175928847299117063"),
            ("@Ana.Races_7", None, Some("ana.races_7"), "ana.races_7"),
            ("ana#0", None, Some("ana"), "ana"),
            ("12345", None, Some("12345"), "12345"),
            ("00000000000000123", None, Some("00000000000000123"), "00000000000000123"),
            ("Ana López#0042", None, Some("Ana López"), "Ana López#0042"),
        ];
        for (typed, id, name, shown) in cases {
            let handle = DiscordHandle::parse(typed).unwrap();
            assert_eq!((handle.id().map(Id::get), handle.name()), (id, name), "{typed}");
            assert_eq!(handle.to_string(), shown);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for typed in [
            "",
            "@",
            "a",
            "ana lopez",
            "ana#12",
            "ana#12345",
            "a@b#1234",
            "#1234",
            "é",
            "x".repeat(33).as_str(),
        ] {
            assert!(DiscordHandle::parse(typed).is_err(), "{typed}");
        }
        let refused = |typed| DiscordHandle::parse(typed).unwrap_err().to_string();
        insta::assert_snapshot!(refused("Ana López"), @"`Ana López` is not a Discord username or id (a display name belongs into `aliases`)");
        insta::assert_snapshot!(refused("1,75929E+17"), @"`1,75929E+17` is an id that the spreadsheet has rounded (format the column as text and enter it again)");
    }

    proptest! {
        #[test]
        fn what_was_parsed_parses_to_itself(typed in prop_oneof![any::<String>(), "[@#0]?[0-9a-z._ #]{2,24}(#[0-9]{4})?"]) {
            if let Ok(handle) = DiscordHandle::parse(&typed) {
                prop_assert_eq!(DiscordHandle::parse(&handle.to_string()), Ok(handle));
            }
        }
    }
}
