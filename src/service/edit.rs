//! Editing an event.

mod change;

use jiff::Timestamp;
use serde_json::Value;

pub use self::change::{ClassChange, EventChange, EventDraft, TermsChange};
use super::{
    Ask, Service, ServiceError,
    event::{self, EventFacts},
    series,
    work::{Work, is_ahead},
};
use crate::{
    domain::{
        channel_name::NameParts,
        class_list::Classes,
        club::Club,
        duration::RaceLength,
        event::{Class, Event},
        id::{ClassId, EventId},
        local_time,
        name::{ClassName, Description, EventName},
        owner::Rank,
        refusal::{Fault, Field, Problem, Refusal},
        signup::Sheet,
        text,
    },
    store::{audit::Doer, signups},
};

/// What an organiser edits of an event in its form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventEdit {
    /// Its classes. One that keeps its name, whatever its case, keeps its people.
    pub classes: Classes,
    /// What it is about.
    pub description: Description,
    /// How long the race is.
    pub length: RaceLength,
    /// Its name.
    pub name: EventName,
    /// When the race starts; `None` leaves it as it is.
    pub start: Option<Timestamp>,
}

impl Service {
    /// Edits an event that stood at `revision` when its form was opened. Whom the sheet holds keeps their place, and checks in anew for another start; whom a class
    /// now has room for moves up. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, cancelled, over or edited meanwhile; a new start of a race that
    /// has started; the loss of a class with people in it. Fails when the database does.
    pub async fn edit_event(
        &self,
        ask: Ask<'_, EventFacts>,
        (event, revision): (EventId, u64),
        edit: EventEdit,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = work.event_ahead(&club, event).await?;
        if before.revision != revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let by = ask.actor.into();
        let event = self.change_event(&mut work, by, (&club, &before), edit.into()).await?;
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }

    /// Changes a locked event, whoever does it, if that is a change. Whom the sheet holds keeps their place; whom a class now has
    /// room for moves up; its channel follows.
    pub(super) async fn change_event(
        &self,
        work: &mut Work,
        by: Doer,
        (club, before): (&Club, &Event),
        change: EventChange,
    ) -> Result<Event, ServiceError> {
        let sheet = signups::sheet(&work.tx, before.id).await?;
        let action = change.action();
        let fresh = || ClassId::new(self.0.ids.uuid(work.now));
        let event = changed((club, before), &sheet, change, work.now, fresh)?;
        if event == *before {
            return Ok(event);
        }
        is_ahead(before, work.now)?;
        if let Some(series) = event.series.filter(|_| event.series != before.series) {
            series::open(work, club, series).await?;
        }
        event::not_taken(work, &event).await?;
        let event = named(work, club, before, event).await?;
        let event = self.save_event(work, by, before, event, action).await?;
        if (event.series, event.channels_wanted) != (before.series, before.channels_wanted) {
            work.request(&[event::shelf(club, before), event::shelf(club, &event)], Rank::People).await?;
        }
        let sheet = self.unchecked(work, (before, &event), sheet).await?;
        self.advance(work, &event, &sheet).await?;
        Ok(event)
    }

    /// For another start, everybody checks in anew.
    async fn unchecked(
        &self,
        work: &Work,
        (before, event): (&Event, &Event),
        sheet: Sheet,
    ) -> Result<Sheet, ServiceError> {
        if event.start == before.start {
            return Ok(sheet);
        }
        let anew = sheet.unchecked();
        signups::put(&work.tx, event.id, &anew, || self.0.ids.uuid(work.now), work.now).await?;
        Ok(anew.into_iter().fold(sheet, |sheet, line| sheet.with(line)))
    }

    /// Moves people up whom a class now has room for.
    pub(super) async fn advance(
        &self,
        work: &Work,
        event: &Event,
        sheet: &Sheet,
    ) -> Result<(), ServiceError> {
        let changed = sheet.advanced(event, work.now);
        let fresh = || self.0.ids.uuid(work.now);
        Ok(signups::put(&work.tx, event.id, &changed, fresh, work.now).await?)
    }
}

/// The event as changed, but for its channel's name.
fn changed(
    (club, before): (&Club, &Event),
    sheet: &Sheet,
    change: EventChange,
    now: Timestamp,
    fresh: impl FnMut() -> ClassId,
) -> Result<Event, Refusal> {
    let state = change.state(before, now)?;
    let named = |draft: &ClassChange| draft.id.is_none_or(|id| before.class(id).is_some());
    if !change.classes.iter().flatten().all(named) {
        return Err(Refusal::UnknownClass);
    }
    let classes = match &change.classes {
        Some(typed) => classes(&before.classes, typed, fresh),
        None => before.classes.clone(),
    };
    let after = Event {
        channels_wanted: before.channels_wanted || change.wants_channel,
        classes,
        description: change.description.unwrap_or_else(|| before.description.clone()),
        external_id: change.external_id.apply(before.external_id.clone()),
        length: change.length.unwrap_or(before.length),
        name: change.name.unwrap_or_else(|| before.name.clone()),
        series: change.series.apply(before.series),
        signup_url: change.signup_url.apply(before.signup_url.clone()),
        start: change.start.unwrap_or(before.start),
        state,
        terms: change.terms.apply(before.terms.clone()),
        track: change.track.apply(before.track.clone()),
        ..before.clone()
    };
    let faults: Vec<Fault> = [moved(before, &after, club, now), lost_class(before, &after.classes, sheet)]
        .into_iter()
        .flatten()
        .collect();
    if faults.is_empty() { Ok(after) } else { Err(Refusal::Form(faults)) }
}

