//! What somebody may do in a channel, in the words of a test.

use super::{Permissions, in_channel};
use crate::{
    Snowflake,
    model::{ChannelKind, State},
};

/// What somebody may do in a channel or a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// See it.
    pub view: bool,
    /// Write in it.
    pub send: bool,
    /// Join it, if it is a voice channel.
    pub connect: bool,
    /// Be heard in it, if it is a voice channel.
    pub speak: bool,
}

impl Abilities {
    /// What a user may do in a channel as it is now; nothing if they don't see it, or it is gone.
    pub(crate) fn of(state: &State, channel: Snowflake, user: Snowflake) -> Self {
        let Some(channel) = state.channels.get(&channel) else { return Self::default() };
        let held = in_channel(state, channel, user);
        let voice = channel.kind == ChannelKind::Voice;
        let writes = match channel.kind {
            ChannelKind::Category => false,
            kind if kind.is_thread() => held.contains(Permissions::SEND_MESSAGES_IN_THREADS),
            _ => held.contains(Permissions::SEND_MESSAGES),
        };
        let moderates = held.contains(Permissions::MANAGE_THREADS);
        let shut = channel.is_locked() && (channel.is_archived() || !moderates);
        Self {
            view: held.contains(Permissions::VIEW_CHANNEL),
            send: writes && !shut,
            connect: voice && held.contains(Permissions::CONNECT),
            speak: voice && held.contains(Permissions::CONNECT | Permissions::SPEAK),
        }
    }
}
