//! `/ping`: alive, and how fast.

use futures::FutureExt;

use super::topic;
use crate::{
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        table::{Audience, Effect, Leaf},
    },
    view::info,
};

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Anywhere,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Shows that the app is alive, and how fast its database and queue are.",
    effect: Effect::Reads,
    name: "ping",
    options: &[],
    run: |deps, _| run(deps).boxed(),
    topic: topic::APP,
};

async fn run(deps: &Deps) -> Result<Answer, Failure> {
    let health = deps.service.health().await?;
    let ping =
        info::Ping { database: health.database, queue: health.queue, version: env!("CARGO_PKG_VERSION") };
    Ok(Answer::ephemeral(info::ping(&ping)))
}
