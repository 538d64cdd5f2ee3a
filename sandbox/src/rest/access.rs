//! Whether the bot sees what a request is about, and may do it.

use super::{ApiError, Request};
use crate::{
    Discord, Permissions, Snowflake,
    audit::Act,
    model::{ChannelKind, ChannelState, GuildState, Message, State},
    permissions,
};

/// The guild of a path, if the bot is in it.
pub(super) fn guild<'s>(
    discord: &Discord,
    state: &'s State,
    request: &Request,
) -> Result<&'s GuildState, ApiError> {
    let guild = state.guilds.get(&request.id("guild_id")?).ok_or_else(ApiError::unknown_guild)?;
    if guild.members.contains_key(&discord.bot()) { Ok(guild) } else { Err(ApiError::missing_access()) }
}

/// The channel of a path, if the bot sees it.
pub(super) fn channel<'s>(
    discord: &Discord,
    state: &'s State,
    request: &Request,
) -> Result<&'s ChannelState, ApiError> {
    let channel = state.channels.get(&request.id("channel_id")?).ok_or_else(ApiError::unknown_channel)?;
    let held = permissions::in_channel(state, channel, discord.bot());
    if held.contains(Permissions::VIEW_CHANNEL) { Ok(channel) } else { Err(ApiError::missing_access()) }
}

/// The channel of a path, if the bot sees it and has these permissions there.
pub(super) fn channel_with<'s>(
    discord: &Discord,
    state: &'s State,
    request: &Request,
    needed: Permissions,
) -> Result<&'s ChannelState, ApiError> {
    let found = channel(discord, state, request)?;
    let held = permissions::in_channel(state, found, discord.bot());
    match held.contains(needed) {
        true => Ok(found),
        // A voice channel that can't be joined is refused like one that can't be seen.
        false if found.kind == ChannelKind::Voice && !held.contains(Permissions::CONNECT) => {
            Err(ApiError::missing_access())
        }
        false => Err(ApiError::missing_permissions()),
    }
}

/// The message of a path in its channel, if the bot sees it. Ephemeral messages are out of reach here.
pub(super) fn message<'s>(
    discord: &Discord,
    state: &'s State,
    request: &Request,
) -> Result<&'s Message, ApiError> {
    let channel = channel_with(discord, state, request, Permissions::VIEW_CHANNEL)?.id;
    let message = state.messages.get(&request.id("message_id")?);
    message
        .filter(|message| message.channel == channel && message.ephemeral_for.is_none())
        .ok_or_else(ApiError::unknown_message)
}

/// The bot's act, for the reason that the request gives.
pub(super) fn act(discord: &Discord, request: &Request) -> Act {
    Act { by: discord.bot(), at: discord.now(), reason: request.reason.clone() }
}

/// What the bot may do in the guild as a whole.
pub(super) fn in_guild(discord: &Discord, state: &State, guild: Snowflake) -> Permissions {
    let guild = state.guilds.get(&guild);
    guild.map_or(Permissions::NONE, |guild| permissions::in_guild(guild, discord.bot()))
}
