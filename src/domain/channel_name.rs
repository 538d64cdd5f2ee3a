//! What channels are called: a club's pattern filled in, and made safe for Discord.

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};

use super::locale::{Locale, month_short, weekday_short};
use super::name::{EventName, SeriesName, TeamName, TrackName};
use super::text;

/// The longest channel name, in characters.
/// See [Discord Docs/Channel Object](https://discord.com/developers/docs/resources/channel#channel-object).
pub const MAX: usize = 100;

/// The category of the events without a series.
const EVENTS: &str = "Events";

/// The numbers tried for a name that is taken. A guild has at most 500 channels.
const NUMBERS: std::ops::RangeInclusive<u32> = 2..=1_000;

/// What a pattern's `{…}` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// The day of the start, `2026-12-05`.
    Date,
    /// The day of the start in its month, `5`.
    Day,
    /// The event's name.
    Event,
    /// The month of the start in short, `dec`.
    Month,
    /// The series' name; nothing for an event without one.
    Series,
    /// The time of the start, `1400`.
    Time,
    /// The track; nothing for an event without one.
    Track,
    /// The day of the week of the start in short, `sat`.
    Weekday,
}

impl Placeholder {
    /// Each of them.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Day,
        Self::Event,
        Self::Month,
        Self::Series,
        Self::Time,
        Self::Track,
        Self::Weekday,
    ];

    /// The word between the braces.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Day => "day",
            Self::Event => "event",
            Self::Month => "month",
            Self::Series => "series",
            Self::Time => "time",
            Self::Track => "track",
            Self::Weekday => "weekday",
        }
    }
}

/// How a club names its events' text channels: `{series} {event} {date}`.
///
/// At most 100 characters, every placeholder known, and at least one, so that two events can differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NamePattern(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Filled(Placeholder),
    Written(String),
}

/// Why a typed text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PatternError {
    /// Nothing visible was typed.
    #[error("empty")]
    Empty,
    /// No placeholder: all channels would have the same name. [`Placeholder::ALL`] lists them.
    #[error("no placeholder")]
    Fixed,
    /// More characters than fit.
    #[error("{length} characters, at most {max}")]
    TooLong {
        /// How many there are.
        length: usize,
        /// How many there may be.
        max: usize,
    },
    /// A brace without its other half.
    #[error("a brace without its other half at {at:?}")]
    Unbalanced {
        /// The text from that brace on.
        at: String,
    },
    /// A placeholder that isn't one. [`Placeholder::ALL`] lists them.
    #[error("no placeholder {{{word}}}")]
    Unknown {
        /// What stands between its braces.
        word: String,
    },
}

impl NamePattern {
    /// Reads a pattern; the words between the braces in any case.
    ///
    /// # Errors
    /// When it is empty or too long, or its placeholders are wrong or missing.
    pub fn parse(typed: &str) -> Result<Self, PatternError> {
        let typed = text::clean(typed);
        let length = text::length(&typed);
        if typed.is_empty() {
            return Err(PatternError::Empty);
        } else if length > MAX {
            return Err(PatternError::TooLong { length, max: MAX });
        }
        let mut pieces = Vec::new();
        let mut rest = typed.as_str();
        while let Some(brace) = rest.find(['{', '}']) {
            let (written, at) = rest.split_at(brace);
            let unbalanced = || PatternError::Unbalanced { at: at.to_owned() };
            let (word, after) =
                at.strip_prefix('{').and_then(|at| at.split_once('}')).ok_or_else(unbalanced)?;
            if word.contains('{') {
                return Err(unbalanced());
            }
            pieces.extend(Some(written).filter(|w| !w.is_empty()).map(|w| Piece::Written(w.to_owned())));
            pieces.push(Piece::Filled(placeholder(word)?));
            rest = after;
        }
        if pieces.is_empty() {
            return Err(PatternError::Fixed);
        }
        pieces.extend(Some(rest).filter(|w| !w.is_empty()).map(|w| Piece::Written(w.to_owned())));
        Ok(Self(pieces))
    }
}

/// `{series} {event} {date}`.
impl Default for NamePattern {
    fn default() -> Self {
        let space = || Piece::Written(" ".to_owned());
        let [series, event, date] =
            [Placeholder::Series, Placeholder::Event, Placeholder::Date].map(Piece::Filled);
        Self(vec![series, space(), event, space(), date])
    }
}

impl fmt::Display for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Filled(placeholder) => write!(f, "{{{}}}", placeholder.word()),
            Piece::Written(written) => f.write_str(written),
        })
    }
}

impl FromStr for NamePattern {
    type Err = PatternError;

    fn from_str(typed: &str) -> Result<Self, PatternError> {
        Self::parse(typed)
    }
}

impl TryFrom<String> for NamePattern {
    type Error = PatternError;

    fn try_from(typed: String) -> Result<Self, PatternError> {
        Self::parse(&typed)
    }
}

impl From<NamePattern> for String {
    fn from(pattern: NamePattern) -> Self {
        pattern.to_string()
    }
}

fn placeholder(word: &str) -> Result<Placeholder, PatternError> {
    let known = Placeholder::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word.trim()));
    known.ok_or_else(|| PatternError::Unknown { word: word.to_owned() })
}

/// What a pattern is filled with.
#[derive(Clone, Copy, Debug)]
pub struct NameParts<'a> {
    /// The event's name.
    pub event: &'a EventName,
    /// Its series', if it has one.
    pub series: Option<&'a SeriesName>,
    /// When it starts, in the club's zone.
    pub start: DateTime,
    /// Its track's, if it has one.
    pub track: Option<&'a TrackName>,
}

/// The name of a text channel that Discord keeps as it is: 1–100 characters, lower case, single dashes between words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChannelName(String);

