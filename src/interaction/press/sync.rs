//! What organisers decide about a member sync.

use futures::FutureExt;

use super::changing;
use crate::{
    domain::{
        id::SyncId,
        refusal::Refusal,
        sync::{Run, SyncKind},
    },
    interaction::{
        answer::{Answer, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    service::sync::Live,
    view::{
        custom_id::{Press, verb},
        sync,
    },
};

/// Makes what a sync showed.
pub(super) const APPLY: PressHandler<Deps> =
    changing(verb::APPLY_SYNC, Audience::Organiser, Declared::Update, |deps, call| apply(deps, call).boxed());

/// Begins one that shows first what it would change, in a message of its own: the panel stays as it is.
pub(super) const PREVIEW: PressHandler<Deps> =
    changing(verb::PREVIEW_SYNC, Audience::Organiser, Declared::Ephemeral, |deps, call| {
        preview(deps, call).boxed()
    });

/// Drops it.
pub(super) const STOP: PressHandler<Deps> =
    changing(verb::STOP_SYNC, Audience::Organiser, Declared::Update, |deps, call| stop(deps, call).boxed());

/// Takes back what a sync did.
pub(super) const UNDO: PressHandler<Deps> =
    changing(verb::UNDO_SYNC, Audience::Organiser, Declared::Update, |deps, call| undo(deps, call).boxed());

async fn apply(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let render = |run: &Run| shown::update(&sync::progress(run)).into();
    let live = Live { ask: call.ask(&render)?, token: &call.context.token };
    Ok(Answer::Kept(deps.service.apply_sync(live, of(&call)?).await?))
}

async fn preview(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let render = |run: &Run| shown::message(&sync::progress(run)).into();
    let live = Live { ask: call.ask(&render)?, token: &call.context.token };
    Ok(Answer::Kept(deps.service.begin_sync(live, SyncKind::Preview).await?))
}

async fn stop(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let render = |run: &Run| shown::update(&sync::stopped(run)).into();
    Ok(Answer::Kept(deps.service.stop_sync(call.ask(&render)?, of(&call)?).await?))
}

async fn undo(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let render = |run: &Run| shown::update(&sync::progress(run)).into();
    let live = Live { ask: call.ask(&render)?, token: &call.context.token };
    Ok(Answer::Kept(deps.service.undo_sync(live, of(&call)?).await?))
}

fn of(call: &Call<Pressed>) -> Result<SyncId, Refusal> {
    match call.input.press {
        Press::ApplySync(sync) | Press::StopSync(sync) | Press::UndoSync(sync) => Ok(sync),
        _ => Err(Refusal::Outdated),
    }
}
