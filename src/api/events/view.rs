//! Events as programs see them.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::Stand;
use crate::{
    domain::{
        event::{self, EventState},
        id::{ClassId, ClubId, EventId, SeriesId},
        terms,
    },
    service::site::events::{EventOnDiscord, EventStatus, SiteEvent},
};

/// A race that people sign up for.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Event {
    /// When and why it was cancelled, if it was.
    cancelled: Option<Cancelled>,
    /// Its classes, in the organisers’ order.
    classes: Vec<Class>,
    /// The club.
    #[schema(value_type = uuid::Uuid)]
    club: ClubId,
    /// Whether it has a channel on Discord.
    create_channel: bool,
    /// When it was made.
    created_at: Timestamp,
    /// What it is about; may be empty.
    description: String,
    /// What stands for it on Discord.
    discord: OnDiscord,
    /// When the race ends: its start plus its length.
    end: Timestamp,
    /// What your site calls it.
    #[schema(example = "race-12")]
    external_id: Option<String>,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: EventId,
    /// How long the race is.
    #[schema(example = 1440)]
    length_minutes: u16,
    /// Its name.
    #[schema(example = "Spa 24 Hours")]
    name: String,
    /// Counts the changes of the event, those of its sign-ups not; its `ETag`.
    revision: u64,
    /// The series that it is in.
    #[schema(value_type = Option<uuid::Uuid>)]
    series_id: Option<SeriesId>,
    /// Where people sign up on your site.
    signup_url: Option<String>,
    /// When the race starts.
    start: Timestamp,
    /// What its organisers decided. From the cut-off on nobody signs up there, whatever it is.
    state: Stand,
    /// The terms of its sign-up sheet.
    terms: Terms,
    /// Where it is raced.
    track: Option<String>,
}

/// When and why an event was cancelled.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventCancelled)]
struct Cancelled {
    /// When.
    at: Timestamp,
    /// Why, in the organisers’ words; may be empty.
    reason: String,
}

/// A class of an event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventClass)]
struct Class {
    /// How many may be in; null is no limit.
    capacity: Option<u16>,
    /// The cars to choose from; with none, people drive what they like.
    cars: Vec<String>,
    /// Its identifier.
    #[schema(value_type = uuid::Uuid)]
    id: ClassId,
    /// Its name; null for the only class of an event without classes.
    name: Option<String>,
    /// Discord roles of which one is needed to sign up for it there; none lets everybody.
    roles: Vec<String>,
}

/// The terms of a sign-up sheet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventTerms)]
struct Terms {
    /// How many minutes before the start sign-ups close.
    cutoff_minutes: u32,
    /// How many may be in altogether, whatever their class.
    limit: Option<u16>,
    /// How many entries the race needs.
    minimum: Option<u16>,
    /// What people need, in words.
    requirements: Option<String>,
    /// Discord roles of which one is needed to sign up there; none lets everybody.
    roles: Vec<String>,
}

/// What stands on Discord for an event. Each identifier is null while it doesn’t.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventOnDiscord)]
struct OnDiscord {
    /// The category that its channel is in.
    category_id: Option<String>,
    /// Everybody’s practice room. Teams have rooms of their own.
    practice_voice_channel_id: Option<String>,
    /// When its channels are put away: after the club’s grace, or when an organiser said so. Null where they are kept.
    put_away_at: Option<Timestamp>,
    /// The scheduled event that Discord shows for it.
    scheduled_event_id: Option<String>,
    /// Its card, on which people sign up: a message in its channel.
    signup_message_id: Option<String>,
    /// How far it is all as it should be.
    status: Status,
    /// Its channel.
    text_channel_id: Option<String>,
    /// Its race voice channel, which opens before the start.
    voice_channel_id: Option<String>,
}

/// How far what stands on Discord for an event is as it should be.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EventStatus)]
enum Status {
    /// It is put away.
    Archived,
    /// Something of it can’t be brought to how it should be: the club’s health says what.
    Failing,
    /// It is all as it should be.
    Live,
    /// Something of it is yet to be done.
    Pending,
}

impl From<SiteEvent> for Event {
    fn from(shown: SiteEvent) -> Self {
        let SiteEvent { event, on_discord } = shown;
        let (end, length) = (event.end(), event.length.minutes());
        let (state, cancelled) = match event.state {
            EventState::Cancelled { at, reason } => (Stand::Cancelled, Some(Cancelled { at, reason })),
            EventState::Closed => (Stand::Closed, None),
            EventState::Open => (Stand::Open, None),
        };
        Self {
            cancelled,
            classes: event.classes.into_iter().map(Class::from).collect(),
            club: event.club,
            create_channel: event.channels_wanted,
            created_at: event.created_at,
            description: event.description.to_string(),
            discord: on_discord.into(),
            end,
            external_id: event.external_id.map(|id| id.to_string()),
            id: event.id,
            length_minutes: length,
            name: event.name.to_string(),
            revision: event.revision,
            series_id: event.series,
            signup_url: event.signup_url,
            start: event.start,
            state,
            terms: event.terms.into(),
            track: event.track.map(|track| track.to_string()),
        }
    }
}

impl From<event::Class> for Class {
    fn from(class: event::Class) -> Self {
        Self {
            capacity: class.capacity.map(|places| places.get()),
            cars: class.cars.iter().map(ToString::to_string).collect(),
            id: class.id,
            name: class.name.map(|name| name.to_string()),
            roles: class.roles.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<terms::Terms> for Terms {
    fn from(terms: terms::Terms) -> Self {
        Self {
            cutoff_minutes: terms.cutoff.as_minutes(),
            limit: terms.limit.map(|places| places.get()),
            minimum: terms.minimum.map(|places| places.get()),
            requirements: terms.requirements.map(|text| text.to_string()),
            roles: terms.roles.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<EventOnDiscord> for OnDiscord {
    fn from(on_discord: EventOnDiscord) -> Self {
        let EventOnDiscord { card, category, channel, native, practice, put_away_at, race_voice, status } =
            on_discord;
        Self {
            category_id: category.map(|id| id.to_string()),
            practice_voice_channel_id: practice.map(|id| id.to_string()),
            put_away_at,
            scheduled_event_id: native.map(|id| id.to_string()),
            signup_message_id: card.map(|id| id.to_string()),
            status: status.into(),
            text_channel_id: channel.map(|id| id.to_string()),
            voice_channel_id: race_voice.map(|id| id.to_string()),
        }
    }
}

impl From<EventStatus> for Status {
    fn from(status: EventStatus) -> Self {
        match status {
            EventStatus::Archived => Self::Archived,
            EventStatus::Failing => Self::Failing,
            EventStatus::Live => Self::Live,
            EventStatus::Pending => Self::Pending,
        }
    }
}
