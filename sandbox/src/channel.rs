//! A channel in a test's hands.

use std::ops::Deref;

use crate::{
    Discord, Message, Snowflake,
    model::{ChannelState, ThreadState},
};

/// A channel as it was when it was looked up; its methods read what is there now.
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

    /// The messages that are pinned in it, those that were pinned last coming first.
    #[must_use]
    pub fn pinned(&self) -> Vec<Message> {
        self.discord
            .with(|state| state.pinned_in(self.id).into_iter().map(|(_, message)| message.clone()).collect())
    }

    /// The threads in it as they are now, archived ones too, by name.
    #[must_use]
    pub fn threads(&self) -> Vec<Self> {
        let threads: Vec<_> =
            self.discord.with(|state| state.threads_of(self.id).into_iter().cloned().collect());
        threads.into_iter().map(|thread| Self::of(&self.discord, thread)).collect()
    }

    /// Who is in this thread now, in the order of their ids.
    #[must_use]
    pub fn members(&self) -> Vec<Snowflake> {
        self.thread(|thread| thread.members.keys().copied().collect())
    }

    /// Whether this thread is archived now.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.thread(|thread| thread.archived)
    }

    /// Whether this thread is locked now.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.thread(|thread| thread.locked)
    }

    /// Who is connected to this voice channel now, in the order of their ids.
    #[must_use]
    pub fn connected(&self) -> Vec<Snowflake> {
        self.discord.with(|state| {
            let here = state.voice.iter().filter(|(_, channel)| **channel == self.id);
            here.map(|(user, _)| *user).collect()
        })
    }

    /// Reads what only threads have, as it is now.
    fn thread<T: Default>(&self, read: impl FnOnce(&ThreadState) -> T) -> T {
        self.discord.with(|state| {
            let thread = state.channels.get(&self.id).and_then(|channel| channel.thread.as_ref());
            thread.map(read).unwrap_or_default()
        })
    }
}