/// Fills in a pattern and makes it a channel's name, with weekdays and months in that language.
///
/// Letters, digits and emoji of every kind stay, and so do the signs beyond ASCII that the pattern itself holds, such as
/// `・`. Spaces and punctuation become dashes. What leaves nothing to read becomes `event-2026-12-05`.
#[must_use]
pub fn channel_name(pattern: &NamePattern, parts: &NameParts<'_>, locale: Locale) -> ChannelName {
    let date = parts.start.strftime("%Y-%m-%d").to_string();
    let mut name = Dashed::default();
    for piece in &pattern.0 {
        match piece {
            Piece::Written(written) => name.write(written, |c| is_word(c) || is_ornament(c)),
            Piece::Filled(Placeholder::Date) => name.write(&date, is_word),
            Piece::Filled(Placeholder::Day) => name.write(&parts.start.day().to_string(), is_word),
            Piece::Filled(Placeholder::Month) => {
                name.write(month_short(parts.start.date(), locale), is_word);
            }
            Piece::Filled(Placeholder::Weekday) => {
                name.write(weekday_short(parts.start.date(), locale), is_word);
            }
            Piece::Filled(Placeholder::Event) => name.write(parts.event.as_str(), is_word),
            Piece::Filled(Placeholder::Series) => {
                name.write(parts.series.map_or("", |name| name.as_str()), is_word)
            }
            Piece::Filled(Placeholder::Time) => {
                name.write(&parts.start.strftime("%H%M").to_string(), is_word)
            }
            Piece::Filled(Placeholder::Track) => {
                name.write(parts.track.map_or("", |name| name.as_str()), is_word)
            }
        }
    }
    let name = fit(&name.0, MAX);
    ChannelName(if name.contains(is_word) { name.to_owned() } else { format!("event-{date}") })
}

impl ChannelName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This name, or with the first of `-2`, `-3`, … that isn't taken either.
    #[must_use]
    pub fn apart(&self, taken: &dyn Fn(&str) -> bool) -> Self {
        if !taken(&self.0) {
            return self.clone();
        }
        let free = NUMBERS.map(|number| self.numbered(number)).find(|name| !taken(&name.0));
        free.unwrap_or_else(|| self.numbered(*NUMBERS.end()))
    }

    /// Whether it is `name`, or one that [`ChannelName::apart`] makes of it.
    #[must_use]
    pub fn is_of(&self, name: &Self) -> bool {
        let number = self.0.rsplit_once('-').and_then(|(_, number)| number.parse().ok());
        let number = number.filter(|number| NUMBERS.contains(number));
        self == name || number.is_some_and(|number| *self == name.numbered(number))
    }

    fn numbered(&self, number: u32) -> Self {
        let number = format!("-{number}");
        Self(format!("{}{number}", fit(&self.0, MAX - number.len())))
    }
}

/// What was kept as a channel's name can't be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a channel's name has 1 to {MAX} characters")]
pub struct BadChannelName;

/// Reads a name back as it was kept.
impl TryFrom<String> for ChannelName {
    type Error = BadChannelName;

    fn try_from(kept: String) -> Result<Self, BadChannelName> {
        if (1..=MAX).contains(&super::text::length(&kept)) { Ok(Self(kept)) } else { Err(BadChannelName) }
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of an event's voice channel: as the event is called. Voice channels keep capitals and spaces.
#[must_use]
pub fn voice_name(event: &EventName) -> String {
    text::truncate(event.as_str(), MAX).into_owned()
}

/// What a voice room is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Room {
    /// Practice.
    Practice,
    /// The race.
    Race,
}

/// The name of a voice room of a team, or of everybody's practice room: its own name, and the event's as far as there is room.
#[must_use]
pub fn room_name(event: &EventName, team: Option<&TeamName>, room: Room) -> String {
    let word = match room {
        Room::Practice => "practice",
        Room::Race => "race",
    };
    let name = match team {
        Some(team) => format!("{team} · {word} · {event}"),
        None => format!("{event} · {word}"),
    };
    text::truncate(&name, MAX).into_owned()
}

/// The name of a series' `number`th category, from 1; without a series, of the one for events of none.
#[must_use]
pub fn category_name(series: Option<&SeriesName>, number: u32) -> String {
    let name = series.map_or(EVENTS, |series| series.as_str());
    let number = if number > 1 { format!(" · {number}") } else { String::new() };
    format!("{}{number}", text::truncate(name, MAX - text::length(&number)))
}

/// Words in lower case with single dashes between them.
#[derive(Default)]
struct Dashed(String);

impl Dashed {
    fn write(&mut self, text: &str, is_kept: impl Fn(char) -> bool) {
        for c in text.to_lowercase().chars() {
            if is_kept(c) || (is_joiner(c) && !self.0.is_empty()) {
                self.0.push(c);
            } else if !self.0.is_empty() && !self.0.ends_with('-') {
                self.0.push('-');
            }
        }
    }
}

/// Whether a character is a part of a word in some script, or of an emoji.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c) || (!c.is_ascii() && c.is_emoji_char())
}

/// Whether a character is one of the signs beyond ASCII that clubs decorate their channels with.
fn is_ornament(c: char) -> bool {
    use GeneralCategoryGroup as Group;
    let is_dash = matches!(c, '\u{2010}'..='\u{2015}');
    !c.is_ascii() && !is_dash && matches!(c.general_category_group(), Group::Symbol | Group::Punctuation)
}

/// Whether a character joins its neighbours: cleaned text has these only where they do.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}')
}

/// The beginning of a name that has room, without a dash at its ends.
fn fit(name: &str, max: usize) -> &str {
    text::prefix(name, max).trim_matches('-')
}

#[cfg(test)]
mod tests;
