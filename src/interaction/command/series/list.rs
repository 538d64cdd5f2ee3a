//! `/series list`: the club's series.

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
    view::custom_id::List,
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Everyone,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Lists the club's series and what is coming in each.",
    effect: Effect::Reads,
    name: "list",
    options: &[],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::SERIES,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    Ok(Answer::ephemeral(shown::page(deps, call.context.member()?, List::Series, 0).await?))
}
