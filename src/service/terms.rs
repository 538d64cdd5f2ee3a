//! The terms of an event's sheet, and its classes one by one.

use serde_json::Value;
use twilight_model::id::{Id, marker::RoleMarker};

use super::{
    Ask, Service, ServiceError,
    event::{self, EventFacts},
};
use crate::{
    domain::{
        class_list::Capacity,
        event::{Class, Event},
        id::{ClassId, EventId},
        name::{CarName, ClassName},
        refusal::{Fault, Field, Problem, Refusal},
        terms::Terms,
        text::fold,
    },
    store::signups,
};

/// What an organiser edits of a class.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClassEdit {
    /// How many may be in; `None` is no cap.
    pub capacity: Option<Capacity>,
    /// The cars to choose from. Whoever chose one that is gone keeps it until they choose anew.
    pub cars: Vec<CarName>,
    /// The class.
    pub class: ClassId,
    /// Its name.
    pub name: Option<ClassName>,
    /// One of these roles is needed to sign up in it.
    pub roles: Vec<Id<RoleMarker>>,
}

impl Service {
    /// Sets the terms of the sheet of an event that stood at `revision` when the form was opened. Whom it has room for now moves up;
    /// nobody loses a place. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers, and an event that is unknown, cancelled, over or edited meanwhile; fails when the database does.
    pub async fn set_terms(
        &self,
        ask: Ask<'_, EventFacts>,
        at: (EventId, u64),
        terms: Terms,
    ) -> Result<Value, ServiceError> {
        self.revise(ask, at, "event.terms", |before| Ok(Event { terms, ..before.clone() })).await
    }

    /// Edits a class of an event that stood at `revision` when the form was opened. Whom it has room for now moves up; nobody loses a
    /// place. Returns the callback to give.
    ///
    /// # Errors
    ///
    /// Refuses everybody but organisers; an event that is unknown, cancelled, over or edited meanwhile; a class that it doesn't have, and a
    /// name that another of its classes has. Fails when the database does.
    pub async fn edit_class(
        &self,
        ask: Ask<'_, EventFacts>,
        at: (EventId, u64),
        edit: ClassEdit,
    ) -> Result<Value, ServiceError> {
        self.revise(ask, at, "event.class", |before| {
            check_name(before, &edit)?;
            let ClassEdit { capacity, cars, class, name, roles } = edit;
            let edited = Class { capacity, cars, id: class, name, roles };
            let classes = before.classes.iter();
            let classes =
                classes.map(|old| if old.id == class { edited.clone() } else { old.clone() }).collect();
            Ok(Event { classes, ..before.clone() })
        })
        .await
    }

    /// Changes an event that stood at a revision when its form was opened.
    async fn revise(
        &self,
        ask: Ask<'_, EventFacts>,
        (event, revision): (EventId, u64),
        action: &'static str,
        change: impl FnOnce(&Event) -> Result<Event, Refusal>,
    ) -> Result<Value, ServiceError> {
        let mut work = self.begin().await?;
        let club = work.organised_club(ask.actor).await?;
        let before = work.event_ahead(&club, event).await?;
        if before.revision != revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let after = change(&before)?;
        let sheet = signups::sheet(&work.tx, before.id).await?;
        let event = self.save_event(&mut work, ask.actor, &before, after, action).await?;
        self.advance(&work, &event, &sheet).await?;
        let facts = event::facts(&work, club, event).await?;
        self.finish(work, &ask, &facts).await
    }
}

/// Refuses a class that the event doesn't have, and a name that doesn't tell it from the others.
fn check_name(event: &Event, edit: &ClassEdit) -> Result<(), Refusal> {
    event.class(edit.class).ok_or(Refusal::UnknownClass)?;
    let key = |name: &Option<ClassName>| name.as_ref().map(|name| fold(name.as_str()));
    let mut others = event.classes.iter().filter(|class| class.id != edit.class);
    let problem = if edit.name.is_none() && event.classes.len() > 1 {
        Problem::ClassNeedsName
    } else if others.any(|class| key(&class.name) == key(&edit.name)) {
        Problem::ClassNameTaken
    } else {
        return Ok(());
    };
    Err(Refusal::Form(vec![Fault { field: Field::Name, problem }]))
}
