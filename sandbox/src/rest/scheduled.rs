//! Routes about scheduled events.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Answer, ApiError, Request, access};
use crate::{
    Discord, Permissions, Snowflake, acts,
    limits::ScheduledForm,
    model::{EventPlace, EventStatus, ScheduledEvent, State, instant},
    permissions::in_channel,
};

/// Events of a guild that are ahead or on.
const EVENTS_MAX: usize = 100;

/// `GET /guilds/{guild_id}/scheduled-events`: those that are ahead or on, and that the bot sees, by when they begin.
pub(super) fn list(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?.id;
    let (now, counted) = (discord.now(), request.query("with_user_count") == Some("true"));
    let seen = |event: &&ScheduledEvent| match &event.place {
        EventPlace::External(_) => true,
        EventPlace::Voice(channel) => state.channels.get(channel).is_some_and(|channel| {
            in_channel(state, channel, discord.bot()).contains(Permissions::VIEW_CHANNEL)
        }),
    };
    let here = state.events.values().filter(|event| event.guild == guild).filter(seen);
    let mut ahead: Vec<_> = here.filter(|event| !event.is_finished(now)).collect();
    ahead.sort_by_key(|event| (event.starts, event.id));
    Ok(Answer::ok(ahead.into_iter().map(|event| one(event, now, counted)).collect()))
}

/// `POST /guilds/{guild_id}/scheduled-events`
pub(super) fn create(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let guild = access::guild(discord, state, request)?.id;
    may(discord, state, guild, Permissions::CREATE_EVENTS)?;
    let now = discord.now();
    let form = ScheduledForm::of_new(&request.form()?, now)?;
    let ahead = state.events.values().filter(|event| event.guild == guild && !event.is_finished(now));
    if ahead.count() >= EVENTS_MAX {
        let message = format!("Maximum number of scheduled events reached ({EVENTS_MAX})");
        return Err(ApiError::new(400, 30038, &message));
    }
    let id = acts::create_scheduled(state, &access::act(discord, request), guild, form);
    let made = id.and_then(|id| state.events.get(&id)).ok_or_else(ApiError::unknown_event)?;
    Ok(Answer::ok(one(made, now, false)))
}

/// `GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}`
pub(super) fn get(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let counted = request.query("with_user_count") == Some("true");
    Ok(Answer::ok(one(of_path(discord, state, request)?, discord.now(), counted)))
}

/// `PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}`
pub(super) fn update(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let event = within_reach(discord, state, request)?;
    let (id, now) = (event.id, discord.now());
    if event.is_finished(now) {
        return Err(ApiError::new(400, 180_000, "Cannot update a finished event"));
    }
    let form = ScheduledForm::of_change(&request.form()?, event, now)?;
    acts::update_scheduled(state, &access::act(discord, request), id, form);
    let changed = state.events.get(&id).ok_or_else(ApiError::unknown_event)?;
    Ok(Answer::ok(one(changed, now, false)))
}

/// `DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}`
pub(super) fn delete(discord: &Discord, state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id = within_reach(discord, state, request)?.id;
    acts::delete_scheduled(state, &access::act(discord, request), id);
    Ok(Answer::empty())
}

/// The event of a path.
fn of_path<'s>(
    discord: &Discord,
    state: &'s State,
    request: &Request,
) -> Result<&'s ScheduledEvent, ApiError> {
    let guild = access::guild(discord, state, request)?.id;
    let event = state.events.get(&request.id("guild_scheduled_event_id")?);
    event.filter(|event| event.guild == guild).ok_or_else(ApiError::unknown_event)
}

/// The event of a path, if the bot may change it: its own with Create Events, everybody's with Manage Events. See Discord
/// Docs/Topics/Permissions.
fn within_reach<'s>(
    discord: &Discord,
    state: &'s State,
    request: &Request,
) -> Result<&'s ScheduledEvent, ApiError> {
    let event = of_path(discord, state, request)?;
    let own = event.creator == discord.bot();
    if !own || may(discord, state, event.guild, Permissions::CREATE_EVENTS).is_err() {
        may(discord, state, event.guild, Permissions::MANAGE_EVENTS)?;
    }
    Ok(event)
}

fn may(discord: &Discord, state: &State, guild: Snowflake, needed: Permissions) -> Result<(), ApiError> {
    if access::in_guild(discord, state, guild).contains(needed) {
        Ok(())
    } else {
        Err(ApiError::missing_permissions())
    }
}

fn one(event: &ScheduledEvent, now: Timestamp, counted: bool) -> Value {
    let status = match event.status(now) {
        EventStatus::Scheduled => 1,
        EventStatus::Active => 2,
        EventStatus::Completed => 3,
        EventStatus::Cancelled => 4,
    };
    let (kind, channel, metadata) = match &event.place {
        EventPlace::Voice(channel) => (2, json!(channel), Value::Null),
        EventPlace::External(place) => (3, Value::Null, json!({ "location": place })),
    };
    let mut json = json!({
        "id": event.id, "guild_id": event.guild, "name": event.name, "description": event.description,
        "channel_id": channel, "creator_id": event.creator, "image": null,
        "scheduled_start_time": instant(event.starts), "scheduled_end_time": instant(event.ends), "status": status,
        "entity_type": kind, "entity_id": null, "entity_metadata": metadata, "privacy_level": 2,
        "recurrence_rule": null, "guild_scheduled_event_exceptions": [],
    });
    if counted {
        json["user_count"] = json!(event.interested.len());
    }
    json
}
