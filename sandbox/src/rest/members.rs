//! Routes about the members of a guild and the roles that they hold.

use std::ops::Bound;

use serde_json::Value;

use super::{Answer, ApiError, Request, access, roles};
use crate::{
    Discord, MembersIntent, Snowflake, acts,
    model::{Member, State},
};

/// How many members are listed where nothing is said, and at most.
const LISTED: u64 = 1;
const LISTED_MAX: u64 = 1000;

/// `GET /guilds/{guild_id}/members`: in the order of their ids, those after a mark.
pub(super) fn list(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    if state.portal.members_intent == MembersIntent::Off {
        return Err(ApiError::missing_access());
    }
    let (limit, after) = (limit(request)?, request.query_id("after")?);
    let from = after.map_or(Bound::Unbounded, Bound::Excluded);
    let page = guild.members.range((from, Bound::Unbounded)).map(|(_, member)| member);
    Ok(Answer::ok(json(state, page.take(limit))))
}

/// `GET /guilds/{guild_id}/members/search`: members whose username, name or nickname begins with the query.
pub(super) fn search(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    let limit = limit(request)?;
    let query = request.query_text("query", 1, 100)?.to_lowercase();
    let fits = |member: &&Member| {
        let user = state.users.get(&member.user);
        let names = user.map(|user| [Some(user.username.as_str()), user.global_name.as_deref()]);
        let mut names = names.into_iter().flatten().chain([member.nick.as_deref()]).flatten();
        names.any(|name| name.to_lowercase().starts_with(&query))
    };
    Ok(Answer::ok(json(state, guild.members.values().filter(fits).take(limit))))
}

fn limit(request: &Request) -> Result<usize, ApiError> {
    let limit = request.query_number("limit", 1, LISTED_MAX)?.unwrap_or(LISTED);
    Ok(usize::try_from(limit).unwrap_or(usize::MAX))
}

fn json<'m>(state: &State, members: impl Iterator<Item = &'m Member>) -> Value {
    members.filter_map(|member| Some(member.json(state.users.get(&member.user)?))).collect()
}

/// `GET /guilds/{guild_id}/members/{user_id}`
pub(super) fn get(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?;
    let id = request.id("user_id")?;
    let user = state.users.get(&id).ok_or_else(ApiError::unknown_user)?;
    let member = guild.members.get(&id).ok_or_else(ApiError::unknown_member)?;
    Ok(Answer::ok(member.json(user)))
}

/// `PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}`
pub(super) fn give(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    set(discord, state, request, true)
}

/// `DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}`
pub(super) fn take(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    set(discord, state, request, false)
}

fn set(discord: &Discord, state: &mut State, request: &Request, held: bool) -> Result<Answer, ApiError> {
    let (guild, user): (_, Snowflake) = (access::guild(discord, state, request)?, request.id("user_id")?);
    if !state.users.contains_key(&user) {
        return Err(ApiError::unknown_user());
    }
    if !guild.members.contains_key(&user) {
        return Err(ApiError::unknown_member());
    }
    let role = roles::within_reach(discord, guild, request)?;
    // @everyone and roles of integrations are nobody's to give.
    if role.id == guild.everyone() || role.managed_by.is_some() {
        return Err(ApiError::missing_permissions());
    }
    let (guild, role) = (guild.id, role.id);
    acts::set_role(state, &access::act(discord, request), guild, (user, role), held);
    Ok(Answer::empty())
}
