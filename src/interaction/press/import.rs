//! What is pressed below a roster that waits to be imported.

use futures::FutureExt;

use super::{changing, reading};
use crate::{
    domain::refusal::Refusal,
    interaction::{
        answer::{Answer, Callback, Declared},
        deps::Deps,
        failure::Failure,
        incoming::Pressed,
        shown,
        table::{Audience, Call, PressHandler},
    },
    view::{
        custom_id::{Press, verb},
        import,
    },
};

/// Forgets it.
pub(super) const CANCEL: PressHandler<Deps> =
    changing(verb::DISCARD, Audience::Organiser, Declared::Update, |deps, call| cancel(deps, call).boxed());

/// Imports it.
pub(super) const CONFIRM: PressHandler<Deps> =
    changing(verb::IMPORT, Audience::Organiser, Declared::Update, |deps, call| confirm(deps, call).boxed());

/// Turns the pages of the lines that aren't taken.
pub(super) const LINES: PressHandler<Deps> =
    reading(verb::LINES, Audience::Organiser, Declared::Update, |deps, call| lines(deps, call).boxed());

async fn cancel(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::CancelImport(id) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let render = |file: &String| shown::update(&import::cancelled(file)).into();
    Ok(Answer::Kept(deps.service.cancel_import(call.ask(&render)?, id).await?))
}

/// The job that writes the roster changes the message.
async fn confirm(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::ConfirmImport(id) = call.input.press else { return Err(Refusal::Outdated.into()) };
    let deferred = |(): &()| Callback::deferred_update().into_json().into();
    let token = call.context.token.clone();
    Ok(Answer::Kept(deps.service.confirm_import(call.ask(&deferred)?, id, token).await?))
}

async fn lines(deps: &Deps, call: Call<Pressed>) -> Result<Answer, Failure> {
    let Press::ImportPage { import: id, page } = call.input.press else {
        return Err(Refusal::Outdated.into());
    };
    let (file, preview) = deps.service.waiting_import(call.context.member()?, id).await?;
    Ok(Answer::Update(import::preview(&file, &preview, id, page)))
}
