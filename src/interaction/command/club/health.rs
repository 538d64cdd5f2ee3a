//! `/club health`: what keeps the service from working in the server, and how to mend it. Discord is asked, so that the report comes late.

use futures::FutureExt;

use super::super::topic;
use crate::interaction::{
    answer::Declared,
    deps::Deps,
    shown,
    table::{Audience, Effect, Leaf},
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Checks permissions, role order, intent, room and queue, each with its fix.",
    // It puts down what is to be found out.
    effect: Effect::Changes,
    name: "health",
    options: &[],
    run: |deps, call| shown::health(deps, call).boxed(),
    topic: topic::CLUB,
};
