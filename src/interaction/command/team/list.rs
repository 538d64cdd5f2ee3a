//! `/team list`: an event's teams.

use futures::FutureExt;

use super::super::{event::find, topic};
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
    description: "Shows who drives with whom in an event.",
    effect: Effect::Reads,
    name: "list",
    options: &[find::EVENT],
    run: |deps, call| find::show(deps, call, Showing::Teams).boxed(),
    topic: topic::TEAMS,
};
