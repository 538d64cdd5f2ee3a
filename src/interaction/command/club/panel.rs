//! `/club panel`: what waits for the organisers, what fails, and how much room is left.

use futures::FutureExt;

use super::super::topic;
use crate::interaction::{
    answer::{Answer, Declared},
    deps::Deps,
    failure::Failure,
    options::Options,
    shown,
    table::{Audience, Call, Effect, Leaf},
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Shows open questions, what fails on Discord, and how much room is left.",
    effect: Effect::Reads,
    name: "panel",
    options: &[],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::CLUB,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    Ok(Answer::ephemeral(shown::panel(deps, &call.context).await?))
}
