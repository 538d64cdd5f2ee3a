//! `/club sync`: who is in the server, held against the club.

use futures::FutureExt;

use super::super::topic;
use crate::{
    domain::sync::{Run, SyncKind},
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        option::{Opt, OptKind, Text},
        options::Options,
        shown,
        table::{Audience, Call, Effect, Leaf},
    },
    service::sync::{Live, Undoable},
    view::sync,
};

const MODE: Opt = Opt::new(
    "mode",
    "What to do: a preview, unless you say otherwise.",
    OptKind::Text(Text::Choices(&[
        ("Preview: show what would change", "preview"),
        ("Apply: change it at once", "apply"),
        ("Status: the last ten runs", "status"),
        ("Undo: take the last one back", "undo"),
    ])),
);

/// The command.
pub(super) const LEAF: Leaf<Deps> = Leaf {
    audience: Audience::Organiser,
    complete: None,
    declared: Declared::Ephemeral,
    description: "Finds out who of the server is who of the club: shows first, asks when unsure.",
    effect: Effect::Changes,
    name: "sync",
    options: &[MODE],
    run: |deps, call| run(deps, call).boxed(),
    topic: topic::CLUB,
};

async fn run(deps: &Deps, call: Call<Options>) -> Result<Answer, Failure> {
    match call.input.text(MODE.name) {
        Some("status") => {
            let runs = deps.service.syncs(call.context.member()?).await?;
            Ok(Answer::ephemeral(sync::status(&runs)))
        }
        Some("undo") => {
            let Undoable { run, until } = deps.service.undoable_sync(call.context.member()?).await?;
            Ok(Answer::ephemeral(sync::ask_undo(&run, until)))
        }
        Some("apply") => begin(deps, &call, SyncKind::Manual).await,
        _ => begin(deps, &call, SyncKind::Preview).await,
    }
}

async fn begin(deps: &Deps, call: &Call<Options>, kind: SyncKind) -> Result<Answer, Failure> {
    let render = |run: &Run| shown::message(&sync::progress(run)).into();
    let live = Live { ask: call.ask(&render)?, token: &call.context.token };
    Ok(Answer::Kept(deps.service.begin_sync(live, kind).await?))
}
