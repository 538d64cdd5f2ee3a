//! `/club conflicts`: accounts that may be one of several people, one at a time.

use futures::FutureExt;

use super::super::topic;
use crate::{
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::conflict::Wanted,
    view::conflict,
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Asks you about accounts that may be one of several people, one at a time.",
    effect: Effect::Reads,
    name: "conflicts",
    options: &[],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::CLUB,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let found = deps.service.conflict(call.context.member()?, Wanted::First).await?;
    Ok(Answer::ephemeral(found.map_or_else(conflict::none, |found| shown::conflict(&found))))
}
