//! `/club settings`: what the club chose, each group with its own form.

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
    view::settings,
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Shows and changes the club's settings: name, zone, channels, voice, messages.",
    effect: Effect::Reads,
    name: "settings",
    options: &[],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::CLUB,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    let view = deps.service.settings(call.context.member()?).await?;
    Ok(Answer::ephemeral(settings::panel(&shown::settings(&view))))
}
