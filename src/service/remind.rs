//! Reminding an event's people because an organiser asks.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Ask, Service, ServiceError, audit::Deed, work::Work};
use crate::{
    domain::{
        club::Club,
        event::Event,
        id::{EventId, OwnerId},
        notice::{Notice, Where},
        owner::Rank,
        refusal::Refusal,
        signup::Concerned,
        snowflake,
    },
    store::{
        bindings::{self, BindingState},
        event_notices, messages, preferences, signups,
    },
};

/// How long after a reminder nobody is reminded again by hand.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);
/// How the keys of all reminders begin.
const REMINDERS: &str = "reminder/";
/// The slot of an event's channel.
const CHANNEL: &str = "channel";

/// Who is being reminded of what.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reminded {
    /// Whom it concerns.
    pub concerned: Concerned,
    /// The event.
    pub event: Event,
}

impl Service {
    /// Has everybody whom an event concerns reminded of it now. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, cancelled, over or started; where there is no channel to do it in,
    /// nobody whom it concerns, or where they were reminded less than ten minutes ago. Fails when the database does.
    pub async fn remind_now(&self, ask: Ask<'_, Reminded>, event: EventId) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = work.event_ahead(&club, event).await?;
        let concerned = self.remindable(&work, &club, &event).await?;
        event_notices::remind(&work.tx, event.id, work.now).await?;
        let deed = Deed {
            action: "event.remind",
            after: Some(json!({
                "coming": concerned.coming.len(),
                "name": event.name,
                "tentative": concerned.undecided.len(),
            })),
            before: None,
            subject: event.id.to_string(),
        };
        self.audit(&work, ask.actor, club.id, deed).await?;
        work.request(&[OwnerId::of_event(event.id)], Rank::Alert).await?;
        let reminded = Reminded { concerned, event };
        self.finish(work, &ask, &reminded).await
    }

    /// Whom an event concerns, if they may be reminded of it now.
    async fn remindable(&self, work: &Work, club: &Club, event: &Event) -> Result<Concerned, ServiceError> {
        if work.now >= event.start {
            return Err(Refusal::TooLateToRemind(event.name.clone()).into());
        }
        if !has_channel(work, club, event).await? {
            return Err(Refusal::NoChannel(event.name.clone()).into());
        }
        let sheet = signups::sheet(&work.tx, event.id).await?;
        let concerned = sheet.concerned(&preferences::unreminded(&work.tx, event.id).await?);
        if concerned.is_empty() {
            return Err(Refusal::NobodyToRemind(event.name.clone()).into());
        }
        let last = last_reminded(work, event.id).await?;
        match last.filter(|at| work.now.duration_since(*at) < PAUSE) {
            Some(at) => Err(Refusal::RemindedLately { at, event: event.name.clone() }.into()),
            None => Ok(concerned),
        }
    }
}

/// When an event's people were reminded last, by hand or by themselves.
async fn last_reminded(work: &Work, event: EventId) -> Result<Option<Timestamp>, ServiceError> {
    let asked = event_notices::of(&work.tx, event).await?.reminded_at;
    let said = messages::of_owners(&work.tx, &[OwnerId::of_event(event)]).await?;
    let said = said.iter().filter(|said| said.key.starts_with(REMINDERS)).filter_map(|said| said.message);
    Ok(said.map(snowflake::created_at).chain(asked).max())
}

/// Whether there is a channel in which an event's people can be reminded.
async fn has_channel(work: &Work, club: &Club, event: &Event) -> Result<bool, ServiceError> {
    let settings = &club.settings;
    let announced = settings.notification_preferences.of(Notice::Reminders) == Where::Announcement;
    if announced && settings.announcement_channel.is_some() {
        return Ok(true);
    }
    let bound = bindings::by_slot(&work.tx, OwnerId::of_event(event.id), CHANNEL).await?;
    Ok(event.channels_wanted && bound.is_some_and(|bound| bound.state == BindingState::Bound))
}
