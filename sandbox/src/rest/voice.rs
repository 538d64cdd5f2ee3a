//! Routes about who is connected to voice channels.

use serde_json::json;

use super::{Answer, ApiError, Request, access};
use crate::{Discord, Permissions, model::State, permissions};

/// `GET /guilds/{guild_id}/voice-states/{user_id}`: of somebody who is connected, and nobody else.
pub(super) fn get(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    let id = request.id("user_id")?;
    let channel = state.voice.get(&id).and_then(|channel| state.channels.get(channel));
    let channel = channel.filter(|channel| channel.guild == Some(guild.id));
    let (Some(channel), Some(user), Some(member)) = (channel, state.users.get(&id), guild.members.get(&id))
    else {
        return Err(ApiError::unknown_voice_state());
    };
    if !permissions::in_channel(state, channel, discord.bot()).contains(Permissions::VIEW_CHANNEL) {
        return Err(ApiError::missing_access());
    }
    let silenced = !permissions::in_channel(state, channel, id).contains(Permissions::SPEAK);
    Ok(Answer::ok(json!({
        "channel_id": channel.id, "guild_id": guild.id, "user_id": id, "member": member.json(user),
        "session_id": format!("{:032x}", id.get()), "deaf": false, "mute": false, "self_deaf": false,
        "self_mute": false, "self_video": false, "self_stream": false, "suppress": silenced,
        "request_to_speak_timestamp": null,
    })))
}
