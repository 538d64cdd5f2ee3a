//! People in voice channels.

use super::{Person, Unavailable, expect, unavailable};
use crate::{Channel, Permissions, Snowflake, model::ChannelKind, permissions::in_channel};

impl Person {
    /// Joins a voice channel, and leaves the one that they are in.
    ///
    /// # Panics
    ///
    /// When they may not, or no place is left.
    #[track_caller]
    pub fn join_voice(&self, channel: &Channel) {
        expect(self.try_join_voice(channel));
    }

    /// Joins a voice channel, and leaves the one that they are in.
    ///
    /// # Errors
    ///
    /// When they may not, or no place is left.
    pub fn try_join_voice(&self, channel: &Channel) -> Result<(), Unavailable> {
        self.discord.with(|state| {
            let found = state.channels.get(&channel.id).filter(|found| found.kind == ChannelKind::Voice);
            let Some(found) = found else { return unavailable("That is no voice channel.") };
            let member = state.guilds.get(&self.guild).and_then(|guild| guild.members.get(&self.id));
            if member.is_some_and(|member| member.pending) {
                return unavailable(format!("{} hasn't accepted the server's rules.", self.name));
            }
            let held = in_channel(state, found, self.id);
            if !held.contains(Permissions::VIEW_CHANNEL | Permissions::CONNECT) {
                return unavailable(format!("{} may not join {}.", self.name, found.name));
            }
            let inside =
                state.voice.iter().filter(|(user, to)| **to == found.id && **user != self.id).count();
            let full = found.user_limit > 0 && inside as u64 >= found.user_limit;
            if full && !held.contains(Permissions::MOVE_MEMBERS) {
                return unavailable("The channel is full.");
            }
            let id = found.id;
            state.voice.insert(self.id, id);
            Ok(())
        })
    }

    /// Leaves the voice channel that they are in, if any.
    pub fn leave_voice(&self) {
        self.discord.with(|state| state.voice.remove(&self.id));
    }

    /// The voice channel that they are in.
    #[must_use]
    pub fn voice_channel(&self) -> Option<Snowflake> {
        self.discord.with(|state| state.voice.get(&self.id).copied())
    }
}
