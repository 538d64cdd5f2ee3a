//! The window in front of everything, as addresses name it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de};

use crate::Snowflake;

/// A window in front of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Window {
    /// The form that this interaction opened.
    Form(Snowflake),
    /// A member's card.
    Member(Snowflake),
    /// Who there is to be.
    People,
    /// A new scheduled event.
    Schedule,
    /// A new server.
    Server,
    /// A new channel.
    NewChannel,
    /// The channel that is open.
    Channel,
    /// The threads in it.
    Threads,
    /// The thread that is open.
    Thread,
    /// What is pinned in the channel that is open.
    Pins,
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(id) => write!(f, "form.{id}"),
            Self::Member(id) => write!(f, "member.{id}"),
            Self::People => f.write_str("people"),
            Self::Schedule => f.write_str("schedule"),
            Self::Server => f.write_str("server"),
            Self::NewChannel => f.write_str("new-channel"),
            Self::Channel => f.write_str("channel"),
            Self::Threads => f.write_str("threads"),
            Self::Thread => f.write_str("thread"),
            Self::Pins => f.write_str("pins"),
        }
    }
}

impl FromStr for Window {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id = |id: &str| id.parse().map_err(|_| "no id");
        match text.split_once('.') {
            Some(("form", form)) => id(form).map(Self::Form),
            Some(("member", member)) => id(member).map(Self::Member),
            Some(_) => Err("no such window"),
            None => match text {
                "people" => Ok(Self::People),
                "schedule" => Ok(Self::Schedule),
                "server" => Ok(Self::Server),
                "new-channel" => Ok(Self::NewChannel),
                "channel" => Ok(Self::Channel),
                "threads" => Ok(Self::Threads),
                "thread" => Ok(Self::Thread),
                "pins" => Ok(Self::Pins),
                _ => Err("no such window"),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_window_is_read_as_it_is_written() {
        for window in [
            Window::Form(Snowflake::new(7)),
            Window::Member(Snowflake::new(8)),
            Window::People,
            Window::Schedule,
            Window::Server,
            Window::NewChannel,
            Window::Channel,
            Window::Threads,
            Window::Thread,
            Window::Pins,
        ] {
            assert_eq!(window.to_string().parse(), Ok(window));
        }
        assert!("form.x".parse::<Window>().is_err() && "door".parse::<Window>().is_err());
    }
}
