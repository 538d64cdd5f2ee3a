//! What a scheduled event may be made of. See Discord Docs/Resources/Guild Scheduled Event.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::form::Form;
use crate::{
    model::{EventPlace, EventStatus, ScheduledEvent},
    rest::{ApiError, FormErrors},
};

/// What a create or an edit of a scheduled event asks for; what was left out is `None`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScheduledForm {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) starts: Option<Timestamp>,
    pub(crate) ends: Option<Timestamp>,
    pub(crate) place: Option<EventPlace>,
    pub(crate) status: Option<EventStatus>,
}

/// The kinds of scheduled events that the sandbox knows: those in a voice channel, and those elsewhere.
const VOICE: u64 = 2;
const EXTERNAL: u64 = 3;

impl ScheduledForm {
    /// Reads the body of a create at `now`.
    pub(crate) fn of_new(body: &Map<String, Value>, now: Timestamp) -> Result<Self, ApiError> {
        let mut errors = FormErrors::default();
        let mut form = Form::new(body, "", &mut errors);
        for name in ["name", "privacy_level", "entity_type", "scheduled_start_time"] {
            require(&mut form, name);
        }
        let kind = kind(&mut form);
        if kind == Some(EXTERNAL) {
            require(&mut form, "scheduled_end_time");
        }
        let mut read = read(&mut form);
        read.place = kind.and_then(|kind| place(&mut form, kind));
        in_order(&mut form, read.starts, read.ends, now);
        errors.finish().map(|()| read)
    }

    /// Reads the body of a change of `event` at `now`.
    pub(crate) fn of_change(
        body: &Map<String, Value>,
        event: &ScheduledEvent,
        now: Timestamp,
    ) -> Result<Self, ApiError> {
        let mut errors = FormErrors::default();
        let mut form = Form::new(body, "", &mut errors);
        let mut read = read(&mut form);
        if form.has("entity_metadata") || form.has("channel_id") || form.has("entity_type") {
            let was = if matches!(event.place, EventPlace::Voice(_)) { VOICE } else { EXTERNAL };
            let kind = kind(&mut form).unwrap_or(was);
            read.place = place(&mut form, kind);
        }
        read.status = status(&mut form, event.status(now));
        if read.starts.is_some() && event.status(now) == EventStatus::Active {
            form.refuse("scheduled_start_time", "GUILD_SCHEDULED_EVENT_ACTIVE", "The event is on already.");
        }
        if read.starts.is_some() || read.ends.is_some() {
            let (starts, ends) = (read.starts.unwrap_or(event.starts), read.ends.unwrap_or(event.ends));
            // Only a start that is sent has to be ahead.
            let since = if read.starts.is_some() { now } else { Timestamp::MIN };
            in_order(&mut form, Some(starts), Some(ends), since);
            if ends <= now {
                past(&mut form, "scheduled_end_time");
            }
        }
        errors.finish().map(|()| read)
    }
}

fn read(form: &mut Form<'_, '_>) -> ScheduledForm {
    if form.number("privacy_level", 0, u64::MAX).is_some_and(|level| level != 2) {
        form.refuse("privacy_level", "BASE_TYPE_CHOICES", "Value must be one of {2}.");
    }
    ScheduledForm {
        name: form.text("name", 1, 100).map(str::to_owned),
        description: form.text("description", 0, 1_000).map(str::to_owned),
        starts: time(form, "scheduled_start_time"),
        ends: time(form, "scheduled_end_time"),
        place: None,
        status: None,
    }
}

fn require(form: &mut Form<'_, '_>, name: &str) {
    if form.get(name).is_none() {
        let path = form.path(name);
        form.errors.required(&path);
    }
}

fn kind(form: &mut Form<'_, '_>) -> Option<u64> {
    let kind = form.number("entity_type", 0, u64::MAX)?;
    if !matches!(kind, VOICE | EXTERNAL) {
        form.refuse("entity_type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}.");
        return None;
    }
    Some(kind)
}

/// A voice event has a channel, one elsewhere a place in words.
fn place(form: &mut Form<'_, '_>, kind: u64) -> Option<EventPlace> {
    if kind == VOICE {
        require(form, "channel_id");
        return form.id("channel_id").map(EventPlace::Voice);
    }
    if form.get("channel_id").is_some() {
        form.refuse("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL", "An external event has no channel.");
    }
    let Some(fields) = form.get("entity_metadata").and_then(Value::as_object) else {
        let path = form.path("entity_metadata");
        form.errors.required(&path);
        return None;
    };
    let place = Form::new(fields, "entity_metadata", form.errors)
        .required_text("location", 1, 100)
        .map(str::to_owned);
    place.map(EventPlace::External)
}

fn time(form: &mut Form<'_, '_>, name: &str) -> Option<Timestamp> {
    let value = form.get(name)?;
    let time = value.as_str().and_then(|text| text.parse().ok());
    if time.is_none() {
        form.refuse(name, "DATE_TIME_TYPE_PARSE", format!("Could not parse {value}. Should be ISO8601."));
    }
    time
}

fn in_order(form: &mut Form<'_, '_>, starts: Option<Timestamp>, ends: Option<Timestamp>, now: Timestamp) {
    let Some(starts) = starts else { return };
    if starts <= now {
        past(form, "scheduled_start_time");
    }
    if ends.is_some_and(|ends| ends <= starts) {
        let message = "The end has to be after the start.";
        form.refuse("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", message);
    }
}

fn past(form: &mut Form<'_, '_>, name: &str) {
    form.refuse(name, "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.");
}

/// Scheduled → active or cancelled, active → completed, and nothing else.
fn status(form: &mut Form<'_, '_>, was: EventStatus) -> Option<EventStatus> {
    let wanted = match form.number("status", 1, 4)? {
        2 => EventStatus::Active,
        3 => EventStatus::Completed,
        4 => EventStatus::Cancelled,
        _ => EventStatus::Scheduled,
    };
    let goes = matches!(
        (was, wanted),
        (EventStatus::Scheduled, EventStatus::Active | EventStatus::Cancelled)
            | (EventStatus::Active, EventStatus::Completed)
    );
    if !goes {
        let message = "Invalid Guild Scheduled Event Status Transition";
        form.refuse("status", "TRANSITION_INVALID", message);
    }
    goes.then_some(wanted)
}
