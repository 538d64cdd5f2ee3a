//! All of a guild at one moment.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Snowflake,
    model::{ChannelState, GuildState, Message, ScheduledEvent, State, User},
};

/// All of a guild at one moment.
#[derive(Clone, Debug)]
pub struct GuildSnapshot {
    /// The guild, its members and roles.
    pub guild: GuildState,
    /// The users it has members of, and authors of messages.
    pub users: Vec<User>,
    /// Its channels as they are shown: each category before its channels, threads after their channel and by name.
    pub channels: Vec<ChannelState>,
    /// Its scheduled events, oldest first; [`crate::Guild::snapshot`] leaves out those that are over.
    pub events: Vec<ScheduledEvent>,
    /// Who is connected to which of its voice channels.
    pub voice: BTreeMap<Snowflake, Snowflake>,
    /// The messages in them, ephemeral ones too, oldest first.
    pub messages: Vec<Message>,
}

impl GuildSnapshot {
    pub(crate) fn of(state: &State, id: Snowflake) -> Self {
        Self::with(state, id, |_| true)
    }

    /// The guild with only those messages that are wanted.
    pub(crate) fn with(state: &State, id: Snowflake, wanted: impl Fn(&Message) -> bool) -> Self {
        let guild = state.guilds.get(&id).cloned().unwrap_or_else(|| nothing(id));
        let mut channels = Vec::new();
        for channel in state.channels_of(id) {
            channels.push(channel.clone());
            channels.extend(state.threads_of(channel.id).into_iter().cloned());
        }
        let here = state.messages.values().filter(|message| message.guild == Some(id));
        let messages: Vec<_> = here.filter(|message| wanted(message)).cloned().collect();
        let people: BTreeSet<_> =
            guild.members.keys().copied().chain(messages.iter().map(|message| message.author)).collect();
        let users = people.iter().filter_map(|id| state.users.get(id)).cloned().collect();
        let events = state.events.values().filter(|event| event.guild == id).cloned().collect();
        let voice = state.voice.iter().filter(|(_, to)| channels.iter().any(|channel| channel.id == **to));
        let voice = voice.map(|(user, channel)| (*user, *channel)).collect();
        Self { guild, users, channels, events, voice, messages }
    }

    /// The user with this id, if the snapshot has it.
    #[must_use]
    pub fn user(&self, id: Snowflake) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The messages of a channel, ephemeral ones too, oldest first.
    pub fn messages_of(&self, channel: Snowflake) -> impl Iterator<Item = &Message> {
        self.messages.iter().filter(move |message| message.channel == channel)
    }
}

/// A guild that never was.
fn nothing(id: Snowflake) -> GuildState {
    GuildState {
        id,
        name: String::new(),
        owner: Snowflake::new(0),
        locale: String::new(),
        roles: Default::default(),
        members: Default::default(),
        audit: Vec::new(),
    }
}
