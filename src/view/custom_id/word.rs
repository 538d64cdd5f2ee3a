//! Words: what a press says besides ids and numbers.

use super::Outdated;
use crate::domain::{availability::Pick, membership::Standing, panel::Answer, settings::Toggle, team::Duty};

/// Whose calendar a link opens.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CalendarOf {
    /// The club's.
    Club,
    /// One's own.
    Me,
}

/// A list with pages.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum List {
    /// The coming events.
    Events,
    /// The club's series.
    Series,
}

/// What is shown of an event once it is chosen.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Showing {
    /// Its card, for `/event show`.
    Card,
    /// Its panel, for `/event manage`.
    Panel,
    /// Its teams, for `/team list`.
    Teams,
}

/// A group of a club's settings, each with a form of its own.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum SettingsGroup {
    /// How events' channels are made and put away.
    Channels,
    /// The club's name, zone and organisers.
    General,
    /// Which messages are sent.
    Notifications,
    /// Which roles members are given and have, and whether they are synced at night.
    People,
    /// When the race voice channel opens, and for whom.
    RaceVoice,
    /// When people are reminded, and how often events' channels are told how the sheet stands.
    Reminders,
    /// What teams get.
    Teams,
}

impl CalendarOf {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Club => "club",
            Self::Me => "me",
        }
    }

    pub(super) fn of(word: &str) -> Result<Self, Outdated> {
        [Self::Club, Self::Me].into_iter().find(|of| of.word() == word).ok_or(Outdated)
    }
}

impl List {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Series => "series",
        }
    }

    pub(super) fn of(word: &str) -> Result<Self, Outdated> {
        [Self::Events, Self::Series].into_iter().find(|list| list.word() == word).ok_or(Outdated)
    }
}

impl Showing {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Panel => "panel",
            Self::Teams => "teams",
        }
    }

    pub(super) fn of(word: &str) -> Result<Self, Outdated> {
        [Self::Card, Self::Panel, Self::Teams]
            .into_iter()
            .find(|showing| showing.word() == word)
            .ok_or(Outdated)
    }
}

impl SettingsGroup {
    /// Every group, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::General,
        Self::People,
        Self::Channels,
        Self::RaceVoice,
        Self::Teams,
        Self::Reminders,
        Self::Notifications,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Channels => "channels",
            Self::General => "general",
            Self::Notifications => "notify",
            Self::People => "people",
            Self::RaceVoice => "voice",
            Self::Reminders => "remind",
            Self::Teams => "teams",
        }
    }

    pub(super) fn of(word: &str) -> Result<Self, Outdated> {
        Self::ALL.into_iter().find(|group| group.word() == word).ok_or(Outdated)
    }
}

/// The value that stands for all members.
const ALL_MEMBERS: &str = "all";

/// What stands for members who stand there, or all.
#[must_use]
pub const fn members_word(standing: Option<Standing>) -> &'static str {
    match standing {
        Some(standing) => standing.word(),
        None => ALL_MEMBERS,
    }
}

/// The members that [`members_word`] stands for.
///
/// # Errors
///
/// When it stands for none.
pub fn members_of(word: &str) -> Result<Option<Standing>, Outdated> {
    match word {
        ALL_MEMBERS => Ok(None),
        word => Standing::of(word).map(Some).ok_or(Outdated),
    }
}

pub(super) const fn toggle_word(toggle: Toggle) -> &'static str {
    match toggle {
        Toggle::AutoChannels => "channels",
        Toggle::CleanReminders => "clean",
        Toggle::Integration => "discord",
        Toggle::NativeEvents => "events",
        Toggle::NightlySync => "sync",
    }
}

pub(super) fn toggle_of(word: &str) -> Result<Toggle, Outdated> {
    Toggle::ALL.into_iter().find(|&toggle| toggle_word(toggle) == word).ok_or(Outdated)
}

pub(super) const fn flag(number: u64) -> Result<bool, Outdated> {
    match number {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Outdated),
    }
}

pub(super) const fn pick_word(pick: Pick) -> &'static str {
    match pick {
        Pick::All => "all",
        Pick::Days => "days",
        Pick::Nights => "nights",
        Pick::None => "none",
    }
}

pub(super) fn pick_of(word: &str) -> Result<Pick, Outdated> {
    Pick::ALL.into_iter().find(|&pick| pick_word(pick) == word).ok_or(Outdated)
}

pub(super) const fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Allow => "allow",
        Answer::Keep => "keep",
        Answer::LeaveIt => "leave",
        Answer::MakeAgain => "remake",
        Answer::Retry => "retry",
        Answer::Seen => "seen",
        Answer::UseOurs => "ours",
    }
}

pub(super) fn answer_of(word: &str) -> Result<Answer, Outdated> {
    Answer::ALL.into_iter().find(|&answer| answer_word(answer) == word).ok_or(Outdated)
}

pub(super) const fn duty_word(duty: Duty) -> &'static str {
    match duty {
        Duty::Driver => "driver",
        Duty::Reserve => "reserve",
        Duty::Spotter => "spotter",
    }
}

pub(super) fn duty_of(word: &str) -> Result<Duty, Outdated> {
    Duty::ALL.into_iter().find(|&duty| duty_word(duty) == word).ok_or(Outdated)
}
