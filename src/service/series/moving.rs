//! Moving an event to another series.

use jiff::Timestamp;
use serde_json::Value;

use super::super::{
    Ask, Service, ServiceError,
    event::{self, EventFacts},
    work::Work,
};
use crate::domain::{
    channel_name::{ChannelName, NameParts, channel_name},
    club::{Club, Series},
    event::Event,
    id::{EventId, SeriesId},
    owner::Rank,
};

impl Service {
    /// Moves an event to a series, or out of all; its channels go along. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, cancelled or over; a series that is unknown or archived. Fails when
    /// the database does.
    pub async fn move_event(
        &self,
        ask: Ask<'_, EventFacts>,
        id: EventId,
        to: Option<SeriesId>,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = work.event_ahead(&club, id).await?;
        let series = match to {
            Some(id) if before.series != to => Some(super::open(&work, &club, id).await?),
            Some(id) => event::series_of(&work, &club, id).await?,
            None => None,
        };
        let channel_name = renamed(&work, &club, &before, series.as_ref()).await?;
        let after = Event { channel_name, series: to, ..before.clone() };
        let event = self.save_event(&mut work, ask.actor, &before, after, "event.move").await?;
        if before.series != to {
            let homes = [event::shelf(&club, &before), event::shelf(&club, &event)];
            work.request(&homes, Rank::People).await?;
        }
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }
}

/// What the event's channel is called in its new series; a name that isn't from the pattern stays.
async fn renamed(
    work: &Work,
    club: &Club,
    event: &Event,
    to: Option<&Series>,
) -> Result<ChannelName, ServiceError> {
    let from = match event.series {
        Some(id) => event::series_of(work, club, id).await?,
        None => None,
    };
    let (pattern, parts_before) = (club.naming_pattern(from.as_ref()), parts(club, event, from.as_ref()));
    let by_pattern = channel_name(pattern, &parts_before, club.settings.locale);
    let stays = event.series == to.map(|series| series.id) || !event.channel_name.is_of(&by_pattern);
    if stays {
        return Ok(event.channel_name.clone());
    }
    event::free_name(work, (club, to), &parts(club, event, to), Some(&event.channel_name)).await
}

fn parts<'e>(club: &Club, event: &'e Event, series: Option<&'e Series>) -> NameParts<'e> {
    NameParts {
        event: &event.name,
        series: series.map(|series| &series.name),
        start: local(club, event.start),
        track: event.track.as_ref(),
    }
}

fn local(club: &Club, at: Timestamp) -> jiff::civil::DateTime {
    at.to_zoned(club.zone.time_zone().clone()).datetime()
}
