//! Where a page is: who looks at it, at which channel, and what stands beside it. All of it is in the address, so that two pages
//! are two people, and one can be opened again.

mod window;

use std::fmt::Write as _;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

pub(super) use self::window::Window;
use crate::Snowflake;

/// How the address of a conversation names the guild that it isn't in.
const NO_GUILD: &str = "@me";
/// How an address says that no channel is open.
const NO_CHANNEL: &str = "-";

/// Where a page is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// Who looks at it.
    pub(super) viewer: Snowflake,
    /// The guild; none for conversations.
    pub(super) guild: Option<Snowflake>,
    pub(super) channel: Option<Snowflake>,
    pub(super) params: Params,
}

/// What else an address says.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
pub(super) struct Params {
    /// What stands beside the messages, if somebody said so: else the members do, where there is room for them.
    pub(super) side: Option<Side>,
    /// The command that is being typed, such as `event create`.
    pub(super) command: Option<String>,
    /// The window in front of everything.
    pub(super) open: Option<Window>,
    /// The entry of the wire that is looked at.
    pub(super) entry: Option<u64>,
    /// What the wire is searched for.
    #[serde(default)]
    pub(super) q: String,
    /// What the wire is narrowed to.
    #[serde(default)]
    pub(super) only: Only,
}

/// What stands beside the messages.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    Members,
    Events,
    Wire,
    Faults,
    Nothing,
}

impl Side {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Events => "events",
            Self::Wire => "wire",
            Self::Faults => "faults",
            Self::Nothing => "nothing",
        }
    }
}

/// What the wire is narrowed to.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Only {
    #[default]
    All,
    Interactions,
    Calls,
    Problems,
}

impl Only {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Interactions => "interactions",
            Self::Calls => "calls",
            Self::Problems => "problems",
        }
    }
}

impl Place {
    /// The place of an address's path; nothing if it names none.
    pub(super) fn parse(viewer: &str, guild: &str, channel: &str, params: Params) -> Option<Self> {
        let known =
            |text: &str, none: &str| if text == none { Some(None) } else { text.parse().ok().map(Some) };
        Some(Self {
            viewer: viewer.parse().ok()?,
            guild: known(guild, NO_GUILD)?,
            channel: known(channel, NO_CHANNEL)?,
            params,
        })
    }

    fn path(&self) -> String {
        let guild = self.guild.map_or_else(|| NO_GUILD.to_owned(), |id| id.to_string());
        let channel = self.channel.map_or_else(|| NO_CHANNEL.to_owned(), |id| id.to_string());
        format!("/{}/{guild}/{channel}", self.viewer)
    }

    /// The address of this place.
    pub(super) fn href(&self) -> String {
        self.below("")
    }

    /// The address that something is done at, such as pressing a button here.
    pub(super) fn act(&self, act: &str) -> String {
        self.below(&format!("/{act}"))
    }

    fn below(&self, act: &str) -> String {
        let mut href = self.path() + act;
        let mut mark = '?';
        let mut add = |name: &str, value: &str| {
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
            // Writing to a string doesn't fail.
            let _ = write!(href, "{mark}{name}={value}");
            mark = '&';
        };
        let Params { side, command, open, entry, q, only } = &self.params;
        if let Some(side) = side {
            add("side", side.name());
        }
        if let Some(command) = command {
            add("command", command);
        }
        if let Some(open) = open {
            add("open", &open.to_string());
        }
        if let Some(entry) = entry {
            add("entry", &entry.to_string());
        }
        if !q.is_empty() {
            add("q", q);
        }
        if *only != Only::default() {
            add("only", only.name());
        }
        href
    }

    /// What stands beside the messages.
    pub(super) fn side(&self) -> Side {
        self.params.side.unwrap_or(Side::Members)
    }

    /// The same place with something else beside it or in front of it.
    pub(super) fn with(&self, change: impl FnOnce(&mut Params)) -> Self {
        let mut place = self.clone();
        change(&mut place.params);
        place
    }

    /// The same place without a window or a command.
    pub(super) fn plain(&self) -> Self {
        self.with(|params| (params.open, params.command) = (None, None))
    }

    /// Another channel, with the same beside it.
    pub(super) fn channel(&self, guild: Option<Snowflake>, channel: Option<Snowflake>) -> Self {
        Self { guild, channel, ..self.plain() }
    }

    /// The same through somebody else's eyes.
    pub(super) fn seen_by(&self, viewer: Snowflake) -> Self {
        Self { viewer, ..self.plain() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn an_address_says_all_of_a_place() {
        let place = Place {
            viewer: Snowflake::new(1),
            guild: Some(Snowflake::new(2)),
            channel: Some(Snowflake::new(3)),
            params: Params::default(),
        };
        assert_eq!(place.href(), "/1/2/3");
        let rich = place.with(|params| {
            params.side = Some(Side::Wire);
            params.command = Some("event create".to_owned());
            params.open = Some(Window::Form(Snowflake::new(4)));
            params.only = Only::Problems;
            params.q = "a&b".to_owned();
        });
        assert_eq!(
            rich.act("press"),
            "/1/2/3/press?side=wire&command=event%20create&open=form%2E4&q=a%26b&only=problems"
        );
        assert_eq!(Place { guild: None, channel: None, ..place.clone() }.href(), "/1/@me/-");
        assert_eq!(Place::parse("1", "2", "3", Params::default()), Some(place));
        assert_eq!(Place::parse("1", "x", "3", Params::default()), None);
    }
}
