//! From what is said of a person to a person.

use std::fmt;

use serde::{Deserialize, Deserializer};
use thiserror::Error;

use super::RosterEntry;
use crate::domain::discord_handle::{DiscordHandle, NotDiscordHandle};
use crate::domain::email::{Email, NotEmail};
use crate::domain::iracing_id::{IRacingId, NotIRacingId};
use crate::domain::name::{Kind, NameError, PersonName, Text};
use crate::domain::text;
use crate::domain::zone::{UnknownZone, Zone};

/// The most aliases that a person has.
pub const MAX_ALIASES: usize = 20;

/// How many time zones a fault offers.
const ZONES_OFFERED: usize = 3;

/// What is said of a person, by whatever program; nothing of it is checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RosterRow {
    /// See [`RosterEntry::external_id`].
    pub external_id: Option<String>,
    /// See [`RosterEntry::name`].
    pub name: Option<String>,
    /// See [`RosterEntry::email`].
    pub email: Option<String>,
    /// See [`RosterEntry::iracing_id`]; in JSON a number, or text.
    #[serde(deserialize_with = "number_or_text")]
    pub iracing_id: Option<String>,
    /// See [`RosterEntry::iracing_name`]. It is the name too where there is no other.
    pub iracing_name: Option<String>,
    /// See [`RosterEntry::discord`].
    pub discord: Option<String>,
    /// See [`RosterEntry::zone`].
    pub timezone: Option<String>,
    /// See [`RosterEntry::aliases`].
    pub aliases: Option<Vec<String>>,
}

/// What is said of a person. Its `Display` is the name in JSON, and of the column in a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// See [`RosterEntry::external_id`].
    ExternalId,
    /// See [`RosterEntry::name`].
    Name,
    /// See [`RosterEntry::email`].
    Email,
    /// See [`RosterEntry::iracing_id`].
    IRacingId,
    /// See [`RosterEntry::iracing_name`].
    IRacingName,
    /// See [`RosterEntry::discord`].
    Discord,
    /// See [`RosterEntry::zone`].
    Timezone,
    /// See [`RosterEntry::aliases`].
    Aliases,
}

