//! Who took part: what organisers note after the start.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};
use twilight_model::id::{Id, marker::UserMarker};

use super::{
    Ask, Service, ServiceError,
    audit::Deed,
    event::{self, EventFacts},
    work,
};
use crate::{
    domain::{
        actor::Actor,
        event::Event,
        id::{EventId, UserId},
        refusal::Refusal,
        signup::{Attendance, Sheet, Signup},
    },
    store::{Source, StoreError, events, identities, signups},
};

/// An event with what those on its sheet are called.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AttendanceView {
    /// What is known of it.
    pub facts: EventFacts,
    /// Names, by account.
    pub names: HashMap<Id<UserMarker>, String>,
}

impl Service {
    /// The event whose attendance one of its organisers looks at.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown, cancelled or hasn't started; fails when the database does.
    pub async fn open_attendance(
        &self,
        actor: &Actor,
        event: EventId,
    ) -> Result<AttendanceView, ServiceError> {
        let facts = self.event(actor, event).await?.facts;
        work::organised(facts.club.clone(), actor)?;
        has_started(&facts)?;
        let names = names(self.store(), &facts.sheet).await?;
        Ok(AttendanceView { facts, names })
    }

    /// Notes who of a page, from 1, didn't take part. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses as [`Service::open_attendance`] does, and fails when the database does.
    pub async fn note_no_shows(
        &self,
        ask: Ask<'_, AttendanceView>,
        (event, page): (EventId, u16),
        no_shows: &BTreeSet<UserId>,
    ) -> Result<Value, ServiceError> {
        self.note_attendance(ask, event, |event, sheet| {
            let people = sheet.attendance_page(event, page).people;
            let asked: BTreeSet<UserId> =
                people.iter().map(|line| line.user).chain(no_shows.clone()).collect();
            sheet.with_no_shows(&asked, no_shows)
        })
        .await
    }

    /// Notes that everybody took part of whom it isn't noted that they didn't. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses as [`Service::open_attendance`] does, and fails when the database does.
    pub async fn note_rest_attended(
        &self,
        ask: Ask<'_, AttendanceView>,
        event: EventId,
    ) -> Result<Value, ServiceError> {
        self.note_attendance(ask, event, |_, sheet| sheet.with_the_rest_attended()).await
    }

    async fn note_attendance(
        &self,
        ask: Ask<'_, AttendanceView>,
        event: EventId,
        decide: impl FnOnce(&Event, &Sheet) -> Vec<Signup>,
    ) -> Result<Value, ServiceError> {
        let work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let event = events::lock(&work.tx, club.id, event).await?.ok_or(Refusal::UnknownEvent)?;
        let mut facts = event::facts(&work, club, event).await?;
        has_started(&facts)?;
        let lines = decide(&facts.event, &facts.sheet);
        if !lines.is_empty() {
            let id = facts.event.id;
            signups::put(&work.tx, id, &lines, || self.0.ids.uuid(work.now), work.now).await?;
            let after = lines.into_iter().fold(facts.sheet.clone(), |sheet, line| sheet.with(line));
            let deed = Deed {
                action: "event.attendance",
                after: Some(noted(&after)),
                before: Some(noted(&facts.sheet)),
                subject: id.to_string(),
            };
            self.audit(&work, ask.actor, facts.club.id, deed).await?;
            facts.sheet = after;
        }
        let names = names(&work.tx, &facts.sheet).await?;
        self.finish(work, &ask, &AttendanceView { facts, names }).await
    }
}

fn has_started(facts: &EventFacts) -> Result<(), Refusal> {
    let event = &facts.event;
    if event.is_cancelled() {
        return Err(Refusal::EventCancelled(event.name.clone()));
    }
    if facts.now < event.start { Err(Refusal::NotStarted(event.name.clone())) } else { Ok(()) }
}

/// What an audit row tells of a sheet's attendance.
fn noted(sheet: &Sheet) -> Value {
    let of = |attendance| sheet.of_attendance(attendance).map(|line| line.user).collect::<Vec<_>>();
    json!({ "attended": of(Attendance::Attended), "no_shows": of(Attendance::NoShow) })
}

async fn names(db: &impl Source, sheet: &Sheet) -> Result<HashMap<Id<UserMarker>, String>, StoreError> {
    let known = identities::by_accounts(db, sheet.everybody_in().map(|line| line.discord)).await?;
    Ok(known.into_iter().map(|(account, known)| (account, known.account.name().to_owned())).collect())
}