/// What is wrong with another start or length.
fn moved(before: &Event, after: &Event, club: &Club, now: Timestamp) -> Option<Fault> {
    let started = now >= before.start;
    if after.start != before.start && started {
        return Some(Fault { field: Field::Start, problem: Problem::StartedAlready(before.start) });
    }
    if after.start != before.start {
        return bad_start(after.start, club, now);
    }
    let is_over = started && after.length != before.length && after.end() <= now;
    is_over.then_some(Fault { field: Field::Length, problem: Problem::OverAlready(before.start) })
}

/// What is wrong with a start that isn't ahead, or too far.
pub(super) fn bad_start(start: Timestamp, club: &Club, now: Timestamp) -> Option<Fault> {
    let error = local_time::ahead(start, &club.zone, now).err()?;
    Some(Fault { field: Field::Start, problem: Problem::Time(error) })
}

/// The classes as they are to be. One that keeps its name stays the same class, and so does the only one whose name is another.
pub(super) fn classes(
    before: &[Class],
    typed: &[ClassChange],
    mut fresh: impl FnMut() -> ClassId,
) -> Vec<Class> {
    let key = |name: &Option<ClassName>| name.as_ref().map(|name| text::fold(name.as_str()));
    let is = |class: &Class, draft: &ClassChange| match draft.id {
        Some(id) => class.id == id,
        None => key(&class.name) == key(&draft.name) && typed.iter().all(|other| other.id != Some(class.id)),
    };
    let known = |draft: &ClassChange| before.iter().find(|class| is(class, draft));
    let is_new = |draft: &&ClassChange| known(draft).is_none();
    let is_gone = |class: &&Class| !typed.iter().any(|draft| is(class, draft));
    let (mut new, mut gone) = (typed.iter().filter(is_new), before.iter().filter(is_gone));
    let renamed = match (new.next(), new.next(), gone.next(), gone.next()) {
        (Some(_), None, Some(class), None) => Some(class),
        _ => None,
    };
    let class = |draft: &ClassChange| {
        let before = known(draft).or(renamed);
        let kept_cars = || before.map(|class| class.cars.clone()).unwrap_or_default();
        let kept_roles = || before.map(|class| class.roles.clone()).unwrap_or_default();
        Class {
            capacity: draft.capacity,
            cars: draft.cars.clone().unwrap_or_else(kept_cars),
            id: before.map_or_else(&mut fresh, |class| class.id),
            name: draft.name.clone(),
            roles: draft.roles.clone().unwrap_or_else(kept_roles),
        }
    };
    typed.iter().map(class).collect()
}

/// The first class with people in it that would be gone.
fn lost_class(before: &Event, after: &[Class], sheet: &Sheet) -> Option<Fault> {
    let lost = before.classes.iter().filter(|class| after.iter().all(|kept| kept.id != class.id));
    lost.map(|class| {
        let people = sheet
            .lines()
            .iter()
            .filter(|line| line.class == Some(class.id) && line.state.is_signed_up())
            .count();
        (class, people)
    })
    .find(|(_, people)| *people > 0)
    .map(|(class, people)| Problem::ClassInUse { class: class.name.clone(), people })
    .map(|problem| Fault { field: Field::Classes, problem })
}

/// The event with its channel's name by the club's pattern, where what the name says has changed.
async fn named(work: &Work, club: &Club, before: &Event, event: Event) -> Result<Event, ServiceError> {
    let says = |event: &Event| (event.name.clone(), event.series, event.start, event.track.clone());
    if says(&event) == says(before) {
        return Ok(event);
    }
    let series = match event.series {
        Some(id) => event::series_of(work, club, id).await?,
        None => None,
    };
    let parts = NameParts {
        event: &event.name,
        series: series.as_ref().map(|series| &series.name),
        start: event.start.to_zoned(club.zone.time_zone().clone()).datetime(),
        track: event.track.as_ref(),
    };
    let home = (club, series.as_ref());
    let channel_name = event::free_name(work, home, &parts, Some(&event.channel_name)).await?;
    Ok(Event { channel_name, ..event })
}
