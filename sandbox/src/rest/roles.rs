//! Routes about the roles of a guild.

use super::{Answer, ApiError, Request, access};
use crate::{
    Discord, Permissions, acts,
    limits::RoleForm,
    model::{GuildState, RoleState, State},
    permissions::{in_guild, outranks},
};

/// Roles of a guild, @everyone among them.
const ROLES_MAX: usize = 250;

/// `GET /guilds/{guild_id}/roles`
pub(super) fn list(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    Ok(Answer::ok(guild.roles.values().map(RoleState::json).collect()))
}

/// `POST /guilds/{guild_id}/roles`
pub(super) fn create(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    may_manage(discord, guild)?;
    let form = RoleForm::read(&request.form()?)?;
    may_grant(discord, guild, &form, None)?;
    if guild.roles.len() >= ROLES_MAX {
        let message = format!("Maximum number of guild roles reached ({ROLES_MAX})");
        return Err(ApiError::new(400, 30005, &message));
    }
    let guild = guild.id;
    let id = acts::create_role(state, &access::act(discord, request), guild, form);
    let made = state.guilds.get(&guild).and_then(|guild| guild.roles.get(&id));
    Ok(Answer::ok(made.ok_or_else(ApiError::unknown_role)?.json()))
}

/// `PATCH /guilds/{guild_id}/roles/{role_id}`
pub(super) fn update(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    let role = within_reach(discord, guild, request)?;
    let form = RoleForm::read(&request.form()?)?;
    may_grant(discord, guild, &form, Some(role))?;
    let (guild, id) = (guild.id, role.id);
    acts::update_role(state, &access::act(discord, request), guild, id, form);
    let changed = state.guilds.get(&guild).and_then(|guild| guild.roles.get(&id));
    Ok(Answer::ok(changed.ok_or_else(ApiError::unknown_role)?.json()))
}

/// `DELETE /guilds/{guild_id}/roles/{role_id}`
pub(super) fn delete(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    let role = within_reach(discord, guild, request)?;
    if role.id == guild.everyone() || role.managed_by.is_some() {
        return Err(ApiError::new(400, 50028, "Invalid role"));
    }
    let (guild, id) = (guild.id, role.id);
    acts::delete_role(state, &access::act(discord, request), guild, id);
    Ok(Answer::empty())
}

/// The role of a path, if the bot may manage roles and stands above it.
pub(super) fn within_reach<'g>(
    discord: &Discord,
    guild: &'g GuildState,
    request: &Request,
) -> Result<&'g RoleState, ApiError> {
    let role = guild.roles.get(&request.id("role_id")?).ok_or_else(ApiError::unknown_role)?;
    may_manage(discord, guild)?;
    if outranks(guild, discord.bot(), role) { Ok(role) } else { Err(ApiError::missing_permissions()) }
}

fn may_manage(discord: &Discord, guild: &GuildState) -> Result<(), ApiError> {
    if in_guild(guild, discord.bot()).contains(Permissions::MANAGE_ROLES) {
        Ok(())
    } else {
        Err(ApiError::missing_permissions())
    }
}

/// A role gets no permission that the bot lacks; what it had already it keeps.
fn may_grant(
    discord: &Discord,
    guild: &GuildState,
    form: &RoleForm,
    role: Option<&RoleState>,
) -> Result<(), ApiError> {
    let had = role.map_or(Permissions::NONE, |role| role.permissions);
    let new = form.permissions.map_or(Permissions::NONE, |wanted| wanted & !had);
    if in_guild(guild, discord.bot()).contains(new) { Ok(()) } else { Err(ApiError::missing_permissions()) }
}
