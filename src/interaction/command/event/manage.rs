//! `/event manage`: one event's panel, for its organisers.

use futures::FutureExt;

use super::{
    super::topic,
    find::{self, EVENT},
};
use crate::{
    interaction::{
        answer::Declared,
        deps::Deps,
        table::{Audience, Effect, Leaf},
    },
    view::custom_id::Showing,
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: Some(|deps, call| find::complete_event(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "Looks after an event: edit it, open or close sign-ups, cancel it.",
    effect: Effect::Reads,
    name: "manage",
    options: &[EVENT],
    run: |deps, call| find::show(deps, call, Showing::Panel).boxed(),
    topic: topic::EVENTS,
};
