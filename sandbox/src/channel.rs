//! A channel in a test's hands.

use std::ops::Deref;

use crate::{Discord, Message, Snowflake, model::ChannelState};

/// A channel as it was when it was looked up; `messages` reads what is there now.
#[derive(Clone, Debug)]
pub struct Channel {
    discord: Discord,
    state: ChannelState,
}

impl Deref for Channel {
    type Target = ChannelState;

    fn deref(&self) -> &ChannelState {
        &self.state
    }
}

impl Channel {
    pub(crate) fn find(discord: &Discord, id: Snowflake) -> Option<Self> {
        Some(Self::of(discord, discord.with(|state| state.channels.get(&id).cloned())?))
    }

    pub(crate) fn of(discord: &Discord, state: ChannelState) -> Self {
        Self { discord: discord.clone(), state }
    }

    /// The channel as it is now; none if it was deleted.
    #[must_use]
    pub fn again(&self) -> Option<Self> {
        Self::find(&self.discord, self.id)
    }

    /// The messages that everybody in it sees, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.discord.with(|state| state.messages_of(self.id).cloned().collect())
    }

    /// The newest message that everybody in it sees.
    #[must_use]
    pub fn last_message(&self) -> Option<Message> {
        self.discord.with(|state| state.messages_of(self.id).next_back().cloned())
    }
}
