//! Routes about scheduled events.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Answer, ApiError, Request, access};
use crate::{
    Discord, Permissions,
    model::{EventPlace, EventStatus, ScheduledEvent, State, instant},
    permissions::in_channel,
};

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
    let mut ahead: Vec<_> = here.filter(|event| event.status(now) != EventStatus::Completed).collect();
    ahead.sort_by_key(|event| (event.starts, event.id));
    Ok(Answer::ok(ahead.into_iter().map(|event| one(event, now, counted)).collect()))
}

fn one(event: &ScheduledEvent, now: Timestamp, counted: bool) -> Value {
    let status = match event.status(now) {
        EventStatus::Scheduled => 1,
        EventStatus::Active => 2,
        EventStatus::Completed => 3,
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
