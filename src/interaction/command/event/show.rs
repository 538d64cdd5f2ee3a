//! `/event show`: one event, for whoever asks.

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
    audience: Audience::Everyone,
    complete: Some(|deps, call| find::complete_event(deps, call).boxed()),
    declared: Declared::Ephemeral,
    description: "Shows an event to you alone: who drives, and the buttons to sign up.",
    effect: Effect::Reads,
    name: "show",
    options: &[EVENT],
    run: |deps, call| find::show(deps, call, Showing::Card).boxed(),
    topic: topic::EVENTS,
};