/// What is wrong with what is said of a person. What it quotes stands between backticks and has none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EntryFault {
    /// An alias is too long.
    #[error("the alias `{typed}` has {fault}")]
    Alias {
        /// Why it is none.
        fault: NameError,
        /// The beginning of it, fit to be shown.
        typed: String,
    },
    /// See [`Field::Discord`].
    #[error(transparent)]
    Discord(#[from] NotDiscordHandle),
    /// See [`Field::Email`].
    #[error(transparent)]
    Email(#[from] NotEmail),
    /// See [`Field::IRacingId`].
    #[error(transparent)]
    IRacingId(#[from] NotIRacingId),
    /// Neither a name nor a name on iRacing.
    #[error("no name")]
    NoName,
    /// A name or an external id is too long.
    #[error("{field} has {fault}")]
    Text {
        /// Why it is none.
        fault: NameError,
        /// Which it is.
        field: Field,
    },
    /// More aliases than [`MAX_ALIASES`].
    #[error("more than {MAX_ALIASES} aliases")]
    TooManyAliases,
    /// In JSON, something else than the field is made of.
    #[error("not {}", .0.made_of())]
    Type(Field),
    /// See [`Field::Timezone`].
    #[error("`{}` is not a time zone{}", text::excerpt(&.0.typed), Offer(&.0.near))]
    Zone(UnknownZone),
}

/// Everything that is wrong with what is said of a person, as an error of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFaults(pub Vec<EntryFault>);

/// The zones that may have been meant.
struct Offer<'a>(&'a [String]);

/// Keeps what is wrong while the rest is read.
#[derive(Default)]
struct Reader(Vec<EntryFault>);

impl RosterRow {
    /// Checks everything.
    ///
    /// # Errors
    /// All that is wrong; that there is no name, first.
    pub fn read(&self) -> Result<RosterEntry, Vec<EntryFault>> {
        self.read_with(Zone::parse)
    }

    /// The same with another way to find time zones.
    pub(super) fn read_with(
        &self,
        zone: impl FnOnce(&str) -> Result<Zone, UnknownZone>,
    ) -> Result<RosterEntry, Vec<EntryFault>> {
        let mut reader = Reader::default();
        let external_id = reader.text(Field::ExternalId, self.external_id.as_deref());
        let name = reader.text(Field::Name, self.name.as_deref());
        let email = reader.take(self.email.as_deref(), |typed| Ok(Email::parse(typed)?));
        let iracing_id = reader.take(self.iracing_id.as_deref(), |typed| Ok(IRacingId::parse(typed)?));
        let iracing_name = reader.text(Field::IRacingName, self.iracing_name.as_deref());
        let discord = reader.take(self.discord.as_deref(), |typed| Ok(DiscordHandle::parse(typed)?));
        let zone = reader.take(self.timezone.as_deref(), |typed| zone(typed).map_err(EntryFault::Zone));
        let aliases = reader.aliases(self.aliases.as_deref().unwrap_or_default());
        let is_named = [&self.name, &self.iracing_name].into_iter().flatten().any(|name| !is_blank(name));
        match name.or_else(|| iracing_name.clone()) {
            Some(name) if reader.0.is_empty() => {
                Ok(RosterEntry { external_id, name, email, iracing_id, iracing_name, discord, zone, aliases })
            }
            None if !is_named => {
                reader.0.insert(0, EntryFault::NoName);
                Err(reader.0)
            }
            _ => Err(reader.0),
        }
    }
}

impl Reader {
    /// What is there, if anything is and it is right.
    fn take<T>(
        &mut self,
        typed: Option<&str>,
        read: impl FnOnce(&str) -> Result<T, EntryFault>,
    ) -> Option<T> {
        let typed = typed.filter(|typed| !is_blank(typed))?;
        read(typed).map_err(|fault| self.0.push(fault)).ok()
    }

    fn text<K: Kind>(&mut self, field: Field, typed: Option<&str>) -> Option<Text<K>> {
        self.take(typed, |typed| typed.parse().map_err(|fault| EntryFault::Text { fault, field }))
    }

    /// Each once, whatever case it is written in.
    fn aliases(&mut self, typed: &[String]) -> Vec<PersonName> {
        let typed: Vec<&String> = typed.iter().filter(|alias| !is_blank(alias)).collect();
        if typed.len() > MAX_ALIASES {
            self.0.push(EntryFault::TooManyAliases);
            return Vec::new();
        }
        let mut aliases: Vec<PersonName> = Vec::with_capacity(typed.len());
        for typed in typed {
            match PersonName::parse(typed) {
                Ok(alias) if aliases.iter().all(|known| !is_same(known, &alias)) => aliases.push(alias),
                Ok(_) => {}
                Err(fault) => self.0.push(EntryFault::Alias { fault, typed: text::excerpt(typed) }),
            }
        }
        aliases
    }
}

fn is_blank(typed: &str) -> bool {
    text::clean(typed).is_empty()
}

fn is_same(one: &PersonName, other: &PersonName) -> bool {
    text::fold(one.as_str()) == text::fold(other.as_str())
}

impl EntryFault {
    /// What it is about.
    #[must_use]
    pub const fn field(&self) -> Field {
        match self {
            Self::Alias { .. } | Self::TooManyAliases => Field::Aliases,
            Self::Discord(_) => Field::Discord,
            Self::Email(_) => Field::Email,
            Self::IRacingId(_) => Field::IRacingId,
            Self::NoName => Field::Name,
            Self::Text { field, .. } | Self::Type(field) => *field,
            Self::Zone(_) => Field::Timezone,
        }
    }
}

impl TryFrom<RosterRow> for RosterEntry {
    type Error = EntryFaults;

    fn try_from(row: RosterRow) -> Result<Self, EntryFaults> {
        row.read().map_err(EntryFaults)
    }
}

impl Field {
    /// Its name in JSON, and of the column in a spreadsheet.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::Name => "name",
            Self::Email => "email",
            Self::IRacingId => "iracing_id",
            Self::IRacingName => "iracing_name",
            Self::Discord => "discord",
            Self::Timezone => "timezone",
            Self::Aliases => "aliases",
        }
    }

    /// What it is in JSON.
    const fn made_of(self) -> &'static str {
        match self {
            Self::Aliases => "a list of texts",
            Self::IRacingId => "a whole number",
            _ => "a text",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for EntryFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "; " })?;
            match fault {
                // This one begins with its field.
                EntryFault::Text { .. } => fault.fmt(f)?,
                _ => write!(f, "{}: {fault}", fault.field())?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for EntryFaults {}

impl fmt::Display for Offer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offered = &self.0[..self.0.len().min(ZONES_OFFERED)];
        match offered {
            [] => f.write_str(" (it needs a name such as Europe/Berlin)"),
            [only] => write!(f, " (perhaps {only})"),
            [most @ .., last] => write!(f, " (perhaps {} or {last})", most.join(", ")),
        }
    }
}

/// A program that counts customers may write their number without quotes, one that doesn't count them with.
fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "iracing_id: neither a whole number nor text")]
    enum NumberOrText {
        Number(u64),
        Text(String),
    }
    Ok(Option::deserialize(deserializer)?.map(|found| match found {
        NumberOrText::Number(number) => number.to_string(),
        NumberOrText::Text(text) => text,
    }))
}
