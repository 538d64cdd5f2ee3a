//! What a message does to the thread that it is in.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    Permissions, Snowflake,
    model::{Message, State},
    permissions::in_channel,
};

/// A role with more members than this brings nobody into a thread.
const ROLE_MAX: usize = 100;

/// Brings whoever writes in a thread into it, and whoever is mentioned there, if they see the channel that it is in.
///
/// Into a private thread that members can't invite to, only those who may manage it bring others.
pub(crate) fn draw_in(state: &mut State, message: &Message, now: Timestamp) {
    let Some(channel) = state.channels.get(&message.channel) else { return };
    let Some(thread) = channel.thread.as_ref().filter(|_| message.ephemeral_for.is_none()) else { return };
    let held = in_channel(state, channel, message.author);
    let invites = thread.invitable || held.contains(Permissions::MANAGE_THREADS);
    let mut wanted: BTreeSet<Snowflake> = if invites { mentioned(state, message) } else { BTreeSet::new() };
    // An answer to an interaction is no message of the bot's own accord.
    wanted.extend(Some(message.author).filter(|_| message.webhook.is_none()));
    wanted.retain(|user| state.sees_parent(channel, *user));
    for user in wanted {
        state.enter_thread(now, message.channel, user);
    }
}

/// The people that a message mentions, by name or by a role.
fn mentioned(state: &State, message: &Message) -> BTreeSet<Snowflake> {
    let mut people: BTreeSet<Snowflake> = message.mentions.users.iter().copied().collect();
    let Some(guild) = message.guild.and_then(|id| state.guilds.get(&id)) else { return people };
    for role in &message.mentions.roles {
        let holders: Vec<_> = guild.members.values().filter(|member| member.roles.contains(role)).collect();
        if holders.len() <= ROLE_MAX {
            people.extend(holders.iter().map(|member| member.user));
        }
    }
    people
}
