//! Deferrals: what is answered when a handler takes long, and what becomes of its answer then.

use serde_json::Value;

use super::{
    answer::{Callback, Declared, Place, for_edit},
    desk::Delivery,
};

/// How an interaction is answered whose handler takes long.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Deferral {
    /// A message comes later.
    Message {
        /// Whether only the person who acted will see it.
        ephemeral: bool,
    },
    /// Not at all: a form would come too late.
    Never,
    /// The message that the button stands on changes later.
    Update,
}

impl Deferral {
    /// The deferral in the manner that a handler declared.
    pub(super) const fn of(declared: Declared, place: Place) -> Self {
        match declared {
            Declared::Ephemeral => Self::Message { ephemeral: true },
            Declared::Modal => Self::Never,
            Declared::Public => Self::Message { ephemeral: false },
            Declared::Update if place.has_message() => Self::Update,
            Declared::Update => Self::Message { ephemeral: true },
        }
    }

    /// The callback that defers; `None` when there is none.
    pub(super) fn callback(self) -> Option<Callback> {
        match self {
            Self::Message { ephemeral } => Some(Callback::deferred_message(ephemeral)),
            Self::Never => None,
            Self::Update => Some(Callback::deferred_update()),
        }
    }

    /// What becomes of the finished answer: a new message after a deferred update is a message of its own, everything else takes
    /// the place of the original. `None` when it can't be given any more.
    pub(super) fn deliver(self, callback: Callback) -> Option<(Value, Delivery)> {
        let (body, updates) = callback.into_message()?;
        match self {
            Self::Never => None,
            Self::Update if !updates => Some((body, Delivery::FollowUp)),
            Self::Message { .. } | Self::Update => Some((for_edit(body), Delivery::Original)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::view::message::{Audience, Body};

    #[test]
    fn each_manner_defers_in_its_own_way() {
        let callback = |declared, place| Deferral::of(declared, place).callback().map(Callback::into_json);
        assert_eq!(callback(Declared::Public, Place::Command), Some(json!({ "type": 5 })));
        let ephemeral = json!({ "type": 5, "data": { "flags": 64 } });
        assert_eq!(callback(Declared::Ephemeral, Place::Press), Some(ephemeral.clone()));
        assert_eq!(callback(Declared::Update, Place::Press), Some(json!({ "type": 6 })));
        assert_eq!(callback(Declared::Update, Place::Form(true)), Some(json!({ "type": 6 })));
        assert_eq!(callback(Declared::Update, Place::Form(false)), Some(ephemeral));
        assert_eq!(callback(Declared::Modal, Place::Press), None);
    }

    #[test]
    fn late_answers_go_where_they_belong() {
        let body = Body::plain("done");
        let hidden = || Callback::message(&body, true);
        let update = || Callback::update(&body);
        let original = Some((body.edit_json(), Delivery::Original));
        assert_eq!(Deferral::Message { ephemeral: true }.deliver(hidden()), original);
        assert_eq!(Deferral::Update.deliver(update()), original);
        let follow_up = Some((body.json(Audience::Ephemeral), Delivery::FollowUp));
        assert_eq!(Deferral::Update.deliver(hidden()), follow_up);
        assert_eq!(Deferral::Never.deliver(hidden()), None);
        assert_eq!(Deferral::Update.deliver(Callback::pong()), None);
    }
}
