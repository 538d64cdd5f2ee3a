//! What an event is made from: what a template, a series' defaults, a copy and a recurrence carry alike.

use serde::{Deserialize, Serialize};
use twilight_model::id::{Id, marker::RoleMarker};

use super::{
    class_list::{Capacity, ClassDraft, Classes},
    duration::RaceLength,
    event::{Class, Event},
    name::{CarName, ClassName, Description, TrackName},
    terms::Terms,
    text::fold,
};

/// What an event is like, but for its name and its time. What isn't said is left to whoever creates the event.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Blueprint {
    /// Its classes, in their order; none are said where there are none.
    pub classes: Vec<ClassPlan>,
    /// What it is about.
    pub description: Option<Description>,
    /// How long the race is.
    pub length: Option<RaceLength>,
    /// The terms of its sheet.
    pub terms: Terms,
    /// Where it is raced.
    pub track: Option<TrackName>,
}

/// A class of such an event.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct ClassPlan {
    /// How many may be in; `None` is no cap.
    pub capacity: Option<Capacity>,
    /// The cars to choose from.
    pub cars: Vec<CarName>,
    /// Its name; `None` for the only class of an event without classes.
    pub name: Option<ClassName>,
    /// One of these roles is needed to sign up in it.
    pub roles: Vec<Id<RoleMarker>>,
}

impl Blueprint {
    /// What that event is like.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        Self {
            classes: event.classes.iter().map(ClassPlan::of).collect(),
            description: Some(event.description.clone()).filter(|text| !text.is_empty()),
            length: Some(event.length),
            terms: event.terms.clone(),
            track: event.track.clone(),
        }
    }

    /// Its class of that name, in whatever case.
    #[must_use]
    pub fn class(&self, name: Option<&ClassName>) -> Option<&ClassPlan> {
        let key = |name: Option<&ClassName>| name.map(|name| fold(name.as_str()));
        self.classes.iter().find(|class| key(class.name.as_ref()) == key(name))
    }

    /// The classes as typed, each with what this says of the one of its name and no form asks for.
    #[must_use]
    pub fn plans(&self, typed: &Classes) -> Vec<ClassPlan> {
        let plan = |draft: &ClassDraft| ClassPlan {
            capacity: draft.capacity,
            name: draft.name.clone(),
            ..self.class(draft.name.as_ref()).cloned().unwrap_or_default()
        };
        typed.as_slice().iter().map(plan).collect()
    }

    /// Its classes, where it says them.
    #[must_use]
    pub fn classes(&self) -> Option<Classes> {
        let draft = |class: &ClassPlan| ClassDraft { capacity: class.capacity, name: class.name.clone() };
        Classes::of(self.classes.iter().map(draft).collect())
    }
}

impl ClassPlan {
    fn of(class: &Class) -> Self {
        let Class { capacity, cars, id: _, name, roles } = class.clone();
        Self { capacity, cars, name, roles }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::view::testing::event;

    #[test]
    fn an_event_is_written_and_read_back() {
        let blueprint = Blueprint::of(&event("GTP x 20\nPorsche 911 x any"));
        let json = serde_json::to_string(&blueprint).unwrap();
        insta::assert_snapshot!(json, @r#"{"classes":[{"capacity":20,"cars":[],"name":"GTP","roles":[]},{"capacity":null,"cars":[],"name":"Porsche 911","roles":[]}],"description":null,"length":1440,"terms":{"cutoff":0,"limit":null,"minimum":null,"requirements":null,"roles":[]},"track":"Spa-Francorchamps"}"#);
        assert_eq!(serde_json::from_str::<Blueprint>(&json).unwrap(), blueprint);
        assert_eq!(blueprint.classes().unwrap().to_string(), "GTP x 20\nPorsche 911 x any");
    }

    #[test]
    fn what_is_typed_keeps_what_no_form_asks_for() {
        let mut event = event("GT3 x 20\nGT4");
        event.classes[0].cars = vec!["Ferrari 296".parse().unwrap()];
        event.classes[1].roles = vec![Id::new(7)];
        let blueprint = Blueprint::of(&event);
        let plans = blueprint.plans(&Classes::parse("gt3 x 5\nLMP2").unwrap());
        assert_eq!(plans[0].cars, event.classes[0].cars);
        assert_eq!(
            (plans[0].capacity, plans[1].clone()),
            (Capacity::new(5).ok(), ClassPlan { name: "LMP2".parse().ok(), ..ClassPlan::default() })
        );
        assert_eq!(blueprint.plans(&blueprint.classes().unwrap()), blueprint.classes);
    }

    #[test]
    fn what_an_older_version_wrote_says_nothing_of_what_came_later() {
        assert_eq!(serde_json::from_str::<Blueprint>("{}").unwrap(), Blueprint::default());
        assert_eq!(Blueprint::default().classes(), None);
    }
}
