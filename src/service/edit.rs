//! Editing an event.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    Ask, Service, ServiceError,
    event::{self, EventFacts},
    work::Work,
};
use crate::{
    domain::{
        channel_name::NameParts,
        class_list::{ClassDraft, Classes},
        club::Club,
        duration::RaceLength,
        event::{Class, Event},
        id::{ClassId, EventId},
        name::{ClassName, Description, EventName},
        refusal::{Fault, Field, Problem, Refusal},
        signup::Sheet,
        text,
    },
    store::signups,
};

/// What an organiser edits of an event.
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
        let mut sheet = signups::sheet(&work.tx, before.id).await?;
        let fresh = || ClassId::new(self.0.ids.uuid(work.now));
        let event = edited(&before, &sheet, edit, work.now, fresh)?;
        let event = named(&work, &club, &before, event).await?;
        let event = self.save_event(&mut work, ask.actor, &before, event, "event.edit").await?;
        if event.start != before.start {
            let anew = sheet.unchecked();
            signups::put(&work.tx, event.id, &anew, || self.0.ids.uuid(work.now), work.now).await?;
            sheet = anew.into_iter().fold(sheet, |sheet, line| sheet.with(line));
        }
        self.advance(&work, &event, &sheet).await?;
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
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

/// The event as edited, but for its channel's name.
fn edited(
    before: &Event,
    sheet: &Sheet,
    edit: EventEdit,
    now: Timestamp,
    fresh: impl FnMut() -> ClassId,
) -> Result<Event, Refusal> {
    let start = edit.start.unwrap_or(before.start);
    let moved = start != before.start && now >= before.start;
    let is_over =
        now >= before.start && start.saturating_add(edit.length.duration()).is_ok_and(|end| end <= now);
    let classes = kept_classes(before, &edit.classes, fresh);
    let faults: Vec<Fault> = [
        moved.then_some(Fault { field: Field::Start, problem: Problem::StartedAlready(before.start) }),
        (is_over && !moved)
            .then_some(Fault { field: Field::Length, problem: Problem::OverAlready(before.start) }),
        lost_class(before, &classes, sheet).map(|problem| Fault { field: Field::Classes, problem }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !faults.is_empty() {
        return Err(Refusal::Form(faults));
    }
    let EventEdit { description, length, name, .. } = edit;
    Ok(Event { classes, description, length, name, start, ..before.clone() })
}

/// The classes as typed. One that keeps its name stays the same class, and so does the only one whose name is another.
fn kept_classes(before: &Event, typed: &Classes, mut fresh: impl FnMut() -> ClassId) -> Vec<Class> {
    let key = |name: &Option<ClassName>| name.as_ref().map(|name| text::fold(name.as_str()));
    let namesake =
        |draft: &ClassDraft| before.classes.iter().find(|class| key(&class.name) == key(&draft.name));
    let is_new = |draft: &&ClassDraft| namesake(draft).is_none();
    let is_gone = |class: &&Class| typed.as_slice().iter().all(|draft| key(&draft.name) != key(&class.name));
    let (mut new, mut gone) = (typed.as_slice().iter().filter(is_new), before.classes.iter().filter(is_gone));
    let renamed = match (new.next(), new.next(), gone.next(), gone.next()) {
        (Some(_), None, Some(class), None) => Some(class),
        _ => None,
    };
    let kept = |draft: &ClassDraft| namesake(draft).or(renamed);
    let class = |draft: &ClassDraft| {
        let before = kept(draft);
        Class {
            capacity: draft.capacity,
            cars: before.map(|class| class.cars.clone()).unwrap_or_default(),
            id: before.map_or_else(&mut fresh, |class| class.id),
            name: draft.name.clone(),
            roles: before.map(|class| class.roles.clone()).unwrap_or_default(),
        }
    };
    typed.as_slice().iter().map(class).collect()
}

/// The first class with people in it that would be gone.
fn lost_class(before: &Event, after: &[Class], sheet: &Sheet) -> Option<Problem> {
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
}

/// The event with its channel's name by the club's pattern, where what the name says has changed.
async fn named(work: &Work, club: &Club, before: &Event, event: Event) -> Result<Event, ServiceError> {
    if (&event.name, event.start) == (&before.name, before.start) {
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
