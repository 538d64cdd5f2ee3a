//! Routes about a channel's overwrites, and which of them the bot may set.

use super::{Answer, ApiError, Request, access};
use crate::{
    Discord, Permissions, Snowflake, acts,
    limits::overwrite_form,
    model::{ChannelState, Overwrite, OverwriteKind, State},
    permissions,
};

/// `PUT /channels/{channel_id}/permissions/{overwrite_id}`
pub(super) fn put(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let channel = access::channel_with(discord, state, request, Permissions::MANAGE_ROLES)?.clone();
    let overwrite = overwrite_form(&request.form()?, request.id("overwrite_id")?)?;
    let guild = channel.guild.ok_or_else(ApiError::unknown_channel)?;
    may_set_all(discord, state, guild, &[overwrite], Some(&channel))?;
    if !(overwrite.allow & overwrite.deny).is_empty() {
        discord.complain(&request.route(), "a permission is both allowed and denied");
    }
    acts::put_overwrite(state, &access::act(discord, request), channel.id, overwrite);
    Ok(Answer::empty())
}

/// `DELETE /channels/{channel_id}/permissions/{overwrite_id}`
pub(super) fn delete(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let channel = access::channel_with(discord, state, request, Permissions::MANAGE_ROLES)?.id;
    let id = request.id("overwrite_id")?;
    if acts::delete_overwrite(state, &access::act(discord, request), channel, id) {
        Ok(Answer::empty())
    } else {
        Err(ApiError::unknown_overwrite())
    }
}

/// Whether the bot may set these overwrites: in the channel given, or in a new one of the guild.
///
/// Only bits that the bot holds in the guild can be set, and Manage Roles only by administrators; an overwrite that gives the
/// bot Manage Roles in the channel lifts both.
pub(super) fn may_set_all(
    discord: &Discord,
    state: &State,
    guild: Snowflake,
    overwrites: &[Overwrite],
    channel: Option<&ChannelState>,
) -> Result<(), ApiError> {
    overwrites.iter().try_for_each(|overwrite| exists(state, guild, overwrite))?;
    let held = access::in_guild(discord, state, guild);
    let trusted = channel.is_some_and(|channel| has_own_manage_roles(discord, channel));
    if trusted || held.contains(Permissions::ADMINISTRATOR) {
        return Ok(());
    }
    let inherited = channel.and_then(|channel| state.channels.get(&channel.parent?));
    let here =
        inherited.map_or(held, |category| held | permissions::in_channel(state, category, discord.bot()));
    let had = |id| channel.and_then(|channel| channel.overwrite(id));
    for overwrite in overwrites {
        // What stands already and stays is nobody's setting.
        let (allow, deny) =
            had(overwrite.id).map_or((Permissions::NONE, Permissions::NONE), |o| (o.allow, o.deny));
        let set = (overwrite.allow & !allow) | (overwrite.deny & !deny);
        if !here.contains(set) || set.contains(Permissions::MANAGE_ROLES) {
            return Err(ApiError::missing_permissions());
        }
    }
    Ok(())
}

fn exists(state: &State, guild: Snowflake, overwrite: &Overwrite) -> Result<(), ApiError> {
    let guild = state.guilds.get(&guild).ok_or_else(ApiError::unknown_guild)?;
    match overwrite.kind {
        OverwriteKind::Role if guild.roles.contains_key(&overwrite.id) => Ok(()),
        OverwriteKind::Role => Err(ApiError::unknown_role()),
        OverwriteKind::Member if state.users.contains_key(&overwrite.id) => Ok(()),
        OverwriteKind::Member => Err(ApiError::unknown_user()),
    }
}

fn has_own_manage_roles(discord: &Discord, channel: &ChannelState) -> bool {
    channel.overwrite(discord.bot()).is_some_and(|own| own.allow.contains(Permissions::MANAGE_ROLES))
}
