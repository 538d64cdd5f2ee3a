//! Making, changing and deleting scheduled events.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    Snowflake,
    audit::{Act, What, action, change},
    limits::ScheduledForm,
    model::{EventPlace, EventStatus, ScheduledEvent, State, instant},
};

/// Makes a scheduled event of a form that has everything; nothing of one that hasn't.
pub(crate) fn create_scheduled(
    state: &mut State,
    act: &Act,
    guild: Snowflake,
    form: ScheduledForm,
) -> Option<Snowflake> {
    let id = state.id(act.at);
    let event = ScheduledEvent {
        id,
        guild,
        creator: act.by,
        name: form.name?,
        description: form.description.unwrap_or_default(),
        starts: form.starts?,
        ends: form.ends?,
        place: form.place?,
        decided: None,
        interested: BTreeSet::new(),
    };
    let changes = changes(None, Some(&event));
    state.events.insert(id, event);
    act.record(state, guild, action::EVENT_CREATE, id, What::changed(changes));
    Some(id)
}

/// Changes a scheduled event.
pub(crate) fn update_scheduled(state: &mut State, act: &Act, id: Snowflake, form: ScheduledForm) {
    let Some(event) = state.events.get_mut(&id) else { return };
    let old = event.clone();
    let ScheduledForm { name, description, starts, ends, place, status } = form;
    event.name = name.unwrap_or_else(|| std::mem::take(&mut event.name));
    event.description = description.unwrap_or_else(|| std::mem::take(&mut event.description));
    event.starts = starts.unwrap_or(event.starts);
    event.ends = ends.unwrap_or(event.ends);
    event.place = place.unwrap_or_else(|| event.place.clone());
    event.decided = status.or(event.decided);
    let changes = changes(Some(&old), Some(event));
    let guild = event.guild;
    if !changes.is_empty() {
        act.record(state, guild, action::EVENT_UPDATE, id, What::changed(changes));
    }
}

/// Deletes a scheduled event.
pub(crate) fn delete_scheduled(state: &mut State, act: &Act, id: Snowflake) {
    let Some(event) = state.events.remove(&id) else { return };
    let changes = changes(Some(&event), None);
    act.record(state, event.guild, action::EVENT_DELETE, id, What::changed(changes));
}

/// What the log says of the way from one state of an event to another.
fn changes(old: Option<&ScheduledEvent>, new: Option<&ScheduledEvent>) -> Vec<Value> {
    let of = |key: &str, read: fn(&ScheduledEvent) -> Value| change(key, old.map(read), new.map(read));
    [
        of("name", |event| json!(event.name)),
        of("description", |event| json!(event.description)),
        of("scheduled_start_time", |event| json!(instant(event.starts))),
        of("scheduled_end_time", |event| json!(instant(event.ends))),
        of("location", |event| match &event.place {
            EventPlace::External(place) => json!(place),
            EventPlace::Voice(_) => Value::Null,
        }),
        of("channel_id", |event| match &event.place {
            EventPlace::External(_) => Value::Null,
            EventPlace::Voice(channel) => json!(channel),
        }),
        of("status", |event| match event.decided {
            Some(EventStatus::Cancelled) => json!(4),
            Some(EventStatus::Completed) => json!(3),
            Some(EventStatus::Active) => json!(2),
            Some(EventStatus::Scheduled) | None => json!(1),
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}
