//! The bot coming into a guild, and leaving it.

use jiff::Timestamp;

use super::insert_role;
use crate::{
    Permissions, Snowflake,
    model::{RoleState, State},
};

/// The bot as a member: its user, and the name that its role gets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bot<'a> {
    pub(crate) user: Snowflake,
    pub(crate) name: &'a str,
}

/// Makes the bot a member with a role of its own that has these permissions. If it is there already, only the permissions
/// change. Whether it has come now.
pub(crate) fn install_bot(
    state: &mut State,
    now: Timestamp,
    guild: Snowflake,
    bot: Bot<'_>,
    permissions: Permissions,
) -> bool {
    let fresh = state.id(now);
    let new = state.guilds.get(&guild).is_some_and(|guild| !guild.members.contains_key(&bot.user));
    state.join(now, guild, bot.user);
    let Some(found) = state.guilds.get_mut(&guild) else { return false };
    let role = match found.roles.values_mut().find(|role| role.managed_by == Some(bot.user)) {
        Some(role) => {
            role.permissions = permissions;
            role.id
        }
        None => {
            let role = RoleState::new(fresh, bot.name, permissions, 1);
            insert_role(found, RoleState { managed_by: Some(bot.user), ..role });
            fresh
        }
    };
    if let Some(member) = found.members.get_mut(&bot.user)
        && !member.roles.contains(&role)
    {
        member.roles.push(role);
    }
    new
}

/// Takes the bot out of a guild, and its role with it; whether it was there.
pub(crate) fn remove_bot(state: &mut State, guild: Snowflake, bot: Snowflake) -> bool {
    state.leave_threads(guild, bot);
    let Some(found) = state.guilds.get_mut(&guild) else { return false };
    found.roles.retain(|_, role| role.managed_by != Some(bot));
    found.members.remove(&bot).is_some()
}
